"""Experiments that walked over the board: rows with the audit trail they would have left."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Engine

from models import db
from models.blockers.blocker import Blocker
from models.experiments.experiment import Change
from models.experiments.experiment import Experiment as Row
from tests.seeded import team_row
from tests.tickets import MONDAY, experiment, stored

FIRST = MONDAY - timedelta(days=56)  # four sprints of 14 days are over on MONDAY
Walk = list[tuple[float, str]]  # (days after FIRST, stage)


def walked(engine: Engine, number: int, walk: Walk, **fields: Any) -> int:
    """An experiment that came into these stages on these days; its row's id."""
    days, stage = walk[-1]
    at = FIRST + timedelta(days=days)
    known: dict[str, Any] = {"stage": stage, "stage_since": at, "title": f"Idea {number}"}
    known |= {"created_at": FIRST + timedelta(days=walk[0][0]), "progress_at": at}
    if stage in ("killed", "production"):
        known |= {"outcome": "killed" if stage == "killed" else "promoted", "decided_at": at,
                  "decided_by": "UANA", "learnings": "Short tickets gain nothing."}  # fmt: skip
    row = stored(engine, experiment(number=number, **known | fields))
    frm = ""
    for when, to in walk:
        changed(engine, row, frm, to, FIRST + timedelta(days=when))
        frm = to
    return row


def changed(
    engine: Engine, row: int, frm: str, to: str, at: datetime, *, undone: bool = False
) -> None:
    """One audit row of a change of stage."""
    actions = {"killed": "killed", "production": "promoted"}
    with db.transaction(engine) as session:
        team = session.get_one(Row, row).team_id
        session.add(Change(
            team_id=team, experiment_id=row, at=at, who="UANA", undone=undone,
            action=actions.get(to, "moved") if frm else "created",
            before={"stage": frm} if frm else {}, after={"stage": to},
        ))  # fmt: skip


def decided(engine: Engine, number: int, day: float, to: str, *, began: float = 1) -> int:
    """An experiment that came to its decision on that day, from Hypothesis on day `began`."""
    road: Walk = [(0, "backlog"), (began, "hypothesis"), (began, "experiment")]
    return walked(engine, number, [*road, (day, "evaluation"), (day, to)])


def stuck(engine: Engine, day: float, kind: str = "compute", cause: str = "") -> None:
    """A blocker that was opened on that day."""
    with db.transaction(engine) as session:
        theirs = team_row(session)
        at = FIRST + timedelta(days=day)
        session.add(Blocker(
            team_id=theirs.id or 0, number=int(day * 100) + 1, user_id="UANA", kind=kind,
            cause=cause, text="stuck", at=at, moved_at=at,
        ))  # fmt: skip
