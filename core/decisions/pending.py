"""An experiment that waits for a decision, and what people were told about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from core.decisions.kill_criteria import Unjudged
from core.decisions.policy import Verdict
from core.experiments.experiment import Experiment

MOST_NUDGES = 3  # per person and episode
STRENGTH = {"kill": 0, "promote": 1, "decide": 2, "update": 3, "warn": 4}


@dataclass(frozen=True)
class Pending:
    """A proposal. verdicts: the strongest first. settled: what became of it; "" while open.

    snoozed_until, snoozed_by: who silenced it until when. owner_left: the owner is no longer in
    the workspace. today: the day where its reader is. rule_set: which rules spoke.
    """

    ticket: Experiment
    verdicts: tuple[Verdict, ...]
    at: datetime
    today: date
    unjudged: tuple[Unjudged, ...] = ()
    settled: str = ""
    snoozed_until: datetime | None = None
    snoozed_by: str = ""
    owner_left: bool = False
    rule_set: str = "honest"

    @property
    def strongest(self) -> Verdict:
        """The verdict to name first."""
        return self.verdicts[0]

    def is_snoozed(self, now: datetime) -> bool:
        """True while somebody's snooze lasts."""
        return self.snoozed_until is not None and self.snoozed_until > now


def by_strength(verdicts: Sequence[Verdict]) -> tuple[Verdict, ...]:
    """Kill before promote before decide before update; the rules' own order within each."""
    return tuple(sorted(verdicts, key=lambda verdict: STRENGTH[verdict.action]))
