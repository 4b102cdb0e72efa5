"""Planning a sprint: candidates by what they teach for their cost, and what fits into it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.experiment import Experiment
from core.phase import KINDS, Phase
from core.priority import Priority, Record, priority
from core.quantity import experiment_id
from core.sample import NotComputable
from core.sprint import Span
from core.velocity import Decision

STAGES = ("backlog", "hypothesis", "iteration")
ORDERS = ("learn", "earn")
WORTH, HOURS, POWER = 5, 8.0, 0.8  # taken when nobody said: shown as assumed
RATE = 20.0  # GPU-hours that an hour of somebody's work counts as, unless the team sets it
MOST = 25  # experiments in one sprint


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
class Offer:
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
    record: Record,
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


def record_of(kind: str, decided: Sequence[Decision]) -> Record:
    """The team's own record of that kind of work."""
    theirs = [one for one in decided if one.kind == kind]
    return Record(sum(one.outcome == "promoted" for one in theirs), len(theirs))


def ranked(found: Sequence[Candidate], order: str) -> list[Candidate]:
    """The best first; equal ones by number."""
    return sorted(found, key=lambda one: (-one.score(order), one.ticket.number))


def complete(split: Mapping[str, int]) -> dict[str, int]:
    """Every kind of work with its per cent."""
    return {kind: int(split.get(kind, 0)) for kind in KINDS}
