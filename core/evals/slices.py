"""Slices of one metric as checks of the gate: regressions, gaps, a changed mix.

Pass/fail metrics only. An example is won or lost by its mean over the runs.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from core.evals.metric import Check, Metric, unknown
from core.evals.scores import Arm
from core.stats.sample import SETS_DIFFER, Answer, NotComputable, better_by
from core.stats.slices import (
    PairedSlice,
    RateSlice,
    SliceCheck,
    SlicesCheck,
    gap_check,
    mix_check,
    slices_check,
)

_RANK: dict[Answer, int] = {"FAIL": 0, "INCONCLUSIVE": 1, "PASS": 2}


def regressed_slices(
    metric: Metric, candidate: Arm, baseline: Arm, *, by: str, margin: float
) -> tuple[Check, SlicesCheck]:
    """Every slice of the key `by` on the same examples; margin is an absolute share."""
    nothing = SlicesCheck((), "INCONCLUSIVE")
    fault = candidate.fault or baseline.fault
    if fault:
        return unknown("slices", fault), nothing
    if not candidate.examples or set(candidate.examples) != set(baseline.examples):
        why = NotComputable(SETS_DIFFER, f"{metric.name}: slices need the same examples.")
        return unknown("slices", why), nothing
    base = dict(zip(baseline.examples, baseline.values, strict=True))
    gains: dict[str, list[float]] = defaultdict(list)
    for example, value, slices in zip(
        candidate.examples, candidate.values, candidate.slices, strict=True
    ):
        gains[slices.get(by, "?")].append(better_by(value - base[example], metric.direction))
    found = slices_check([_paired(name, gain) for name, gain in gains.items()], margin=margin)
    bad = [s for s in found.slices if s.verdict != "OK"]
    missing = max((s.missing_examples for s in bad), default=0) or None
    text = f"{metric.name} by {by}: " + (", ".join(map(_told, bad)) or "no slice regressed")
    code = {"FAIL": "slice regressed", "INCONCLUSIVE": "slice too small", "PASS": ""}
    ids = tuple(s.name for s in bad)
    check = Check("slices", found.verdict, code[found.verdict], f"{text}.", ids=ids)
    return replace(check, missing_examples=missing), found


def widest_gap(metric: Metric, candidate: Arm, *, by: str, max_gap: float) -> Check:
    """The worst answer over all pairs of slices of the candidate: no gap above max_gap."""
    counted = _counts(candidate, by)
    if isinstance(counted, NotComputable):
        return unknown("gap", counted)
    worst: Check | None = None
    for one, two in combinations(sorted(counted), 2):
        found = gap_check(counted[one], counted[two], max_gap=max_gap, alpha=metric.alpha)
        if isinstance(found, NotComputable):
            return unknown("gap", found)
        text = f"{metric.name}: {one} against {two} {metric.change(found.gap)}, "
        text += f"allowed {metric.change(max_gap).lstrip('+')}."
        code = "" if found.verdict == "PASS" else "gap between slices"
        check = Check("gap", found.verdict, code, text, found.gap, found.interval, max_gap)
        order = (_RANK[check.verdict], -abs(found.gap))
        if not worst or order < (_RANK[worst.verdict], -abs(worst.estimate or 0.0)):
            worst = check
    why = NotComputable("one slice only", f"{metric.name}: a gap needs two slices by {by}.")
    return worst or unknown("gap", why)


def changed_mix(metric: Metric, candidate: Arm, baseline: Arm, *, by: str) -> Check:
    """Different examples: the difference at the baseline's mix against the margin."""
    if metric.margin is None or metric.relative:
        why = NotComputable("no usable limit", f"{metric.name}: the mix needs an absolute margin.")
        return unknown("mix", why)
    sides = [_counts(side, by) for side in (candidate, baseline)]
    for side in sides:
        if isinstance(side, NotComputable):
            return unknown("mix", side)
    one, two = (side for side in sides if not isinstance(side, NotComputable))
    rows = [RateSlice(s, *one.get(s, (0, 0)), *two.get(s, (0, 0))) for s in sorted({*one, *two})]
    found = mix_check(rows, alpha=metric.alpha)
    if isinstance(found, NotComputable):
        return unknown("mix", found)
    ends = sorted(
        better_by(e, metric.direction) for e in (found.interval.low, found.interval.high)
    )
    verdict: Answer = "INCONCLUSIVE"
    if ends[0] >= -metric.margin:
        verdict = "PASS"
    elif ends[1] < -metric.margin:
        verdict = "FAIL"
    text = f"{metric.name} at the baseline's mix of {by} {metric.change(found.standardised)}, "
    text += f"pooled {metric.change(found.pooled)}"
    text += "; every slice moved the other way than the pooled figure." if found.reversal else "."
    code = "" if verdict == "PASS" else "worse at the baseline's mix"
    figures = found.standardised, found.interval, metric.margin
    return Check("mix", verdict, code, text, *figures)


def _counts(side: Arm, by: str) -> Mapping[str, tuple[int, int]] | NotComputable:
    """(right, n) by slice of a pass/fail metric."""
    if side.fault:
        return side.fault
    if not side.slices or not set(side.values) <= {0.0, 1.0}:
        return NotComputable("not pass/fail", "Gaps and mixes need pass/fail scores by example.")
    found: dict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for value, slices in zip(side.values, side.slices, strict=True):
        name = slices.get(by, "?")
        found[name] = (found[name][0] + int(value), found[name][1] + 1)
    return dict(found)


def _paired(name: str, gains: Sequence[float]) -> PairedSlice:
    return PairedSlice(name, len(gains), sum(g > 0 for g in gains), sum(g < 0 for g in gains))


def _told(check: SliceCheck) -> str:
    if check.verdict == "TOO_SMALL":
        return f"{check.name} too small ({check.n}, {check.missing_examples} missing)"
    return f"{check.name} worse (p {check.p_worse_holm:.2g}, {check.n} examples)"
