"""Signs of the wrong phase (source document, chapter 1), each a rule with its arithmetic, and the
page of the phase that shows them.

exploring: still exploring after 8 weeks without a decision gate. polishing: "a 75 % model to
77 %". unshipped: never shipping. almost: almost done forever. A rule says that it holds, that it
does not, or that there is not enough data; none acts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from core import facts
from core.experiments.metric import Metric, better
from core.figures import number, percent
from core.quantity import experiment_id
from core.sprints.phase import Phase
from core.sprints.phase_place import Gate, Place, Ratio

KINDS = ("exploring", "polishing", "unshipped", "almost")
NAMES = {
    "exploring": "Still exploring",
    "polishing": "Polishing in the wrong phase",
    "unshipped": "Never shipping",
    "almost": "Almost done forever",
}
FIXES = {
    "exploring": "Set a hard decision gate: “by sprint N we pick one approach”, with kill "
    "criteria for the rest; then `/phase set convergence why`.",
    "polishing": "Step back. Is that good enough? If not, a different architecture might get what "
    "tuning does not: put exploration into the next sprint.",
    "unshipped": "Ship with guardrails. A 90% model with good fallbacks beats a 95% model that "
    "never ships: write them with `/exp edit`, test them, then `/exp promote`.",
    "almost": "Decide: ship what there is with guardrails, or write down what would still change "
    "the result and kill the rest.",
}
EXPLORE_WEEKS = 8
EXPLORING = 0.5  # share of exploring from which a team explores
SMALL, LARGE = 0.02, 0.10  # of the target: a gain that is polish, a gap that is none
NEAR = 0.02  # of the target: "almost done"
SPRINTS = 3
SHIP_WEEKS = 2
EXTENSIONS = 3
_Z = 1.645  # as in core/stats/learning_curve: one-sided 95 %
AGAIN = timedelta(weeks=4)


@dataclass(frozen=True)
class Symptom:
    """holds: None when there is not enough data. text: the arithmetic, or what is missing."""

    kind: str
    holds: bool | None
    text: str


@dataclass(frozen=True)
class Ready:
    """An open experiment that could be in production. since: when that was first so; why."""

    number: int
    since: datetime
    why: str


@dataclass(frozen=True)
class SymptomEpisode:
    """What the leads heard of a symptom. since: from when on it holds without a break."""

    holds: bool
    since: datetime
    told_at: datetime | None
    snoozed_until: datetime | None


def exploring(place: Place | None, ratio: Ratio, without_kill: Sequence[int]) -> Symptom:
    """Eight weeks of exploring and no gate to end it. without_kill: open explorations that have
    no kill criteria.
    """
    kind = "exploring"
    if place is None:
        return Symptom(kind, None, "there is no experiment yet")
    gate = place.gate
    if gate is not None and gate.key != "discovery":
        return Symptom(kind, False, f"the gate to {gate.key} was decided on {gate.on}")
    weeks = place.phase_week if gate else place.week
    if weeks <= EXPLORE_WEEKS:
        return Symptom(kind, False, f"week {weeks} of {EXPLORE_WEEKS} to explore in")
    share = ratio.best
    if share is None:
        return Symptom(kind, None, "too little ran lately to say what the team does")
    text = f"week {weeks}, no decision gate, {percent(share)} of the work since "
    text += f"{facts.day(ratio.since)} explores"
    if without_kill:
        ids = ", ".join(experiment_id(one) for one in without_kill[:5])
        text += f"; without kill criteria: {ids}"
    return Symptom(kind, share >= EXPLORING, text)


def polishing(
    metric: Metric, best: Sequence[float | None], ratio: Ratio, noise: float | None
) -> Symptom:
    """Small gains far from the target, while the team tunes. best: each sprint's best result, the
    running one last; noise: standard error of one evaluation.
    """
    kind, series = "polishing", _so_far(metric, best)
    if metric.target is None:
        return Symptom(kind, None, "the headline metric has no target")
    if len(series) < SPRINTS:
        return Symptom(kind, None, _few_results(series))
    share = ratio.best
    if share is None:
        return Symptom(kind, None, "too little ran lately to say what the team does")
    was, now = series[-SPRINTS], series[-1]
    gap, gain = abs(metric.target - now), abs(now - was)
    small = max(SMALL * abs(metric.target), _Z * 2**0.5 * (noise or 0.0))
    reached = not better(metric, metric.target, now)
    text = f"{metric.name} {number(was)} → {number(now)} in {SPRINTS} sprints (gain "
    text += f"{number(gain)}, polish up to {number(small)}), gap to {number(metric.target)}: "
    text += f"{number(gap)}; {percent(1 - share)} of the work tunes and builds"
    large = gap > LARGE * abs(metric.target)
    return Symptom(kind, not reached and gain <= small and large and share <= EXPLORING, text)


def unshipped(ready: Sequence[Ready], now: datetime, *, known: bool) -> Symptom:
    """Something has been good enough for two weeks and is not in production. known: some
    experiment has a result.
    """
    kind = "unshipped"
    if not known:
        return Symptom(kind, None, "no experiment has a result yet")
    late = [one for one in ready if now - one.since >= timedelta(weeks=SHIP_WEEKS)]
    if not late:
        return Symptom(kind, False, f"nothing is ready for {SHIP_WEEKS} weeks and not promoted")
    parts = [f"{experiment_id(one.number)} {one.why} for {_weeks(now - one.since)}, not promoted"
             for one in late[:3]]  # fmt: skip
    return Symptom(kind, True, "; ".join(parts))


def almost(
    metric: Metric, best: Sequence[float | None], extended: Sequence[tuple[int, int]]
) -> Symptom:
    """Within two points of the target for three sprints, or a box extended three times.
    extended: open experiments, each with how often.
    """
    kind = "almost"
    often = [one for one in extended if one[1] >= EXTENSIONS]
    boxes = [f"{experiment_id(number_)}’s box was extended {times} times"
             for number_, times in often[:3]]  # fmt: skip
    series = _so_far(metric, best)
    if metric.target is None or len(series) < SPRINTS:
        what = "the headline metric has no target" if metric.target is None else (
            _few_results(series))  # fmt: skip
        return Symptom(kind, True if boxes else None, "; ".join(boxes) or what)
    last = series[-SPRINTS:]
    most = NEAR * abs(metric.target)
    near = all(better(metric, metric.target, v) and abs(metric.target - v) <= most + 1e-9
               for v in last)  # fmt: skip
    shown = ", ".join(number(value) for value in last)
    text = f"{metric.name} after the last {SPRINTS} sprints: {shown}; target "
    text += f"{number(metric.target)}, almost means at most {number(most)} short"
    if near or not boxes:
        boxes = [text, *boxes]
    return Symptom(kind, near or bool(often), "; ".join(boxes))


def is_due(told: SymptomEpisode, now: datetime) -> bool:
    """True when the leads have to hear of it: it holds, and they did not hear of this time, or
    four weeks ago; never while it is snoozed.
    """
    if not told.holds or (told.snoozed_until is not None and told.snoozed_until > now):
        return False
    if told.told_at is None or told.told_at < told.since:
        return True
    return now - told.told_at >= AGAIN


def _so_far(metric: Metric, best: Sequence[float | None]) -> list[float]:
    """The best result until the end of each sprint, from the first with one on."""
    found: list[float] = []
    for value in best:
        if value is None:
            found += found[-1:]
        elif found and not better(metric, value, found[-1]):
            found.append(found[-1])
        else:
            found.append(value)
    return found


def _few_results(series: Sequence[float]) -> str:
    return f"evaluated results in {len(series)} sprints, {SPRINTS} are needed"


def _weeks(span: timedelta) -> str:
    return f"{span.days // 7} weeks"


@dataclass(frozen=True)
class Page:
    """What `/phase` shows. place: None while there is no experiment; gates: decisions so far;
    snoozed: until when symptoms are silent, by kind.
    """

    place: Place | None
    ratio: Ratio
    symptoms: tuple[Symptom, ...]
    gates: tuple[Gate, ...]
    leads: bool
    snoozed: Mapping[str, datetime] = field(default_factory=dict)


@dataclass(frozen=True)
class Decided:
    """A gate decision. before: the phase it left; phase: the one it opened."""

    gate: Gate
    before: Phase
    phase: Phase
