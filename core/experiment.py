"""The hypothesis ticket as a value, and the workflow of the source document (chapter 2).

Backlog → Hypothesis → Experiment → Evaluation → Killed | Iteration | Production,
Iteration → Evaluation.
"""

from dataclasses import dataclass
from datetime import date, datetime

STAGES = (
    "backlog",
    "hypothesis",
    "experiment",
    "evaluation",
    "iteration",
    "production",
    "killed",
)
CLOSED = ("killed", "production")


@dataclass(frozen=True)
class Checkpoint:
    """One reported result. value: the metric or None; gpu_used: GPU-hours used so far."""

    at: datetime
    value: float | None
    gpu_used: float
    note: str
    author: str


@dataclass(frozen=True)
class Experiment:
    """A ticket. gpu_*: GPU-hours; box_days: calendar days; box_ends: last day of the box."""

    number: int
    title: str
    hypothesis: str
    method: str
    owner: str
    metric: str
    direction: str  # higher | lower is better
    baseline: float | None
    target: float | None
    success_primary: str
    success_secondary: str
    success_blocking: str
    kill_criteria: str
    gpu_budget: float
    gpu_used: float
    box_days: int
    box_starts: date | None
    box_ends: date | None
    link: str
    dataset_ready: bool
    blocking_ok: bool
    stage: str
    stage_since: datetime
    outcome: str  # "" | killed | promoted | iterating
    final_metric: float | None
    learnings: str
    decided_at: datetime | None
    decided_by: str
    created_at: datetime
    progress_at: datetime
    checkpoints: tuple[Checkpoint, ...] = ()

    @property
    def id(self) -> str:
        """`EXP-042`."""
        return f"EXP-{self.number:03d}"

    @property
    def is_open(self) -> bool:
        """True until it is killed or in production."""
        return self.stage not in CLOSED

    @property
    def values(self) -> tuple[float, ...]:
        """The reported metric values, oldest first."""
        return tuple(c.value for c in self.checkpoints if c.value is not None)

    @property
    def best(self) -> float | None:
        """The best reported value in the metric's direction, or None."""
        if not self.values:
            return None
        return max(self.values) if self.direction == "higher" else min(self.values)


FIELDS = tuple(name for name in Experiment.__dataclass_fields__ if name != "checkpoints")
