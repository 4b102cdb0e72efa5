"""The Home tab: shown when it is opened, and again while it may still be looked at."""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from core import calendar
from core.blocker import Blocker
from core.experiment import Experiment, is_stale
from core.home import Home, furthest_first
from core.pending import Pending
from models import proposal as proposals
from models import team as teams
from models.team import Team
from services import blocker, engineering, experiment, proposal, standup, team
from services.ports import Lab, Policy
from services.say import Voice

Show = Callable[[Home], dict[str, Any]]

PROPOSALS = 5  # shown with their reasons and buttons; the rest is counted
LOOKED_AT_FOR = timedelta(days=1)


@dataclass(frozen=True)
class _Board:
    """What everybody's Home shares; read once per team."""

    everything: Sequence[Experiment]
    stale: frozenset[int]
    stuck: Sequence[Blocker]
    waiting: Sequence[Pending]
    unshown: int
    snoozed: int


def opened(lab: Lab, workspace: str, user_id: str, show: Show) -> dict[str, Any]:
    """The person's Home as it is now; it is kept up to date for a day from here on."""
    now = lab.clock()
    with lab.begin() as session:
        theirs = team.of(session, workspace, now=now)
        theirs.active = True  # whoever sees the tab has the app installed
        row = team.member(session, theirs, user_id, now=now)
        board = _board(session, theirs, now, lab.policy)
        view = show(_home(session, theirs, user_id, now, board))
        row.home_opened_at, row.home_shown = now, _fingerprint(view)
        return view


def teams_of(lab: Lab) -> list[int]:
    """The ids of all teams whose app is installed."""
    with lab.begin() as session:
        return [row.id for row in teams.all_active(session) if row.id is not None]


def keep_fresh(lab: Lab, team_id: int, now: datetime, show: Show) -> int:
    """Publish again what has changed on the team's recently opened Home tabs; how many."""
    with lab.begin() as session:
        readers = teams.home_readers(session, team_id, now - LOOKED_AT_FOR)
        if not readers:
            return 0
        theirs = session.get_one(Team, team_id)
        board = _board(session, theirs, now, lab.policy)
        changed = 0
        for row in readers:
            view = show(_home(session, theirs, row.user_id, now, board))
            if row.home_shown != _fingerprint(view):
                row.home_shown = _fingerprint(view)
                Voice(session, theirs.workspace, now).publish_home(row.user_id, view)
                changed += 1
        return changed


def _board(session: Session, theirs: Team, now: datetime, policy: Policy) -> _Board:
    everything = experiment.all_of(session, theirs)
    where, after = calendar.zone(theirs.zone), policy.stale_after_working_days
    stale = {e.number for e in everything if is_stale(e, now, where, after=after)}
    stuck = blocker.open_of_team(session, theirs)
    assert theirs.id is not None
    asked = [row for row in proposals.open_of_team(session, theirs.id) if row.action != "warn"]
    awake = [row for row in asked if row.snoozed_until is None or row.snoozed_until <= now]
    waiting = [proposal.pending(session, theirs, row, now) for row in awake[:PROPOSALS]]
    unshown, snoozed = len(awake) - len(waiting), len(asked) - len(awake)
    return _Board(everything, frozenset(stale), stuck, waiting, unshown, snoozed)


def _home(session: Session, theirs: Team, user_id: str, now: datetime, board: _Board) -> Home:
    leads = teams.leads(session, theirs)
    may_decide = user_id in leads or not leads
    found = Home(
        leads=may_decide,
        set_up=bool(theirs.team_channel),
        today=experiment.today_of(theirs, now),
        due=standup.due(session, theirs, user_id, now=now),
        mine=furthest_first([e for e in board.everything if e.owner == user_id]),
        board=furthest_first(board.everything),
        stale=board.stale,
        engineering=engineering.mine(session, theirs, user_id),
        stuck=[b for b in board.stuck if user_id in {b.user, b.helper, b.escalated_to}],
    )
    if not may_decide:
        return found
    return replace(found, waiting=board.waiting, unshown=board.unshown, snoozed=board.snoozed)


def _fingerprint(view: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(view, sort_keys=True).encode()).hexdigest()[:16]
