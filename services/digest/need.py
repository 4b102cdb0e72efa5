"""What leadership is asked for, as it stands.

A need is a note of the digest (services/project/note). Its one public message is posted with the
first
digest that carries it, and edited in place ever after.
"""

import zlib
from dataclasses import dataclass
from datetime import datetime

from core import calendar
from core.digest.need import Need, NeedAction
from core.errors import NotFound, Refused
from core.project import note as notes
from core.project.note import Note
from models.digest import digest as table
from models.digest.digest import Note as Row
from models.digest.need import NeedStep
from models.digest.need import steps as steps_of
from services.desk import Desk, desk
from services.experiments import experiment
from services.ports import Lab

FORM, DECIDE, DISCUSS = "need", "need_decide", "need_discuss"


@dataclass(frozen=True)
class NeedRequest:
    """Who does something to which need. text: a decision's label, or words. seen: `stamp`."""

    team_id: int
    number: int
    by: str
    text: str = ""
    why: str = ""
    seen: str = ""


def list_open(lab: Lab, team_id: int) -> list[Need]:
    """What is asked now, and what was decided since the last digest; oldest first."""
    with desk(lab, team_id) as here:
        rows = table.open_notes(here.session, here.team_id)
        return [value(here, row) for row in rows if row.kind == "need"]


def look(lab: Lab, team_id: int, number: int) -> Need:
    """One need with its history. Raises NotFound."""
    with desk(lab, team_id) as here:
        return value(here, find(here, number))


def stamp(found: Note) -> str:
    """Changes whenever what is decided on does."""
    plain = repr((found.text, sorted(notes.details(found).items())))
    return f"{zlib.crc32(plain.encode(errors='replace')):08x}"


def key_of(row: Row) -> str:
    """The key of its public message."""
    return f"need:{row.id}"


def find(here: Desk, number: int) -> Row:
    """The row of that need. Raises NotFound."""
    row = table.note(here.session, here.team_id, number)
    if row is None or row.kind != "need":
        raise NotFound(f"There is no need {number}.", "`/need` lists them.")
    return row


def value(here: Desk, row: Row) -> Need:
    """The need as it stands."""
    found = notes.from_details(row.kind, row.text, row.detail, row.pk, by=row.by)
    steps = steps_of(here.session, row.pk)
    ended = [step for step in steps if step.what in {"withdrawn", "done"}]
    state = "decided" if found.decision else "open"
    if row.done_at and state == "open":
        state = ended[-1].what if ended else "done"
    on = datetime.fromisoformat(found.decided_at) if found.decided_at else None
    return Need(
        note=found,
        by=row.by,
        at=row.at,
        today=experiment.today_of(here.team, here.now),
        state=state,
        owner_left=bool(found.owner) and not here.people.get(found.owner).active,
        decided_on=on.astimezone(calendar.zone(here.team.zone)).date() if on else None,
        closed_by=ended[-1].who if ended else "",
        steps=tuple(NeedAction(s.at, s.who, s.what, s.text) for s in steps if s.what != "quiet"),
    )


def step(here: Desk, row: Row, who: str, what: str, text: str = "") -> NeedStep:
    """Keep what was done about it."""
    made = NeedStep(note_id=row.pk, at=here.now, who=who, what=what, text=text)
    here.session.add(made)
    here.session.flush()
    return made


def require_open(here: Desk, row: Row) -> None:
    """Pass while it is to be decided. Raises Refused saying what became of it."""
    found = value(here, row)
    if found.state == "decided":
        who = here.name(found.note.decided_by)
        raise Refused(f"{who} decided it already: {found.note.decision}.", see(row.pk))
    if found.state != "open":
        raise Refused(f"Need {row.id} is no longer asked ({found.state}).", see(row.pk))


def see(number: int) -> str:
    """What to type to see more of it."""
    return f"`/need show {number}` shows how it stands."


def open_one(lab: Lab, team_id: int, number: int) -> Need:
    """A need that is still to be decided. Raises NotFound, Refused."""
    with desk(lab, team_id) as here:
        row = find(here, number)
        require_open(here, row)
        return value(here, row)
