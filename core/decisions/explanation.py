"""Every rule on one ticket: fired or not, and why, with the ticket's own numbers."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from core.decisions import kill_criteria
from core.decisions import rules_document as document
from core.decisions.kill_criteria import Unjudged
from core.decisions.policy import Finding, Limits, RuleSet, Verdict
from core.decisions.proposal import at_target, by_clock, by_results, judge
from core.experiments.experiment import Experiment


@dataclass(frozen=True)
class Explanation:
    """rules: what the team's set says, own kill lines first. other: the other set's rules.

    bare: what the source document's `should_kill` answers as it is printed; None when it cannot
    be asked (no target).
    """

    ticket: Experiment
    rule_set: RuleSet
    rules: tuple[Finding, ...]
    other_set: RuleSet
    other: tuple[Finding, ...]
    bare: str | None
    unjudged: tuple[Unjudged, ...]

    @property
    def fired(self) -> tuple[Verdict, ...]:
        """The rules of the team's set that fire."""
        return tuple(one for one in self.rules if isinstance(one, Verdict))


def explain(experiment: Experiment, now: datetime, where: ZoneInfo, limits: Limits) -> Explanation:
    """All rules on the ticket now. where: the owner's zone."""
    today = now.astimezone(where).date()
    spoken = judge(experiment, now, where, limits)
    met = tuple(one for one in at_target(experiment) if one in spoken)
    other: RuleSet = "document" if limits.rule_set == "honest" else "honest"
    return Explanation(
        ticket=experiment,
        rule_set=limits.rule_set,
        rules=(
            *kill_criteria.verdicts(experiment, today),
            *kill_criteria.unmet(experiment, today),
            *by_results(experiment, limits),
            *by_clock(experiment, now, where, limits),
            *met,
        ),
        other_set=other,
        other=by_results(experiment, limits, other),
        bare=_bare(experiment),
        unjudged=kill_criteria.unjudged(experiment),
    )


def _bare(experiment: Experiment) -> str | None:
    if experiment.target is None:
        return None
    return document.bare(
        experiment.values,
        experiment.target,
        used=experiment.gpu_used,
        budget=experiment.gpu_budget,
    )
