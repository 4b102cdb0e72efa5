"""What the headline metric was measured on: the test set of the experiment it comes from."""

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session

from core.digest.week import Measured
from core.experiments.experiment import Experiment
from core.experiments.headline import Headline, Metric, headline
from core.stats.proportion import wilson
from core.stats.sample import Interval
from models.evals import gate as table
from models.experiments import experiment as experiments
from models.team import Team


def tested(
    session: Session, theirs: Team, metric: Metric, known: Sequence[Experiment], on: date
) -> Measured | None:
    """Test set size of the headline's experiment, with the 90 % range its size leaves open
    (Wilson) where the metric is a share; None while no results were pushed for it.
    """
    head = headline(metric, known, (), on=on)
    if head.current is None or not head.via:
        return None
    row = experiments.find(session, theirs.pk, head.via)
    pushed = table.newest_head(session, row.id, "candidate") if row and row.id else None
    if pushed is None or pushed.examples < 1:
        return None
    low, high = _range(head, pushed.examples)
    return Measured(pushed.examples, low, high)


def _range(head: Headline, examples: int) -> tuple[float | None, float | None]:
    if not head.percent or head.current is None or not 0 <= head.current <= 1:
        return None, None
    found = wilson(head.current * examples, examples)
    return (found.low, found.high) if isinstance(found, Interval) else (None, None)
