"""How the team's sprints run: read and set. What has begun or is planned keeps its dates."""

from datetime import date, timedelta
from typing import Any

from sqlmodel import Session

from core.errors import Refused
from core.sprints import template
from core.sprints.setup import DEFAULTS, KINDS, Slot, SprintRhythm, SprintSettings, read_slot
from core.sprints.sprint import Calendar
from models.sprints import sprint as table
from models.team import Team
from services import announcement, team
from services.announcement import Place
from services.desk import desk
from services.experiments import experiment
from services.ports import Lab
from services.sprints.sprint import is_on
from views.sprints import setup as view

_FAR = timedelta(days=366)


def slots_of(theirs: Team) -> dict[str, Slot]:
    """When the team holds its ceremonies."""
    kept = theirs.chosen
    typed = {"plan": kept.sprint_plan, "review": kept.sprint_review, "retro": kept.sprint_retro}
    return {kind: read_slot(typed[kind]) if typed[kind] else DEFAULTS[kind] for kind in KINDS}


def rate_of(theirs: Team) -> float:
    """GPU-hours that an hour of somebody's work counts as."""
    return theirs.chosen.sprint_person


def capacity_of(theirs: Team) -> float | None:
    """GPU-hours of a sprint, or None when nobody said."""
    return theirs.chosen.sprint_capacity or None


def offer(lab: Lab, team_id: int, *, by: str) -> SprintRhythm:
    """What the form starts with. Raises NotAllowed unless `by` is a lead."""
    with desk(lab, team_id, lock=False) as here:
        team.require_lead(here.session, here.team, by, "set up sprints")
        return _rhythm(here.team, experiment.today_of(here.team, here.now))


def save(lab: Lab, team_id: int, wish: SprintSettings, place: Place, *, by: str) -> SprintRhythm:
    """Take the wish over. A new start or length takes effect after every sprint that has begun
    or is planned. The team hears of it.

    Raises NotAllowed and Refused (a start inside one of these).
    """
    with desk(lab, team_id) as here:
        session, theirs, now = here.session, here.team, here.now
        team.require_lead(session, theirs, by, "set up sprints")
        today = experiment.today_of(theirs, now)
        kept: dict[str, Any] = {f"sprint_{kind}": slot.text for kind, slot in wish.slots.items()}
        if wish.capacity is not None:
            kept["sprint_capacity"] = wish.capacity
        if wish.person is not None:
            kept["sprint_person"] = wish.person
        sprints, from_next = _calendar(session, theirs, wish, today)
        kept |= {
            "sprint_from": sprints.first,
            "sprint_days": sprints.days,
            "sprint_earlier": [
                [span.starts.isoformat(), span.ends.isoformat()] for span in sprints.earlier
            ],
        }
        if theirs.chosen.sprint_set_at is None or wish.slots or wish.start:
            kept["sprint_set_at"] = now
        theirs.choose(**kept)
        session.flush()
        shown = _rhythm(theirs, today, from_next=from_next)
        message = view.saved(shown, by)
        announcement.tell(here, f"sprint-setup:{place.key}", message, channel=place.channel)
        return shown


def _calendar(
    session: Session, theirs: Team, wish: SprintSettings, today: date
) -> tuple[Calendar, int]:
    """The new calendar, and after which sprint it takes effect (0: at once)."""
    now = theirs.sprints
    days = wish.weeks * 7 if wish.weeks else now.days
    if wish.start and abs(wish.start - today) > _FAR:
        raise Refused(
            "That start is more than a year away.", "Choose a nearer day.", field="start"
        )
    keep = _fixed(session, theirs, now, today)
    if keep == 0:
        return Calendar(wish.start or now.first, days), 0
    same_start = wish.start is None or any(
        now.of(number).starts == wish.start for number in range(1, keep + 2)
    )
    if days == now.days and same_start:
        return now, 0
    last = now.of(keep)
    earliest = last.ends + timedelta(days=1)
    first = earliest if same_start else wish.start
    assert first is not None
    if first < earliest:
        raise Refused(
            f"Sprint {keep} runs to {last.ends} and keeps its dates.",
            f"The next rhythm can start on {earliest} or later.",
            field="start",
        )
    return now.renewed(first, days, keep=keep), keep


def _fixed(session: Session, theirs: Team, now: Calendar, today: date) -> int:
    """How many sprints keep their dates: all that have begun or are planned."""
    if not is_on(theirs):
        return 0
    running = now.at(today)
    begun = running.number if running else len(now.closed(today))
    stored = [row.number for row in table.all_of(session, theirs.pk)]
    return max([begun, *stored])


def _rhythm(theirs: Team, today: date, *, from_next: int = 0) -> SprintRhythm:
    sprints = theirs.sprints
    shown = sprints.at(max(today, sprints.first)) or sprints.of(len(sprints.earlier) + 1)
    first = sprints.of(max(shown.number, from_next + 1 if from_next else 0))
    chosen = theirs.chosen.sprint_template
    return SprintRhythm(
        first=first.starts,
        weeks=sprints.days // 7,
        number=first.number,
        zone=theirs.zone,
        channel=theirs.team_channel,
        capacity=capacity_of(theirs),
        person=rate_of(theirs),
        slots=slots_of(theirs),
        from_next=from_next,
        template=template.misfit(first) if chosen else "",
    )
