"""The demo's past leads to where its story begins."""

from datetime import UTC, date, datetime

import pytest
from sqlmodel import Session

from bot.writer import PlainWriter
from models.experiments import experiment as tickets
from sandbox.demo import history
from sandbox.demo.story import PEOPLE
from services.board import metrics
from services.ports import Lab
from services.simulation import standups
from services.sprints import sprint
from tests import seeded
from tests.conversation import TEAM

STORY = date(2026, 11, 9)


@pytest.fixture
def lab(engine):
    """The demo's team on the morning its story begins."""
    seeded.team(engine, zone="Europe/Berlin")
    lab = Lab(engine, lambda: datetime(2026, 11, 9, 7, tzinfo=UTC), PlainWriter())
    with lab.begin() as session:
        team = seeded.team_row(session)
        standups.arrange(session, team, PEOPLE, STORY)
        history.begin(lab, session, team, PEOPLE, STORY)
    return lab


def test_six_sprints_of_a_healthy_team_lie_behind_it(lab):
    velocity = sprint.velocity(lab, TEAM)
    assert [one.count for one in velocity.past] == [2, 8, 4, 5, 8, 5]
    board = metrics.look(lab, TEAM, 6)
    assert 0.6 <= board.kill.share <= 0.8
    assert 0.1 <= board.promotion.share <= 0.3


def test_the_best_in_production_is_what_the_story_starts_from(lab):
    with Session(lab.engine) as session:
        rows = tickets.chosen(session, 1)
    live = [row.final_metric for row in rows if row.stage == "production"]
    assert max(value for value in live if value < 1) == 0.768
    assert len(rows) == history.EXPERIMENTS == history.FIRST_STORY_NUMBER - 1


def test_what_is_left_is_decided_by_people_while_the_story_runs(engine):
    seeded.team(engine, zone="Europe/Berlin")
    lab = Lab(engine, lambda: datetime(2026, 11, 9, 7, tzinfo=UTC), PlainWriter())
    with lab.begin() as session:
        team = seeded.team_row(session)
        standups.arrange(session, team, PEOPLE, STORY)
        past = history.begin(lab, session, team, PEOPLE, STORY)
        later = datetime(2026, 11, 20, 17, tzinfo=UTC)
        found = []
        while one := history.go_on(session, team, past, later):
            found.append(one)
    assert [one.command for one in found] == ["/kill"] * 3
    assert {one.who for one in found} <= {"lena", "kenji", "ben", "ana", "zoe", "priya", "mia"}
