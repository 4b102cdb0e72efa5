"""Standups, their rounds, and who is asked in them."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import takewhile
from typing import Any

from sqlalchemy import JSON, Column, Index, UniqueConstraint, false
from sqlmodel import Field, Session, col, select

from models import db, every
from models.occurrence import Occurrence
from models.row import Row


def _shapes() -> Any:
    return Field(default_factory=dict, sa_column=Column(JSON, server_default="{}"))


class Standup(Row, table=True):
    """A recurring check-in. days: 0 = Monday; at: local "09:30"; close_after: minutes.

    starts_on: first date a round may have; set_at: when it was last arranged or resumed. shapes:
    by question, what it takes but text (core/standups/questions). mood: rounds ask for an
    anonymous one.
    """

    __table_args__ = (UniqueConstraint("team_id", "channel"),)

    team_id: int = Field(foreign_key="team.id", index=True)
    name: str = "Standup"
    channel: str
    people: list[str] = Field(default_factory=list, sa_column=Column(JSON))
    optional: list[str] = Field(default_factory=list, sa_column=Column(JSON))
    weeks: int = 1  # asks every so many weeks
    weeks_from: date | None = None  # the Monday they are counted from
    days: list[int] = Field(default_factory=list, sa_column=Column(JSON))
    at: str = "09:30"
    close_after: int = 240
    questions: list[str] = Field(default_factory=list, sa_column=Column(JSON))
    shapes: dict[str, Any] = _shapes()
    mood: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    active: bool = True
    starts_on: date
    paused_to: date | None = None  # the last day of a pause with an end
    set_at: datetime
    created_by: str
    created_at: datetime


class Round(Row, table=True):
    """One nominal date of a standup. state: open | closed. questions: as they were at opening.

    wrap_up: what stood at the close (fields of core.standups.round.WrapUp). mood_key: under which
    marks of
    anonymous votes are made, "" when there are none (any more).
    """

    __table_args__ = (
        UniqueConstraint("standup_id", "on"),
        Index("ix_round_closes", "standup_id", "closes_at"),
    )

    standup_id: int = Field(foreign_key="standup.id", index=True)
    on: date
    opens_at: datetime
    closes_at: datetime
    state: str = Field(default="open", index=True)
    questions: list[str] = Field(default_factory=list, sa_column=Column(JSON))
    shapes: dict[str, Any] = _shapes()
    mood_key: str = Field(default="", sa_column_kwargs={"server_default": ""})
    wrap_up: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON))


class Prompt(Row, table=True):
    """One person on a round's roster, frozen at opening.

    state: due | asked | answered | skipped | away | missed (too late to ask) | left (the
    workspace).
    """

    __table_args__ = (UniqueConstraint("round_id", "user_id"),)

    round_id: int = Field(foreign_key="round.id", index=True)
    user_id: str = Field(index=True)
    due_at: datetime = Field(index=True)
    state: str = "due"
    nudges: int = 0
    told_at: datetime | None = None  # when they were asked, or last reminded
    optional: bool = False


def everyone(standup: Standup) -> list[str]:
    """Who is asked: those who owe an answer, and those who need not give one."""
    return list(dict.fromkeys([*standup.people, *standup.optional]))


def asked(rows: Iterable[Standup]) -> frozenset[str]:
    """Who the running ones of them ask."""
    return frozenset(user for one in rows if one.active for user in everyone(one))


def lock(session: Session, standup_id: int) -> Standup | None:
    """The standup, held by this transaction until it ends."""

    def read() -> Standup | None:
        wanted = select(Standup).where(Standup.id == standup_id).with_for_update(key_share=True)
        return session.exec(wanted.execution_options(populate_existing=True)).first()

    return every.of_each(
        session, "standup", standup_id,
        lambda: db.once(session, ("standup", standup_id), read), lambda: _every(session),
    )  # fmt: skip


def lock_round(session: Session, round_id: int) -> Round | None:
    """The round, held until this transaction ends: who comes second sees what the first did."""

    def read() -> Round | None:
        wanted = select(Round).where(Round.id == round_id).with_for_update(key_share=True)
        return session.exec(wanted.execution_options(populate_existing=True)).first()

    return every.of_each(
        session, "open round", round_id, read,
        lambda: {row.pk: row for row in _every_open(session)},
    )  # fmt: skip


def of_team(session: Session, team_id: int) -> list[Standup]:
    """The team's standups, paused ones too, oldest first."""

    def read() -> Sequence[Standup]:
        wanted = select(Standup).where(Standup.team_id == team_id).order_by(col(Standup.id))
        return session.exec(wanted).all()

    found = every.of_each(
        session, "standups", team_id,
        lambda: db.once(session, ("standups", team_id), read),
        lambda: every.by(lambda row: row.team_id, _every(session).values()),
    )  # fmt: skip
    return list(found)


def _every(session: Session) -> dict[int, Standup]:
    def read() -> dict[int, Standup]:
        return {row.pk: row for row in session.exec(select(Standup).order_by(col(Standup.id)))}

    return db.once(session, "every standup", read)


def in_channel(session: Session, team_id: int, channel: str) -> Standup | None:
    """The team's standup in that channel, or None."""
    wanted = select(Standup).where(Standup.team_id == team_id, Standup.channel == channel)
    return session.exec(wanted).first()


