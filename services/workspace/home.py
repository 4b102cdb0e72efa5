"""The Home tab: shown when it is opened, and again while it may still be looked at."""

import hashlib
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache, partial
from typing import Any

from core.workspace.home import Home, Leading, furthest_first
from models import people
from services import team, which
from services.board import engineering
from services.desk import Desk, desk
from services.experiments import experiment
from services.ports import Lab
from services.standups import standup
from services.workspace import home_lead, home_team, onboarding
from services.workspace.home_team import Board
from views.workspace import home as view

LOOKED_AT_FOR = timedelta(days=1)


def opened(lab: Lab, team_id: int, user_id: str) -> dict[str, Any]:
    """The person's Home as it is now; it is kept up to date for a day from here on."""
    with desk(lab, team_id, lock=False) as here:
        row = team.profile(here.session, here.team.workspace, user_id, now=here.now)
        onboarding.begin(here)
        lead = partial(home_lead.read, here)
        shown = view.home(_home(here, user_id, home_team.read(here), lead))
        row.home_opened_at, row.home_shown = here.now, _fingerprint(shown)
        return shown


def keep_fresh(lab: Lab, team_id: int, now: datetime) -> int:
    """Publish again what has changed on Home tabs of the team opened lately; how many."""
    with desk(lab, team_id, now=now, lock=False) as here:
        readers = [
            row
            for row in people.home_readers(here.session, here.team.workspace, now - LOOKED_AT_FOR)
            if which.shown(here.session, row) == team_id
        ]
        if not readers:
            return 0
        board = home_team.read(here)
        lead, changed = cache(partial(home_lead.read, here)), 0
        for row in readers:
            shown = view.home(_home(here, row.user_id, board, lead))
            if row.home_shown != _fingerprint(shown):
                row.home_shown = _fingerprint(shown)
                here.voice.publish_home(row.user_id, shown)
                changed += 1
        return changed


def _home(here: Desk, user: str, board: Board, lead: Callable[[], Leading]) -> Home:
    row = here.people.get(user)
    leads = board.may_decide(user)
    return Home(
        user=user,
        set_up=bool(here.team.team_channel),
        today=experiment.today_of(here.team, here.now),
        me=board.me(row),
        observer=row.role == "observer" and user not in board.leads,
        in_standup=user in board.asked,
        due=standup.due(here.session, here.team, user, now=here.now),
        mine=furthest_first([e for e in board.everything if e.owner == user]),
        board=furthest_first(board.everything),
        stale=board.stale,
        engineering=engineering.mine(here.session, here.team, user),
        stuck=[b for b in board.stuck if user in {b.user, b.helper, b.escalated_to}],
        needs=[n for n in board.needs if n.note.owner == user or (leads and not n.note.owner)],
        lead=lead() if leads else None,
    )


def _fingerprint(shown: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(shown, sort_keys=True).encode()).hexdigest()[:16]
