"""Telling an experiment's owner about its proposal, and what those messages say later. The leads
have the team's list (decision_list).

An owner hears at once, again once a week while it waits, and when a snooze is over; never more
than once a day, and only Monday to Friday from 9 to 18 where they are.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from core import calendar
from core.decisions import kill_criteria
from core.decisions.policy import Verdict
from core.decisions.proposal import RETOLD_AFTER, Pending, by_strength
from core.experiments.experiment import Experiment
from models import occurrence, people
from models.decisions import proposal as table
from models.decisions.proposal import Proposal
from models.experiments.experiment import Experiment as Row
from models.team import Team
from services.decisions import decider, waiting
from services.desk import Desk
from services.experiments import ticket
from views.decisions import proposal as view

LIST = "decisions:"  # how the keys of the leads' lists begin


@dataclass(frozen=True)
class Reader:
    """Somebody to tell. place: a user id (DM) or the leads' channel. zone: whose day it is."""

    place: str
    zone: ZoneInfo

    def day(self, now: datetime) -> date:
        """The day where they are."""
        return now.astimezone(self.zone).date()


def remind(here: Desk, value: Experiment, episodes: Sequence[Proposal]) -> None:
    """Tell everybody who is due about what is open on that ticket, in one message each."""
    if not episodes or table.snoozed(here.session, episodes[0].experiment_id, here.now):
        return
    for reader in _readers(here, value, episodes):
        fresh = [episode for episode in episodes if _wants(here, episode, reader)]
        if fresh and _may_tell(here, reader, episodes[0].experiment_id):
            _tell(here, reader, value, episodes)


def retell(here: Desk, episode: Proposal) -> None:
    """Bring every message about that episode up to date in place."""
    row = here.session.get(Row, episode.experiment_id)
    assert row is not None
    value = ticket.value(here.session, row)
    shown = as_pending(here.session, here.team, value, [episode], here.now)
    for keys in episode.told.values():
        for key in keys:
            if not key.startswith(LIST):
                here.edit(key, view.pending(shown))


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
    shown = Pending(
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
        since=first.at.astimezone(where).date(),
    )
    return replace(shown, lacks=waiting.lacking(session, team, shown))


def leads(here: Desk) -> list[Reader]:
    """Where the leads hear of it: their channel, else each of them, else the team's channel."""
    team_zone = calendar.zone(here.team.zone)
    if here.team.leads_channel:
        return [Reader(here.team.leads_channel, team_zone)]
    every = [person(here, lead) for lead in people.leads(here.session, here.team)]
    shared = [Reader(here.team.team_channel, team_zone)] if here.team.team_channel else []
    return every or shared


def person(here: Desk, user_id: str) -> Reader:
    """Somebody by direct message, in their own hours."""
    return Reader(user_id, here.zone_of(user_id))


def _readers(here: Desk, value: Experiment, episodes: Sequence[Proposal]) -> list[Reader]:
    """The owner; the leads when the owner has left and what is told is on no list: a warning."""
    if not decider.has_left(here.session, here.team, value.owner):
        return [person(here, value.owner)]
    return leads(here) if all(episode.action == "warn" for episode in episodes) else []


def _wants(here: Desk, episode: Proposal, reader: Reader) -> bool:
    keys = episode.told.get(reader.place, [])
    if not keys or episode.action == "warn":
        return not keys
    try:
        last = date.fromisoformat(keys[-1].rpartition(":")[2])
    except ValueError:  # told before there were dates in these keys
        return True
    if (reader.day(here.now) - last).days >= RETOLD_AFTER:
        return True
    woken = episode.snoozed_until
    return woken is not None and last < woken.astimezone(reader.zone).date()


def _may_tell(here: Desk, reader: Reader, experiment_id: int) -> bool:
    if not calendar.is_working_hour(here.now, reader.zone):
        return False
    subject = f"{reader.place}:{experiment_id}"
    return occurrence.claim(here.session, "nudge", subject, reader.day(here.now), now=here.now)


def _tell(here: Desk, reader: Reader, value: Experiment, episodes: Sequence[Proposal]) -> None:
    shown = as_pending(here.session, here.team, value, episodes, here.now)
    key = f"proposal:{episodes[0].id}:{reader.place}:{reader.day(here.now)}"
    for episode in episodes:
        told = episode.told.get(reader.place, [])
        episode.told = episode.told | {reader.place: [*told, key]}
    here.post(key, reader.place, view.pending(shown))
