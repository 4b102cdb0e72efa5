"""What became of the proposals to kill: the team's own table, by rule set."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.figures import percent

ENOUGH = 5  # proposals; below it a rate says nothing


@dataclass(frozen=True)
class Outcome:
    """One experiment that a rule set proposed to kill. stage: where it is now.

    gpu_saved: GPU-hours unused when it was killed on that proposal, None when it never was.
    """

    number: int
    rule_set: str
    stage: str
    gpu_saved: float | None = None

    @property
    def is_followed(self) -> bool:
        """Killed on the proposal, and not brought back."""
        return self.stage == "killed" and self.gpu_saved is not None

    @property
    def is_wrong(self) -> bool:
        """A winner: promoted although its kill was proposed, with or without a kill between."""
        return self.stage == "production"


@dataclass(frozen=True)
class Record:
    """One rule set's outcomes. gpu_saved: GPU-hours of the kills that stand."""

    rule_set: str
    proposals: int
    followed: int
    gpu_saved: float
    wrong: tuple[int, ...]

    @property
    def wrong_share(self) -> str:
        """`14 %` of the proposals, or that there are too few to say."""
        if self.proposals < ENOUGH:
            return f"not enough data ({self.proposals} of {ENOUGH})"
        return percent(len(self.wrong) / self.proposals)


def record(outcomes: Sequence[Outcome], rule_set: str) -> Record:
    """That rule set's line of the table; an experiment counts once."""
    mine = [one for one in outcomes if one.rule_set == rule_set]
    followed = [one for one in mine if one.is_followed]
    saved = sum(one.gpu_saved or 0.0 for one in followed)
    wrong = tuple(one.number for one in mine if one.is_wrong)
    return Record(rule_set, len(mine), len(followed), saved, wrong)
