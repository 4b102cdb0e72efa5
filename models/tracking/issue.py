"""Where teams have their tickets (Jira, Linear, GitHub), and which experiments have one there."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import JSON, Column, Index, UniqueConstraint, func
from sqlmodel import Field, Session, col, select

from core.experiments.experiment import CLOSED
from core.tracking.issue import Desk, Linked
from models.experiments.experiment import Change, Experiment
from models.row import Row


class IssueDesk(Row, table=True):
    """One place with tickets of a team. Fields as core.tracking.issue.Desk; ended_at:
    disconnected; read_at: when statuses there were last read.
    """

    __table_args__ = (UniqueConstraint("team_id", "number"),)

    team_id: int = Field(foreign_key="team.id", index=True)
    number: int
    kind: str
    url: str
    project: str
    board: int | None = None
    statuses: dict[str, str] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    connected_by: str
    connected_at: datetime
    read_at: datetime | None = None
    trouble: str = ""
    trouble_at: datetime | None = None
    ended_at: datetime | None = None

    def as_value(self) -> Desk:
        """The row as a value."""
        return Desk(
            self.number, self.kind, self.url, self.project, self.board, self.statuses,
            self.connected_by, self.trouble, self.trouble_at,
        )  # fmt: skip


class IssueLink(Row, table=True):
    """The ticket of an experiment. key: as its desk calls it. token: marks our comments there.
    ours, theirs: as core.tracking.issue.Linked. ended_at: unlinked.
    """

    __table_args__ = (UniqueConstraint("desk_id", "key", "experiment_id"),)

    desk_id: int = Field(foreign_key="issuedesk.id", index=True)
    experiment_id: int = Field(foreign_key="experiment.id", index=True)
    key: str
    token: str
    ours: str = ""
    theirs: str = ""
    linked_by: str
    linked_at: datetime
    ended_at: datetime | None = None

    def step(self, kind: str, told: dict[str, str], *, mark: str, at: datetime) -> "IssueStep":
        """Something to be done at it, once per mark."""
        return IssueStep(
            desk_id=self.desk_id, link_id=self.pk, kind=kind, told=told, mark=mark, at=at,
            next_at=at,
        )  # fmt: skip


class IssueStep(Row, table=True):
    """One thing to be done there, once per mark. kind: check, import (these have no link) |
    attach | comment | status. told: what for. mark: what a comment is found by.
    state: pending | sent | replaced | dead. rounds: how often people had it tried again.
    """

    __table_args__ = (
        UniqueConstraint("link_id", "kind", "mark"),
        Index("ix_issuestep_due", "state", "next_at"),
    )

    desk_id: int = Field(foreign_key="issuedesk.id", index=True)
    link_id: int | None = Field(default=None, foreign_key="issuelink.id")
    kind: str
    told: dict[str, str] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    mark: str
    at: datetime
    next_at: datetime
    tries: int = 0
    rounds: int = 0
    state: str = "pending"
    why: str = ""


class IssueImport(Row, table=True):
    """A ticket from there that became one of ours, once. key: as it is shown; became: our id."""

    __table_args__ = (UniqueConstraint("team_id", "key"),)

    team_id: int = Field(foreign_key="team.id", index=True)
    key: str
    became: str
    at: datetime


def became(session: Session, team_id: int, keys: Iterable[str]) -> dict[str, str]:
    """Which of ours those tickets from there became, by their keys."""
    wanted = select(IssueImport.key, IssueImport.became).where(IssueImport.team_id == team_id)
    return dict(session.exec(wanted.where(col(IssueImport.key).in_(set(keys)))).all())


def desks(session: Session, team_id: int) -> list[IssueDesk]:
    """Where the team has its tickets, oldest first; nothing disconnected."""
    wanted = select(IssueDesk).where(
        IssueDesk.team_id == team_id, col(IssueDesk.ended_at).is_(None)
    )
    return list(session.exec(wanted.order_by(col(IssueDesk.number))))


def connected(session: Session) -> list[IssueDesk]:
    """All of all teams; nothing disconnected."""
    wanted = select(IssueDesk).where(col(IssueDesk.ended_at).is_(None))
    return list(session.exec(wanted.order_by(col(IssueDesk.id))))


def link(session: Session, desk_id: int, key: str, experiment_id: int) -> IssueLink | None:
    """That ticket as that experiment's, also when it is not any more; None when it never was."""
    wanted = select(IssueLink).where(IssueLink.desk_id == desk_id, IssueLink.key == key)
    return session.exec(wanted.where(IssueLink.experiment_id == experiment_id)).first()


def links_of(session: Session, experiment_id: int) -> list[tuple[IssueLink, IssueDesk]]:
    """The tickets that experiment has, where they are still connected."""
    wanted = select(IssueLink, IssueDesk).join(
        IssueDesk, col(IssueDesk.id) == col(IssueLink.desk_id)
    )
    wanted = wanted.where(
        IssueLink.experiment_id == experiment_id,
        col(IssueLink.ended_at).is_(None), col(IssueDesk.ended_at).is_(None),
    )  # fmt: skip
    return list(session.exec(wanted.order_by(col(IssueLink.id))).all())


