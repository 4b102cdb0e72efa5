"""The evening check by the clock: set by a lead, asked once by direct message."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from core import calendar
from core.standups import evening as rules
from core.standups.evening import Setting
from models import occurrence
from models import team as people
from models.standups import evening as table
from models.standups import standup as standups
from models.standups.evening import Evening, EveningAsk
from models.standups.standup import Standup
from services import team as teams
from services.experiments import experiment
from services.ports import Lab
from services.standups import agenda, evening, roster, setup
from services.standups.desk import Desk, Words, sit_down

_DEFAULT = "17:30"


def look(lab: Lab, workspace: str, channel: str, words: Words) -> Setting:
    """How that channel's standup (or the only one) is set. Raises NotFound, Refused."""
    with sit_down(lab, workspace, words) as desk:
        row = setup.meant(desk, channel, "evening")
        return _setting(row, table.of_standup(desk.session, row.id or 0))


@dataclass(frozen=True)
class Typed:
    """What somebody typed about evenings, and where."""

    by: str
    channel: str
    text: str


def arrange(lab: Lab, workspace: str, said: Typed, words: Words) -> tuple[Setting, bool]:
    """Set it as typed; how it is now, and whether that is new. Raises NotAllowed, Refused."""
    wish = rules.read(said.text)
    with sit_down(lab, workspace, words) as desk:
        teams.require_lead(desk.session, desk.team, said.by, "set the evening check")
        standup = setup.meant(desk, said.channel, "evening")
        standups.lock(desk.session, standup.id or 0)
        row = table.of_standup(desk.session, standup.id or 0)
        before = _setting(standup, row)
        if row is None:
            row = Evening(standup_id=standup.id or 0, at=_DEFAULT, active=False, set_at=desk.now)
        row.at = wish.at or row.at
        row.active = row.active if wish.active is None else wish.active
        row.counts = row.counts if wish.counts is None else wish.counts
        if (row.at, row.active) != (before.at, before.active):
            row.set_at = desk.now
        desk.session.add(row)
        desk.session.flush()
        after = _setting(standup, row)
        return replace(after, by=desk.name(said.by)), after != before


def running(lab: Lab) -> list[int]:
    """Ids of the standups with an evening check that runs."""
    with lab.begin() as session:
        return [row.standup_id for row in table.running(session)]


def ask_due(lab: Lab, standup_id: int, words: Words, *, now: datetime) -> int:
    """Ask everybody of that standup whose evening it is; how many. Twice is the same as once."""
    with lab.begin() as session:
        standup = standups.lock(session, standup_id)
        team = session.get(people.Team, standup.team_id) if standup else None
        row = table.of_standup(session, standup_id)
        if standup is None or team is None or row is None or not (row.active and standup.active):
            return 0
        desk = Desk(session, team, now, words)
        due = _due(desk, standup, row)
        if not due or not team.active:
            return 0
        is_away = roster.call(desk, list(due)).is_away
        owners = {ticket.owner for ticket in experiment.open_of(session, team)}
        chosen = [u for u, day in due.items() if u in owners and not is_away(u, day)]
        return sum(_ask(desk, standup, row, user, due[user]) for user in chosen)


def _due(desk: Desk, standup: Standup, row: Evening) -> dict[str, date]:
    plan = agenda.plan_of(standup)
    found = {
        user: rules.due_on(plan, row.at, row.set_at, calendar.zone(zone), desk.now)
        for user, zone in _zones(desk, standup).items()
    }
    asked = table.asked_since(desk.session, row.standup_id, desk.now.date() - timedelta(days=2))
    return {u: day for u, day in found.items() if day is not None and (u, day) not in asked}


def _zones(desk: Desk, standup: Standup) -> dict[str, str]:
    # Every few seconds for all of them: one query, however many they are.
    known = people.people(desk.session, desk.team.id or 0)
    there = [user for user in standups.everyone(standup) if known.get(user).active]
    return {user: known.get(user).zone or desk.team.zone for user in there}


def _ask(desk: Desk, standup: Standup, row: Evening, user: str, day: date) -> bool:
    # In several standups, asked once: what one learned is the same for all of them.
    subject = f"{desk.team.id}:{user}"
    if not occurrence.claim(desk.session, "evening", subject, day, now=desk.now):
        return False
    ask = EveningAsk(
        standup_id=standup.id or 0, user_id=user, on=day, counts=row.counts, at=desk.now
    )
    desk.session.add(ask)
    desk.session.flush()
    desk.voice.post(f"evening:{ask.id}", user, desk.words.evening(evening.value(desk, ask)))
    return True


def _setting(standup: Standup, row: Evening | None) -> Setting:
    if row is None:
        return Setting(standup.name, standup.channel, _DEFAULT, active=False, counts=False)
    return Setting(standup.name, standup.channel, row.at, row.active, row.counts)
