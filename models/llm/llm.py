"""Calls of a language model, and what each endpoint was seen to understand."""

from datetime import datetime

from sqlalchemy import JSON, Column, UniqueConstraint
from sqlmodel import Field, Session, col, func, select

from models.row import Row


class LlmCall(Row, table=True):
    """One call. purpose: digest | repair | notes | meaning. prompt: the prompts' version. rung:
    what was sent beside the messages. estimated: the tokens were counted here. findings: codes
    of what was wrong with the answer, `section:code`. No text of any answer is kept.
    """

    team_id: int = Field(foreign_key="team.id", index=True)
    week: str
    purpose: str
    model: str
    host: str
    rung: str
    prompt: str
    prompt_tokens: int = 0
    completion_tokens: int = 0
    reasoning_tokens: int = 0
    estimated: bool = False
    request_id: str = ""
    latency_ms: int = 0
    outcome: str
    findings: list[str] = Field(default_factory=list, sa_column=Column(JSON))
    at: datetime = Field(index=True)


class LlmRung(Row, table=True):
    """What the endpoint at that address takes for that model (core/llm/endpoint.Rung), seen at
    `at`.
    """

    __table_args__ = (UniqueConstraint("address", "model"),)

    address: str
    model: str
    format: str
    limit_name: str
    at: datetime


def tokens_since(session: Session, start: datetime) -> int:
    """Tokens of all calls from then on, of all teams: one key pays for all of them."""
    spent = func.sum(col(LlmCall.prompt_tokens) + col(LlmCall.completion_tokens))
    return int(session.exec(select(spent).where(LlmCall.at >= start)).one() or 0)


def latest(session: Session, team_id: int, *, limit: int) -> list[LlmCall]:
    """The team's last calls, the newest first."""
    wanted = select(LlmCall).where(LlmCall.team_id == team_id)
    return list(session.exec(wanted.order_by(col(LlmCall.id).desc()).limit(limit)))


def since(session: Session, team_id: int, start: datetime) -> list[LlmCall]:
    """The team's calls from then on, oldest first."""
    wanted = select(LlmCall).where(LlmCall.team_id == team_id, LlmCall.at >= start)
    return list(session.exec(wanted.order_by(col(LlmCall.id))))


def rung_of(session: Session, address: str, model: str) -> LlmRung | None:
    """What is known of that endpoint, or None."""
    wanted = select(LlmRung).where(LlmRung.address == address, LlmRung.model == model)
    return session.exec(wanted).first()
