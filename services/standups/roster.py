"""Who is not asked on which day, and open rounds brought up to it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlmodel import Session

from core import holiday
from core.standups.absence import DaySpan
from models import people
from models import team as teams
from models.people import Person
from models.standups import absence as absences
from models.standups import standup as table
from models.standups.standup import Prompt, Round, Standup
from models.team import Team
from services.desk import Desk
from services.standups import messages as shown

_LOOK_BACK = timedelta(days=9)  # rounds look back a week for what was missed


@dataclass(frozen=True)
class Roll:
    """Absences and countries by user id, and the days everybody is off, read once."""

    absences: Mapping[str, Collection[DaySpan]] = field(default_factory=dict)
    countries: Mapping[str, str] = field(default_factory=dict)
    off: Collection[DaySpan] = ()

    def is_away(self, user_id: str, day: date) -> bool:
        """True when that person is not to be asked for that day."""
        spans = (*self.off, *self.absences.get(user_id, ()))
        if any(span.covers(day) for span in spans):
            return True
        return bool(holiday.name_of(self.countries.get(user_id, ""), day))


def call(here: Desk, users: Collection[str]) -> Roll:
    """The roll of these people, from a week back on."""
    return read(here.session, here.team, users, since=here.now.date() - _LOOK_BACK)


def read(session: Session, team: Team, users: Collection[str], *, since: date) -> Roll:
    """The roll of these people, from that day on."""
    known: dict[str, list[DaySpan]] = {}
    for row in absences.of_people(session, team.workspace, users, since):
        known.setdefault(row.user_id, []).append(DaySpan(row.first_day, row.last_day))
    free = absences.days_off(session, team.pk, since)
    off = [DaySpan(row.first_day, row.last_day) for row in free]
    return Roll(known, _countries(session, team, users), off)


def desks(here: Desk, user_id: str) -> list[Desk]:
    """A desk of each team of that person in this transaction; of the team at hand when it is none.

    Each is held, in one order, so that two who change the same person come one after the other.
    """
    theirs = people.teams_of(here.session, here.team.workspace, user_id) or {here.team_id: ""}
    found = []
    for team_id in sorted(theirs):
        teams.hold(here.session, team_id)
        found.append(here.at(team_id))
    return found


def follow(here: Desk) -> None:
    """Bring every open round of the team up to who is away now."""
    for standup in table.of_team(here.session, here.team_id):
        for row in table.open_rounds(here.session, standup.pk):
            held = table.lock_round(here.session, row.pk)
            if held is not None and held.state == "open" and held.closes_at > here.now:
                settle(here, standup, held)


def settle(here: Desk, standup: Standup, row: Round) -> None:
    """Take who is away out of those to go in a round that is open and held, and back in who is
    there again, unless their hour in it has passed without them.
    """
    prompts = table.prompts_of(here.session, row.pk)
    open_ones = [p for p in prompts if p.state in {"due", "asked", "away"}]
    roll = call(here, [p.user_id for p in open_ones])
    changed = [p for p in open_ones if _move(here, row, p, roll.is_away(p.user_id, row.on))]
    if not changed:
        return
    open_for = timedelta(minutes=standup.close_after)
    returning = [p.due_at + open_for for p in changed if p.state == "due"]
    row.closes_at = max([row.closes_at, *returning])
    here.session.flush()
    shown.refresh(here, standup, row)
    for prompt in changed:
        if prompt.state == "away":
            shown.take_back(here, row, prompt.user_id)
        shown.show_prompt(here, standup, row, prompt.user_id)


def _countries(session: Session, team: Team, users: Collection[str]) -> dict[str, str]:
    found = map(people.people(session, team.pk).get, users)
    return {one.user_id: country_of(one, team) for one in found}


def country_of(person: Person, team: Team) -> str:
    """Whose public holidays that person has: as chosen, else those of where they live."""
    return person.country or holiday.country_of(person.zone or team.zone)


def _move(here: Desk, row: Round, prompt: Prompt, is_away: bool) -> bool:
    before = prompt.state
    if is_away:
        prompt.state = "away"
    elif before == "away" and shown.was_prompted(here, row, prompt.user_id):
        prompt.state = "asked"
    elif before == "away" and prompt.due_at > here.now:
        prompt.state = "due"
    return prompt.state != before
