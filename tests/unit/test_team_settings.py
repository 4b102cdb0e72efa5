"""A team's choices: read and written in one place, nothing lost on the way."""

from datetime import UTC, date, datetime

from models.settings import Settings
from models.team import Team

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def test_what_nobody_chose_is_not_stored():
    team = Team(workspace="T1", created_at=AT)
    assert team.chosen == Settings()
    team.choose(digest_day=2, digest_hour=16)
    assert team.settings == {"digest_day": 2}


def test_days_and_moments_come_back_as_they_went():
    team = Team(workspace="T1", created_at=AT)
    team.choose(sprint_from=date(2026, 11, 23), sprint_set_at=AT, sprint_earlier=(("a", "b"),))
    assert team.settings["sprint_from"] == "2026-11-23"
    assert team.chosen.sprint_from == date(2026, 11, 23)
    assert team.chosen.sprint_set_at == AT
    assert list(team.chosen.sprint_earlier) == [("a", "b")]


def test_a_choice_is_taken_back_with_none():
    team = Team(workspace="T1", created_at=AT)
    team.choose(money={"by": "UANA"}, digest_day=2)
    team.choose(money=None, digest_day=None)
    assert team.settings == {}


def test_what_an_older_release_stored_is_read():
    stored = {"digest_day": 3, "metric_percent": None, "zone": "chosen", "long gone": 1}
    assert Settings.read(stored) == Settings(zone="chosen", digest_day=3)
