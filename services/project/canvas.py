"""The project canvas: read, edited, its first metric the digest's headline, its risks on ask, its
kill criteria a proposal to the leads when a sprint closes.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlmodel import Session

from core.errors import NotFound, Refused
from core.experiments.metric import Metric
from core.project import canvas as rules
from core.project import canvas_lead_time as lead_time
from core.project import note as notes
from core.project.canvas import Canvas, KillCheck, Version
from core.project.canvas_lines import Measure, Risk, kill
from core.project.note import Note
from core.sprints.sprint import Span
from models import form_draft as drafts
from models.experiments import experiment as tickets
from models.project import canvas as table
from models.team import Team
from services import announcement, form_draft, team
from services.announcement import places
from services.desk import Desk, desk
from services.experiments import experiment, headline
from services.ports import Lab
from services.project import note
from services.sprints import sprint
from services.sprints.sprint import Book
from views.project import canvas as view
from views.project import canvas_limits as bounds

FORM = "canvas"


@dataclass(frozen=True)
class Page:
    """What is shown. version: None before the first. notes: risks in the digest, key → note.

    sprints: whether sprints are held (only then kill criteria are checked); now: today's sprint.
    """

    version: Version | None
    leads: bool
    notes: Mapping[str, int] = field(default_factory=dict)
    sprints: bool = False
    now: int | None = None


@dataclass(frozen=True)
class CanvasForm:
    """What the form starts with. number: the version it changes, 0 for the first."""

    texts: Mapping[str, str]
    number: int
    kept: bool


@dataclass(frozen=True)
class Sent:
    """What the form says, and which version it was made of."""

    values: Mapping[str, Any]
    based: int


def current(session: Session, theirs: Team) -> Canvas | None:
    """The page as it holds, or None before the first."""
    row = table.newest(session, theirs.pk)
    return rules.read(row.texts) if row else None


def look(lab: Lab, team_id: int, by: str) -> Page:
    """The page for that reader."""
    with desk(lab, team_id, lock=False) as here:
        session, theirs, now = here.session, here.team, here.now
        row = table.newest(session, here.team_id)
        held = sprint.is_on(theirs)
        span = theirs.sprints.at(experiment.today_of(theirs, now)) if held else None
        return Page(
            _version(row) if row else None,
            team.may_lead(session, theirs, by),
            _noted(session, theirs, rules.read(row.texts)) if row else {},
            held,
            span.number if span else None,
        )


def offer(lab: Lab, team_id: int, *, by: str) -> CanvasForm:
    """What the form starts with: the page, over it what was typed and not sent. Raises NotAllowed
    unless `by` is a lead.
    """
    with desk(lab, team_id, lock=False) as here:
        session = here.session
        team.require_lead(session, here.team, by, "change the canvas")
        row = table.newest(session, here.team_id)
        texts, kept = (
            dict(row.texts) if row else {},
            drafts.offer(session, team_id, by, FORM),
        )
        return CanvasForm(texts | kept, row.number if row else 0, bool(kept))


def save(lab: Lab, team_id: int, sent: Sent, *, by: str, key: str) -> Version:
    """A new version with what the form changed, told to the team; the same page again makes
    none. Raises NotAllowed, Refused (with the field; also when somebody else changed it, too).
    """
    with desk(lab, team_id) as here:
        session, theirs, now = here.session, here.team, here.now
        team.require_lead(session, theirs, by, "change the canvas")
        typed, last = rules.cleaned(sent.values), table.newest(session, here.team_id)
        base = table.version(session, here.team_id, sent.based)
        before = dict(last.texts) if last else {}
        whose = here.name(last.by) if last else ""
        texts = rules.merged(dict(base.texts) if base else {}, typed, before, by=whose)
        page = rules.read(texts)
        if not any(texts.values()):
            raise Refused("The canvas is empty.", "Write at least the business objective.",
                          field="objective")  # fmt: skip
        drafts.forget(session, team_id, by, FORM)
        changed = rules.changed(before, texts)
        if last is not None and not changed:
            return _version(last)
        _steer(session, theirs, page)
        row = table.Canvas(team_id=here.team_id, number=(last.number if last else 0) + 1,
                           texts=texts, by=by, at=now)  # fmt: skip
        session.add(row)
        session.flush()
        version = _version(row, changed)
        announcement.tell(here, f"canvas:{key}", view.saved(version))
        return version


def keep(lab: Lab, team_id: int, values: Mapping[str, Any], *, based: int, by: str) -> None:
    """The form was closed: what differs from the page it showed is offered next time."""
    with desk(lab, team_id, lock=False) as here:
        base = table.version(here.session, here.team_id, based)
        shown = base.texts if base else {}
    typed = {
        k: v for k, v in values.items() if k in rules.FIELDS and (v or "") != shown.get(k, "")
    }
    form_draft.keep(lab, team_id, by, FORM, typed)


def history(lab: Lab, team_id: int) -> list[Version]:
    """Every version, the newest first, each with what it changed."""
    with desk(lab, team_id, lock=False) as here:
        rows = table.all_of(here.session, here.team_id)
    before: Mapping[str, str] = {}
    found = []
    for row in rows:
        found.append(_version(row, rules.changed(before, row.texts)))
        before = row.texts
    return found[::-1]


def key_of(risk: Risk) -> str:
    """What names a risk in its button; another wording is another risk."""
    return hashlib.sha256(risk.text.encode(errors="replace")).hexdigest()[:12]


def into_digest(lab: Lab, team_id: int, key: str, *, by: str) -> Note:
    """Make a risk of the canvas one of the digest. Raises NotAllowed, NotFound, Refused (it is
    in it already).
    """
    with desk(lab, team_id, lock=False) as here:
        session, theirs, now = here.session, here.team, here.now
        team.require_lead(session, theirs, by, "add to the digest")
        page = current(session, theirs) or Canvas()
        risk = next((one for one in page.risks if key_of(one) == key), None)
        if risk is None:
            raise NotFound("That risk is no longer on the canvas.", "`/canvas` shows it now.")
        given = {"mitigation": risk.mitigation}
        built = notes.build("risk", risk.text, given, experiment.today_of(theirs, now))
        return note.keep(session, theirs, built, by=by, now=now)


def measures(lab: Lab, team_id: int) -> tuple[Measure, ...]:
    """The success metrics of the canvas that have a target."""
    with desk(lab, team_id, lock=False) as here:
        page = current(here.session, here.team) or Canvas()
        return tuple(one for one in page.metrics if one.target is not None)


def _steer(session: Session, theirs: Team, page: Canvas) -> None:
    """The first success metric becomes the headline; without one the team's choice counts."""
    targets = headline.targets(session, theirs)
    scaled = [rules.scaled(one, targets) for one in page.metrics]
    if not page.metrics:
        headline.steer(theirs, None)
        return
    first, target = page.metrics[0], scaled[0]
    same = headline.direction_of(session, theirs, first.name)
    direction = first.direction if target is not None or not same else same
    percent = True if first.percent and target is not None and target <= 1 else None
    headline.steer(theirs, Metric(first.name, target, direction, percent))


