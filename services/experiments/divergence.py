"""A training that diverges is a blocker, for as long as the ticket says so.

It follows the ticket through services/experiments/ticket.change, so that an undo, a kill and a
reopening
carry it along. It is silent: the reporter hears its id, the board and `/blocker` show it.
"""

from typing import Any

from sqlmodel import Session

from models.blockers import blocker as table
from models.blockers.blocker import Blocker
from models.experiments.experiment import Change, Experiment

CAUSE = "training_divergence"


def follow(session: Session, found: Experiment, made: Change) -> None:
    """Open, reopen or close that ticket's blocker, by what the change left it at."""
    diverged = found.training_status == "diverged" and found.stage not in ("killed", "production")
    row = _last(session, found)
    if diverged and (row is None or row.state == "withdrawn"):
        _open(session, found, made)
    elif diverged and row is not None and row.state == "resolved":
        row.state, row.resolved_at, row.closed_by, row.resolution = "open", None, "", ""
        _note(row, made, "updated", "The training has diverged again.")
    elif not diverged and row is not None and row.state == "open":
        _close(row, found, made)
    session.flush()


def _open(session: Session, found: Experiment, made: Change) -> None:
    row = Blocker(
        team_id=found.team_id,
        number=0,
        user_id=found.owner,
        kind="other",
        cause=CAUSE,
        text=f"The training of {found.snapshot().id} has diverged.",
        experiments=[found.number],
        at=made.at,
        moved_at=made.at,
    )
    table.add(session, row)


def _close(row: Blocker, found: Experiment, made: Change) -> None:
    if made.action == "undone" and not row.trail:
        row.state, row.resolved_at = "withdrawn", made.at
        return
    how = f"training is {found.training_status}" if found.training_status else "training restarts"
    closed = found.stage in ("killed", "production")
    row.state, row.resolved_at, row.closed_by = "resolved", made.at, made.who
    row.resolution = f"{found.snapshot().id} was {made.action}" if closed else how
    _note(row, made, "resolved", row.resolution)


def _note(row: Blocker, made: Change, what: str, text: str) -> None:
    step: dict[str, Any] = {"who": made.who, "what": what, "text": text, "at": made.at.isoformat()}
    row.trail = [*row.trail, step]


def _last(session: Session, found: Experiment) -> Blocker | None:
    mine = table.by_cause(session, found.team_id, CAUSE)
    told = [row for row in mine if row.answer_id is None and row.experiments == [found.number]]
    return told[-1] if told else None
