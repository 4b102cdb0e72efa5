"""Taking back the last change of an engineering ticket, and what was told about it."""

from dataclasses import replace

from core.audited import restored
from core.errors import NotFound
from models import audited as rows
from models.board import engineering as table
from models.board.engineering import Engineering as Row
from models.board.engineering import EngineeringChange
from services import audited
from services.audited import ChangeRequest, Ways
from services.board import engineering
from services.board.engineering import EngineeringPage, WrittenEngineering
from services.data import waiting
from services.desk import Desk, desk
from services.experiments.experiment import today_of
from services.ports import Lab


def undo(lab: Lab, team_id: int, act: ChangeRequest, *, change_id: int = 0) -> WrittenEngineering:
    """Take back that change, or the person's last one (on that ticket, if one is named).

    Raises NotFound (nothing to undo) and Refused: not theirs, undone already, too long ago, the
    ticket was changed since, or it was its creation.
    """
    with desk(lab, team_id) as here:
        made = _named(here, act, change_id)
        row = here.session.get_one(Row, made.engineering_id)
        old = row.snapshot()
        ways = Ways("/eng", f"/eng done {old.id} why=…")
        audited.require_undoable(here, old.id, made, act.by, ways)
        made.undone = True
        new = restored(old, made.before)
        audited.change(here, row, new, replace(act, why=made.action), "undone")
        audited.untell(here, f"eng:{here.team_id}:{new.id}:{made.pk}", act.by)
        waiting.take_back(here, new.experiments, new.id, made.pk)
        shown = EngineeringPage(new, today_of(here.team, here.now), row.version)
        return WrittenEngineering(
            shown, f"{new.id}: “{made.action}” is undone. It is in {new.status}."
        )


def _named(here: Desk, act: ChangeRequest, change_id: int) -> EngineeringChange:
    if change_id:
        found = table.change(here.session, here.team_id, change_id)
    elif act.number:
        within = EngineeringChange.is_of(engineering.row(here.session, here.team, act.number).pk)
        found = rows.last_by(here.session, EngineeringChange, act.by, within)
    else:
        within = table.of_team(here.team_id)
        found = rows.last_by(here.session, EngineeringChange, act.by, within)
    if found is None:
        raise NotFound("You have not changed an engineering ticket that could be undone.")
    return found
