"""Digests on their way out, what leads did to them, and corrections of posted ones."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Column, UniqueConstraint
from sqlmodel import Field, Session, col, select

from core.digest.draft import LIVE
from models.row import Row


class Edition(Row, table=True):
    """The draft of one week's digest. week: its Monday; on: its day; due_at: when it posts.

    state: open | held | posting | posted | missed; by, at: who brought it there ("" the clock).
    sheet, sections: facts and text at `made_at`; written: who found the words (see
    core/digest/draft_text). edits: what leads typed, by section; fallen: the sections whose edit
    did
    not hold when it was posted. told: outbox keys of its living messages. version: counts
    changes of its text.
    """

    __table_args__ = (UniqueConstraint("team_id", "week"),)

    team_id: int = Field(foreign_key="team.id", index=True)
    week: date
    on: date
    due_at: datetime
    state: str = "open"
    by: str = ""
    at: datetime | None = None
    reason: str = ""
    made_at: datetime
    sheet: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON))
    sections: list[dict[str, Any]] = Field(default_factory=list, sa_column=Column(JSON))
    written: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON))
    edits: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON))
    fallen: list[str] = Field(default_factory=list, sa_column=Column(JSON))
    told: list[str] = Field(default_factory=list, sa_column=Column(JSON))
    version: int = 1


class EditionStep(Row, table=True):
    """Something done to a draft. what: edited | refreshed | held | released | posted.

    version: of the text it was done to. before, after: its sections' text, when that changed.
    """

    edition_id: int = Field(foreign_key="edition.id", index=True)
    at: datetime
    by: str
    what: str
    version: int
    before: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON))
    after: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON))


class DigestCorrection(Row, table=True):
    """The n-th correction of a posted digest: its sections before and after."""

    __table_args__ = (UniqueConstraint("digest_id", "number"),)

    digest_id: int = Field(foreign_key="digest.id", index=True)
    number: int
    at: datetime
    by: str
    before: list[dict[str, Any]] = Field(default_factory=list, sa_column=Column(JSON))
    after: list[dict[str, Any]] = Field(default_factory=list, sa_column=Column(JSON))


def of_week(session: Session, team_id: int, week: date) -> Edition | None:
    """The draft for the week that begins on that Monday, or None."""
    wanted = select(Edition).where(Edition.team_id == team_id, Edition.week == week)
    return session.exec(wanted.execution_options(populate_existing=True)).first()


def states(session: Session, team_ids: Sequence[int], week: date) -> dict[int, tuple[str, str]]:
    """(state, who brought it there) of the drafts of that week, by team."""
    wanted = select(Edition.team_id, Edition.state, Edition.by)
    found = wanted.where(col(Edition.team_id).in_(team_ids), Edition.week == week)
    return {team_id: (state, by) for team_id, state, by in session.exec(found)}


def live(session: Session, team_id: int) -> list[Edition]:
    """The drafts that wait to be posted, oldest first."""
    wanted = select(Edition).where(Edition.team_id == team_id, col(Edition.state).in_(LIVE))
    wanted = wanted.order_by(col(Edition.week)).execution_options(populate_existing=True)
    return list(session.exec(wanted))


def last(session: Session, team_id: int) -> Edition | None:
    """The newest draft, whatever became of it, or None."""
    wanted = select(Edition).where(Edition.team_id == team_id)
    return session.exec(wanted.order_by(col(Edition.week).desc()).limit(1)).first()


def steps(session: Session, edition_id: int) -> list[EditionStep]:
    """What was done to a draft, oldest first."""
    wanted = select(EditionStep).where(EditionStep.edition_id == edition_id)
    return list(session.exec(wanted.order_by(col(EditionStep.id))))


def corrections(session: Session, digest_id: int) -> list[DigestCorrection]:
    """The corrections of a digest, oldest first."""
    wanted = select(DigestCorrection).where(DigestCorrection.digest_id == digest_id)
    return list(session.exec(wanted.order_by(col(DigestCorrection.number))))
