"""An experiment's runs and mistakes as a researcher sees them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.evals.errors import Confusion, Hard, Turned
from core.experiments.experiment import Experiment
from core.tracking.kept import Kept
from core.tracking.wanted import RunFilter

Spec = dict[str, Any]


@dataclass(frozen=True)
class Mistakes:
    """What the newest push of the candidate got wrong. source: which push, at when it came;
    metric: what `hard` goes by, "" when it has none of the ticket's; examples: 0 where it only
    told means; turned: against the newest baseline, None without one. has_texts: somebody pushed
    them.
    """

    source: str
    at: datetime
    metric: str
    examples: int
    hard: tuple[Hard, ...]
    confusion: Confusion | None
    turned: Turned | None = None

    @property
    def has_texts(self) -> bool:
        """True when the examples' texts were pushed with them."""
        return any(one.text for one in self.hard)


@dataclass(frozen=True)
class RunsSeen:
    """runs: the wanted ones that count, oldest first; of: how many there are. tracked: the team
    has a tracker. specs: pictures. means: what its step from the baseline
    means for customers, "" where that is not certain.
    """

    ticket: Experiment
    runs: tuple[Kept, ...]
    of: int
    filter: RunFilter
    tracked: bool
    specs: tuple[Spec, ...]
    mistakes: Mistakes | None
    means: str = ""

    @property
    def kinds(self) -> set[str]:
        """losses | sweep | confusion: the pictures that there are."""
        return {spec["kind"] for spec in self.specs}
