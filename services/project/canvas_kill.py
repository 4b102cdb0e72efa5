"""The canvas's kill criteria when a sprint closes: a proposal to the leads, nothing more."""

import hashlib

from core.project import canvas as rules
from core.project.canvas import KillCheck
from core.project.canvas_lines import kill
from core.sprints.sprint import Span
from models.experiments import experiment as tickets
from services.announcement import places
from services.desk import Desk
from services.project import canvas
from services.sprints.sprint import Book
from views.project import canvas as view


def close(here: Desk, book: Book, span: Span) -> None:
    """Tell the leads of every criterion that the closed sprint meets, once per criterion; in its
    own sprint also when nothing was measured. Another wording is another criterion.
    """
    page = canvas.current(here.session, here.team)
    alive = book.some(tickets.not_killed()) if page and page.kill else []
    for line in page.kill if page else ():
        read = kill(line)
        found = rules.check_kill(read, alive, span.number) if read else None
        if found is not None and found.state != "not met":
            _tell(here, found)


def _tell(here: Desk, found: KillCheck) -> None:
    if found.state == "not measured" and found.sprint != found.kill.sprint:
        return
    line = hashlib.sha256(found.kill.text.casefold().encode(errors="replace")).hexdigest()[:12]
    key = f"canvas-kill:{here.team_id}:{line}:{found.state.replace(' ', '-')}"
    for place in places(here):
        here.post(f"{key}:{place}", place, view.killed(found))
