"""Taking back the last change of an engineering ticket, and what was told about it."""

from dataclasses import replace
from datetime import timedelta

from core.board.engineering import Engineering
from core.errors import NotFound, Refused
from models.board import engineering as table
from models.board.engineering import Engineering as Row
from models.board.engineering import EngineeringChange
from services import announcement
from services import team as teams
from services.board import engineering
from services.board.engineering_changes import EngineeringRequest, WrittenTicket, change, restored
from services.data import waiting
from services.desk import Desk, desk
from services.experiments.experiment import today_of
from services.ports import Lab
from views.board import engineering as view


def undo(
    lab: Lab, workspace: str, act: EngineeringRequest, *, change_id: int = 0
) -> WrittenTicket:
    """Take back that change, or the person's last one (on that ticket, if one is named).

    Raises NotFound (nothing to undo) and Refused: not theirs, undone already, too long ago, the
    ticket was changed since, or it was its creation.
    """
    with desk(lab, workspace) as here:
        made = _named(here, act, change_id)
        row = here.session.get_one(Row, made.engineering_id)
        here.session.refresh(row)
        here.session.refresh(made)
        old = row.snapshot()
        _check(here, row, made, act.by)
        made.undone = True
        new = replace(old, **restored(made.before))
        change(here, row, new, replace(act, why=made.action), "undone")
        _take_back(here, new, made, act.by)
        shown = engineering.EngineeringPage(new, today_of(here.team, here.now), row.version)
        return WrittenTicket(shown, f"{new.id}: “{made.action}” is undone. It is in {new.status}.")


def _named(here: Desk, act: EngineeringRequest, change_id: int) -> EngineeringChange:
    found = here.session.get(EngineeringChange, change_id) if change_id else None
    if found is not None:
        owner = here.session.get_one(Row, found.engineering_id)
        found = found if owner.team_id == here.team_id else None
    elif act.number:
        row = engineering.row(here.session, here.team, act.number)
        mine = [one for one in table.changes_of(here.session, row.pk) if one.who == act.by]
        found = next((one for one in mine if not one.undone and one.action != "undone"), None)
    elif not change_id:
        found = table.last_by(here.session, here.team_id, act.by)
    if found is None:
        raise NotFound("You have not changed an engineering ticket that could be undone.")
    return found


def _check(here: Desk, row: Row, made: EngineeringChange, by: str) -> None:
    its, minutes = row.snapshot().id, here.policy.undo_minutes
    if made.undone:
        raise Refused(f"That change of {its} is undone already.")
    if made.who != by:
        who = here.name(made.who)
        raise Refused(f"That change of {its} is {who}'s; only they can undo it.")
    if made.action == "created":
        hint = f"Change it with `/eng edit {its}`, or close it with `/eng done {its} why=…`."
        raise Refused(f"{its} keeps its number; creating is not undone.", hint)
    later = [one for one in table.changes_of(here.session, row.pk) if _counts(one, made)]
    hint = f"`/eng history {its}` shows what to set back by hand."
    if later:
        who = teams.name_of(here.session, here.team, later[0].who)
        raise Refused(f"{its} was changed since, by {who} ({later[0].action}).", hint)
    if here.now - made.at > timedelta(minutes=minutes):
        said = f"That change ({its}, {made.action}) is more than {minutes} minutes old."
        raise Refused(said, hint)


def _counts(one: EngineeringChange, made: EngineeringChange) -> bool:
    return one.pk > made.pk and not one.undone and one.action != "undone"


def _take_back(here: Desk, ticket: Engineering, made: EngineeringChange, by: str) -> None:
    key = f"eng:{here.team_id}:{ticket.id}:{made.id}"
    told = announcement.told(here.session, key)
    if told:
        here.edit(key, view.taken_back(told, by))
    waiting.take_back(here, ticket.experiments, ticket.id, made.pk)
