"""The hypothesis ticket as a value, and the workflow of the source document (chapter 2).

Backlog → Hypothesis → Experiment → Evaluation → Killed | Iteration | Production,
Iteration → Evaluation.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from core.experiments.measurement import Measurement, baseline_of, best_of, counted

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
UNDER_WAY = ("hypothesis", "experiment", "evaluation", "iteration")
BOXED = ("experiment", "evaluation", "iteration")


@dataclass(frozen=True)
class Experiment:
    """A ticket. gpu_*: GPU-hours; box_days: calendar days; box_ends: last day of the box.

    noise_sd: standard error of one evaluation, in the metric's unit; None when nobody said.
    training_status … rollback_tested: words of core.experiments.rollout, "" when nobody said.
    live_since, live_by: since when it is live (rollout.is_live) and on whose word.
    worth: 1 to 10, what success would be worth; kind_of_work: one of core.experiments.worth.KINDS;
    people_hours: hours of work it takes in all. None when nobody said. predicted_low, _high: 80 %
    range of the final result; predicted_chance: P(promoted), 0 to 1; None when nobody said.
    eval_set, measured_by: on which questions and by whom, in words. guardrails: lines of
    core.experiments.guardrail. budget_ok, _by: GPU-hours a lead approved, None while nobody did.
    trained_on: dataset versions (`DATA-003@v2, DATA-005@v1`); code_commit: "" when nobody said.
    losses: (epoch, training loss) of its newest runs, read where its kill lines speak of a loss.
    """

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
    measurements: tuple[Measurement, ...] = ()
    noise_sd: float | None = None
    training_status: str = ""
    deploy_status: str = ""
    monitoring_status: str = ""
    rollback_tested: str = ""
    worth: int | None = None
    kind_of_work: str = "exploration"
    people_hours: float | None = None
    predicted_low: float | None = None
    predicted_high: float | None = None
    predicted_chance: float | None = None
    trained_on: str = ""
    code_commit: str = ""
    live_since: datetime | None = None
    live_by: str = ""
    eval_set: str = ""
    measured_by: str = ""
    guardrails: str = ""
    budget_ok: float | None = None
    budget_ok_by: str = ""
    losses: tuple[tuple[tuple[float, float], ...], ...] = ()

    @property
    def id(self) -> str:
        """`EXP-042`."""
        return f"EXP-{self.number:03d}"

    @property
    def is_open(self) -> bool:
        """True until it is killed or in production."""
        return self.stage not in CLOSED

    @property
    def looks(self) -> tuple[Measurement, ...]:
        """The results that count, oldest first: all of one source, on one eval set."""
        return counted(self.measurements)

    @property
    def values(self) -> tuple[float, ...]:
        """What those results came to, oldest first."""
        return tuple(look.value for look in self.looks if look.value is not None)

    @property
    def is_to_compare(self) -> bool:
        """True while nobody has said how its newest result matched what was predicted."""
        return self.target is not None and bool(self.looks) and not self.looks[-1].matched

    @property
    def best_look(self) -> Measurement | None:
        """The result that stands for the ticket, or None."""
        return best_of(self.looks, self.direction)

    @property
    def best(self) -> float | None:
        """What that result came to, or None."""
        return self.best_look.value if self.best_look else None

    @property
    def known_baseline(self) -> float | None:
        """What the baseline came to: measured on the same eval set, else as it was typed."""
        measured = baseline_of(self.measurements)
        return measured.value if measured else self.baseline

    @property
    def compared_with(self) -> float | None:
        """The baseline that the results may be set against: measured as they were, or typed for
        results that no eval measured; None when only the other one is known.
        """
        measured = baseline_of(self.measurements)
        if measured or (self.looks and self.looks[-1].is_eval):
            return measured.value if measured else None
        return self.baseline


_READ_BESIDE = ("measurements", "losses")
FIELDS = tuple(name for name in Experiment.__dataclass_fields__ if name not in _READ_BESIDE)


def budget_share(experiment: Experiment) -> float | None:
    """GPU-hours used as a share of the budget (1.0 = all of it); None without a budget."""
    return experiment.gpu_used / experiment.gpu_budget if experiment.gpu_budget > 0 else None


def meets_target(experiment: Experiment, value: float | None) -> bool:
    """True when that value reaches the target in the metric's direction."""
    if value is None or experiment.target is None:
        return False
    if experiment.direction == "higher":
        return value >= experiment.target
    return value <= experiment.target


def with_box(experiment: Experiment, *, starts: date) -> Experiment:
    """The ticket with its time box running from that day."""
    ends = starts + timedelta(days=experiment.box_days - 1)
    return replace(experiment, box_starts=starts, box_ends=ends)
