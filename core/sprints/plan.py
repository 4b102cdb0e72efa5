"""Planning a sprint: candidates by what they teach for their cost, and what fits into it.

Worth is expected information gain in bits. p from the team's own record with a Beta(1, 4) prior
("80 % fail"); the result is seen through an eval with some power and alpha, so an experiment that
the eval set cannot judge drops by itself. EIG is the mutual information of truth and result
(Lindley 1956).
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.experiments.experiment import Experiment
from core.experiments.worth import KINDS
from core.quantity import experiment_id
from core.sprints.phase import Phase
from core.sprints.sprint import Span
from core.stats.sample import NotComputable, is_number

PRIOR = (1.0, 4.0)
STAGES = ("backlog", "hypothesis", "iteration")
ORDERS = ("learn", "earn")
WORTH, HOURS, POWER = 5, 8.0, 0.8  # taken when nobody said: shown as assumed
RATE = 20.0  # GPU-hours that an hour of somebody's work counts as, unless the team sets it
MOST = 25  # experiments in one sprint


@dataclass(frozen=True)
class KindRecord:
    """What became of this kind of experiment so far, and the prior beside it."""

    promoted: int
    decided: int
    prior: tuple[float, float] = PRIOR


@dataclass(frozen=True)
class Priority:
    """p: of success. p_positive: of a positive result. score = value * EIG / cost.

    value_score: value * p / cost, for those who would rather earn than learn.
    """

    p: float
    p_positive: float
    eig_bits: float
    score: float
    value_score: float


def priority(
    record: KindRecord, *, power: float, value: float, cost: float, alpha: float = 0.05
) -> Priority | NotComputable:
    """The experiment's score. value: 1-10 or money; cost: GPU-hours and people in one unit."""
    a, b = record.prior
    sound = (
        0 <= record.promoted <= record.decided and min(a, b) >= 0 and a + b + record.decided > 0
    )
    if not sound or not all(is_number(v) for v in (power, alpha, value, cost)) or cost <= 0:
        return NotComputable("no data", "A record, a value and a cost above 0 are needed.")
    if not (0 <= power <= 1 and 0 <= alpha <= 1):
        return NotComputable("no usable limit", "Power and alpha lie between 0 and 1.")
    p = (a + record.promoted) / (a + b + record.decided)
    positive = p * power + (1 - p) * alpha
    gain = entropy(positive) - p * entropy(power) - (1 - p) * entropy(alpha)
    gain = max(0.0, gain)
    return Priority(p, positive, gain, value * gain / cost, value * p / cost)


def entropy(p: float) -> float:
    """Entropy of a yes-or-no with probability p, in bits."""
    if p <= 0 or p >= 1:
        return 0.0
    return -p * math.log2(p) - (1 - p) * math.log2(1 - p)


@dataclass(frozen=True)
class Candidate:
    """A ticket that could be run. cost: GPU-hours still to use + hours of work x rate.

    assumed: what nobody said; flags: why it may not start (plain words).
    """

    ticket: Experiment
    cost: float
    gpu: float
    hours: float
    power: float
    priority: Priority | NotComputable
    assumed: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()

    def score(self, order: str) -> float:
        """What it is ranked by: value x EIG / cost (learn) or p x value / cost (earn)."""
        if isinstance(self.priority, NotComputable):
            return -1.0
        return self.priority.score if order == "learn" else self.priority.value_score


@dataclass(frozen=True)
class Load:
    """What is committed against what the team usually decides.

    sure: decided in 85 % of past sprints, None under three of them; share: of past sprints with
    at least as many as committed.
    """

    committed: int
    past: tuple[int, ...]
    sure: int | None
    share: float | None

    @property
    def is_over(self) -> bool:
        """True when more is committed than 85 % of the past sprints decided."""
        return self.sure is not None and self.committed > self.sure


