"""Standups as people ask about them: my turn, who is in."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlmodel import Session

from core.errors import NotFound, Refused
from core.standups.round import Round as Facts
from core.standups.round import Turn
from core.standups.standup import Due
from models import outbox
from models.standups import standup as table
from models.standups.standup import Prompt, Round, Standup
from models.team import Team
from services.desk import Desk, desk
from services.ports import Lab
from services.standups import agenda
from services.standups.messages import facts_of, parent_key

LATE_FOR = timedelta(hours=24)  # how long `/standup` offers a round that was missed


def due(session: Session, team: Team, user_id: str, *, now: datetime) -> Due | None:
    """The answer that person owes now (asked for, round still open), or None."""
    for row, prompt in table.rounds_of_person(session, team.pk, user_id, since=now):
        waiting = prompt.state == "asked" or (prompt.state == "due" and prompt.due_at <= now)
        if row.state == "open" and waiting:
            standup = session.get(Standup, row.standup_id)
            assert standup is not None
            return Due(row.pk, standup.name, row.on, tuple(row.questions), row.closes_at)
    return None


def turn(lab: Lab, team_id: int, user_id: str, channel: str) -> Turn:
    """Which round `/standup` means for that person there: one they owe, first that channel's,
    then one they can change, then one they missed. Raises NotFound (no standup, or not in any).
    """
    with desk(lab, team_id, lock=False) as here:
        theirs = _theirs(here, user_id, channel)
        if theirs:
            return Turn(theirs[0][0].id)
        return _next(here, user_id)


def owed(lab: Lab, team_id: int, user_id: str) -> list[int]:
    """Ids of the open rounds that person still owes an answer in."""
    with desk(lab, team_id, lock=False) as here:
        theirs = _theirs(here, user_id, "")
        return [
            row.id
            for row, prompt in theirs
            if row.id and _is_open(here, row) and prompt.state in {"due", "asked"}
        ]


def status(lab: Lab, team_id: int, user_id: str, channel: str) -> list[Facts]:
    """The newest round of that channel's standup, or of every standup the person is in.

    Raises NotFound when there is no standup or none has had a round yet.
    """
    with desk(lab, team_id, lock=False) as here:
        standups = table.of_team(here.session, here.team_id)
        local = [standup for standup in standups if standup.channel == channel]
        wanted = local or [s for s in standups if user_id in table.everyone(s)] or standups
        _require(standups)
        by_id = {standup.pk: standup for standup in wanted}
        rows = table.newest_rounds(here.session, list(by_id))
        if not rows:
            raise NotFound(
                "There has been no round yet.", "`/standup list` says when the next is."
            )
        closed = outbox.all_refused(here.session, [parent_key(row) for row in rows])
        told = facts_of(here, [(by_id[row.standup_id], row) for row in rows])
        return [
            replace(one, closed=closed.get(parent_key(row), ("", "")))
            for one, row in zip(told, rows, strict=True)
        ]


def _theirs(here: Desk, user_id: str, channel: str) -> Sequence[tuple[Round, Prompt]]:
    since = here.now - LATE_FOR
    pairs = table.rounds_of_person(here.session, here.team_id, user_id, since=since)
    channels = {s.id: s.channel for s in table.of_team(here.session, here.team_id)}

    def rank(pair: tuple[Round, Prompt]) -> tuple[bool, bool, bool]:
        row, prompt = pair
        owes = prompt.state in {"due", "asked"}
        return not _is_open(here, row), not owes, channels[row.standup_id] != channel

    offered = [
        pair for pair in pairs if _is_open(here, pair[0]) or pair[1].state in {"asked", "missed"}
    ]
    return sorted(offered, key=rank)


def _is_open(here: Desk, row: Round) -> bool:
    return row.state == "open" and row.closes_at > here.now


def _next(here: Desk, user_id: str) -> Turn:
    standups = table.of_team(here.session, here.team_id)
    _require(standups)
    mine = [standup for standup in standups if user_id in table.everyone(standup)]
    if not mine:
        names = ", ".join(standup.name for standup in standups[:3])
        raise NotFound(f"You are in no standup here ({names}).", "A lead can add you.")
    running = [standup for standup in mine if standup.active]
    if not running:
        raise Refused(
            f"{mine[0].name} is paused.", "A lead can start it again: `/standup resume`."
        )
    coming = agenda.next_for(here, running, user_id)
    times = [(t.due_at[user_id], s.name, t.on) for s, t in coming]
    if not times:
        return Turn(None)
    at, name, on = min(times)
    return Turn(None, name, on, at)


def _require(standups: Sequence[Standup]) -> None:
    if not standups:
        raise NotFound("There is no standup here yet.", "A lead starts one: `/standup setup`.")
