"""Telling people about proposals: whom, when, how often, and what the messages say later.

Nobody is nudged more than once a day about an experiment nor more than three times in an
episode, and only Monday to Friday from 9 to 18 where they are.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from core import calendar
from core.decisions import kill_criteria
from core.decisions.policy import Verdict
from core.decisions.proposal import MOST_NUDGES, Pending, by_strength
from core.experiments.experiment import Experiment
from models import occurrence, outbox, people
from models.decisions import proposal as table
from models.decisions.proposal import Proposal
from models.experiments import experiment as tickets
from models.experiments.experiment import Experiment as Row
from models.team import Team
from services.decisions import decider
from services.desk import Desk
from services.experiments import ticket
from views.decisions import proposal as view

_THREAD = "proposals:"  # keys of the leads' daily threads and of the lines in them


@dataclass(frozen=True)
class Reader:
    """Somebody to tell. place: a user id (DM) or the leads' channel. zone: whose day it is."""

    place: str
    zone: ZoneInfo
    is_owner: bool

    def day(self, now: datetime) -> date:
        """The day where they are."""
        return now.astimezone(self.zone).date()


def remind(here: Desk, value: Experiment, episodes: Sequence[Proposal]) -> None:
    """Tell everybody who is due about what is open on that ticket, in one message each."""
    if not episodes or table.snoozed(here.session, episodes[0].experiment_id, here.now):
        return
    for reader in _readers(here, value, episodes):
        fresh = [episode for episode in episodes if _wants(episode, reader)]
        if fresh and _may_tell(here, reader, episodes[0].experiment_id):
            _tell(here, reader, value, episodes)


def retell(here: Desk, episode: Proposal) -> None:
    """Bring every message about that episode up to date in place."""
    row = here.session.get(Row, episode.experiment_id)
    assert row is not None
    value = ticket.value(here.session, row)
    shown = as_pending(here.session, here.team, value, [episode], here.now)
    for place, keys in episode.told.items():
        for key in keys:
            in_thread = key.startswith(_THREAD)
            here.edit(key, view.line(shown) if in_thread else view.pending(shown))
            if in_thread:
                _recount(here, place, key.rpartition(":")[0])
    refresh(here)


def refresh(here: Desk) -> None:
    """Bring the heads of the day's threads up to date: they count all that wait."""
    for thread, place in _of_today(here).items():
        if outbox.find(here.session, thread):
            _recount(here, place, thread)


def silence(here: Desk, episode: Proposal, *, by: str) -> None:
    """Nobody hears about that ticket until the snooze is over; its messages say by whom."""
    episode.snoozed_until = here.now + timedelta(days=here.policy.snooze_days)
    episode.snoozed_by = by
    here.session.flush()
    retell(here, episode)


def as_pending(
    session: Session,
    team: Team,
    value: Experiment,
    episodes: Sequence[Proposal],
    now: datetime,
) -> Pending:
    """Episodes of one ticket as one value; the first is the one that is snoozed or settled."""
    first = episodes[0]
    kept = [k for e in episodes for k in e.verdicts if k["firing"]]
    verdicts = [Verdict(k["rule"], k["action"], k["text"], k["inputs"]) for k in kept]
    where = calendar.zone(team.zone)
    return Pending(
        ticket=value,
        verdicts=by_strength(verdicts),
        at=first.at,
        today=now.astimezone(where).date(),
        unjudged=kill_criteria.unjudged(value),
        settled=first.settled_by if first.state == "settled" else "",
        snoozed_until=first.snoozed_until,
        snoozed_by=first.snoozed_by,
        owner_left=decider.has_left(session, team, value.owner),
        rule_set=first.rule_set,
    )


def _readers(here: Desk, value: Experiment, episodes: Sequence[Proposal]) -> list[Reader]:
    """The owner, and the leads when something is to be decided or the owner has left."""
    left = decider.has_left(here.session, here.team, value.owner)
    found = [] if left else [_person(here, value.owner, is_owner=True)]
    if left or any(episode.action != "warn" for episode in episodes):
        found += _leads(here)
        if not found and here.team.team_channel:
            found = [Reader(here.team.team_channel, calendar.zone(here.team.zone), False)]
    return found


def _leads(here: Desk) -> list[Reader]:
    if here.team.leads_channel:
        return [Reader(here.team.leads_channel, calendar.zone(here.team.zone), False)]
    return [_person(here, lead) for lead in people.leads(here.session, here.team)]


def _person(here: Desk, user_id: str, *, is_owner: bool = False) -> Reader:
    return Reader(user_id, here.zone_of(user_id), is_owner)


def _wants(episode: Proposal, reader: Reader) -> bool:
    told = len(episode.told.get(reader.place, []))
    return told < (1 if episode.action == "warn" else MOST_NUDGES)


def _may_tell(here: Desk, reader: Reader, experiment_id: int) -> bool:
    if not calendar.is_working_hour(here.now, reader.zone):
        return False
    subject = f"{reader.place}:{experiment_id}"
    return occurrence.claim(here.session, "nudge", subject, reader.day(here.now), now=here.now)


def _tell(here: Desk, reader: Reader, value: Experiment, episodes: Sequence[Proposal]) -> None:
    first = episodes[0]
    shown = as_pending(here.session, here.team, value, episodes, here.now)
    thread = "" if reader.is_owner else _thread_of(here, reader)
    turn = len(first.told.get(reader.place, [])) + 1
    key = f"{thread}:{first.id}" if thread else f"proposal:{first.id}:{reader.place}:{turn}"
    for episode in episodes:
        told = episode.told.get(reader.place, [])
        episode.told = episode.told | {reader.place: [*told, key]}
    if not thread:
        here.post(key, reader.place, view.pending(shown))
        return
    here.session.flush()
    _recount(here, reader.place, thread)
    here.post(key, reader.place, view.line(shown), thread_of=thread)


def _thread_of(here: Desk, reader: Reader) -> str:
    """Key of the day's thread in that place."""
    key = f"{_THREAD}{here.team_id}:{reader.day(here.now)}"
    return key if reader.place == here.team.leads_channel else f"{key}:{reader.place}"


def _of_today(here: Desk) -> dict[str, str]:
    """Where leads hear of proposals today, by the key of the thread there."""
    channel = here.team.leads_channel or here.team.team_channel
    readers = _leads(here) or [Reader(channel, calendar.zone(here.team.zone), False)]
    return {_thread_of(here, reader): reader.place for reader in readers}


def _recount(here: Desk, place: str, thread: str) -> None:
    """Post the head of a day's thread, or bring its count up to date. Today's counts everything
    that waits, whenever it was told; an older one only what was told in it.
    """
    in_it = [
        episode
        for episode in table.told_in(here.session, here.team_id, thread)
        if any(key.startswith(f"{thread}:") for key in episode.told.get(place, []))
    ]
    lines = {episode.experiment_id: episode for episode in in_it}  # the newest of each ticket
    waiting = {one.experiment_id for one in lines.values() if one.state != "settled"}
    settled = len(lines) - len(waiting)
    today = thread in _of_today(here)
    if today:
        every = table.awake(table.asking(here.session, here.team_id), here.now)
        waiting = {one.experiment_id for one in every}
    numbers = sorted(tickets.number_of(here.session, one) for one in waiting)
    head = (
        view.day(numbers, settled, before=len(waiting - lines.keys()))
        if today
        else view.earlier_day(numbers, settled)
    )
    if not here.post(thread, place, head):
        here.edit(thread, head)
