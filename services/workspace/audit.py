"""The team's audit log: every change of a ticket, and every role, setting, token and approval."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from core.errors import NotAllowed, NotFound, Refused
from core.workspace import audit as rules
from core.workspace.audit import AuditQuery, Line
from models.experiments.experiment import Change
from models.team import Team
from models.workspace import audit as table
from models.workspace.audit import TeamEvent, Wanted
from services import team as teams
from services.desk import desk
from services.experiments import ticket
from services.ports import Lab

PAGE = 12
MOST_ROWS = 20_000  # of one file
_COLUMNS = ("at (UTC)", "who", "about", "what", "field", "from", "to", "why", "undone")
Names = Mapping[str, str]


@dataclass(frozen=True)
class Page:
    """Lines of the log, the newest first. full: with roles, settings, tokens and approvals, which
    leads and admins see; more: there are older ones.
    """

    lines: Sequence[Line]
    more: bool
    full: bool


def page(lab: Lab, team_id: int, wish: AuditQuery, *, by: str, first: int = 0) -> Page:
    """A page of what was asked for, from line `first` on. Raises NotFound (no such ticket)."""
    with desk(lab, team_id, lock=False) as here:
        session, team, now = here.session, here.team, here.now
        full = teams.may_lead(session, team, by)
        found = _lines(session, team, _wanted(wish, now), most=first + PAGE + 1, full=full)
        return Page(found[first : first + PAGE], len(found) > first + PAGE, full)


def export(lab: Lab, team_id: int, wish: AuditQuery, once: str, *, by: str) -> str:
    """Send it as a CSV file by direct message, once; the file's name.

    Raises NotAllowed (leads and admins), NotFound (nothing there), Refused (too much for a file).
    """
    with desk(lab, team_id, lock=False) as here:
        session, team, now = here.session, here.team, here.now
        if not teams.may_lead(session, team, by):
            raise NotAllowed(
                "The log as a file is for leads and admins.", "`/exp audit` pages it."
            )
        lines = _lines(session, team, _wanted(wish, now), most=MOST_ROWS + 1, full=True)
        if not lines:
            raise NotFound("There is nothing to export in that.", "Try `/exp audit csv`.")
        if len(lines) > MOST_ROWS:
            raise Refused("That is more than fits into one file.", "Try `/exp audit last 4w csv`.")
        names = teams.names(session, team)
        name = f"audit-{now:%Y-%m-%d}-{once[:4]}.csv"
        said = f"Audit log: {len(lines)} entries"
        content = as_csv(lines, lambda user: names.get(user) or user)
        here.voice.upload(f"audit:{once}", by, (name, content), said)
        return name


def as_csv(lines: Sequence[Line], name_of: Callable[[str], str]) -> str:
    """One row per changed field. What a spreadsheet would run as a formula is quoted."""
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(_COLUMNS)
    for line in lines:
        head = [
            f"{line.at:%Y-%m-%d %H:%M:%S}",
            name_of(line.who),
            _about(line, name_of),
            line.what,
        ]
        tail = [line.why, "yes" if line.undone else ""]
        for field, old, new in line.steps or [("", "", "")]:
            rows.writerow([rules.harmless(cell) for cell in [*head, field, old, new, *tail]])
    return "\ufeff" + out.getvalue()  # the mark makes spreadsheets read it as UTF-8


def _about(line: Line, name_of: Callable[[str], str]) -> str:
    return line.about or (name_of(line.user) if line.user else "team")


def _wanted(wish: AuditQuery, now: datetime) -> Wanted:
    since = now - timedelta(days=wish.days) if wish.days else None
    return Wanted(wish.number, wish.user, since)


def _lines(session: Session, team: Team, wanted: Wanted, *, most: int, full: bool) -> list[Line]:
    if wanted.number:
        ticket.row(session, team, wanted.number)
    found = [
        _of_change(made, number)
        for made, number in table.changes(session, team.pk, wanted, most=most)
    ]
    if full:
        found += [_of_event(made) for made in table.events(session, team.pk, wanted, most=most)]
    return sorted(found, key=lambda line: (line.at, line.order), reverse=True)[:most]


def _of_change(made: Change, number: int) -> Line:
    steps = [] if made.action == "created" else rules.steps(made.before, made.after)
    return Line(
        at=made.at, who=made.who, what=made.action, number=number, steps=tuple(steps),
        why=made.why, undone=made.undone, order=made.pk,
    )  # fmt: skip


def _of_event(made: TeamEvent) -> Line:
    steps = ((made.subject, made.before, made.after),) if made.before or made.after else ()
    return Line(
        at=made.at, who=made.who, what=made.what, number=made.number, user=made.user_id,
        steps=steps, why=made.why, subject=made.subject, order=made.pk,
    )  # fmt: skip
