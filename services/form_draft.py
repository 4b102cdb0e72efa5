"""Half-typed forms: kept when closed, offered again, forgotten when sent."""

from collections.abc import Mapping
from typing import Any

from models import form_draft as table
from models.form_draft import Draft
from services.ports import Lab


def keep(lab: Lab, team_id: int, user_id: str, form: str, values: Mapping[str, Any]) -> bool:
    """Remember what was typed into a form that was closed; False when nothing was."""
    typed = {name: value for name, value in values.items() if value}
    if not typed:
        return False
    with lab.begin() as session:
        row = table.find(session, team_id, user_id, form)
        if row is None:
            row = Draft(team_id=team_id, user_id=user_id, form=form, at=lab.clock())
            session.add(row)
        row.values, row.at = typed, lab.clock()
    return True


def offer(lab: Lab, team_id: int, user_id: str, form: str) -> dict[str, Any]:
    """What that person left unsent in that form; empty when nothing."""
    with lab.begin() as session:
        return table.offer(session, team_id, user_id, form)


def forget(lab: Lab, team_id: int, user_id: str, form: str) -> None:
    """The form was sent: its draft goes."""
    with lab.begin() as session:
        table.forget(session, team_id, user_id, form)
