"""A safety requirement is loosened or removed by two people: one lead asks, another confirms.

Until then the old one holds, for three working days at most. Tightening waits for nobody.
"""

from collections.abc import Sequence

from sqlmodel import Session

from core import calendar
from core.decisions.approval import is_over
from core.errors import NotAllowed, NotFound, Refused
from core.evals import definition_of_done as rules
from core.evals import loosening as loose
from core.evals.definition_of_done import Requirement
from core.evals.judgement import limits_of
from core.evals.loosening import Loosening, LooseningAsked
from models import people
from models.evals import loosening as table
from models.evals.loosening import Loosening as Row
from models.team import Team
from models.workspace.audit import TeamEvent
from services import team
from services.desk import Desk, desk
from services.evals import definition_written as definition
from services.evals.inputs import requirements_of
from services.ports import Lab
from views.evals import loosening as view

_HOW = "`/exp leads add @name` names a lead; a workspace admin (`/exp roles`) can confirm, too."


def ask(here: Desk, parts: Sequence[Loosening], *, by: str) -> LooseningAsked:
    """Ask the other leads, else the workspace's admins. What was asked already is not asked twice.

    Raises Refused where nobody else could confirm.
    """
    records = [_record(part) for part in parts]
    for found in table.open_of_team(here.session, here.team_id):
        if found.parts == records and not _is_over(here, found):
            return _value(found)
        if {part.before.name for part in parts} & {p.before.name for p in _value(found).parts}:
            _settle(here, found, "void")
    places = _places(here, by)
    made = Row(team_id=here.team_id, parts=records, asked_by=by, asked_at=here.now)
    here.session.add(made)
    here.session.flush()
    made.keys = [f"loosening:{made.id}:{place}" for place in places]
    for key, place in zip(made.keys, places, strict=True):
        here.post(key, place, view.request(_value(made)))
    _note(here, made, "asked to loosen safety", by)
    return _value(made)


def confirm(lab: Lab, team_id: int, asked_id: int, *, by: str) -> LooseningAsked:
    """Loosen it, on the word of a second person. One that is decided comes back as it is.

    Raises NotFound, NotAllowed (leads and admins), Refused (who asked).
    """
    with desk(lab, team_id) as here:
        found = _find(here, asked_id)
        if found.state != "open":
            return _value(found)
        _require_lead(here, by)
        if by == found.asked_by:
            raise Refused("You asked for it, so somebody else has to confirm it.", _HOW)
        shown = _value(found)
        now, _ = requirements_of(here.session, here.team)
        if not loose.holds(now, shown.parts):
            _settle(here, found, "void", by=by)
            return _value(found)
        _settle(here, found, "confirmed", by=by)
        new = rules.all_checked(loose.applied(now, shown.parts))
        definition.write(here, new, by=found.asked_by, told=view.confirmed(_value(found)))
        return _value(found)


def decline(lab: Lab, team_id: int, asked_id: int, *, by: str) -> LooseningAsked:
    """Leave it as it is; who asked may take it back so. Raises NotFound, NotAllowed."""
    with desk(lab, team_id) as here:
        found = _find(here, asked_id)
        if found.state == "open":
            if by != found.asked_by:
                _require_lead(here, by)
            _settle(here, found, "declined", by=by)
        return _value(found)


def expire(lab: Lab, team_id: int) -> None:
    """Close what nobody decided for three working days."""
    with desk(lab, team_id) as here:
        for found in table.open_of_team(here.session, here.team_id):
            _close_if_over(here, found)


def open_of_team(here: Desk) -> list[LooseningAsked]:
    """What waits for a second person, oldest first."""
    found = table.open_of_team(here.session, here.team_id)
    return [_value(one) for one in found if not _is_over(here, one)]


def is_weaker(session: Session, one: Team, other: Team) -> bool:
    """Whether what is judged by the one's definition lets pass what the other's safety forbids."""
    theirs, others = (definition.in_force(session, each) for each in (one, other))
    return loose.as_strict(theirs, others) != list(theirs)


def carry(here: Desk, one: Team, *, by: str) -> None:
    """That team becomes part of this one: the definition here becomes as strict on safety as
    theirs. One that theirs wrote stands where here none was written.
    """
    theirs, by_default = requirements_of(here.session, one)
    own, none_here = requirements_of(here.session, here.team)
    base = own if by_default or not none_here else theirs
    new = list(base)
    for each in (one, here.team):
        new = loose.as_strict(new, definition.in_force(here.session, each))
    if new != list(own) or (none_here and not by_default):
        changed = rules.changed(own, new)
        definition.write(here, new, by=by, told=view.carried(changed, by=by))


def _places(here: Desk, by: str) -> tuple[str, ...]:
    """Where it is asked. Raises Refused where there is nobody but who asks."""
    others = [lead for lead in people.leads(here.session, here.team) if lead != by]
    channel = here.team.leads_channel
    if others:
        return (channel,) if channel else tuple(others)
    admins = [one for one in people.admins(here.session, here.team.workspace) if one != by]
    if not admins:
        raise Refused(
            "It takes two people to loosen or remove a safety requirement, and nobody else leads "
            "this team: nothing was changed.",
            _HOW,
        )
    return tuple(filter(None, (channel, *admins)))


def _require_lead(here: Desk, by: str) -> None:
    if not team.is_lead(here.session, here.team, by):
        raise NotAllowed("Only a lead or a workspace admin can decide this.", _HOW)


def _find(here: Desk, asked_id: int) -> Row:
    found = here.session.get(Row, asked_id)
    if found is None or found.team_id != here.team_id:
        raise NotFound("I don't find that request any more.", "`/gate done` shows what holds.")
    here.session.refresh(found)
    _close_if_over(here, found)
    return found


def _is_over(here: Desk, found: Row) -> bool:
    return is_over(found.asked_at, here.now, calendar.zone(here.team.zone))


def _close_if_over(here: Desk, found: Row) -> None:
    if found.state == "open" and _is_over(here, found):
        _settle(here, found, "expired")


def _settle(here: Desk, found: Row, state: str, *, by: str = "") -> None:
    found.state, found.decided_by, found.decided_at = state, by, here.now
    here.session.flush()
    for key in found.keys:
        here.edit(key, view.request(_value(found)))
    if by != found.asked_by:
        here.post(f"loosening:{found.id}:answer", found.asked_by, view.answer(_value(found)))
    _note(here, found, f"safety loosening {state}", by)


def _note(here: Desk, found: Row, what: str, who: str) -> None:
    for part in _value(found).parts:
        here.session.add(
            TeamEvent(
                team_id=here.team_id, at=here.now, who=who, what=what, user_id=found.asked_by,
                subject=part.before.name, before=limits_of(part.before),
                after=limits_of(part.after) if part.after else loose.REMOVED,
                why=", ".join(part.what),
            )
        )  # fmt: skip
    here.session.flush()


def _record(part: Loosening) -> dict[str, object]:
    before, *after = rules.as_records([part.before, *([part.after] if part.after else [])])
    return {"before": before, "after": after[0] if after else None}


def _value(found: Row) -> LooseningAsked:
    parts = tuple(Loosening(_read(one["before"]), one["after"] and _read(one["after"]))
                  for one in found.parts)  # fmt: skip
    return LooseningAsked(
        found.pk, parts, found.asked_by, found.asked_at, found.state, found.decided_by
    )


def _read(record: dict[str, object]) -> Requirement:
    return rules.from_records([record])[0]
