"""Workspaces, the teams in them, and the channels that are a team's."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Column, UniqueConstraint, false, func
from sqlalchemy.exc import IntegrityError
from sqlmodel import Field, Session, col, select

from core import calendar
from core.sprints.sprint import Calendar, Span
from models import db
from models.row import Row
from models.settings import Settings


class Workspace(Row, table=True):
    """A Slack workspace, and what its admins chose for all of its teams.

    active: the app is installed there. zone: of teams that chose none. llm_policy: what a language
    model may be sent, "" while nobody chose. retention_days: how long answers are kept, 0 for
    ever; _by, _on: who set it when. prompts: the Messages tab suggests what to ask. gpus: the pool
    of its teams (core/board/gpu_pool), {} while each has its own.
    """

    slack_id: str = Field(unique=True)
    name: str = ""
    zone: str = ""
    llm_policy: str = Field(default="", sa_column_kwargs={"server_default": ""})
    retention_days: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    retention_by: str = Field(default="", sa_column_kwargs={"server_default": ""})
    retention_on: str = Field(default="", sa_column_kwargs={"server_default": ""})
    active: bool = True
    prompts: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    gpus: dict[str, Any] = Field(
        default_factory=dict, sa_column=Column(JSON, nullable=False, server_default="{}")
    )
    created_at: datetime


class TeamChannel(Row, table=True):
    """A channel that is one team's: what is typed there is meant for that team."""

    __table_args__ = (UniqueConstraint("workspace", "channel"),)

    workspace: str
    channel: str
    team_id: int = Field(foreign_key="team.id", index=True)


class LastNumber(Row, table=True):
    """The number given last in a workspace to a noun (the name of its table)."""

    __table_args__ = (UniqueConstraint("workspace", "noun"),)

    workspace: str
    noun: str
    last: int = 0


class Team(Row, table=True):
    """One AI team of a workspace (its Slack id). Channels are Slack ids, empty until set up.

    visibility: open (everybody of the workspace reads) | private (members and admins).
    """

    workspace: str = Field(index=True)
    name: str = ""
    zone: str = "UTC"
    team_channel: str = ""  # decisions, standups
    leads_channel: str = ""  # proposals, drafts
    alerts_channel: str = ""  # warnings
    digest_channel: str = ""  # the executives' digest
    leads_group: str = ""  # a Slack user group whose members are leads
    group_members: list[str] = Field(default_factory=list, sa_column=Column(JSON))
    group_checked_at: datetime | None = None
    metric_name: str = ""  # headline metric of the digest
    metric_target: float | None = None
    metric_direction: str = "higher"  # higher | lower is better
    settings: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON))
    visibility: str = Field(default="open", sa_column_kwargs={"server_default": "open"})
    archived_at: datetime | None = None
    created_at: datetime

    @property
    def chosen(self) -> Settings:
        """What the team has chosen beyond the columns above."""
        return Settings.read(self.settings)

    @property
    def sprints(self) -> Calendar:
        """The team's sprints; two weeks from the Monday of the week it started unless set."""
        kept = self.chosen
        began = self.created_at.astimezone(calendar.zone(self.zone)).date()
        earlier = tuple(
            Span(number, date.fromisoformat(starts), date.fromisoformat(ends))
            for number, (starts, ends) in enumerate(kept.sprint_earlier, start=1)
        )
        first = kept.sprint_from or calendar.monday(began)
        return Calendar(first, kept.sprint_days, earlier)

    def choose(self, **chosen: Any) -> None:
        """Choose these by name; None takes a choice back."""
        self.settings = self.chosen.changed(**chosen).written()


def workspace(session: Session, slack_id: str) -> Workspace | None:
    """That workspace, or None while Assay was never seen there."""
    return next((space for space, _ in _known(session, slack_id)), None)


def installed(session: Session) -> list[Workspace]:
    """The workspaces in which the app is installed, oldest first."""
    wanted = select(Workspace).where(Workspace.active)
    return list(session.exec(wanted.order_by(col(Workspace.id))))


def of_workspace(session: Session, slack_id: str) -> list[Team]:
    """The teams of that workspace that are not archived, oldest first."""
    return [team for team in ever_of(session, slack_id) if team.archived_at is None]


def ever_of(session: Session, slack_id: str) -> list[Team]:
    """The same with those that are archived."""
    return [team for _, team in _known(session, slack_id) if team is not None]


