"""A whole experiment judged by its Definition of Done: candidate against limits and baseline."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from core.evals import no_regression
from core.evals.definition_of_done import NO_REGRESSION, Requirement
from core.evals.gate import GateVerdict, MetricVerdict, combined, gate, judge, not_measured
from core.evals.metric import Check, Metric
from core.evals.no_regression import Compared
from core.evals.push import Push, other_inputs, side, slice_keys
from core.evals.scores import Arm
from core.evals.slices import changed_mix, regressed_slices, widest_gap
from core.stats.sample import SETS_DIFFER, NotComputable
from core.stats.sequential import spent_at

NO_SLICE_MARGIN = 0.05  # shown for slices of metrics that have no margin of their own


@dataclass(frozen=True)
class Evidence:
    """What is judged. confirmed: name → evidence of what somebody confirmed. look: see judge.
    others: sides to compare with in what the baseline did not measure, the best first.
    """

    candidate: Push | None = None
    baseline: Push | None = None
    confirmed: Mapping[str, str] = field(default_factory=dict)
    look: int = 1
    others: tuple[Push, ...] = ()
    _sides: dict[str, tuple[Arm | None, Arm | None]] = field(
        default_factory=dict, compare=False, repr=False
    )

    def sides(self, score: str) -> tuple[Arm | None, Arm | None]:
        """Candidate and baseline as measured by that score, put together once; no comparison
        where an example has another input on the baseline's side.
        """
        if score not in self._sides:
            one = side(self.candidate, score) if self.candidate else None
            self._sides[score] = one, self._compared(score, one)
        return self._sides[score]

    def _compared(self, score: str, candidate: Arm | None) -> Arm | None:
        pushed = (self.baseline, *self.others) if self.baseline else self.others
        found = ((push, side(push, score)) for push in pushed)
        push, arm = next(((p, a) for p, a in found if a is not None), (None, None))
        if push is None or self.candidate is None or candidate is None:
            return arm
        changed = other_inputs(self.candidate, push)
        if not set(changed) & set(candidate.examples):
            return arm
        reason = f"{score}: {len(changed)} examples have another input on the baseline's "
        reason += f"side, for instance {changed[0]}."
        return Arm(fault=NotComputable(SETS_DIFFER, reason, tuple(changed[:50])))


def judge_all(requirements: Sequence[Requirement], evidence: Evidence) -> GateVerdict:
    """The gate over all requirements; whatever was not pushed is not measured."""
    return gate(
        [replace(_judged(one, evidence, requirements), group=one.group) for one in requirements]
    )


def slices_told(requirements: Sequence[Requirement], evidence: Evidence) -> tuple[Check, ...]:
    """Every slicing of every share that both sides measured, also where nothing rests on it."""
    if not (evidence.candidate and evidence.baseline):
        return ()
    found = []
    for one in requirements:
        arms = evidence.sides(one.measures)
        if one.kind != "rate" or arms[0] is None or arms[1] is None or not arms[0].examples:
            continue
        for key in slice_keys(evidence.candidate):
            check, told = regressed_slices(
                one.metric, arms[0], arms[1], by=key, margin=_margin(one, arms[1])
            )
            found += [check] if told.slices else []
    return tuple(found)


def _judged(found: Requirement, evidence: Evidence, every: Sequence[Requirement]) -> MetricVerdict:
    if found.kind == NO_REGRESSION:
        return _not_worse(found, evidence, every)
    if found.kind == "confirmed":
        return _confirmed(found, evidence.confirmed.get(found.name))
    metric = replace(found.metric, alpha=spent_at(evidence.look))
    candidate, baseline = evidence.sides(found.measures)
    if candidate is None:
        return not_measured(metric)
    verdict = judge(metric, candidate, baseline, look=evidence.look)
    more = _slice_checks(found, metric, candidate, baseline)
    if metric.fault or not more:
        return verdict
    checks = [*verdict.checks, *more]
    return combined(metric, checks, candidate=candidate, baseline=baseline)


def _not_worse(
    found: Requirement, evidence: Evidence, every: Sequence[Requirement]
) -> MetricVerdict:
    if evidence.candidate is None:
        return not_measured(found.metric)
    named = {one.measures for one in every if evidence.sides(one.measures)[0] is not None}
    measured = {*evidence.candidate.metrics, *named}
    wanted = no_regression.left(every, measured)
    sides = []
    for score in sorted(measured - no_regression.covered(every)):
        candidate, baseline = evidence.sides(score)
        if candidate is not None:
            sides.append(Compared(score, candidate, baseline, wanted.get(score)))
    if not sides and measured and not found.metric.fault:
        return no_regression.held_by_others(found)
    return no_regression.judged(found, sides, look=evidence.look)


def _slice_checks(
    found: Requirement, metric: Metric, candidate: Arm, baseline: Arm | None
) -> list[Check]:
    checks: list[Check] = []
    for key in found.slices:
        if baseline is not None and found.margin is not None:
            if baseline.fault is None and not set(candidate.examples) & set(baseline.examples):
                checks.append(changed_mix(metric, candidate, baseline, by=key))
            else:
                margin = _margin(found, baseline)
                checks.append(
                    regressed_slices(found.metric, candidate, baseline, by=key, margin=margin)[0]
                )
        if found.gap is not None:
            checks.append(widest_gap(metric, candidate, by=key, max_gap=found.gap))
    return checks


def _margin(found: Requirement, baseline: Arm) -> float:
    if found.margin is None:
        return NO_SLICE_MARGIN
    if found.relative and baseline.fault is None:
        return found.margin * abs(baseline.mean)
    return found.margin


def _confirmed(found: Requirement, proof: str | None) -> MetricVerdict:
    if proof is not None:
        said = f"{found.name} is confirmed: {proof}" if proof else f"{found.name} is confirmed."
        return MetricVerdict(found.name, "PASS", "", said, found.blocking)
    reason = f"{found.name} is not confirmed."
    return MetricVerdict(found.name, "INCONCLUSIVE", "not confirmed", reason, found.blocking)


def anytime_p(verdicts: Sequence[MetricVerdict]) -> float | None:
    """The smallest anytime p over the blocking metrics, or None on the first look."""
    known = [c.p_anytime for v in verdicts if v.blocking for c in v.checks]
    return min((p for p in known if p is not None), default=None)


def limits_of(found: Requirement) -> str:
    """What must hold, as people read it: `≥ 90 %, not worse by 2 points`."""
    if found.kind == "confirmed":
        return "somebody confirms it"
    if found.kind == NO_REGRESSION:
        margin = f"{100 * (found.margin or 0):.4g}"
        return f"no other measured metric worse by {margin} points (shares) or {margin}%"
    if found.kind == "exact":
        return "every example must match"
    sign = "≥" if found.direction == "higher" and found.kind != "consistency" else "≤"
    parts = [f"{found.runs} runs"] if found.kind == "consistency" else []
    metric = replace(found, kind="mean").metric if found.kind == "consistency" else found.metric
    if found.threshold is not None:
        parts.append(f"{sign} {metric.shown(found.threshold)}")
    if found.margin is not None:
        worse = f"{100 * found.margin:.4g}%" if found.relative else ""
        parts.append(f"not worse by {worse or metric.change(found.margin).lstrip('+')}")
    if found.slices:
        gap = f", at most {100 * found.gap:.3g} points apart" if found.gap else ""
        parts.append(f"by {', '.join(found.slices)}{gap}")
    return ", ".join(parts)