def _noted(session: Session, theirs: Team, page: Canvas) -> dict[str, int]:
    known = {one.text.casefold(): one.number for one in note.open_of(session, theirs)
             if one.kind == "risk"}  # fmt: skip
    return {key_of(one): known[one.text.casefold()] for one in page.risks
            if one.text.casefold() in known}  # fmt: skip


def _version(row: table.Canvas, changed: tuple[str, ...] = ()) -> Version:
    at: datetime = row.at
    return Version(row.number, rules.read(row.texts), row.by, at, changed)


def close_sprint(here: Desk, book: Book, span: Span) -> None:
    """Tell the leads of every criterion that the closed sprint meets, once per criterion; in its
    own sprint also when nothing was measured. Another wording is another criterion.
    """
    page = current(here.session, here.team)
    _tell_launch(here, book, page or Canvas())
    alive = book.some(tickets.not_killed()) if page and page.kill else []
    for line in page.kill if page else ():
        read = kill(line)
        found = rules.check_kill(read, alive, span.number) if read else None
        if found is not None and found.state != "not met":
            _tell_killed(here, found)


def _tell_launch(here: Desk, book: Book, page: Canvas) -> None:
    """A review before launch that has to begin in the sprint that starts now, told once."""
    begins = book.running
    mvp = book.calendar.of(page.mvp) if page.mvp else None
    for one in lead_time.launch_math(page, mvp, book.today):
        if begins and one.start <= begins.ends:
            named = hashlib.sha256(f"{one.lead}{one.ends}".encode()).hexdigest()[:12]
            key = f"canvas-launch:{here.team_id}:{named}:{'late' if one.late else 'due'}"
            for place in places(here):
                here.post(f"{key}:{place}", place, bounds.review_due(one))


def _tell_killed(here: Desk, found: KillCheck) -> None:
    if found.state == "not measured" and found.sprint != found.kill.sprint:
        return
    line = hashlib.sha256(found.kill.text.casefold().encode(errors="replace")).hexdigest()[:12]
    key = f"canvas-kill:{here.team_id}:{line}:{found.state.replace(' ', '-')}"
    for place in places(here):
        here.post(f"{key}:{place}", place, view.killed(found))
