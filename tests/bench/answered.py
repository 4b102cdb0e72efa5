"""Fifty people and what they answered in standups, written straight into the tables."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import Connection, insert

from models.experiments.learning import Learning
from models.standups.answer import Answer
from models.standups.standup import Prompt, Round, Standup
from tests.conversation import START

PEOPLE = 50
_AT_ONCE = 10_000
_HEARD = "the loss went down once the labels were read again"


def user(number: int) -> str:
    """Who has that number; the first is UANA, who leads."""
    return "UANA" if number % PEOPLE == 0 else f"U{number % PEOPLE:04d}"


def write(connection: Connection, table: Any, rows: Iterable[dict[str, Any]]) -> None:
    """Those rows, many with one statement."""
    # A statement for many rows knows no default of the model: those that tables do not have.
    unsaid = {
        name: field.get_default(call_default_factory=True)
        for name, field in table.model_fields.items()
        if name != "id" and not field.is_required()
    }
    waiting = (unsaid | row for row in rows)
    while part := list(islice(waiting, _AT_ONCE)):
        connection.execute(insert(table), part)


def hold(connection: Connection, team_id: int, answers: int) -> None:
    """Rounds of as many standups of fifty people as three years of working days need."""
    everyone = [user(number) for number in range(PEOPLE)]
    rounds = answers // PEOPLE
    channels = max(1, rounds // 750)  # three years of working days each
    questions = ["What did you learn?", "What next?"]
    write(connection, Standup, (
        {
            "team_id": team_id, "channel": f"CSTAND{number}", "people": everyone,
            "days": [0, 1, 2, 3, 4], "questions": questions, "created_by": "UANA",
            "starts_on": START.date() + timedelta(days=30), "set_at": START, "created_at": START,
            "optional": [], "shapes": {},
        } for number in range(1, channels + 1)
    ))  # fmt: skip
    last = START - timedelta(days=1)
    days = [last - timedelta(days=1.4 * (number // channels)) for number in range(rounds)]
    write(connection, Round, (
        {
            "standup_id": number % channels + 1, "on": days[number].date(), "state": "closed",
            "opens_at": days[number], "closes_at": days[number] + timedelta(hours=4),
            "questions": questions, "shapes": {}, "mood_key": "", "wrap_up": {},
        } for number in range(rounds)
    ))  # fmt: skip
    write(connection, Prompt, (
        {
            "round_id": number + 1, "user_id": one, "due_at": days[number], "state": "answered",
            "told_at": days[number],
        } for number in range(rounds) for one in everyone
    ))  # fmt: skip
    _answers(connection, team_id, days)


def _answers(connection: Connection, team_id: int, days: Sequence[datetime]) -> None:
    everyone = [user(number) for number in range(PEOPLE)]
    rounds = range(len(days))
    given = ((number, one, at) for number in rounds for at, one in enumerate(everyone))
    write(connection, Answer, (
        {
            "round_id": number + 1, "user_id": one, "experiments": [], "at": days[number],
            "replies": [_HEARD if _learns(number, at) else "", "more"], "form": [], "chosen": [],
        } for number, one, at in given
    ))  # fmt: skip
    write(connection, Learning, (
        {
            "team_id": team_id, "source": "standup", "text": _HEARD, "at": days[number],
            "origin": f"answer:{number * PEOPLE + at + 1}", "user_id": one,
        } for number in rounds for at, one in enumerate(everyone) if _learns(number, at)
    ))  # fmt: skip


def _learns(number: int, at: int) -> bool:
    """One answer in fifty says what was learned: two or three of everybody's in a week."""
    return (number + at) % 50 == 0
