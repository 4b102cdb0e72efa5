"""Values as the read API's shapes."""

from collections.abc import Sequence
from typing import Any, TypeVar

from core.blockers.blocker import Blocker as Stuck
from core.experiments.experiment import Experiment as Ticket
from core.experiments.learning import Learning as Fact
from core.experiments.measurement import Measurement
from core.quantity import experiment_id
from ingest.api import shapes
from ingest.given import finite
from services.programs.pages import Told
from services.programs.seat import Seat

S = TypeVar("S", bound=shapes.Shape)
_DECIDED = {"killed": "killed", "production": "promoted"}


def person(seat: Seat, team_id: int, user_id: str) -> shapes.Person | None:
    """Somebody of that team, or a program by its name; None for nobody."""
    if not user_id:
        return None
    name = seat.name(team_id, user_id)
    return shapes.Person(id=user_id if user_id.isalnum() else "", name=name)


def experiment(seat: Seat, told: Told) -> shapes.Experiment:
    """A ticket of a list."""
    return shapes.Experiment(**_fields(seat, told))


def page(
    seat: Seat, told: Told, last: Sequence[Measurement], learned: Sequence[Told]
) -> shapes.ExperimentPage:
    """A ticket with what belongs to it."""
    return shapes.ExperimentPage(
        **_fields(seat, told),
        last_results=[result(seat, told.team_id, look) for look in last],
        learned=[learning(seat, one) for one in learned],
    )


def _fields(seat: Seat, told: Told) -> dict[str, Any]:
    one: Ticket = told.what
    same = ("id", "title", "hypothesis", "method", "stage", "metric", "direction", "kill_criteria",
            "box_starts", "box_ends", "link", "created_at", "progress_at")  # fmt: skip
    numbers = ("target", "best", "gpu_budget", "gpu_used")
    return {
        **{name: getattr(one, name) for name in same},
        **{name: finite(getattr(one, name)) for name in numbers},
        "baseline": finite(one.known_baseline),
        "team": told.team,
        "owner": person(seat, told.team_id, one.owner),
        "open": one.is_open,
        "stale": told.stale,
        "results": len(one.values),
        "deployed": one.deploy_status,
        "decision": None if one.is_open else decision(seat, told),
    }


def decision(seat: Seat, told: Told) -> shapes.Decision:
    """What became of a closed ticket."""
    one: Ticket = told.what
    return shapes.Decision(
        experiment=one.id,
        title=one.title,
        team=told.team,
        decision=_DECIDED[one.stage],
        at=one.decided_at,
        by=person(seat, told.team_id, one.decided_by),
        final=finite(one.final_metric),
        learnings=one.learnings,
    )


def result(seat: Seat, team_id: int, look: Measurement) -> shapes.Measurement:
    """One measurement."""
    numbers = ("value", "gpu_used", "low", "high", "noise")
    same = ("at", "note", "metric", "role", "source", "counts", "examples", "runs", "eval_set")
    return shapes.Measurement(
        **{name: getattr(look, name) for name in same},
        **{name: finite(getattr(look, name)) for name in numbers},
        by=person(seat, team_id, look.author),
    )


def learning(seat: Seat, told: Told) -> shapes.Learning:
    """Something learned."""
    one: Fact = told.what
    return shapes.Learning(
        text=one.text,
        at=one.at,
        by=person(seat, told.team_id, one.user),
        team=told.team,
        experiments=[experiment_id(number) for number in one.experiments],
        source=one.source,
    )


def blocker(seat: Seat, told: Told) -> shapes.Blocker:
    """Something somebody is stuck on."""
    one: Stuck = told.what
    return shapes.Blocker(
        id=one.called,
        team=told.team,
        kind=one.kind,
        text=one.text,
        state=one.state,
        owner=person(seat, told.team_id, one.user),
        helper=person(seat, told.team_id, one.helper),
        experiments=[experiment_id(number) for number in one.experiments],
        at=one.at,
        working_days=one.days,
        resolution=one.resolution,
    )