def dates_done(session: Session, standups: Sequence[int], since: date) -> dict[int, set[date]]:
    """Nominal dates since then that each of those standups opened, or missed."""
    asked = tuple(_every(session) if every.looks_at_all(session) else standups)

    def read() -> dict[int, set[date]]:
        wanted = select(col(Occurrence.subject), col(Occurrence.local_date)).where(
            Occurrence.kind == "standup",
            col(Occurrence.subject).in_([str(number) for number in asked]),
            Occurrence.local_date >= since,
        )
        found: dict[int, set[date]] = {number: set() for number in asked}
        for subject, day in session.exec(wanted):
            found[int(subject)].add(day)
        return found

    return db.once(session, ("dates done", asked, since), read)


def open_rounds(session: Session, standup_id: int) -> list[Round]:
    """Its rounds that are not closed, oldest first."""

    def read() -> Sequence[Round]:
        wanted = select(Round).where(Round.standup_id == standup_id, Round.state == "open")
        return session.exec(wanted.order_by(col(Round.on))).all()

    found = every.of_each(
        session, "open rounds", standup_id, read,
        lambda: every.by(lambda row: row.standup_id, _every_open(session)),
    )  # fmt: skip
    return list(found)


def _every_open(session: Session) -> Sequence[Round]:
    wanted = select(Round).where(Round.state == "open").order_by(col(Round.on))
    return db.once(session, "every open round", lambda: session.exec(wanted).all())


def round_on(session: Session, standup_id: int, on: date) -> Round | None:
    """Its round of that date once it has opened, or None."""
    wanted = select(Round).where(Round.standup_id == standup_id, Round.on == on)
    return session.exec(wanted).first()


def last_round(session: Session, standup_id: int) -> Round | None:
    """Its newest round, or None."""

    def read() -> Round | None:
        wanted = select(Round).where(Round.standup_id == standup_id)
        return session.exec(wanted.order_by(col(Round.on).desc()).limit(1)).first()

    def read_all() -> dict[int, Round | None]:
        newest = {row.standup_id: row for row in newest_rounds(session, list(_every(session)))}
        return {number: newest.get(number) for number in _every(session)}

    return every.of_each(session, "last round", standup_id, read, read_all)


def newest_rounds(session: Session, standups: Sequence[int]) -> list[Round]:
    """The newest round of each of those standups that had one, in their order."""
    of_one = select(Round.id).where(Round.standup_id == Standup.id).order_by(col(Round.on).desc())
    each = select(of_one.limit(1).scalar_subquery()).where(col(Standup.id).in_(standups))
    found = session.exec(select(Round).where(col(Round.id).in_(each)))
    return sorted(found, key=lambda row: standups.index(row.standup_id))


def rounds_of_person(
    session: Session, team_id: int, user_id: str, *, since: datetime
) -> list[tuple[Round, Prompt]]:
    """Rounds with that person on the roster that close after `since`, the first to close first."""
    mine = select(Round).join(Standup, col(Standup.id) == Round.standup_id)
    ahead = mine.where(Standup.team_id == team_id, Round.closes_at > since)
    rounds = {row.pk: row for row in session.exec(ahead)}
    # Asked for by their rounds: a person's places go back for years.
    places = select(Prompt).where(col(Prompt.round_id).in_(rounds), Prompt.user_id == user_id)
    found = [(rounds[place.round_id], place) for place in session.exec(places)] if rounds else []
    return sorted(found, key=lambda pair: (pair[0].closes_at, pair[0].pk))


def missed_before(session: Session, row: Round, user_id: str) -> list[Round]:
    """The rounds just before that one which that person was asked in and did not answer, the
    first first; of what is longer ago than six rounds nothing is said.
    """
    wanted = select(Round, Prompt.state).join(Prompt, col(Prompt.round_id) == Round.id)
    theirs = (Prompt.user_id == user_id) & (Round.standup_id == row.standup_id)
    before = wanted.where(theirs, Round.on < row.on).order_by(col(Round.on).desc()).limit(6)
    found = takewhile(lambda pair: pair[1] == "asked", session.exec(before).all())
    return [earlier for earlier, _ in found][::-1]


def prompts_of(session: Session, round_id: int) -> list[Prompt]:
    """The roster of a round, by when they are asked."""

    def read() -> Sequence[Prompt]:
        wanted = select(Prompt).where(Prompt.round_id == round_id)
        return session.exec(wanted.order_by(col(Prompt.due_at), col(Prompt.id))).all()

    return list(
        every.of_each(session, "prompts", round_id, read, lambda: _of_open_rounds(session))
    )


def _of_open_rounds(session: Session) -> dict[int, list[Prompt]]:
    ids = [row.pk for row in _every_open(session)]
    wanted = select(Prompt).where(col(Prompt.round_id).in_(ids))
    rows = session.exec(wanted.order_by(col(Prompt.due_at), col(Prompt.id)))
    found = every.by(lambda row: row.round_id, rows)
    return {number: found[number] for number in ids}


def prompt_of(session: Session, round_id: int, user_id: str) -> Prompt | None:
    """That person's place on the roster, or None."""
    wanted = select(Prompt).where(Prompt.round_id == round_id, Prompt.user_id == user_id)
    return session.exec(wanted.execution_options(populate_existing=True)).first()
