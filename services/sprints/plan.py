"""Planning a sprint: what could be run, weighed by worth, information and cost, and what is in the
way; what the team commits to, and changes after the start.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from core.data.dataset import dataset_id
from core.data.readiness import NOT
from core.errors import Refused
from core.experiments.experiment import BOXED, Experiment
from core.quantity import experiment_id, whole
from core.sprints import velocity
from core.sprints.plan import (
    MOST,
    STAGES,
    Candidate,
    Load,
    Plan,
    Planning,
    complete,
    ranked,
    record_of,
    weigh,
)
from core.sprints.sprint import Span
from models.data import dataset as cards
from models.people import leads
from models.sprints.sprint import Commitment, Sprint
from services import announcement, team
from services.blockers import blocker
from services.data import dataset, waiting
from services.desk import Desk, desk
from services.evals import sensitivity
from services.ports import Lab
from services.sprints import phase as phases
from services.sprints.setup import capacity_of, rate_of
from services.sprints.sprint import Book, book_of, turn_on
from views.sprints import plan as view


def candidates(book: Book) -> list[Candidate]:
    """The team's tickets in backlog, hypothesis and iteration, weighed."""
    rate = rate_of(book.team)
    stuck = blocker.open_of_team(book.session, book.team, book.now)
    late = {
        fit.subject
        for seen in dataset.awaited(book.session, book.team, book.now)
        for fit in seen.fits
        if fit.verdict == NOT
    }
    held = waiting.of_team(book.session, book.team)
    waits = cards.awaited(book.session, book.team_id)
    wanted = [one for one in book.tickets if one.stage in STAGES]
    powers = sensitivity.power_of(book.session, book.team, wanted)
    found = []
    for one in wanted:
        missing = [
            f"{dataset_id(c.number)} in {c.stage}" for c in waits if one.number in c.experiments
        ]
        flags = _flags(one, missing, in_time=one.id not in late)
        flags += [f"waits for {id_}" for id_ in held.get(one.number, ()) if id_.startswith("ENG")]
        flags += [
            f"blocked by {b.called} ({b.kind})" for b in stuck if one.number in b.experiments
        ]
        record = record_of(one.kind_of_work, book.records)
        found.append(weigh(one, record, power=powers[one.number], rate=rate, flags=flags))
    return found


def _flags(ticket: Experiment, missing: Sequence[str], *, in_time: bool) -> list[str]:
    flags = []
    if missing or not ticket.dataset_ready:
        of = f" ({', '.join(missing[:2])})" if missing else ""
        flags.append(f"data not ready{of}" + ("" if in_time else ", not there in time"))
    if ticket.baseline is None:
        flags.append("no baseline")
    return flags


@dataclass(frozen=True)
class Choice:
    """What a lead commits the team to. number: of the sprint; seen: the plan the form was made
    of.
    """

    number: int
    by: str
    numbers: Sequence[int]
    goal: str
    split: dict[str, int]
    capacity: float | None
    seen: str


@dataclass(frozen=True)
class CommittedPlan:
    """A plan that was made. told: the channel reads it."""

    plan: Plan
    told: bool


def look(lab: Lab, team_id: int, typed: str, order: str, *, by: str) -> Planning:
    """What the sprint named (a number, `next`, or nothing) could hold. Raises Refused."""
    with desk(lab, team_id, lock=False) as here:
        book, theirs = book_of(here), here.team
        span = _wanted(book, typed)
        row = book.rows.get(span.number)
        planned = row is not None and row.planned_at is not None
        weeks, phase = phases.at(book, span.starts)
        known = leads(here.session, theirs)
        return Planning(
            span=span,
            day=max(0, (book.today - span.starts).days + 1),
            candidates=tuple(ranked(candidates(book), order)),
            carried=tuple(one for one in book.tickets if one.stage in BOXED[:2]),
            order=order,
            rate=rate_of(theirs),
            phase=phase,
            weeks=weeks,
            capacity=row.capacity if row and planned else capacity_of(theirs),
            past=tuple(one.count for one in book.past()),
            plan=plan_of(book, span) if planned else None,
            begun=book.today >= span.starts,
            seen=_seen(row),
            may=by in known or not known,
        )


def to_commit(lab: Lab, team_id: int, typed: str, *, by: str) -> Planning:
    """What the form offers. Raises NotAllowed, Refused (it has begun, nothing to choose from)."""
    with desk(lab, team_id, lock=False) as here:
        team.require_lead(here.session, here.team, by, "plan sprints")
    found = look(lab, team_id, typed, "learn", by=by)
    if found.plan and found.begun:
        raise _has_begun(found.span)
    if not found.candidates and not found.carried:
        raise Refused("There is no experiment to commit to.", "`/exp new` writes one.")
    return found