def tell(session: Session, found: Experiment, text: str, made: Change) -> None:
    """Put a decision on its way to the tickets of that experiment, in the transaction it is made
    in: a comment, then the status of its stage.
    """
    for link, desk in links_of(session, found.pk):
        status = {"status": desk.as_value().status(found.stage), "stage": found.stage}
        mark = f"{link.token}-{made.pk}"
        put(session, link.step("comment", {"text": text}, mark=mark, at=made.at))
        put(session, link.step("status", status, mark=mark, at=made.at))


def put(session: Session, step: IssueStep) -> None:
    """One step more at a ticket; of statuses only the last is sent."""
    if step.kind == "status" and step.link_id is not None:
        for old in unsent(session, [step.link_id]):
            if old.kind == "status":
                old.state = "replaced"
    session.add(step)
    session.flush()


def unsent(session: Session, link_ids: Sequence[int]) -> list[IssueStep]:
    """What is on its way to those tickets or was given up, oldest first."""
    wanted = select(IssueStep).where(
        col(IssueStep.link_id).in_(link_ids), col(IssueStep.state).in_(("pending", "dead"))
    )
    return list(session.exec(wanted.order_by(col(IssueStep.id))))


def is_any_due(session: Session, now: datetime) -> bool:
    """True when something is to be done now."""
    wanted = select(IssueStep.id).where(IssueStep.state == "pending", IssueStep.next_at <= now)
    return session.exec(wanted.limit(1)).first() is not None


def due(session: Session, now: datetime, *, most: int) -> list[tuple[IssueStep, IssueDesk]]:
    """The oldest step of each ticket when it is to be done now, held until this transaction ends:
    a status never overtakes its comment, nor an undo what it undoes.
    """
    pending = IssueStep.state == "pending"
    oldest = select(func.min(IssueStep.id)).where(pending, col(IssueStep.link_id).is_not(None))
    oldest = oldest.group_by(col(IssueStep.link_id))
    first = col(IssueStep.id).in_(oldest) | col(IssueStep.link_id).is_(None)
    wanted = select(IssueStep, IssueDesk)
    wanted = wanted.join(IssueDesk, col(IssueDesk.id) == col(IssueStep.desk_id))
    wanted = wanted.where(pending, IssueStep.next_at <= now, first)
    wanted = wanted.where(col(IssueDesk.ended_at).is_(None)).order_by(col(IssueStep.id))
    return list(session.exec(wanted.limit(most).with_for_update(skip_locked=True, of=IssueStep)))


def stale(session: Session, before: datetime) -> list[IssueDesk]:
    """Where statuses were last read before then."""
    old = col(IssueDesk.read_at).is_(None) | (col(IssueDesk.read_at) < before)
    wanted = select(IssueDesk).where(old, col(IssueDesk.ended_at).is_(None))
    return list(session.exec(wanted.order_by(col(IssueDesk.id))))


def watched(session: Session, desk_ids: Sequence[int], since: datetime) -> list[IssueLink]:
    """Tickets there whose experiments are open, or were closed since then."""
    lately = col(Experiment.stage).not_in(CLOSED) | (Experiment.stage_since >= since)
    wanted = select(IssueLink).join(Experiment, col(Experiment.id) == col(IssueLink.experiment_id))
    wanted = wanted.where(col(IssueLink.desk_id).in_(desk_ids), lately)
    wanted = wanted.where(col(IssueLink.ended_at).is_(None)).order_by(col(IssueLink.id))
    return list(session.exec(wanted))


def of_desk(session: Session, desk_id: int, keys: Sequence[str]) -> list[IssueLink]:
    """The links to those tickets there."""
    wanted = select(IssueLink).where(IssueLink.desk_id == desk_id, col(IssueLink.key).in_(keys))
    return list(session.exec(wanted.where(col(IssueLink.ended_at).is_(None))))


def values(session: Session, rows: Iterable[IssueLink], desks: dict[int, Desk]) -> list[Linked]:
    """Those tickets as values. desks: all of theirs, by key."""
    found = list(rows)
    if not found:
        return []
    mine = [row.experiment_id for row in found]
    wanted = select(Experiment.id, Experiment.number, Experiment.stage)
    wanted = wanted.where(col(Experiment.id).in_(mine))
    known = {key: (number, stage)
             for key, number, stage in session.exec(wanted)}  # fmt: skip
    steps: dict[int | None, list[IssueStep]] = {}
    for step in unsent(session, [row.pk for row in found]):
        steps.setdefault(step.link_id, []).append(step)
    return [_value(row, desks[row.desk_id], *known[row.experiment_id], steps.get(row.pk, []))
            for row in found]  # fmt: skip


def _value(
    row: IssueLink, desk: Desk, number: int, stage: str, steps: Sequence[IssueStep]
) -> Linked:
    dead = [one for one in steps if one.state == "dead"]
    return Linked(
        row.pk, desk, number, row.key, stage, row.ours, row.theirs, len(steps) - len(dead),
        len(dead), dead[-1].why if dead else "",
    )  # fmt: skip
