"""Standups of a simulated past: who was asked, who answered and what, day by day."""

from dataclasses import asdict
from datetime import date, datetime, time, timedelta

import numpy as np
from sqlmodel import Session

from core import calendar
from core.simulation.answers import SimulatedAnswer, said
from core.simulation.flow import Played
from core.simulation.game import DAYS, LENGTH
from core.standups.round import WrapUp
from core.standups.setup import DEFAULT_QUESTIONS
from models import occurrence
from models.standups import standup as table
from models.standups.answer import Answer
from models.standups.standup import Prompt, Round, Standup
from models.team import Team
from services import team as teams
from services.experiments import learning

ANSWERS, SKIPS = 0.86, 0.04  # of all prompts; the rest is never answered
_OPENS, _HOURS = time(9, 30), 4


def arrange(session: Session, theirs: Team, people: list[str], starts: date) -> Standup:
    """A standup of these people, paused: its rounds are past ones."""
    began = calendar.instant(starts, time(), calendar.zone(theirs.zone))
    row = Standup(
        team_id=theirs.pk, channel=theirs.team_channel, people=people, days=list(range(5)),
        questions=list(DEFAULT_QUESTIONS), active=False, starts_on=starts, set_at=began,
        created_at=began, created_by=people[0],
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


def write(
    session: Session, theirs: Team, played: Played, span: tuple[date, date, date],
    rng: np.random.Generator,
) -> int:  # fmt: skip
    """The rounds of the team's first standup on the working days from the second to before the
    third date; the first is the game's Monday. How many rounds.
    """
    row = table.of_team(session, theirs.pk)[0]
    starts, first, after = span
    days = [first + timedelta(days=n) for n in range((after - first).days)]
    working = [day for day in days if day.weekday() < 5]
    for on in working:
        occurrence.claim(session, "standup", str(row.id), on, now=_opens(theirs, on))
        held = _round(session, theirs, row, on)
        given, states = {}, {}
        for place, user in enumerate(row.people):
            answer = said(played.log, place, _working_day(on, starts))
            states[user] = _ask((session, theirs), held, user, answer, rng)
            if states[user] == "answered":
                given[user] = answer
        held.wrap_up = _wrap_up(session, theirs, states, given)
    session.flush()
    return len(working)


def _opens(theirs: Team, on: date) -> datetime:
    return calendar.instant(on, _OPENS, calendar.zone(theirs.zone))


def _working_day(on: date, starts: date) -> int:
    sprint, within = divmod((on - starts).days, LENGTH)
    return sprint * DAYS + (within // 7) * 5 + within % 7


def _round(session: Session, theirs: Team, row: Standup, on: date) -> Round:
    opens = _opens(theirs, on)
    held = Round(
        standup_id=row.pk, on=on, opens_at=opens, closes_at=opens + timedelta(hours=_HOURS),
        state="closed", questions=list(row.questions),
    )  # fmt: skip
    session.add(held)
    session.flush()
    return held


def _ask(
    where: tuple[Session, Team],
    held: Round,
    user: str,
    answer: SimulatedAnswer,
    rng: np.random.Generator,
) -> str:
    """That person's place on the roster, and their answer if they gave one; the place's state."""
    session, theirs = where
    luck, minutes = float(rng.random()), int(rng.integers(2, 200))
    answered = luck < ANSWERS
    state = "answered" if answered else "skipped" if luck < ANSWERS + SKIPS else "asked"
    session.add(Prompt(round_id=held.pk, user_id=user, due_at=held.opens_at, state=state,
                       told_at=held.opens_at))  # fmt: skip
    if answered:
        row = Answer(
            round_id=held.pk, user_id=user, replies=answer.replies(len(held.questions)),
            experiments=list(answer.numbers), at=held.opens_at + timedelta(minutes=minutes),
        )  # fmt: skip
        session.add(row)
        session.flush()
        learning.follow_answer(session, theirs, row, held)
    return state


def _wrap_up(
    session: Session, theirs: Team, states: dict[str, str], given: dict[str, SimulatedAnswer]
) -> dict[str, object]:
    def named(state: str) -> tuple[str, ...]:
        found = [user for user, held in states.items() if held == state]
        return tuple(teams.name_of(session, theirs, user) for user in found)

    touched = {number for answer in given.values() for number in answer.numbers}
    return asdict(WrapUp(
        answered=named("answered"), missing=named("asked"), skipped=named("skipped"),
        learnings=len(given), experiments=tuple(sorted(touched)),
    ))  # fmt: skip
