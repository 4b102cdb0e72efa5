"""One side's results of one metric: by example where possible, by run where not.

The example is the unit: its scores are averaged over the runs. Nothing is dropped silently: a
missing or non-finite score, an example that a run left out or an example that comes twice makes
the whole side unusable, and says which.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from core.stats.sample import NO_DATA, NOT_FINITE, NotComputable, is_number

_SHOWN = 50  # ids kept in a reason


@dataclass(frozen=True)
class Score:
    """One measurement. run: seed or epoch; cluster: the document or chat it belongs to."""

    example: str
    value: float | None
    run: str = "1"
    cluster: str = ""
    slices: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Arm:
    """Candidate or baseline. values: means over runs by example, or run means without examples.

    raw: every single measurement; units: the document, chat or example each is of.
    steady: no example changed between runs.
    clusters, slices: by example; clusters is empty when there are none.
    fault: why nothing can be computed, or None.
    """

    values: tuple[float, ...] = ()
    examples: tuple[str, ...] = ()
    raw: tuple[float, ...] = ()
    units: tuple[str, ...] = ()
    run_means: tuple[float, ...] = ()
    clusters: tuple[str, ...] = ()
    slices: tuple[Mapping[str, str], ...] = ()
    steady: bool = True
    fault: NotComputable | None = None

    @property
    def mean(self) -> float:
        """Mean of the values; only without a fault."""
        return sum(self.values) / len(self.values)


def arm(scores: Iterable[Score]) -> Arm:
    """The side measured by these scores."""
    by_example: dict[str, list[Score]] = defaultdict(list)
    for score in scores:
        by_example[score.example].append(score)
    fault = _fault(by_example)
    if fault:
        return Arm(fault=fault)
    runs: dict[str, list[float]] = defaultdict(list)
    for found in by_example.values():
        for score in found:
            runs[score.run].append(_known(score))
    first = [found[0] for found in by_example.values()]
    clusters = tuple(score.cluster for score in first)
    return Arm(
        values=tuple(_mean([_known(s) for s in found]) for found in by_example.values()),
        examples=tuple(by_example),
        raw=tuple(_known(score) for found in by_example.values() for score in found),
        units=tuple(s.cluster or s.example for found in by_example.values() for s in found),
        run_means=tuple(_mean(values) for values in runs.values()),
        clusters=clusters if any(clusters) else (),
        slices=tuple(score.slices for score in first),
        steady=all(len({s.value for s in found}) == 1 for found in by_example.values()),
    )


def arm_of_runs(run_means: Sequence[float | None]) -> Arm:
    """A side of which only one mean per run is known: covers run noise, not question noise."""
    if not run_means:
        return Arm(fault=NotComputable(NO_DATA, "There are no scores."))
    known = tuple(value for value in run_means if value is not None and is_number(value))
    if len(known) < len(run_means):
        bad = tuple(f"run {i + 1}" for i, v in enumerate(run_means) if not is_number(v))
        return Arm(fault=_missing(bad, len(run_means)))
    return Arm(values=known, raw=known, run_means=known, steady=len(set(known)) == 1)


def _fault(by_example: Mapping[str, list[Score]]) -> NotComputable | None:
    if not by_example:
        return NotComputable(NO_DATA, "There are no scores.")
    runs = {score.run for found in by_example.values() for score in found}
    twice = [e for e, found in by_example.items() if len({s.run for s in found}) < len(found)]
    if twice:
        reason = f"{len(twice)} examples come twice in one run, for instance {twice[0]}."
        return NotComputable("an example twice in one run", reason, tuple(twice[:_SHOWN]))
    bad = tuple(
        example
        for example, found in by_example.items()
        if len(found) < len(runs) or not all(is_number(score.value) for score in found)
    )
    if bad:
        return _missing(bad, len(by_example))
    if 0 < sum(1 for found in by_example.values() if found[0].cluster) < len(by_example):
        return NotComputable("clusters incomplete", "Only some examples name their cluster.")
    return None


def _missing(bad: tuple[str, ...], total: int) -> NotComputable:
    shown = ", ".join(bad[:5]) + (" …" if len(bad) > 5 else "")
    reason = f"{len(bad)} of {total} have a missing or non-finite score: {shown}."
    return NotComputable(NOT_FINITE, reason, bad[:_SHOWN])


def _known(score: Score) -> float:
    assert score.value is not None  # _fault has looked
    return float(score.value)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
