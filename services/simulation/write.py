"""One happening of a simulated past as the rows it would have left."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from sqlmodel import Session

from core import calendar
from core.blockers import blocker
from core.blockers.blocker import BlockerStep
from core.board import workflow
from core.decisions import kill
from core.experiments import checkpoint, form, prediction
from core.experiments.checkpoint import CheckpointReport
from core.experiments.experiment import Experiment
from core.simulation.card import Card
from core.simulation.game import Happening
from models.blockers import blocker as blockers
from models.blockers.blocker import Blocker
from models.experiments import experiment as table
from models.experiments.measurement import Measurement
from models.sprints import sprint as sprints
from models.sprints.sprint import Commitment
from models.team import Team
from services.experiments import form as intake
from services.experiments import ticket as door
from services.sprints.review import stored
from services.sprints.sprint import open_book

_SAFETY = "No regression on the safety eval"
_UNITS = {"accuracy": "accuracy on 500 questions", "cost": "cost per 1,000 answers in $"}

Change = Callable[[Experiment], Experiment]


@dataclass(frozen=True)
class Pen:
    """What writing takes: the session, the team, people and leads by place, cards by number."""

    session: Session
    team: Team
    people: Sequence[str]
    leads: Sequence[str]
    cards: Mapping[int, Card]

    @property
    def team_id(self) -> int:
        """The team's key in the database."""
        return self.team.pk

    def person(self, one: Happening) -> str:
        """Who did it."""
        return self.people[one.who % len(self.people)]

    def lead(self, one: Happening) -> str:
        """The lead who decided it."""
        return self.leads[one.number % len(self.leads)]

    def row(self, number: int) -> table.Experiment:
        """The ticket's row."""
        return door.row(self.session, self.team, number)


def write(pen: Pen, one: Happening, at: datetime) -> None:
    """Write that happening down as it was at that moment."""
    _KINDS[one.kind](pen, one, at)


def _created(pen: Pen, one: Happening, at: datetime) -> None:
    card, owner = pen.cards[one.number], pen.person(one)
    draft = form.Draft(
        title=card.title, hypothesis=_hypothesis(card.title, card.metric, one),
        method=one.text, owner=owner, metric=card.metric,
        direction="lower" if card.metric == "cost" else "higher",
        baseline=one.value, target=one.target or 0.0, success_primary=_UNITS[card.metric],
        success_secondary="", success_blocking=_SAFETY,
        kill_criteria="no gain after 3 checkpoints", gpu_budget=card.gpu_budget, box_days=14,
        link="", worth=card.luck.worth, kind_of_work=card.technique.kind,
    )  # fmt: skip
    intake.insert(pen.session, pen.team, form.opened(draft, number=one.number, now=at), owner)


def _hypothesis(title: str, metric: str, one: Happening) -> str:
    return f"{title} brings {metric} from {one.value:g} to {one.target:g}"


def _alter(pen: Pen, one: Happening, at: datetime, new: Change, by: str = "") -> None:
    row = pen.row(one.number)
    made = door.audit(by or pen.person(one), one.kind, at=at, why=one.text)
    door.change(pen.session, row, new(door.value(pen.session, row)), made)


def _edited(pen: Pen, one: Happening, at: datetime) -> None:
    def aimed(old: Experiment) -> Experiment:
        return replace(
            old, baseline=one.value, target=one.target,
            hypothesis=_hypothesis(old.title, old.metric, one),
        )  # fmt: skip

    _alter(pen, one, at, aimed)


def _reported(pen: Pen, one: Happening, at: datetime) -> None:
    by = pen.person(one)
    said = CheckpointReport(
        value=one.value, gpu_added=one.gpu or None, note=one.text,
        dataset_ready=True if one.kind == "ready" else None, blocking_ok=one.final or None,
        marks=_marks(one), **_predicted(one),
    )  # fmt: skip
    row = pen.row(one.number)
    after = checkpoint.applied(door.value(pen.session, row), said, by=by, at=at)
    made = door.audit(by, "reported", at=at, why=one.text)
    door.change(pen.session, row, after, made)
    look = Measurement(experiment_id=row.pk, **vars(after.measurements[-1]))
    pen.session.add(look)
    pen.session.flush()
    made.after = made.after | {"checkpoint": look.id, "value": said.value}


def _predicted(one: Happening) -> dict[str, Any]:
    return dict(zip(prediction.FIELDS, one.predicted, strict=True)) if one.predicted else {}


