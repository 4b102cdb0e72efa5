"""What an experiment's eval set will be able to show, told when the ticket is written."""

import math
from dataclasses import dataclass

import scipy

from core.experiments.experiment import Experiment
from core.stats.power import ExamplesNeeded, VisibleChange, examples_for_change, visible_change


@dataclass(frozen=True)
class Visible:
    """change: smallest visible change as a share, paired, 80 % power, two-sided 5 %. wanted: the
    change from baseline to target; needed: examples that would show it. None: not known.
    """

    examples: int
    change: float
    wanted: float | None = None
    needed: int | None = None


def visible_on(experiment: Experiment, examples: int) -> Visible | None:
    """For metrics that are shares with a baseline or target between 0 and 1; None for others.

    Nothing is assumed about how alike the two models answer, so the figure is on the safe side.
    """
    baseline, target = experiment.baseline, experiment.target
    level = baseline if baseline is not None else target
    known = [value for value in (baseline, target) if value is not None]
    if level is None or not all(0 < value < 1 for value in known):
        return None
    seen = visible_change(examples, accuracy=level)
    if not isinstance(seen, VisibleChange):
        return None
    if baseline is None or target is None or baseline == target:
        return Visible(examples, seen.paired)
    wanted = abs(target - baseline)
    found = examples_for_change(wanted, accuracy=level)
    needed = found.paired if isinstance(found, ExamplesNeeded) else None
    return Visible(examples, seen.paired, wanted, needed)


def power_on(experiment: Experiment, examples: int) -> float | None:
    """The chance that this many examples show a success as large as the ticket aims at.

    Paired, two-sided 5 %, with the discordant share of two unrelated models (core/stats/power), so
    on
    the safe side; None where that is not defined.
    """
    seen = visible_on(experiment, examples)
    if seen is None or seen.wanted is None or experiment.baseline is None:
        return None
    spread = 2 * experiment.baseline * (1 - experiment.baseline) - seen.wanted**2
    if spread <= 0:
        return 1.0
    shift = seen.wanted * math.sqrt(examples / spread)
    return float(scipy.stats.norm.cdf(shift - scipy.stats.norm.ppf(0.975)))
