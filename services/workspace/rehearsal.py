"""The dry run of a standup's first round: a lead sees who will be asked what and when.

It decides nothing by itself: the round begins at its hour unless a lead has stopped it, which
pauses the standup.
"""

from dataclasses import dataclass
from datetime import datetime

from core.errors import NotFound, Refused
from core.standups.questions import all_of
from core.workspace import onboarding as rules
from core.workspace.onboarding import Rehearsal
from models import team as people
from models.standups import standup as standups
from models.standups.standup import Standup
from models.workspace import onboarding as table
from models.workspace.onboarding import Rehearsal as Row
from services import team as teams
from services.desk import Desk, desk
from services.ports import Lab
from services.standups import agenda, setup
from services.workspace.onboarding import fingerprint
from views.workspace import rehearsal as view


@dataclass(frozen=True)
class RehearsalChoice:
    """Who wants the first round of which standup to begin (start), or not yet."""

    standup: int
    by: str
    start: bool


def coming(lab: Lab) -> list[int]:
    """Ids of the standups whose first round may still lie ahead."""
    with lab.begin() as session:
        over = table.done_rehearsals(session)
        found = [
            standup.id
            for team in people.all_active(session)
            for standup in standups.of_team(session, team.pk)
        ]
        return [number for number in found if number is not None and number not in over]


def show_due(lab: Lab, standup_id: int, *, now: datetime) -> bool:
    """Show the dry run to whoever set the standup up, or bring it up to date; True when it said
    something. A standup that has had a round before there was a dry run gets none.
    """
    with agenda.held(lab, standup_id, now) as found:
        if found is None:
            return False
        here, standup = found
        session = here.session
        row = table.hold_rehearsal(session, standup_id)
        begun = standups.last_round(session, standup_id) is not None
        if row is None:
            row = Row(standup_id=standup_id, user_id=standup.created_by, at=now)
            row.state = "begun" if begun else "open"
            if not table.start(session, row) or begun:
                return False
        elif begun:
            row.state = "begun"
        elif row.state == "stopped" and standup.active:
            row.state, row.decided_by = "open", ""  # somebody has resumed it
        session.flush()
        return _tell(here, standup, row)


def decide(lab: Lab, team_id: int, wish: RehearsalChoice) -> Rehearsal:
    """A lead says it may begin, or not yet: then the standup is paused.

    Raises NotAllowed, NotFound, Refused (it has begun).
    """
    with desk(lab, team_id, lock=False) as here:
        teams.require_lead(here.session, here.team, wish.by, "start or stop standups")
        standup = standups.lock(here.session, wish.standup)
        row = table.hold_rehearsal(here.session, wish.standup)
        if standup is None or row is None or standup.team_id != here.team_id:
            raise NotFound("That standup is gone.", "`/standup list` shows all.")
        if standups.last_round(here.session, wish.standup) is not None:
            raise Refused(
                f"{standup.name} has begun already.", "`/standup pause` in its channel stops it."
            )
        if standup.active != wish.start:
            setup.switch(here, standup.channel, wish.by, active=wish.start)
        row.state, row.decided_by = "confirmed" if wish.start else "stopped", wish.by
        here.session.flush()
        _tell(here, standup, row)
        return _value(here, standup, row)


def _tell(here: Desk, standup: Standup, row: Row) -> bool:
    message = view.show(_value(here, standup, row))
    mark, key = fingerprint(message), f"rehearsal:{row.standup_id}"
    if row.shown == mark:
        return False
    if not here.voice.post(key, row.user_id, message):
        here.voice.edit(key, message)
    row.shown = mark
    return True


def _value(here: Desk, standup: Standup, row: Row) -> Rehearsal:
    found = agenda.next_of(here, standup) if row.state != "begun" else None
    names, zones = teams.names(here.session, here.team), agenda.zones_of(here, standup)
    first = standups.last_round(here.session, standup.pk) if row.state == "begun" else None
    asked = found.due_at if found else {}
    return Rehearsal(
        standup=row.standup_id,
        name=standup.name,
        channel=standup.channel,
        on=first.on if first else found.on if found else None,
        groups=rules.groups(asked, zones, names),
        questions=all_of(standup.questions, standup.shapes),
        away=tuple(sorted(names.get(u) or u for u in zones if u not in asked)) if found else (),
        state=row.state if standup.active or row.state == "begun" else "stopped",
        by=here.name(row.decided_by) if row.decided_by else "",
    )