@dataclass(frozen=True)
class Kept:
    """One commitment. late: added after the start; gone: taken out after the start.

    state: decided | running | not started; outcome: killed | promoted | "".
    """

    number: int
    title: str
    stage: str
    state: str
    outcome: str = ""
    kind: str = "exploration"
    gpu: float = 0.0
    late: bool = False
    by: str = ""
    why: str = ""
    gone: bool = False
    gone_by: str = ""
    gone_why: str = ""

    @property
    def number_id(self) -> str:
        """`EXP-042`."""
        return experiment_id(self.number)


@dataclass(frozen=True)
class Plan:
    """What a team committed to. split: per cent by kind; day: of the sprint when planned, 0 when
    before it.
    """

    span: Span
    goal: str
    kept: tuple[Kept, ...]
    capacity: float | None
    split: Mapping[str, int]
    phase: Phase
    weeks: int
    load: Load
    by: str
    day: int = 0

    @property
    def now(self) -> tuple[Kept, ...]:
        """What is committed to now."""
        return tuple(one for one in self.kept if not one.gone)

    @property
    def added(self) -> tuple[Kept, ...]:
        """What came in after the start."""
        return tuple(one for one in self.kept if one.late)

    @property
    def removed(self) -> tuple[Kept, ...]:
        """What was taken out after the start."""
        return tuple(one for one in self.kept if one.gone)

    @property
    def gpu(self) -> float:
        """GPU-hours still budgeted for what is committed."""
        return sum(one.gpu for one in self.now)

    def gpu_of(self, kind: str) -> float:
        """The same for one kind of work."""
        return sum(one.gpu for one in self.now if one.kind == kind)


@dataclass(frozen=True)
class Planning:
    """What a sprint could hold. carried: experiments that run already. plan: what stands, or
    None; begun: it has started; seen: of which plan this was made ("" for none).
    """

    span: Span
    day: int
    candidates: tuple[Candidate, ...]
    carried: tuple[Experiment, ...]
    order: str
    rate: float
    phase: Phase
    weeks: int
    capacity: float | None
    past: tuple[int, ...]
    plan: Plan | None
    begun: bool
    seen: str
    may: bool


@dataclass(frozen=True)
class Scope:
    """A change of what a sprint holds. late: after its start, so a change of scope."""

    number: int
    title: str
    sprint: int
    added: bool
    late: bool
    by: str
    why: str


def weigh(
    ticket: Experiment,
    record: KindRecord,
    *,
    power: float | None,
    rate: float = RATE,
    flags: Sequence[str] = (),
) -> Candidate:
    """The candidate with its priority. power: of its eval set, None when unknown.

    Cost to go, in GPU-hours: what is left of the budget, and people's hours at `rate` each.
    """
    gpu = max(0.0, ticket.gpu_budget - ticket.gpu_used)
    hours = HOURS if ticket.people_hours is None else ticket.people_hours
    cost = gpu + hours * rate
    assumed = [
        *([f"worth {WORTH}"] if ticket.worth is None else []),
        *([f"{HOURS:g} h of work"] if ticket.people_hours is None else []),
        *([f"power {POWER:.0%}"] if power is None else []),
    ]
    found = priority(
        record,
        power=POWER if power is None else power,
        value=WORTH if ticket.worth is None else ticket.worth,
        cost=cost,
    )
    seen = POWER if power is None else power
    return Candidate(ticket, cost, gpu, hours, seen, found, tuple(assumed), tuple(flags))


def record_of(kind: str, decided: Mapping[tuple[str, str], int]) -> KindRecord:
    """The team's own record of that kind of work. decided: how many by kind and outcome."""
    theirs = {outcome: count for (of, outcome), count in decided.items() if of == kind}
    return KindRecord(theirs.get("promoted", 0), sum(theirs.values()))


def ranked(found: Sequence[Candidate], order: str) -> list[Candidate]:
    """The best first; equal ones by number."""
    return sorted(found, key=lambda one: (-one.score(order), one.ticket.number))


def complete(split: Mapping[str, int]) -> dict[str, int]:
    """Every kind of work with its per cent."""
    return {kind: int(split.get(kind, 0)) for kind in KINDS}
