"""Absences on both databases, also when a person and a lead note one at once."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import select

from core.standups.setup import Arrangement, Settings
from jobs.standups import standup as job
from models.standups import absence as table
from models.standups import standup as standups
from models.standups.absence import Absence
from models.team import Team
from services import team
from services.ports import Lab
from services.standups import absence, setup
from services.standups.absence import Note
from tests import seeded
from tests.at_once import at_once
from tests.conversation import TEAM, WORKSPACE, PlainTestWriter

EIGHT = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
PEOPLE = ("UANA", "UBEN", "UCY")


@pytest.fixture
def lab(engine) -> Lab:
    """A standup of three, before its first round."""
    made = _at(engine, EIGHT)
    seeded.team(engine)
    wish = Arrangement(0, Settings("CTEAM", people=PEOPLE))
    setup.save(made, TEAM, wish, by="UANA", key="K")
    return made


def _at(engine, now: datetime) -> Lab:
    return Lab(engine=engine, clock=lambda: now, writer=PlainTestWriter())


def test_an_absence_is_read_back_by_person_workspace_and_end(lab):
    absence.note(lab, TEAM, Note("UBEN", "2026-11-25..2026-11-27 off", "UBEN"), key="K")
    absence.note(lab, TEAM, Note("UCY", "today", "UCY"), key="K")
    with lab.begin() as session:
        both = ("UBEN", "UCY")
        known = table.of_people(session, WORKSPACE, both, date(2026, 11, 23))
        assert [r.user_id for r in known] == ["UCY", "UBEN"]
        assert table.of_people(session, WORKSPACE, ["UCY"], date(2026, 11, 24)) == []
        [row] = table.of_people(session, WORKSPACE, both, date(2026, 11, 27))
        assert (row.first_day, row.reason, row.noted_by) == (date(2026, 11, 25), "off", "UBEN")
        assert table.of_people(session, "T1", both, date(2026, 11, 23)) == []


def test_the_round_takes_up_who_is_away(lab):
    absence.note(lab, TEAM, Note("UBEN", "today", "UBEN"), key="K")
    now = EIGHT + timedelta(minutes=90)
    job.run(_at(lab.engine, now), now)
    with lab.begin() as session:
        states = {p.user_id: p.state for p in standups.prompts_of(session, 1)}
    assert states == {"UANA": "asked", "UBEN": "away", "UCY": "asked"}


@pytest.mark.postgres
def test_noted_by_two_at_once_is_one_absence(postgres_engine):
    seeded.team(postgres_engine)
    made = _at(postgres_engine, EIGHT)
    wish = Arrangement(0, Settings("CTEAM", people=PEOPLE))
    setup.save(made, TEAM, wish, by="UANA", key="K")
    said = [Note("UBEN", "until Friday", by) for by in ("UBEN", "UANA")]
    acts = [lambda note=note: absence.note(made, TEAM, note, key="K") for note in said]
    assert at_once(acts) == []
    with made.begin() as session:
        assert len(session.exec(select(Absence)).all()) == 1


@pytest.mark.postgres
def test_told_to_two_teams_at_once_is_one_absence_and_both_rounds_follow(postgres_engine):
    """Whoever comes second waits for all teams of the person, and nobody for each other."""
    seeded.team(postgres_engine, name="Language")
    made = _at(postgres_engine, EIGHT)
    with made.begin() as session:
        second = team.begin(session, WORKSPACE, "Vision", now=EIGHT).pk
        for team_id in (TEAM, second):
            team.member(session, session.get_one(Team, team_id), "UBEN", now=EIGHT)
    for team_id, channel, by in ((TEAM, "CTEAM", "UANA"), (second, "CVIS", "UBEN")):
        wish = Arrangement(0, Settings(channel, people=("UBEN", by)))
        setup.save(made, team_id, wish, by=by, key=channel)
    opened = _at(postgres_engine, EIGHT + timedelta(minutes=91))
    job.run(opened, EIGHT + timedelta(minutes=91))
    said = [(TEAM, "until Friday"), (second, "until Thursday")] * 4
    acts = [
        lambda wish=wish: absence.note(opened, wish[0], Note("UBEN", wish[1], "UBEN"), key="K")
        for wish in said
    ]
    assert at_once(acts) == []
    with made.begin() as session:
        assert len(session.exec(select(Absence)).all()) == 1
        places = session.exec(select(standups.Prompt).where(standups.Prompt.user_id == "UBEN"))
        assert [place.state for place in places] == ["away", "away"]