def _known(session: Session, slack_id: str) -> Sequence[tuple[Workspace, Team | None]]:
    theirs = col(Team.workspace) == col(Workspace.slack_id)
    wanted = select(Workspace, Team).outerjoin(Team, theirs)
    found = wanted.where(Workspace.slack_id == slack_id).order_by(col(Team.id))
    tables = (Team, Workspace)
    return db.once(session, ("teams", slack_id), lambda: session.exec(found).all(), until=tables)


def all_active(session: Session) -> list[Team]:
    """Every team at work whose app is still installed, oldest first."""
    wanted = select(Team).join(Workspace, col(Workspace.slack_id) == col(Team.workspace))
    wanted = wanted.where(Workspace.active, col(Team.archived_at).is_(None))
    return list(
        db.once(session, "teams", lambda: session.exec(wanted.order_by(col(Team.id))).all())
    )


def is_at_work(session: Session, team: Team) -> bool:
    """True while the app is installed where the team is, and the team is not archived."""
    space = workspace(session, team.workspace)
    return bool(space and space.active) and team.archived_at is None


def owner_of(session: Session, slack_id: str, channel: str) -> int | None:
    """The id of the team whose channel that is, or None."""
    wanted = select(TeamChannel.team_id).where(
        TeamChannel.workspace == slack_id, TeamChannel.channel == channel
    )
    return session.exec(wanted).first() if channel else None


def channels_of(session: Session, slack_id: str) -> dict[int, list[str]]:
    """The channels of each team of the workspace, by its id."""
    wanted = select(TeamChannel).where(TeamChannel.workspace == slack_id)
    found: dict[int, list[str]] = {}
    for row in session.exec(wanted.order_by(col(TeamChannel.id))):
        found.setdefault(row.team_id, []).append(row.channel)
    return found


def have_channels(session: Session, slack_id: str) -> bool:
    """True once a team of the workspace has a channel."""
    wanted = select(TeamChannel.id).where(TeamChannel.workspace == slack_id)
    return session.exec(wanted.limit(1)).first() is not None


def renew(session: Session, team: Team) -> None:
    """The row as it is now, held as by `hold`; who only reads keeps what it has read."""
    if not session.info.get("reads"):
        session.refresh(team, with_for_update={"key_share": True})


def hold(session: Session, team_id: int) -> None:
    """Until this transaction ends, nobody else who holds that team goes on."""
    # SQLite holds its one write lock already; there this reads only.
    session.exec(select(Team.id).where(Team.id == team_id).with_for_update(key_share=True)).one()


def hold_workspace(session: Session, slack_id: str) -> None:
    """Until this transaction ends, nobody else who holds that workspace goes on. What whoever came
    first has done is seen: what was read before is read anew.
    """
    wanted = select(Workspace.id).where(Workspace.slack_id == slack_id)
    session.exec(wanted.with_for_update(key_share=True)).one()
    session.flush()
    db.forget(session)


def next_number(session: Session, numbered: Any, team_id: int) -> int:
    """The number the next row of that table gets in the team's workspace, from 1.

    Whoever comes second waits until the first has committed, so no number is lost or given twice.
    """
    noun = str(numbered.__tablename__)
    slack_id = session.exec(select(Team.workspace).where(Team.id == team_id)).one()
    named = (LastNumber.workspace == slack_id, LastNumber.noun == noun)
    held = select(LastNumber).where(*named).with_for_update()
    row = session.exec(held.execution_options(populate_existing=True)).first()
    if row is None:
        row = _begun(session, slack_id, noun, numbered)
    row.last += 1
    session.flush()
    return row.last


def _begun(session: Session, slack_id: str, noun: str, numbered: Any) -> LastNumber:
    top = select(func.max(numbered.number)).join(Team, col(Team.id) == numbered.team_id)
    last = int(session.exec(top.where(Team.workspace == slack_id)).one() or 0)
    try:
        with session.begin_nested():
            row = LastNumber(workspace=slack_id, noun=noun, last=last)
            session.add(row)
    except IntegrityError:  # somebody began it at the same time, and has committed
        named = (LastNumber.workspace == slack_id, LastNumber.noun == noun)
        row = session.exec(select(LastNumber).where(*named).with_for_update()).one()
    return row
