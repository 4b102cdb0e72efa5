"""The Home tab: shown when it is opened, and again while it may still be looked at."""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache, partial
from typing import Any

from sqlmodel import Session

from core.decisions.proposal import Waiting
from core.workspace.home import Home, Leading, Open, furthest_first, looks_on
from models import people
from models import team as teams
from models.people import Profile
from services import say, standing, team, which
from services.board import engineering
from services.desk import Desk, desk
from services.experiments import experiment
from services.ports import Lab
from services.standups import standup
from services.workspace import home_lead, home_team, onboarding
from services.workspace.home_team import Board
from views.workspace import home as view
from views.workspace import home_teams as several

LOOKED_AT_FOR = timedelta(days=1)


def opened(lab: Lab, workspace: str, user_id: str) -> dict[str, Any]:
    """The person's Home as it is now; it is kept up to date for a day from here on."""
    with lab.begin() as session:
        joined, now = lab.within(session), lab.clock()
        if not teams.ever_of(session, workspace):
            lab.require_writing()
            which.first(joined, workspace)
        row = team.profile(session, workspace, user_id, now=now)
        read = cache(partial(_read, joined, now))
        theirs = _teams(session, row)
        for team_id in theirs:
            known = read(team_id)
            onboarding.begin(known.here, has_standup=known.board.has_standup)
        shown = _shown(session, row, theirs, read)
        row.home_opened_at, row.home_shown = now, _fingerprint(shown)
        return shown


def choose(lab: Lab, workspace: str, user_id: str, team_id: int) -> dict[str, Any]:
    """The person's Home, on which that team of theirs stands first and is created in."""
    with lab.begin() as session:
        joined, now = lab.within(session), lab.clock()
        known = people.profile(session, workspace, user_id)
        row = known or Profile(workspace=workspace, user_id=user_id)
        if team_id in people.teams_of(session, workspace, user_id):
            row.team_id = team_id
        theirs = _teams(session, row)
        return _shown(session, row, theirs, cache(partial(_read, joined, now)))


def looked_at(lab: Lab, now: datetime) -> list[str]:
    """The workspaces in which somebody has opened Home lately."""
    with lab.begin() as session:
        return people.home_workspaces(session, now - LOOKED_AT_FOR)


def keep_fresh(lab: Lab, workspace: str, now: datetime) -> int:
    """Publish again what has changed on Home tabs opened lately, each once; how many. However
    many look at a team, it is read once.
    """
    with lab.begin() as session:
        read, changed = cache(partial(_read, lab.within(session), now)), 0
        for row in people.home_readers(session, workspace, now - LOOKED_AT_FOR):
            shown = _shown(session, row, _teams(session, row), read)
            if row.home_shown != _fingerprint(shown):
                row.home_shown = _fingerprint(shown)
                say.Voice(session, workspace, now).publish_home(row.user_id, shown)
                changed += 1
        return changed


@dataclass(frozen=True)
class _Read:
    """A team, read once for all who look; what only some see when the first of them looks."""

    here: Desk
    board: Board
    waiting: Callable[[], Waiting]
    digest_on: Callable[[], date | None]
    lead: Callable[[], Leading]


def _read(lab: Lab, now: datetime, team_id: int) -> _Read:
    with desk(lab, team_id, now=now, lock=False) as here:
        board = home_team.read(here)
        waits = cache(partial(home_lead.waits, here, board.everything))
        last = cache(partial(home_lead.digest_on, here))
        return _Read(here, board, waits, last, cache(partial(home_lead.read, here)))


def _teams(session: Session, row: Profile) -> list[int]:
    """The teams on that person's Home: theirs. Where there is only one, whoever may read it."""
    everywhere = teams.of_workspace(session, row.workspace)
    own = people.teams_of(session, row.workspace, row.user_id)
    if own or len(everywhere) != 1:
        return list(own)
    return [one.pk for one in everywhere if one.visibility == "open" or row.admin]


def _shown(
    session: Session, row: Profile, theirs: Sequence[int], read: Callable[[int], _Read]
) -> dict[str, Any]:
    if not theirs:
        return several.nowhere(_open_ones(session, row.workspace))
    homes = [_home(read(team_id), row.user_id) for team_id in theirs]
    if len(homes) == 1:
        return view.home(homes[0])
    first = next((one for one in homes if one.team_id == row.team_id), homes[0])
    named = [replace(one, where=standing.name_of(read(one.team_id).here.team)) for one in homes]
    return several.home(named, first.team_id)


def _open_ones(session: Session, workspace: str) -> list[Open]:
    found = [one for one in teams.of_workspace(session, workspace) if one.visibility == "open"]
    sizes = people.sizes(session, workspace)
    return [Open(one.pk, standing.name_of(one), sizes.get(one.pk, 0)) for one in found]


def _home(read: _Read, user: str) -> Home:
    here, board = read.here, read.board
    row = here.people.get(user)
    leads = team.may_lead(here.session, here.team, user)
    mine = furthest_first([e for e in board.everything if e.owner == user])
    reads = not leads and looks_on(
        observer=row.role == "observer",
        is_asked=user in board.deciders,
        takes_part=bool(mine) or user in board.asked,
    )
    return Home(
        user=user,
        team_id=here.team_id,
        set_up=bool(here.team.team_channel),
        today=experiment.today_of(here.team, here.now),
        me=home_team.me(here, row, board.away.get(user)),
        status=board.status,
        reads=reads,
        due=standup.due(here.session, here.team, user, now=here.now),
        mine=mine,
        stale=board.stale,
        engineering=engineering.mine(here.session, here.team, user),
        stuck=[b for b in board.stuck if user in {b.user, b.helper, b.escalated_to}],
        needs=[n for n in board.needs if n.note.owner == user or (leads and not n.note.owner)],
        waiting=read.waiting() if leads or reads else Waiting(),
        lead=read.lead() if leads else None,
        digest_on=read.digest_on() if reads else None,
    )


def _fingerprint(shown: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(shown, sort_keys=True).encode()).hexdigest()[:16]
