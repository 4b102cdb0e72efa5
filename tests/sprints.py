"""Sprints for tests: decided tickets, and a team whose sprints are set up."""

from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, select

from core.experiments.experiment import Experiment
from models import db
from models.experiments import experiment as table
from models.experiments.experiment import Change
from models.occurrence import Occurrence
from tests import seeded
from tests.conversation import Conversation
from tests.tickets import experiment, person

FIRST = date(2026, 9, 14)  # a Monday; sprint 6 starts on Monday 23 November


def decided(number: int, on: date, outcome: str = "killed", **more: Any) -> Experiment:
    """A ticket decided at noon UTC of that day, with learnings."""
    at = datetime.combine(on, time(12), tzinfo=UTC)
    given = {
        "number": number,
        "title": f"Idea {number}",
        "stage": "killed" if outcome == "killed" else "production",
        "outcome": outcome,
        "learnings": f"Lesson {number}: the data decide",
        "decided_at": at,
        "decided_by": "UANA",
        "created_at": datetime(2026, 9, 14, 9, tzinfo=UTC),
        "final_metric": 0.8,
    }
    return experiment(**given | more)


def idea(number: int, **more: Any) -> Experiment:
    """A ticket in the backlog whose data are ready."""
    given = {"number": number, "title": f"Idea {number}", "stage": "backlog", "box_starts": None,
             "box_ends": None, "created_at": datetime(2026, 9, 14, 9, tzinfo=UTC)}  # fmt: skip
    return experiment(**given | more)


def arrange(talk: Conversation, *tickets: Experiment, start: date = FIRST, **team: Any) -> None:
    """A team in Berlin with a channel, a lead (Ana) and a member (Ben); sprints from `start`."""
    given = {"zone": "Europe/Berlin", "team_channel": "CTEAM"} | team
    seeded.team(talk.engine, **given)
    person(talk.engine, "UANA", role="lead", name="Ana")
    person(talk.engine, "UBEN", name="Ben")
    person(talk.engine, "UOBS", name="Olga", role="observer")
    seeded.tickets(talk.engine, *tickets)
    trail(talk.engine, *tickets)
    said = talk.say(f"/sprint setup start={start} weeks=2 capacity=120h").text
    assert "Sprints of 2 weeks" in said, said


def trail(engine: Engine, *tickets: Experiment) -> None:
    """The audit row that each decision left."""
    with db.transaction(engine) as session:
        theirs = seeded.team_row(session)
        for one in tickets:
            if one.decided_at is None:
                continue
            row = table.find(session, theirs.pk, one.number)
            assert row is not None
            session.add(Change(
                team_id=theirs.pk, experiment_id=row.pk, at=one.decided_at, who=one.decided_by,
                action=one.outcome, before={"stage": "evaluation"}, after={"stage": one.stage},
            ))  # fmt: skip


def done(talk: Conversation, kind: str) -> list[Occurrence]:
    """The firings of that kind."""
    with Session(talk.engine) as session:
        rows = session.exec(select(Occurrence).where(Occurrence.kind == kind)).all()
        session.expunge_all()
        return list(rows)
