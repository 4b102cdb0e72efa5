"""A ticket as it began, read from its audit rows: first result, first budget, first box."""

from datetime import datetime

from sqlmodel import Session

from models import evalgate
from models import experiment as table
from models.experiment import Experiment as Row


def first_result(session: Session, row: Row) -> datetime | None:
    """When its first result was written, also when that was undone since; None before it.

    The first push of the candidate's eval results counts as well.
    """
    assert row.id is not None
    looks = [look.at for look in table.checkpoints_of(session, row.id) if look.value is not None]
    made = [c.at for c in table.changes_of(session, row.id) if c.after.get("value") is not None]
    pushed = evalgate.first_push(session, row.id, "candidate")
    return min([*looks, *made, *([pushed] if pushed else [])], default=None)


def gpu_budget(session: Session, row: Row) -> float:
    """The compute budget it had when its box started (GPU-hours); today's before that."""
    assert row.id is not None
    if row.box_starts is None:
        return row.gpu_budget
    changes = [c for c in table.changes_of(session, row.id) if not c.undone]
    began = next((n for n, c in enumerate(changes) if c.after.get("box_starts")), 0)
    raised = (c.before["gpu_budget"] for c in changes[began:] if "gpu_budget" in c.before)
    return float(next(raised, row.gpu_budget))


def boxes(session: Session, row: Row) -> list[int]:
    """The length of its box (days) before each extension so far."""
    assert row.id is not None
    done = [c for c in table.changes_of(session, row.id) if c.action == "extended"]
    return [int(c.before["box_days"]) for c in done if not c.undone and "box_days" in c.before]
