"""The evening check by the clock: set by a lead, asked once by direct message."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from core import calendar
from core.standups import evening as rules
from core.standups.evening import EveningCheck
from models import occurrence
from models import team as team_rows
from models.standups import evening as table
from models.standups import standup as standups
from models.standups.evening import Evening, EveningAsk
from models.standups.standup import Standup
from services import team as teams
from services.desk import Desk, desk
from services.experiments import experiment
from services.ports import Lab
from services.standups import agenda, evening, roster, setup
from views.standups import evening as view

_DEFAULT = "17:30"


def look(lab: Lab, team_id: int, channel: str) -> EveningCheck:
    """How that channel's standup (or the only one) is set. Raises NotFound, Refused."""
    with desk(lab, team_id, lock=False) as here:
        row = setup.meant(here, channel, "evening")
        return _setting(row, table.of_standup(here.session, row.pk))


@dataclass(frozen=True)
class EveningRequest:
    """What somebody typed about evenings, and where."""

    by: str
    channel: str
    text: str


def arrange(lab: Lab, team_id: int, said: EveningRequest, *, key: str) -> EveningCheck:
    """Set it as typed, and say so in its channel, once per key; how it is now.

    Raises NotAllowed, Refused.
    """
    wish = rules.read(said.text)
    with desk(lab, team_id, lock=False) as here:
        teams.require_lead(here.session, here.team, said.by, "set the evening check")
        standup = setup.meant(here, said.channel, "evening")
        standups.lock(here.session, standup.pk)
        row = table.of_standup(here.session, standup.pk)
        before = _setting(standup, row)
        if row is None:
            row = Evening(standup_id=standup.pk, at=_DEFAULT, active=False, set_at=here.now)
        row.at = wish.at or row.at
        row.active = row.active if wish.active is None else wish.active
        row.counts = row.counts if wish.counts is None else wish.counts
        if (row.at, row.active) != (before.at, before.active):
            row.set_at = here.now
        here.session.add(row)
        here.session.flush()
        after = _setting(standup, row)
        now = replace(after, by=here.name(said.by))
        if after != before:
            here.post(f"evening_set:{key}", now.channel, view.announced(now))
        return now


def running(lab: Lab) -> list[int]:
    """Ids of the standups with an evening check that runs."""
    with lab.begin() as session:
        return [row.standup_id for row in table.running(session)]


def ask_due(lab: Lab, standup_id: int, *, now: datetime) -> int:
    """Ask everybody of that standup whose evening it is; how many. Twice is the same as once."""
    with agenda.held(lab, standup_id, now) as found:
        if found is None:
            return 0
        here, standup = found
        row = table.of_standup(here.session, standup_id)
        if row is None or not (row.active and standup.active):
            return 0
        due = _due(here, standup, row)
        if not due or not team_rows.is_at_work(here.session, here.team):
            return 0
        is_away = roster.call(here, list(due)).is_away
        owners = {ticket.owner for ticket in experiment.open_of(here.session, here.team)}
        chosen = [u for u, day in due.items() if u in owners and not is_away(u, day)]
        return sum(_ask(here, standup, row, user, due[user]) for user in chosen)


def _due(here: Desk, standup: Standup, row: Evening) -> dict[str, date]:
    plan = agenda.plan_of(standup)
    found = {
        user: rules.due_on(plan, row.at, row.set_at, calendar.zone(zone), here.now)
        for user, zone in _zones(here, standup).items()
    }
    asked = table.asked_since(here.session, row.standup_id, here.now.date() - timedelta(days=2))
    return {u: day for u, day in found.items() if day is not None and (u, day) not in asked}


def _zones(here: Desk, standup: Standup) -> dict[str, str]:
    # Every few seconds for all of them: one query, however many they are.
    known = here.people
    there = [user for user in standups.everyone(standup) if known.get(user).active]
    return {user: known.get(user).zone or here.team.zone for user in there}


def _ask(here: Desk, standup: Standup, row: Evening, user: str, day: date) -> bool:
    # In several standups, asked once: what one learned is the same for all of them.
    subject = f"{here.team_id}:{user}"
    if not occurrence.claim(here.session, "evening", subject, day, now=here.now):
        return False
    ask = EveningAsk(standup_id=standup.pk, user_id=user, on=day, counts=row.counts, at=here.now)
    here.session.add(ask)
    here.session.flush()
    here.voice.post(f"evening:{ask.id}", user, view.evening(evening.value(here, ask)))
    return True


def _setting(standup: Standup, row: Evening | None) -> EveningCheck:
    if row is None:
        return EveningCheck(standup.name, standup.channel, _DEFAULT, active=False, counts=False)
    return EveningCheck(standup.name, standup.channel, row.at, row.active, row.counts)
