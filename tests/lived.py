"""A team that is lived through week by week: a simulated game, and what goes wrong in real ones
(late and silent tickets, GPU-hours over the budget, blockers of every kind, decisions undone).
"""

import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import numpy as np
from sqlalchemy import Engine
from sqlmodel import Session, select

from core.calendar import instant, zone
from core.simulation.flow import deal, play
from core.simulation.game import wish
from jobs.decisions.proposal import propose
from models.blockers import blocker as blockers
from models.blockers.blocker import Blocker
from models.decisions.proposal import Proposal
from models.experiments import experiment as tickets
from models.experiments import learning as learnings
from models.experiments.experiment import Change, Experiment
from models.experiments.learning import Learning
from models.team import Team
from services.simulation import simulate
from services.simulation.simulate import Crew, Replay
from tests.conversation import WORKSPACE, Conversation
from tests.tickets import person_of, team_of

STARTS = date(2026, 1, 5)  # a Monday
PEOPLE = ("UANA", "UBEN", "UCY", "UDORA", "UEVE", "UFAY", "UGUS")
ZONES = ("Europe/Berlin", "America/Los_Angeles", "Asia/Kolkata")
EVENTS = ("data-quality@2", "gpu-shortage@3", "eval-regression@4", "scope-change@5")
SENTENCES = (
    "Labels of May are noisy", "labels of may are noisy!", "EXP-001: Labels of May are noisy",
    "Short passages win", "Two epochs are enough", "two epochs are enough…",
)  # fmt: skip
KINDS = ("data", "compute", "clarity", "other")


@dataclass
class Lived:
    """One team. talk: people talking to Assay, whose clock goes along; replay: what is to come."""

    talk: Conversation
    replay: Replay
    dice: random.Random
    zone: str
    marks: list[str] = field(default_factory=list)

    def until(self, day: date) -> None:
        """Live on until the afternoon of that day."""
        self.talk.now = instant(day, time(15, 30), zone(self.zone))
        with self.talk.lab.begin() as session:
            theirs = session.exec(select(Team)).one()
            self.replay.until(self.talk.lab, session, theirs, self.talk.now)
        with self.talk.lab.begin() as session:
            theirs = session.exec(select(Team)).one()
            self._goes_wrong(session, theirs)
            self._is_said(session, theirs)
        self.talk.run(propose)
        self._snooze()

    def _snooze(self) -> None:
        with Session(self.talk.engine) as session:
            asking = select(Experiment.number).join(Proposal).where(Proposal.state == "open")
            numbers = sorted(set(session.exec(asking.where(Proposal.action != "warn"))))
        for number in numbers:
            if self.dice.random() < 0.15:
                assert "sleep until" in self.talk.press("proposal_snooze", str(number)).text

    def _goes_wrong(self, session: Session, theirs: Team) -> None:
        now, dice = self.talk.now, self.dice
        for row in tickets.chosen(session, theirs.pk, tickets.is_open()):
            if row.box_starts and dice.random() < 0.2:
                _shift(row, dice.randint(1, 12))
            if dice.random() < 0.15:
                row.progress_at -= timedelta(days=dice.randint(1, 25), hours=dice.randint(0, 23))
            if dice.random() < 0.3:
                hours = dice.choice((0.5, 3.25, 40.0))
                _spend(session, row, hours, now - timedelta(hours=dice.randint(1, 20)), dice)

    def _is_said(self, session: Session, theirs: Team) -> None:
        """Blockers come and go; what was learned is said, logged and kept, often twice."""
        now, dice = self.talk.now, self.dice
        for _ in range(dice.randint(0, 2)):
            blockers.add(session, Blocker(
                team_id=theirs.pk, number=0, user_id=dice.choice(PEOPLE), kind=dice.choice(KINDS),
                text="waits for somebody", at=now - timedelta(days=dice.randint(0, 9)),
                moved_at=now,
            ))  # fmt: skip
        for _ in range(dice.randint(0, 3)):
            said = dice.choice(SENTENCES)
            row = Learning(
                team_id=theirs.pk, source=dice.choice(("standup", "logged")), user_id="UBEN",
                origin=f"said:{now}:{dice.random()}", text=said, at=now,
            )  # fmt: skip
            learnings.put(session, row)
            if row.source == "standup" and dice.random() < 0.3:
                row.confirmed_at, row.logged_by = now, "UANA"
        for row in blockers.open_of(session, theirs.pk):
            if dice.random() < 0.3:
                row.state, row.resolved_at, row.closed_by = "resolved", now, row.user_id


def lived(engine: Engine, seed: int, *, sprints: int = 6) -> Lived:
    """A team of that seed at the beginning of its first sprint."""
    talk = Conversation(engine=engine, table=_table())
    where = ZONES[seed % len(ZONES)]
    talk.now = instant(STARTS, time(8), zone(where))
    played_until = wish(sprints, sprints * 9, [*EVENTS[: max(0, sprints - 1)]], crews=2)
    rng = np.random.default_rng(seed)
    deck = deal(played_until, rng)
    crew = Crew(PEOPLE, ("UANA", "UEVE"), [user[1:].title() for user in PEOPLE])
    replay = Replay(play(played_until, deck), crew, STARTS)
    with talk.lab.begin() as session:
        columns: dict[str, Any] = {
            "zone": where, "team_channel": "CTEAM", "digest_channel": "CEXEC",
            "leads_channel": "CLEADS",
        }  # fmt: skip
        theirs = team_of(session, WORKSPACE, columns)
        simulate.people(session, theirs, crew)
        simulate.begin(session, theirs, STARTS, now=talk.now)
        person_of(session, theirs, "UOBS", role="observer", name="Olga")
    return Lived(talk, replay, random.Random(seed), where)


def _shift(row: Experiment, days: int) -> None:
    assert row.box_starts is not None
    assert row.box_ends is not None
    row.box_starts -= timedelta(days=days)
    row.box_ends -= timedelta(days=days)


def _spend(
    session: Session, row: Experiment, hours: float, at: datetime, dice: random.Random
) -> None:
    """Report GPU-hours; some reports are taken back."""
    undone = dice.random() < 0.2
    before, after = row.gpu_used, round(row.gpu_used + hours, 6)
    session.add(Change(
        team_id=row.team_id, experiment_id=row.pk, at=at.astimezone(UTC), who=row.owner,
        action="reported", before={"gpu_used": before}, after={"gpu_used": after}, undone=undone,
    ))  # fmt: skip
    row.gpu_used = before if undone else after


def _table() -> Any:
    from handlers.routes import table

    return table()
