"""Rounds: opened when the first member's hour comes, asked, counted, and wrapped up once."""

import logging
from dataclasses import asdict
from datetime import datetime

from core import blocker as stuck
from core import round as rules
from core import standup as reading
from core.round import WrapUp
from models import answer as answers
from models import occurrence, outbox
from models import standup as table
from models import team as people
from models.standup import Prompt, Round, Standup
from services import agenda, blocker
from services import standup_message as shown
from services.ports import Lab
from services.standup_desk import Desk, Words, facts

log = logging.getLogger(__name__)

_DOWN = "nobody was there to ask before the round was over"
_TOO_LATE = "the round was over before it could be asked"


def standups(lab: Lab) -> list[int]:
    """Ids of every standup of every team whose app is installed."""
    with lab.begin() as session:
        found = [
            standup.id
            for team in people.all_active(session)
            for standup in table.of_team(session, team.id or 0)
        ]
    return [standup_id for standup_id in found if standup_id is not None]


def advance(lab: Lab, standup_id: int, words: Words, *, now: datetime) -> None:
    """Do all that is due now for one standup: open, ask, wrap up. Twice is the same as once."""
    with lab.begin() as session:
        standup = table.lock(session, standup_id)
        team = session.get(people.Team, standup.team_id) if standup else None
        if standup is None or team is None:
            return
        desk = Desk(session, team, now, words)
        if standup.active:
            _open_due(desk, standup)
        for row in table.open_rounds(session, standup_id):
            _serve(desk, standup, row)


def _open_due(desk: Desk, standup: Standup) -> None:
    plan, subject = agenda.plan_of(standup), str(standup.id)
    days = rules.dates(plan, desk.now)
    done = table.dates_done(desk.session, standup.id or 0, days[0]) if days else set()
    waiting = [day for day in days if day not in done]
    zones = agenda.zones_of(desk, standup) if waiting else {}
    for day in waiting if zones else ():
        found = rules.times(plan, day, zones)
        if found is None or found.opens_at > desk.now:
            continue
        occurrence.claim(desk.session, "standup", subject, day, now=desk.now)
        if found.closes_at <= desk.now:
            occurrence.miss(desk.session, "standup", subject, day, reason=_DOWN)
            log.warning("standup %s missed its round of %s: %s", subject, day, _DOWN)
        else:
            _open(desk, standup, found)


def _open(desk: Desk, standup: Standup, found: rules.Times) -> None:
    assert standup.id is not None
    row = Round(
        standup_id=standup.id,
        on=found.on,
        opens_at=found.opens_at,
        closes_at=found.closes_at,
        questions=list(standup.questions),
    )
    desk.session.add(row)
    desk.session.flush()
    assert row.id is not None
    for user, due_at in found.due_at.items():
        desk.session.add(Prompt(round_id=row.id, user_id=user, due_at=due_at))
    desk.session.flush()
    message = desk.words.parent(facts(desk, standup, row))
    desk.voice.post(shown.parent_key(row), standup.channel, message)


def _serve(desk: Desk, standup: Standup, row: Round) -> None:
    assert row.id is not None
    held = table.lock_round(desk.session, row.id)
    if held is None or held.state != "open":
        return
    waiting = [p for p in table.prompts_of(desk.session, row.id) if p.state in {"due", "asked"}]
    gone = [prompt for prompt in waiting if not desk.is_here(prompt.user_id)]
    for prompt in gone:
        prompt.state = "left"
    over = row.closes_at <= desk.now
    for prompt in waiting:
        if prompt.state == "due" and over:
            _miss(desk, standup, row, prompt)
        elif prompt.state == "due" and prompt.due_at <= desk.now:
            prompt.state = "asked"
            message = shown.prompt(desk, standup, row, prompt.user_id)
            desk.voice.post(shown.prompt_key(row, prompt.user_id), prompt.user_id, message)
    if over:
        _close(desk, standup, row)
    elif gone:
        shown.refresh(desk, standup, row)


def _miss(desk: Desk, standup: Standup, row: Round, prompt: Prompt) -> None:
    subject = f"{standup.id}:{prompt.user_id}"
    prompt.state = "missed"
    if occurrence.claim(desk.session, "prompt", subject, row.on, now=desk.now):
        occurrence.miss(desk.session, "prompt", subject, row.on, reason=_TOO_LATE)


def _close(desk: Desk, standup: Standup, row: Round) -> None:
    assert row.id is not None
    outbox.withdraw(desk.session, f"prompt:{row.id}:")
    row.state = "closed"
    row.wrap_up = asdict(_wrap_up(desk, standup, row))
    desk.session.flush()
    shown.refresh(desk, standup, row)
    for seat in facts(desk, standup, row).in_state("asked"):
        shown.show_prompt(desk, standup, row, seat.user)


def _wrap_up(desk: Desk, standup: Standup, row: Round) -> WrapUp:
    assert row.id is not None
    stands = facts(desk, standup, row)
    in_time = [a for a in answers.of_round(desk.session, row.id) if not a.late]
    on_time = {answer.user_id for answer in in_time}
    learned = [reading.learnings(row.questions, answer.replies) for answer in in_time]
    touched = {number for answer in in_time for number in answer.experiments}
    return WrapUp(
        answered=tuple(s.name for s in stands.seats if s.user in on_time),
        missing=tuple(
            s.name
            for s in stands.in_state("due", "asked", "missed", "answered")
            if s.user not in on_time
        ),
        skipped=tuple(s.name for s in stands.in_state("skipped")),
        blockers=_blockers(desk, standup),
        learnings=sum(bool(text) for text in learned),
        experiments=tuple(sorted(touched)),
    )


def _blockers(desk: Desk, standup: Standup) -> dict[str, tuple[str, ...]]:
    """What is open of this standup, as `Ana, BLK-003, 2 d` by kind, the oldest first."""
    told: dict[str, list[str]] = {}
    for item in blocker.open_of_team(desk.session, desk.team, desk.now):
        if item.channel == standup.channel:
            age = f", {stuck.age(item.days)}" if item.days else ""
            told.setdefault(item.kind, []).append(f"{item.name}, {item.called}{age}")
    return {kind: tuple(lines) for kind, lines in told.items()}