def commit(lab: Lab, team_id: int, choice: Choice) -> CommittedPlan:
    """Commit to these experiments, in public. Before the start a new plan takes the old one's
    place. Raises NotAllowed and Refused (none or too many chosen, somebody was faster, begun).
    """
    with desk(lab, team_id) as here:
        team.require_lead(here.session, here.team, choice.by, "plan sprints")
        number = choice.number
        book = book_of(here)
        span = book.calendar.of(number)
        row = book.rows.get(number)
        _check(book, span, row, choice)
        if row is None:
            row = Sprint(team_id=here.team_id, number=number, starts=span.starts, ends=span.ends)
        row.goal, row.split, row.capacity = choice.goal, dict(choice.split), choice.capacity
        row.planned_at, row.planned_by = here.now, choice.by
        here.session.add(row)
        turn_on(here.team, here.now)
        here.session.flush()
        for old in book.committed(number):
            here.session.delete(old)
        for chosen in dict.fromkeys(choice.numbers):
            here.session.add(
                Commitment(sprint_id=row.pk, experiment=chosen, by=choice.by, at=here.now)
            )
        here.session.flush()
        plan = plan_of(book_of(here), span)
        return CommittedPlan(plan, tell(here, plan))


def plan_key(team_id: int, number: int) -> str:
    """The key of the public message about that sprint's plan."""
    return f"sprint-plan:{team_id}:{number}"


def tell(here: Desk, plan: Plan) -> bool:
    """Say what is committed to, or put it right in its place; False without a channel."""
    key = plan_key(here.team_id, plan.span.number)
    if announcement.told(here.session, key):
        here.edit(key, view.plan(plan))
        return True
    place = here.team.team_channel
    if place:
        here.post(key, place, view.plan(plan))
    return bool(place)


def plan_of(book: Book, span: Span) -> Plan:
    """What the team committed to for that sprint."""
    row = book.rows[span.number]
    kept = book.kept(span)
    weeks, phase = phases.at(book, span.starts)
    counts = [one.count for one in book.past(span.starts)]
    count = sum(not one.gone for one in kept)
    sure = velocity.sure_count(counts)
    share = velocity.chance_of(counts, count) if sure is not None else None
    on = row.planned_at.astimezone(book.where).date() if row.planned_at else span.starts
    return Plan(
        span=span,
        goal=row.goal,
        kept=kept,
        capacity=row.capacity,
        split=complete(row.split),
        phase=phase,
        weeks=weeks,
        load=Load(count, tuple(counts), sure, share),
        by=row.planned_by,
        day=max(0, (on - span.starts).days + 1),
    )


def _wanted(book: Book, typed: str) -> Span:
    """The sprint to plan: by default the running one while it is young or planned, else the
    next one.
    """
    word = typed.strip().casefold().lstrip("#")
    running, coming = book.running, book.calendar.next_after(book.today)
    if word == "next" or running is None:
        return coming
    if word:
        asked = whole(word) or 0
        if not running.number <= asked <= coming.number:
            raise Refused(
                f"“{word[:20]}” is no sprint that can be planned now.",
                f"There are {running.number} (running) and {coming.number} (next).",
            )
        return book.calendar.of(asked)
    row = book.rows.get(running.number)
    young = (book.today - running.starts).days + 1 <= running.days / 2
    return running if young or (row and row.planned_at) else coming


def _seen(row: Sprint | None) -> str:
    return row.planned_at.isoformat() if row and row.planned_at else ""


def _check(book: Book, span: Span, row: Sprint | None, choice: Choice) -> None:
    if choice.seen != _seen(row):
        raise Refused(
            f"Sprint {span.number} was planned by somebody else just now.",
            "Look again: `/sprint plan`.",
        )
    if row is not None and row.planned_at and book.today >= span.starts:
        raise _has_begun(span)
    if span.ends < book.today:
        raise Refused(f"Sprint {span.number} is over.", "Plan the next: `/sprint plan next`.")
    require_some(choice.numbers)
    is_open = {one.number for one in book.tickets if one.is_open}
    for number in choice.numbers:
        if number not in is_open:
            raise Refused(
                f"{experiment_id(number)} was decided in the meantime.",
                "Take it out.",
                field="experiments",
            )


def require_some(numbers: Sequence[int]) -> None:
    """Pass for one experiment up to as many as a plan holds. Raises Refused."""
    if not numbers:
        raise Refused("Choose at least one experiment.", field="experiments")
    if len(set(numbers)) > MOST:
        raise Refused(f"More than {MOST} is no plan.", "Choose fewer.", field="experiments")


def _has_begun(span: Span) -> Refused:
    return Refused(
        f"Sprint {span.number} has begun with its plan.",
        "Change it with `/sprint add EXP-042 why` and `/sprint drop EXP-042 why`.",
    )
