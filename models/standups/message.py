"""Messages that people write to the bot, over all teams: who asked for them, whose they became."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from models.form_draft import Draft
from models.standups import answer as answers
from models.standups import early
from models.standups.answer import Answer
from models.standups.evening import EveningAsk
from models.standups.standup import Prompt, Round, Standup, everyone

UNSURE = "standup:said:"  # drafts of messages that may be answers, by `channel|ts`


class Place(NamedTuple):
    """Somebody's place in a round that is not over. state: as in Prompt."""

    team_id: int
    round_id: int
    state: str


def places(session: Session, teams: Collection[int], user_id: str, now: datetime) -> list[Place]:
    """That person's places in rounds of those teams that close later than now."""
    wanted = (
        columns(col(Standup.team_id), col(Round.id), col(Prompt.state))
        .join(Round, col(Round.standup_id) == col(Standup.id))
        .join(Prompt, col(Prompt.round_id) == col(Round.id))
        .where(col(Standup.team_id).in_(teams), col(Round.closes_at) > now)
        .where(col(Prompt.user_id) == user_id)
    )
    return [Place(*row) for row in session.execute(wanted)]


def evenings(session: Session, teams: Collection[int], user_id: str, since: datetime) -> set[int]:
    """The teams of these that asked that person since then in the evening, and heard nothing."""
    wanted = (
        select(Standup.team_id)
        .join(EveningAsk, col(EveningAsk.standup_id) == Standup.id)
        .where(col(Standup.team_id).in_(teams), EveningAsk.user_id == user_id)
        .where(EveningAsk.state == "asked", EveningAsk.at >= since)
    )
    return set(session.exec(wanted))


def members_of(session: Session, teams: Collection[int], user_id: str) -> set[int]:
    """The teams of these that ask that person in a standup that runs."""
    wanted = select(Standup).where(col(Standup.team_id).in_(teams), Standup.active)
    return {row.team_id for row in session.exec(wanted) if user_id in everyone(row)}


def taken_by(session: Session, user_id: str, channel: str, ts: str) -> int | None:
    """The team that took the message at that place (an answer, an evening, an early answer, one
    that is asked about), or None.
    """
    said = answers.said(session, channel, ts)
    if said is not None:
        told = select(Standup.team_id).join(Round, col(Round.standup_id) == Standup.id)
        told = told.join(Answer, col(Answer.round_id) == Round.id)
        return session.exec(told.where(Answer.id == said.answer_id)).first()
    evening = select(Standup.team_id).join(EveningAsk, col(EveningAsk.standup_id) == Standup.id)
    found = session.exec(evening.where(EveningAsk.channel == channel, EveningAsk.ts == ts)).first()
    asked = select(Draft.team_id).where(
        Draft.user_id == user_id, Draft.form == f"{UNSURE}{channel}|{ts}"
    )
    return found or _ahead(session, user_id, (channel, ts)) or session.exec(asked).first()


def _ahead(session: Session, user_id: str, place: tuple[str, str]) -> int | None:
    for row in early.of_person(session, user_id):
        if place in [(one["channel"], one["ts"]) for one in row.said]:
            return session.get_one(Standup, row.standup_id).team_id
    return None
