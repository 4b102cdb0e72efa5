"""A team's experiments at a glance; one message of it lives in a channel, edited every hour."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

from core import calendar
from core.experiments import headline as rules
from core.tracking.team import TeamBoard
from models.board import board
from models.data import dataset as cards
from models.experiments import experiment as tickets
from services import share
from services.data import pipeline
from services.desk import Desk, desk
from services.experiments import experiment, headline
from services.ports import Lab
from services.say import LINK
from views.tracking import team as view

EVERY = timedelta(hours=1)
_BEFORE = timedelta(days=14)  # that is counted while no sprint is running


def look(lab: Lab, team_id: int) -> tuple[TeamBoard, str]:
    """The team as it stands, and the channel in which its message lives, "" for none."""
    with desk(lab, team_id, lock=False) as here:
        return _board(lab, here), str(_held(here).get("place", ""))


def _board(lab: Lab, here: Desk) -> TeamBoard:
    session, team = here.session, here.team
    where, today = calendar.zone(team.zone), experiment.today_of(team, here.now)
    span = team.sprints.at(today)
    since = span.starts if span else today - _BEFORE
    start = calendar.instant(since, time(), where)
    metric = headline.standing_for(session, team)
    told = experiment.some_of(session, team, headline.contenders(session, team, metric))
    lately = tickets.is_open() | tickets.closed_since(start)
    every = [e for e in experiment.some_of(session, team, lately) if e.stage != "backlog"]
    flow = pipeline.look(lab.within(session), here.team_id)
    blocked = sum(stage.blocked for stage in flow.stages)
    ready = cards.count_ready(session, here.team_id)
    moving = sum(len(stage.cards) for stage in flow.stages) - blocked
    until = here.now + timedelta(seconds=1)
    return TeamBoard(
        span=span, since=since, now=here.now,
        decided=board.decided(session, here.team_id, [(start, until)]),
        tickets=tuple(every), head=rules.headline(metric, told, (), on=today),
        data=(ready, moving, blocked),
    )  # fmt: skip


def keep(lab: Lab, team_id: int, *, channel: str) -> tuple[str, bool]:
    """The team's message lives in that channel (else the team's) from now on, and is edited every
    hour; where, and False when it lived there already and was only brought up to date. One that
    lived elsewhere becomes a link to it. Raises Refused without a channel.
    """
    with desk(lab, team_id) as here:
        place, held = share.place_for(here.team, channel), _held(here)
        message = view.living(_board(lab, here))
        if held.get("place") == place:
            here.edit(held["key"], message)
            _remember(here, held)
            return place, False
        key = f"track:team:{team_id}:{place}:{here.now.timestamp():.0f}"
        here.post(key, place, message)
        if held:
            here.edit(held["key"], view.moved(LINK), link_to=key)
        _remember(here, {"key": key, "place": place})
        return place, True


def stop(lab: Lab, team_id: int) -> str:
    """The team's message is edited no more; where it lived, "" when none did."""
    with desk(lab, team_id) as here:
        held = _held(here)
        if held:
            here.edit(held["key"], view.ended(_board(lab, here)))
            here.team.choose(track_board=None)
            here.session.flush()
        return str(held.get("place", ""))


def refresh(lab: Lab, team_id: int) -> None:
    """Edit the team's message when it is an hour old; the team is held only then."""
    with desk(lab, team_id, lock=False) as here:
        if not _is_due(here):
            return
    with desk(lab, team_id) as here:
        if _is_due(here):
            held = _held(here)
            here.edit(held["key"], view.living(_board(lab, here)))
            _remember(here, held)


def _is_due(here: Desk) -> bool:
    held = _held(here)
    return bool(held) and here.now - datetime.fromisoformat(held["told"]) >= EVERY


def _held(here: Desk) -> Mapping[str, Any]:
    """Key, place and last telling of the message that lives; empty without one."""
    return here.team.chosen.track_board


def _remember(here: Desk, held: Mapping[str, Any]) -> None:
    kept = {"key": held["key"], "place": held["place"], "told": here.now.isoformat()}
    here.team.choose(track_board=kept)
    here.session.flush()
