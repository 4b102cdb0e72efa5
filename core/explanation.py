"""Every rule on one ticket: fired or not, and why, with the ticket's own numbers."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from core import criterion
from core import proposal_document as document
from core.criterion import Unjudged
from core.experiment import Experiment
from core.limits import Limits, RuleSet
from core.proposal import by_clock, by_results
from core.verdict import Finding, Verdict


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
    other: RuleSet = "document" if limits.rule_set == "honest" else "honest"
    return Explanation(
        ticket=experiment,
        rule_set=limits.rule_set,
        rules=(
            *criterion.verdicts(experiment, today),
            *criterion.unmet(experiment, today),
            *by_results(experiment, limits),
            *by_clock(experiment, now, where, limits),
        ),
        other_set=other,
        other=by_results(experiment, limits, other),
        bare=_bare(experiment),
        unjudged=criterion.unjudged(experiment),
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
