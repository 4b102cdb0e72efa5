"""The words of old standup answers, and every copy of them: counted and emptied."""

from datetime import date, datetime

from sqlalchemy import String, cast, delete, func, or_
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import Session, col, select

from models.form_draft import Draft
from models.outbox import Outbox
from models.standups.answer import Answer, Said
from models.standups.early import Early
from models.standups.evening import EveningAsk
from models.standups.standup import Round, Standup

_SETTLED = ("sent", "dead")
_BATCH = 500
_COPIES = ("csv:", "report:", "unsure:", "edit:unsure:")  # keys of messages that quote answers


def count(session: Session, team_id: int, before: date) -> int:
    """How many answers of closed rounds before that date still have words."""
    wanted = select(func.count(col(Answer.id))).where(_old(team_id, before), _has_words())
    return int(session.exec(wanted.join(Round).join(Standup)).one())


def forget_answers(session: Session, team_id: int, before: date) -> int:
    """Empty them and what they were made of; who answered, when and about what stays."""
    wanted = select(Answer).join(Round).join(Standup).where(_old(team_id, before), _has_words())
    gone = 0
    for row in session.exec(wanted.limit(_BATCH)):
        row.replies, row.form, row.reported = [], [], ""
        session.execute(delete(Said).where(col(Said.answer_id) == row.id))
        _empty_messages(session, f"answer:{row.round_id}:{row.user_id}")
        gone += 1
    session.flush()
    return gone


def forget_beside(session: Session, team_id: int, before: date) -> None:
    """Empty evening checks, and drop what was answered ahead for rounds that never came."""
    mine = select(Standup.id).where(Standup.team_id == team_id).scalar_subquery()
    evenings = select(EveningAsk).where(
        col(EveningAsk.standup_id).in_(mine), EveningAsk.on < before, EveningAsk.text != ""
    )
    for row in session.exec(evenings):
        row.text = ""
    session.execute(delete(Early).where(col(Early.standup_id).in_(mine), col(Early.on) < before))


def forget_copies(session: Session, team_id: int, before: datetime) -> None:
    """Empty reports, files and questions sent before then, and drop what was never sent."""
    kinds = or_(*(col(Outbox.key).startswith(part) for part in _COPIES))
    sent = select(Outbox).where(Outbox.team_id == team_id, kinds, Outbox.created_at < before)
    for row in session.exec(sent.where(col(Outbox.state).in_(_SETTLED))):
        if row.payload:
            row.payload = {}
    half_typed = col(Draft.form).startswith("standup:")
    session.execute(
        delete(Draft).where(col(Draft.team_id) == team_id, half_typed, col(Draft.at) < before)
    )


def _old(team_id: int, before: date) -> ColumnElement[bool]:
    mine = col(Standup.team_id) == team_id
    return mine & (col(Round.on) < before) & (col(Round.state) == "closed")


def _has_words() -> ColumnElement[bool]:
    # One JSON text in both databases; `[]` is what withdrawn and forgotten answers have.
    return cast(col(Answer.replies), String) != "[]"


def _empty_messages(session: Session, key: str) -> None:
    wanted = select(Outbox).where(col(Outbox.key).in_([key, f"edit:{key}"]))
    for row in session.exec(wanted.where(col(Outbox.state).in_(_SETTLED))):
        row.payload = {}
