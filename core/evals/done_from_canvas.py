"""Targets of the project canvas that the Definition of Done does not ask for yet."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.evals.definition_of_done import Requirement
from core.experiments.metric import is_called, plain
from core.project.canvas_lines import Measure

_NO_FIGURE = ("confirmed", "no_regression")  # kinds that stand for no one figure
_SAME = 1e-9


@dataclass(frozen=True)
class CanvasRequirement:
    """A target of the canvas as a requirement. instead_of: the one it would change, None: new."""

    measure: Measure
    requirement: Requirement
    instead_of: Requirement | None

    @property
    def text(self) -> str:
        """`Accuracy at least 92 %`."""
        return f"{self.measure.name} {self.measure.aim}"


def offers(
    measures: Sequence[Measure], requirements: Sequence[Requirement]
) -> tuple[CanvasRequirement, ...]:
    """What the canvas asks for beyond the Definition of Done, in the canvas's order.

    A metric is the same when its letters and digits are ("Accuracy", "accuracy"); one that is
    called differently, or has another direction, is offered as a new one.
    """
    found = (_offer(one, requirements) for one in measures if one.target is not None)
    return tuple(offer for offer in found if offer)


def _offer(one: Measure, requirements: Sequence[Requirement]) -> CanvasRequirement | None:
    same = next((r for r in requirements if plain(r.name) == plain(one.name)
                 and r.direction == one.direction and r.kind not in _NO_FIGURE), None)  # fmt: skip
    assert one.target is not None
    if same is None:
        fresh = Requirement(one.name, kind=_kind(one), direction=one.direction,
                            threshold=one.target)  # fmt: skip
        return CanvasRequirement(one, fresh, None)
    if same.threshold is not None and abs(same.threshold - one.target) <= _SAME:
        return None
    return CanvasRequirement(one, replace(same, threshold=one.target), same)


def _kind(one: Measure) -> str:
    if one.percent:
        return "rate"
    said = f"{one.name} {one.note}"
    return "p95" if "p95" in said.casefold() or is_called(said, "latency") else "mean"
