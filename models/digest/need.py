"""What was done about each thing that leadership was asked for: added, changed, decided, …"""

from datetime import datetime

from sqlmodel import Field, Session, col, select

from models.row import Row


class NeedStep(Row, table=True):
    """One step. The need itself is a note of the digest (models/digest/digest.Note, kind need).

    what: added | changed | discussed | decided | withdrawn | done | quiet (who wants no reminder).
    """

    note_id: int = Field(foreign_key="note.id", index=True)
    at: datetime
    who: str
    what: str
    text: str = ""


def steps(session: Session, note_id: int) -> list[NeedStep]:
    """What was done about it, oldest first."""
    wanted = select(NeedStep).where(NeedStep.note_id == note_id)
    return list(session.exec(wanted.order_by(col(NeedStep.id))))


def quiet(session: Session, note_id: int) -> set[str]:
    """Who wants no reminder of it."""
    return {step.who for step in steps(session, note_id) if step.what == "quiet"}
