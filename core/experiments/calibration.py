"""How good a team's hypotheses are: predictions of decided experiments against what came of them,
and what became of the last ones, which is the honest start of a new prediction.

Brier (1950): mean squared error of the chances. The base rate beside it is the forecast that
says the team's own share of successes for every ticket; its error is share * (1 - share). It
knows that share afterwards, so it is hard to beat.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from statistics import median

from core.experiments import prediction
from core.experiments.experiment import Experiment
from core.experiments.prediction import Predicted
from core.stats.proportion import wilson
from core.stats.sample import Interval, NotComputable

ENOUGH = 10  # scored predictions before anything is said
BINS = ((0.0, 0.2), (0.2, 0.4), (0.4, 0.6), (0.6, 0.8), (0.8, 1.0))
LAST = 20
ENOUGH_DECIDED = 5  # of one's own; below it the team's count


@dataclass(frozen=True)
class Bin:
    """Predictions with a chance in [low, high) (the last one includes 1). said: their mean."""

    low: float
    high: float
    count: int
    said: float
    happened: float


@dataclass(frozen=True)
class Row:
    """One sprint's scored predictions. loss: mean squared error, None without chances."""

    label: str
    chances: int
    loss: float | None
    ranges: int
    held: int


@dataclass(frozen=True)
class Quality:
    """chances, ranges: how many were scored. loss, base_loss, bins: None and empty below ENOUGH;
    share, interval: of ranges that held (95 % Wilson), None below ENOUGH. silent: decided without
    any prediction.
    """

    chances: int
    ranges: int
    silent: int
    loss: float | None
    base_loss: float | None
    rate: float | None
    bins: tuple[Bin, ...]
    held: int
    share: float | None
    interval: Interval | None
    trend: tuple[Row, ...]


def quality(
    decided: Sequence[Predicted], sprint_of: Callable[[Predicted], str], *, silent: int = 0
) -> Quality:
    """The record of these decided tickets. sprint_of: the sprint's label; silent: decided ones
    beside them, of which nothing was predicted.
    """
    scored = [(one, prediction.outcome(one)) for one in decided]
    made = [(one, seen) for one, seen in scored if seen is not None]
    said = [(one.predicted_chance or 0.0, seen) for one, seen in made if seen.loss is not None]
    chances = [(chance, seen.succeeded) for chance, seen in said]
    ranges = [seen.held for _, seen in made if seen.held is not None]
    known = len(chances) >= ENOUGH
    rate = sum(hit for _, hit in chances) / len(chances) if known else None
    return Quality(
        chances=len(chances),
        ranges=len(ranges),
        silent=silent + len(decided) - len(made),
        loss=_loss(chances) if known else None,
        base_loss=rate * (1 - rate) if rate is not None else None,
        rate=rate,
        bins=_bins(chances) if known else (),
        held=sum(ranges),
        share=sum(ranges) / len(ranges) if len(ranges) >= ENOUGH else None,
        interval=_interval(sum(ranges), len(ranges)),
        trend=_trend(made, sprint_of),
    )


def _loss(chances: Sequence[tuple[float, bool]]) -> float:
    return sum((chance - hit) ** 2 for chance, hit in chances) / len(chances)


def _interval(held: int, count: int) -> Interval | None:
    found = wilson(held, count, confidence=0.95) if count >= ENOUGH else None
    return None if isinstance(found, NotComputable) else found


def _bins(chances: Sequence[tuple[float, bool]]) -> tuple[Bin, ...]:
    found = []
    for low, high in BINS:
        inside = [(p, hit) for p, hit in chances if low <= p < high or p == high == 1.0]
        if inside:
            said = sum(p for p, _ in inside) / len(inside)
            happened = sum(hit for _, hit in inside) / len(inside)
            found.append(Bin(low, high, len(inside), said, happened))
    return tuple(found)


def _trend(
    made: Sequence[tuple[Predicted, prediction.Outcome]], sprint_of: Callable[[Predicted], str]
) -> tuple[Row, ...]:
    sprints: dict[str, list[prediction.Outcome]] = {}
    for one, seen in made:
        sprints.setdefault(sprint_of(one), []).append(seen)
    rows = []
    for label, seen_all in sprints.items():
        losses = [seen.loss for seen in seen_all if seen.loss is not None]
        held = [seen.held for seen in seen_all if seen.held is not None]
        loss = sum(losses) / len(losses) if losses else None
        rows.append(Row(label, len(losses), loss, len(held), sum(held)))
    return tuple(rows)


@dataclass(frozen=True)
class BaseRate:
    """The last decided experiments. own: the person's; else the whole team's; wide: those of all
    teams that the reader may read.

    days: median calendar days from the start of the box (else from writing) to the decision;
    gpu: median GPU-hours. count below ENOUGH: too few to say anything.
    """

    own: bool
    count: int
    promoted: int
    days: float
    gpu: float
    wide: bool = False

    @property
    def is_known(self) -> bool:
        """Enough were decided to say something."""
        return self.count >= ENOUGH_DECIDED


def base_rate(
    tickets: Sequence[Experiment], owner: str, ours: Collection[int] | None = None
) -> BaseRate:
    """Of the owner's last 20 decided tickets; of the team's when the owner has fewer than five; of
    all when the team has fewer, too. ours: the team's numbers, None when all are.
    """
    decided = [one for one in tickets if not one.is_open and one.decided_at]
    decided.sort(key=lambda one: (one.decided_at or one.created_at, one.number))
    mine = [one for one in decided if one.owner == owner]
    own = len(mine) >= ENOUGH_DECIDED
    team = [one for one in decided if ours is None or one.number in ours]
    wide = not own and len(team) < ENOUGH_DECIDED <= len(decided)
    last = (mine if own else decided if wide else team)[-LAST:]
    if not last:
        return BaseRate(own, 0, 0, 0.0, 0.0)
    return BaseRate(
        own=own,
        count=len(last),
        promoted=sum(one.stage == "production" for one in last),
        days=median(_days(one) for one in last),
        gpu=median(one.gpu_used for one in last),
        wide=wide,
    )


def _days(one: Experiment) -> int:
    assert one.decided_at is not None
    starts = one.box_starts or one.created_at.date()
    return max(0, (one.decided_at.date() - starts).days)