def _marks(one: Happening) -> tuple[tuple[str, str], ...]:
    if one.kind == "served":
        return (
            ("deploy_status", "live"),
            ("monitoring_status", "on"),
            ("rollback_tested", "tested"),
        )
    if one.value is None:
        return ()
    return (("training_status", "complete" if one.final else "running"),)


def _moved(pen: Pen, one: Happening, at: datetime) -> None:
    today = calendar.local(at, calendar.zone(pen.team.zone)).date()

    def moved(old: Experiment) -> Experiment:
        return workflow.moved(old, one.to, note=one.text, now=at, today=today)

    _alter(pen, one, at, moved)


def _killed(pen: Pen, one: Happening, at: datetime) -> None:
    by, learned = pen.person(one), kill.checked_learnings(one.text)
    _alter(pen, one, at, lambda old: kill.killed(old, by=by, at=at, learnings=learned))


def _promoted(pen: Pen, one: Happening, at: datetime) -> None:
    by = pen.lead(one)
    _alter(pen, one, at, lambda old: workflow.promoted(old, learnings=one.text, by=by, now=at), by)


def _reopened(pen: Pen, one: Happening, at: datetime) -> None:
    _alter(
        pen, one, at, lambda old: workflow.reopened(old, to="evaluation", now=at), pen.lead(one)
    )


def _blocked(pen: Pen, one: Happening, at: datetime) -> None:
    by, helper = pen.person(one), pen.lead(one)
    seen = _step(helper, "acknowledged", "", at)
    blockers.add(pen.session, Blocker(
        team_id=pen.team_id, number=0, user_id=by, helper=helper, kind=one.to,
        cause=blocker.cause_of(one.to, one.text), text=one.text,
        experiments=list(one.numbers), at=at, moved_at=at, acknowledged_by=helper, trail=[seen],
    ))  # fmt: skip


def _freed(pen: Pen, one: Happening, at: datetime) -> None:
    text = one.text or "It is there now"
    for row in blockers.open_of(pen.session, pen.team_id):
        mine = row.experiments == list(one.numbers) if one.number else row.text.startswith(
            ("Data quality", "GPU shortage")
        )  # fmt: skip
        if row.kind == one.to and mine:
            row.state, row.resolved_at, row.moved_at = "resolved", at, at
            row.closed_by, row.resolution = row.helper, text
            row.trail = [*row.trail, _step(row.helper, "resolved", text, at)]


def _step(who: str, what: str, text: str, at: datetime) -> dict[str, str]:
    return asdict(BlockerStep(who, what, text, at)) | {"at": at.isoformat()}


def _committed(pen: Pen, one: Happening, at: datetime) -> None:
    book = open_book(pen.session, pen.team, at)
    span, by = book.running, pen.lead(one)
    assert span is not None
    row = stored(book, span)
    if row.planned_at is None:
        row.planned_at, row.planned_by = at, by
    row.goal = row.goal or f"Decide {len(one.numbers)} experiments and write down what they taught"
    for number in one.numbers:
        pen.session.add(Commitment(sprint_id=row.pk, experiment=number, by=by, at=at))
    pen.session.flush()


def _added(pen: Pen, one: Happening, at: datetime) -> None:
    row = _sprint(pen, at)
    for number in one.numbers:
        pen.session.add(Commitment(
            sprint_id=row.pk, experiment=number, by=pen.lead(one), at=at, late=True,
            why=one.text,
        ))  # fmt: skip
    pen.session.flush()


def _dropped(pen: Pen, one: Happening, at: datetime) -> None:
    row = _sprint(pen, at)
    for kept in sprints.commitments(pen.session, row.pk):
        if kept.experiment in one.numbers and kept.removed_at is None:
            kept.removed_at, kept.removed_by, kept.removed_why = at, pen.lead(one), one.text


def _sprint(pen: Pen, at: datetime) -> sprints.Sprint:
    book = open_book(pen.session, pen.team, at)
    assert book.running is not None
    return stored(book, book.running)


_KINDS: Mapping[str, Callable[[Pen, Happening, datetime], None]] = {
    "created": _created,
    "edited": _edited,
    "ready": _reported,
    "served": _reported,
    "moved": _moved,
    "reported": _reported,
    "killed": _killed,
    "promoted": _promoted,
    "reopened": _reopened,
    "blocked": _blocked,
    "freed": _freed,
    "committed": _committed,
    "added": _added,
    "dropped": _dropped,
}
