"""Rounds: opened when the first member's hour comes, asked, counted, and wrapped up once."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime

from core.blockers import blocker as stuck
from core.standups import round as rules
from core.standups import standup as reading
from core.standups import typed_reply
from core.standups.round import WrapUp
from models import occurrence, outbox
from models import team as people
from models.standups import answer as answers
from models.standups import standup as table
from models.standups.standup import Prompt, Round, Standup
from services.blockers import blocker
from services.desk import Desk
from services.ports import Lab
from services.standups import agenda, early, mood, reminder, roster
from services.standups import messages as shown
from services.standups.messages import facts
from views.standups import standup as view

log = logging.getLogger(__name__)

_DOWN = "nobody was there to ask before the round was over"
_TOO_LATE = "the round was over before it could be asked"


def standups(lab: Lab) -> list[int]:
    """Ids of every standup of every team whose app is installed."""
    with lab.begin() as session:
        found = [
            standup.id
            for team in people.all_active(session)
            for standup in table.of_team(session, team.pk)
        ]
    return [standup_id for standup_id in found if standup_id is not None]


def advance(lab: Lab, standup_id: int, *, now: datetime) -> None:
    """Do all that is due now for one standup: open, ask, wrap up. Twice is the same as once."""
    with agenda.held(lab, standup_id, now) as found:
        if found is None:
            return
        here, standup = found
        if standup.active:
            _open_due(here, standup)
        for row in table.open_rounds(here.session, standup_id):
            _serve(here, standup, row)


def _open_due(here: Desk, standup: Standup) -> None:
    plan, subject = agenda.plan_of(standup), str(standup.id)
    days = rules.dates(plan, here.now)
    done = table.dates_done(here.session, [standup.pk], days[0])[standup.pk] if days else set()
    waiting = [day for day in days if day not in done]
    zones = agenda.zones_of(here, standup) if waiting else {}
    times = {day: rules.times(plan, day, zones) for day in waiting}
    begun = {day: one for day, one in times.items() if one and one.opens_at <= here.now}
    if not begun:
        return
    is_away = roster.call(here, zones).is_away
    for day, everybody in begun.items():
        there = {user: zone for user, zone in zones.items() if not is_away(user, day)}
        found = rules.times(plan, day, there)
        if found is None and everybody.closes_at <= here.now:
            occurrence.claim(here.session, "standup", subject, day, now=here.now)
            log.info("standup %s: everybody was away on %s", subject, day)
        if found is None or found.opens_at > here.now:
            continue
        occurrence.claim(here.session, "standup", subject, day, now=here.now)
        if found.closes_at <= here.now:
            occurrence.miss(here.session, "standup", subject, day, reason=_DOWN)
            log.warning("standup %s missed its round of %s: %s", subject, day, _DOWN)
        else:
            away = {u: at for u, at in everybody.due_at.items() if u not in there}
            _open(here, standup, found, away)


def _open(here: Desk, standup: Standup, found: rules.Times, away: Mapping[str, datetime]) -> None:
    row = Round(
        standup_id=standup.pk,
        on=found.on,
        opens_at=found.opens_at,
        closes_at=found.closes_at,
        questions=list(standup.questions),
        shapes=dict(standup.shapes or {}),
    )
    mood.begin(standup, row)
    here.session.add(row)
    here.session.flush()
    owing = set(standup.people)
    for user, due_at in found.due_at.items():
        here.session.add(
            Prompt(round_id=row.pk, user_id=user, due_at=due_at, optional=user not in owing)
        )
    for user, due_at in away.items():
        here.session.add(
            Prompt(
                round_id=row.pk,
                user_id=user,
                due_at=due_at,
                state="away",
                optional=user not in owing,
            )
        )
    here.session.flush()
    message = view.parent(facts(here, standup, row))
    here.voice.post(shown.parent_key(row), standup.channel, message)
    early.file(here, standup, row)


def _serve(here: Desk, standup: Standup, row: Round) -> None:
    held = table.lock_round(here.session, row.pk)
    if held is None or held.state != "open":
        return
    gone = _see_off(here, row)
    over = row.closes_at <= here.now
    if not over:
        roster.settle(here, standup, row)
    _ask(here, standup, row, over=over)
    if over:
        _close(here, standup, row)
    elif gone:
        shown.refresh(here, standup, row)
    if not over:
        reminder.remind(here, standup, row)


def _ask(here: Desk, standup: Standup, row: Round, *, over: bool) -> None:
    for prompt in table.prompts_of(here.session, row.pk):
        if prompt.state == "due" and over:
            _miss(here, standup, row, prompt)
        elif prompt.state == "due" and prompt.due_at <= here.now:
            prompt.state, prompt.told_at = "asked", here.now
            message = shown.prompt(here, standup, row, prompt.user_id)
            here.voice.post(shown.prompt_key(row, prompt.user_id), prompt.user_id, message)


def _see_off(here: Desk, row: Round) -> bool:
    """Take out who has left the workspace without answering; True when there was somebody."""
    open_ones = {"due", "asked", "away"}
    prompts = table.prompts_of(here.session, row.pk)
    gone = [p for p in prompts if p.state in open_ones and not here.is_here(p.user_id)]
    for prompt in gone:
        prompt.state = "left"
    here.session.flush()
    return bool(gone)


def _miss(here: Desk, standup: Standup, row: Round, prompt: Prompt) -> None:
    subject = f"{standup.id}:{prompt.user_id}"
    prompt.state = "missed"
    if occurrence.claim(here.session, "prompt", subject, row.on, now=here.now):
        occurrence.miss(here.session, "prompt", subject, row.on, reason=_TOO_LATE)


def _close(here: Desk, standup: Standup, row: Round) -> None:
    outbox.withdraw(here.session, f"prompt:{row.pk}:")
    outbox.withdraw(here.session, f"nudge:{row.pk}:")
    row.state = "closed"
    row.wrap_up = asdict(replace(_wrap_up(here, standup, row), mood=mood.finish(here, row)))
    here.session.flush()
    shown.refresh(here, standup, row)
    for seat in facts(here, standup, row).in_state("asked"):
        shown.show_missed(here, standup, row, seat.user)


def _wrap_up(here: Desk, standup: Standup, row: Round) -> WrapUp:
    stands = facts(here, standup, row)
    in_time = [a for a in answers.of_round(here.session, row.pk) if not a.late]
    on_time = {answer.user_id for answer in in_time}
    learned = [reading.learnings(row.questions, answer.replies) for answer in in_time]
    touched = {number for answer in in_time for number in answer.experiments}
    return WrapUp(
        answered=tuple(s.name for s in stands.seats if s.user in on_time),
        missing=tuple(
            s.name
            for s in stands.in_state("due", "asked", "missed", "answered")
            if s.user not in on_time and not s.optional
        ),
        skipped=tuple(s.name for s in stands.in_state("skipped") if not s.optional),
        blockers=_blockers(here, standup),
        learnings=sum(bool(text) for text in learned),
        experiments=tuple(sorted(touched)),
        away=tuple(s.name for s in stands.in_state("away") if not s.optional),
        tallies=_tallies(stands, [answer.replies for answer in in_time]),
    )


def _tallies(stands: rules.Round, given: Sequence[Sequence[str]]) -> tuple[str, ...]:
    counted = [
        (
            question.text,
            typed_reply.tally(question, [replies[n] for replies in given if replies[n:]]),
        )
        for n, question in enumerate(stands.asked)
    ]
    return tuple(f"{text} {found}" for text, found in counted if found)


def _blockers(here: Desk, standup: Standup) -> dict[str, tuple[str, ...]]:
    """What is open of this standup, as `Ana, BLK-003, 2 d` by kind, the oldest first."""
    told: dict[str, list[str]] = {}
    for item in blocker.open_of_team(here.session, here.team, here.now):
        if item.channel == standup.channel:
            age = f", {stuck.age(item.days)}" if item.days else ""
            told.setdefault(item.kind, []).append(f"{item.name}, {item.called}{age}")
    return {kind: tuple(lines) for kind, lines in told.items()}
