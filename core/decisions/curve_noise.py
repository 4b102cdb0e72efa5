"""How noisy is one evaluation, when nobody has said so?

Pushed evals bring their standard error. Else repeated results (nothing was trained between them)
say it, and it is read off the curve: second differences know no trend (their variance is six times
the noise's, as for successive differences in von Neumann 1941), and the spread of the last three
results is large while a curve still moves. The larger counts: too little noise kills winners, too
much only waits.
"""

from collections import defaultdict
from dataclasses import dataclass
from typing import Literal

import numpy as np
import scipy

from core.experiments.experiment import Experiment
from core.stats.sample import Array, is_number

Source = Literal["told", "pushed", "repeats", "curve"]
_SPREAD_OF = 3
_MEDIAN = 0.5


@dataclass(frozen=True)
class Noise:
    """Standard error of one evaluation, in the metric's unit. repeats: what sd rests on, when
    they are all there is. What is not known is at least sd, and what the curve shows beside it.
    """

    sd: float
    source: Source
    repeats: int = 0

    @property
    def is_known(self) -> bool:
        """False when the curve has to say it, too."""
        return self.source in ("told", "pushed")

    @property
    def words(self) -> str:
        """Where it comes from, for a sentence."""
        return {
            "told": "as reported",
            "pushed": "as the results that were pushed last show it",
            "repeats": f"by the curve and {self.repeats} results repeated at one place",
            "curve": "by the curve itself",
        }[self.source]


def noise_of(experiment: Experiment) -> Noise:
    """What is known of the ticket's noise before any curve is looked at."""
    if experiment.noise_sd is not None:
        return Noise(experiment.noise_sd, "told")
    pushed = [look.noise for look in experiment.looks if look.noise]
    if pushed:
        return Noise(pushed[-1], "pushed")
    sd, repeats = _repeated(experiment)
    return Noise(sd, "repeats" if repeats else "curve", repeats)


def spread(values: Array) -> float:
    """The sd of the last three results, whatever trend they have."""
    return float(np.std(values[-_SPREAD_OF:], ddof=1))


def without_trend(values: Array) -> float:
    """The noise that second differences of at least three results show: by the median of
    chi-square, for a few of them more often show too little than too much.
    """
    bends = np.diff(values, 2)
    return float(np.sqrt(np.sum(bends**2) / 6 / scipy.stats.chi2.ppf(_MEDIAN, bends.size)))


def _repeated(experiment: Experiment) -> tuple[float, int]:
    """Pooled sd of results with the same compute behind them, and how many there are."""
    groups: dict[float, list[float]] = defaultdict(list)
    for look in experiment.looks:
        if look.value is not None and look.gpu_used > 0 and is_number(look.value):
            groups[look.gpu_used].append(look.value)
    again = [np.asarray(group) for group in groups.values() if len(group) > 1]
    if not again:
        return 0.0, 0
    squares = sum(float(((group - group.mean()) ** 2).sum()) for group in again)
    count = sum(group.size for group in again)
    return float(np.sqrt(squares / (count - len(again)))), int(count)
