"""What became of the proposals to kill: the team's own table, by rule set."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.figures import percent

NAMED = 5
ENOUGH = 5  # proposals; below it a rate says nothing


@dataclass(frozen=True)
class Outcome:
    """Experiments that a rule set proposed to kill. stage: where they are now; count: how many.

    killed: the newest of those proposals ended in the kill, which left gpu_saved GPU-hours unused.
    """

    rule_set: str
    stage: str
    killed: bool
    count: int
    gpu_saved: float = 0.0

    @property
    def is_followed(self) -> bool:
        """Killed on the proposal, and not brought back."""
        return self.stage == "killed" and self.killed

    @property
    def is_wrong(self) -> bool:
        """Winners: promoted although their kill was proposed, with or without a kill between."""
        return self.stage == "production"


@dataclass(frozen=True)
class RuleRecord:
    """One rule set's outcomes. gpu_saved: GPU-hours of the kills that stand. named: the numbers
    of the first `wrong` ones.
    """

    rule_set: str
    proposals: int
    followed: int
    gpu_saved: float
    wrong: int
    named: tuple[int, ...] = ()

    @property
    def wrong_share(self) -> str:
        """`14 %` of the proposals, or that there are too few to say."""
        if self.proposals < ENOUGH:
            return f"not enough data ({self.proposals} of {ENOUGH})"
        return percent(self.wrong / self.proposals)


def record(outcomes: Sequence[Outcome], rule_set: str, named: Sequence[int]) -> RuleRecord:
    """That rule set's line of the table; an experiment counts once."""
    mine = [one for one in outcomes if one.rule_set == rule_set]
    followed = [one for one in mine if one.is_followed]
    return RuleRecord(
        rule_set,
        sum(one.count for one in mine),
        sum(one.count for one in followed),
        sum(one.gpu_saved for one in followed),
        sum(one.count for one in mine if one.is_wrong),
        tuple(named),
    )
