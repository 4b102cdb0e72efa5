"""Friday after Friday: when the digest is posted, and when it is not."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import Session, select

from core.digest.page import untraced
from core.facts import fingerprint, thaw
from core.llm.endpoint import LlmAnswer, LlmQuestion
from jobs.digest import digest as job
from models.digest.digest import Digest
from models.occurrence import Occurrence
from services.digest import posting
from tests import seeded
from tests.weeks import experiment, killed, live, looks
from tests.worded import ON

FRIDAY_FOUR = datetime(2026, 11, 27, 15, 0, tzinfo=UTC)  # 16:00 in Berlin


@pytest.fixture
def team(talk):
    """A team in Berlin with a digest channel since Monday."""
    talk.say("/exp leads add <@UANA>", by="UANA")
    seeded.team(talk.engine, zone="Europe/Berlin", digest_channel="CEXEC")
    seeded.tickets(talk.engine, killed(2, "Rank 32 overfits"), live(3, 0.883))
    return talk


def _at(talk, when: datetime) -> None:
    talk.now = when
    talk.run(job.post_due)


def _rows(talk, table):
    with Session(talk.engine) as session:
        return list(session.exec(select(table).order_by(table.id)))


def test_it_is_posted_on_friday_at_four_local_time_and_once(team):
    _at(team, FRIDAY_FOUR - timedelta(seconds=1))
    assert team.sent("digest:") == []
    _at(team, FRIDAY_FOUR)
    _at(team, FRIDAY_FOUR + timedelta(minutes=1))
    (row,) = team.sent("digest:")
    assert (row.key, row.channel) == ("digest:1:2026-W48", "CEXEC")
    assert row.payload["text"].startswith("88.3% / 92% accuracy")


def test_the_stored_sheet_vouches_for_the_posted_text(team):
    _at(team, FRIDAY_FOUR)
    (kept,) = _rows(team, Digest)
    assert kept.sha256 == fingerprint(kept.sheet)
    assert untraced(kept.text, thaw(kept.sheet)) == []
    assert kept.sha256[:8] in str(team.sent("digest:")[0].payload["blocks"][-1])
    assert kept.text in team.say("/digest", by="UBEN").text.replace("&amp;", "&")


def test_after_an_outage_it_is_posted_late_with_its_day_on_it(team):
    _at(team, FRIDAY_FOUR + timedelta(hours=17))
    (row,) = team.sent("digest:")
    assert row.key == "digest:1:2026-W48"
    assert "As of Fri 27 Nov 2026, figures read on Sat 28 Nov" in row.payload["text"]


def test_after_two_fridays_away_only_the_last_is_posted_and_the_other_is_missed(team):
    _at(team, FRIDAY_FOUR + timedelta(days=8))
    assert [row.key for row in team.sent("digest:")] == ["digest:1:2026-W49"]
    missed = [o for o in _rows(team, Occurrence) if o.state == "missed"]
    assert [(o.kind, o.local_date) for o in missed] == [("digest", date(2026, 11, 23))]
    assert "the next one was due" in missed[0].reason


def test_the_next_week_compares_with_this_one(team):
    _at(team, FRIDAY_FOUR)
    seeded.tickets(
        team.engine,
        live(
            4,
            0.9,
            decided_at=FRIDAY_FOUR + timedelta(days=2),
            live_since=FRIDAY_FOUR + timedelta(days=3),
        ),
    )
    _at(team, FRIDAY_FOUR + timedelta(days=7))
    text = team.sent("digest:")[1].payload["text"]
    assert text.startswith("90% / 92% accuracy — on track: up from 88.3% to 90% since Fri")
    assert "1 experiment finished: 1 promoted. 1 went live." in text
    _at(team, FRIDAY_FOUR + timedelta(days=14))
    assert " — at risk: no change for 1 week" in team.sent("digest:")[2].payload["text"]


@pytest.mark.parametrize("day", [date(2027, 3, 26), date(2027, 4, 2), date(2026, 10, 23)])
def test_clock_changes_do_not_move_it_from_four_oclock(team, day):
    seeded.team(team.engine, created_at=datetime(2026, 1, 1, tzinfo=UTC))
    local_offset = 1 if day.month == 3 else 2  # summer time begins on 28 March 2027
    due = datetime(day.year, day.month, day.day, 16 - local_offset, tzinfo=UTC)
    _at(team, due - timedelta(seconds=1))
    before = {row.key for row in team.sent("digest:")}
    _at(team, due)
    year, week, _ = day.isocalendar()
    assert {r.key for r in team.sent("digest:")} - before == {f"digest:1:{year}-W{week:02d}"}


def test_two_processes_at_once_post_one(team):
    team.now = FRIDAY_FOUR
    other = team.lab

    class Slow:
        def write(self, asked: LlmQuestion) -> LlmAnswer:
            posting.publish(other, 1, FRIDAY_FOUR)  # the twin is faster
            raise RuntimeError("too slow")

    slow = replace(team.lab, writer=Slow(), llm=ON)
    assert posting.publish(slow, 1, FRIDAY_FOUR) is False
    assert len(team.sent("digest:")) == 1


def test_without_a_channel_leads_are_told_once_a_week_and_nothing_is_made_up_for(team):
    seeded.team(team.engine, digest_channel="")
    _at(team, FRIDAY_FOUR)
    _at(team, FRIDAY_FOUR + timedelta(hours=1))
    (row,) = team.sent("digest")
    assert row.channel == "UANA"
    assert "`/exp setup` sets one" in row.payload["text"]
    seeded.team(team.engine, digest_channel="CEXEC")
    _at(team, FRIDAY_FOUR + timedelta(days=3))
    assert team.sent("digest:") == []


def test_a_leads_channel_is_told_instead_of_each_lead(team):
    seeded.team(team.engine, digest_channel="", leads_channel="CLEADS")
    _at(team, FRIDAY_FOUR)
    assert [row.channel for row in team.sent("digest-unset")] == ["CLEADS"]


def test_a_new_day_chosen_this_week_is_not_made_up_for_at_once(team):
    team.now = FRIDAY_FOUR - timedelta(days=2)  # Wednesday
    team.say("/exp setup", by="UANA")
    team.submit_open({"digest_day": "tue", "digest_hour": "9"}, by="UANA")
    _at(team, FRIDAY_FOUR)
    assert team.sent("digest:") == []
    _at(team, datetime(2026, 12, 1, 8, 0, tzinfo=UTC))
    assert [row.key for row in team.sent("digest:")] == ["digest:1:2026-W49"]


def test_one_teams_broken_digest_does_not_stop_the_next(team, caplog):
    broken = {"digest_from": "not a date"}
    seeded.team(team.engine, "T0B", digest_channel="CB", settings=broken)
    seeded.team(team.engine, "T0C", digest_channel="CC")
    _at(team, FRIDAY_FOUR + timedelta(hours=8))
    assert {row.workspace for row in team.sent("digest:")} == {"T0LAB", "T0C"}
    assert "digest of team 2 failed" in caplog.text


def test_an_uninstalled_app_posts_nothing_and_keeps_its_data(team):
    team.event("app_uninstalled", {})
    _at(team, FRIDAY_FOUR)
    assert team.sent("digest:") == []
    assert "EXP-003" in team.say("/digest preview").text


def _corrected(team, *, undo: bool) -> str:
    """The second digest after 95 % was told in the first, taken back the day after or not."""
    now = team.now
    seeded.tickets(team.engine, experiment(
        4, measurements=looks(0.84), stage="evaluation", owner="UBEN", stage_since=now,
        progress_at=now,
    ))  # fmt: skip
    team.now = FRIDAY_FOUR - timedelta(minutes=5)
    said = team.say("/exp update EXP-004 acc=0.95", by="UBEN")
    _at(team, FRIDAY_FOUR)
    assert team.sent("digest:")[-1].payload["text"].startswith("95% / 92% accuracy (candidate)")
    if undo:
        team.now += timedelta(minutes=5)
        assert "undone" in team.say("/exp undo", by="UBEN").text, said.text
    _at(team, FRIDAY_FOUR + timedelta(weeks=1))
    return team.sent("digest:")[-1].payload["text"]


def test_a_result_that_was_taken_back_is_no_fall_in_the_next_digest(team):
    text = _corrected(team, undo=True)
    first = text.splitlines()[0]
    assert first.startswith("88.3% / 92% accuracy (the report of Fri 27 Nov told 95%, which was "
                            "taken back) — at risk: no change for 1 week"), text  # fmt: skip
    assert "down from 95%" not in text


def test_a_result_that_stands_is_no_correction(team):
    assert "taken back" not in _corrected(team, undo=False)
