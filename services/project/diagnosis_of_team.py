"""What the records show of a team's planning, read for core/project/diagnosis_of_team."""

from core.project import diagnosis_of_team as rules
from core.project.diagnosis import Finding
from core.project.diagnosis_of_team import Idea, PlanningEvidence
from core.sprints.velocity import DRAWN
from core.text import says_nothing
from models import people
from models.experiments import experiment as tickets
from models.sprints import sprint as table
from services.desk import desk
from services.ports import Lab
from services.sprints.sprint import Book, book_of

_BEFORE = ("backlog", "hypothesis")


def judge(lab: Lab, team_id: int, case: str) -> Finding:
    """The case as the team's records stand."""
    with desk(lab, team_id, lock=False) as here:
        return rules.judge(case, _seen(book_of(here)))


def _seen(book: Book) -> PlanningEvidence:
    span = book.running
    row = book.rows.get(span.number) if span else None
    ideas = [one for one in book.tickets if one.stage in _BEFORE]
    ever = table.ever_committed(book.session, book.team_id, [one.number for one in ideas])
    everybody = people.people(book.session, book.team_id).here()
    may = {one.user_id for one in everybody if one.role != "observer"}
    return PlanningEvidence(
        counts=tuple(one.count for one in book.past()[-DRAWN:]),
        ideas=tuple(
            Idea(one.number, _lacks(one.hypothesis, one.target, one.kill_criteria),
                 len(one.method.split()), (book.now - one.created_at).days, one.number in ever)
            for one in ideas
        ),
        sprint=span.number if span and row and row.planned_at else 0,
        people=len(may),
        owners=len(may & _owners(book, span.number)) if span else 0,
    )  # fmt: skip


def _owners(book: Book, number: int) -> set[str]:
    """Whose tickets are in the plan of that sprint."""
    kept = [one.experiment for one in book.committed(number) if one.removed_at is None]
    return {one.owner for one in book.bare(tickets.numbered(kept))} if kept else set()


def _lacks(hypothesis: str, target: float | None, kill: str) -> tuple[str, ...]:
    parts = {"hypothesis": says_nothing(hypothesis), "target": target is None,
             "kill criteria": says_nothing(kill)}  # fmt: skip
    return tuple(name for name, missing in parts.items() if missing)
