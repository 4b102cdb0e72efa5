"""The Home tab: shown when it is opened, and again while it may still be looked at."""

import hashlib
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache, partial
from typing import Any

from core.workspace.home import Home, Leading, furthest_first
from models import team as teams
from models.team import Member, Team
from services import team
from services.board import engineering
from services.experiments import experiment
from services.ports import Lab
from services.standups import standup
from services.standups.desk import Desk, Words
from services.workspace import home_lead, home_team, onboarding
from services.workspace.home_team import Board

Show = Callable[[Home], dict[str, Any]]

LOOKED_AT_FOR = timedelta(days=1)


def opened(lab: Lab, workspace: str, user_id: str, show: Show, words: Words) -> dict[str, Any]:
    """The person's Home as it is now; it is kept up to date for a day from here on."""
    now = lab.clock()
    with lab.begin() as session:
        theirs = team.of(session, workspace, now=now)
        row = team.member(session, theirs, user_id, now=now)
        desk = Desk(session, theirs, now, words)
        onboarding.begin(desk)
        lead = partial(home_lead.read, desk)
        view = show(_home(desk, row, home_team.read(session, theirs, now, lab.policy), lead))
        row.home_opened_at, row.home_shown = now, _fingerprint(view)
        return view


def keep_fresh(lab: Lab, team_id: int, now: datetime, show: Show, words: Words) -> int:
    """Publish again what has changed on the team's recently opened Home tabs; how many."""
    with lab.begin() as session:
        readers = teams.home_readers(session, team_id, now - LOOKED_AT_FOR)
        if not readers:
            return 0
        desk = Desk(session, session.get_one(Team, team_id), now, words)
        board = home_team.read(session, desk.team, now, lab.policy)
        lead, changed = cache(partial(home_lead.read, desk)), 0
        for row in readers:
            view = show(_home(desk, row, board, lead))
            if row.home_shown != _fingerprint(view):
                row.home_shown = _fingerprint(view)
                desk.voice.publish_home(row.user_id, view)
                changed += 1
        return changed


def _home(desk: Desk, row: Member, board: Board, lead: Callable[[], Leading]) -> Home:
    user = row.user_id
    leads = board.may_decide(user)
    return Home(
        user=user,
        set_up=bool(desk.team.team_channel),
        today=experiment.today_of(desk.team, desk.now),
        me=board.me(row),
        observer=row.role == "observer" and user not in board.leads,
        in_standup=user in board.asked,
        due=standup.due(desk.session, desk.team, user, now=desk.now),
        mine=furthest_first([e for e in board.everything if e.owner == user]),
        board=furthest_first(board.everything),
        stale=board.stale,
        engineering=engineering.mine(desk.session, desk.team, user),
        stuck=[b for b in board.stuck if user in {b.user, b.helper, b.escalated_to}],
        needs=[n for n in board.needs if n.note.owner == user or (leads and not n.note.owner)],
        lead=lead() if leads else None,
    )


def _fingerprint(view: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(view, sort_keys=True).encode()).hexdigest()[:16]
