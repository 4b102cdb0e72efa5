"""What the team steers by: the first success metric of its canvas, else what it has set up."""

from collections.abc import Sequence

from sqlmodel import Session

from core.experiments.experiment import Experiment
from core.experiments.metric import Metric, most_used, same_name, shared_metric
from models.experiments import experiment as table
from models.experiments import headline as sums
from models.experiments.experiment import Which
from models.team import Team
from services.experiments import experiment


def of(theirs: Team) -> Metric:
    """The headline metric of the team's canvas, else the one it chose; nameless without."""
    from_canvas = canvas_of(theirs)
    if from_canvas is not None:
        return from_canvas
    percent = theirs.chosen.metric_percent
    return Metric(theirs.metric_name, theirs.metric_target, theirs.metric_direction, percent)


def canvas_of(theirs: Team) -> Metric | None:
    """The headline metric as the canvas has it, or None when it has none."""
    kept = theirs.chosen.canvas_metric
    return Metric(**kept) if kept else None


def steer(theirs: Team, metric: Metric | None) -> None:
    """The canvas has that first metric now; None: it has none, so the team's choice counts."""
    theirs.choose(canvas_metric=None if metric is None else vars(metric))


def standing_for(
    session: Session, theirs: Team, opened: Sequence[Experiment] | None = None
) -> Metric:
    """The headline metric: the canvas's, the team's choice, else what most experiments share.
    opened: what is open, where that is known.
    """
    chosen = of(theirs)
    if chosen.name:
        return chosen
    shared = shared_metric(experiment.open_of(session, theirs) if opened is None else opened)
    return shared if shared.name else most_used(sums.uses(session, theirs.pk))


def names_of(session: Session, theirs: Team, metric: Metric) -> list[str]:
    """Every spelling of that metric in the team's tickets."""
    known = sums.metric_names(session, theirs.pk)
    return [name for name in known if same_name(name, metric.name)]


def contenders(session: Session, theirs: Team, metric: Metric) -> Which:
    """What is open, the promoted ticket with the best result, and what is in production: where
    the metric stands is told by them (core.experiments.headline.standing, in_production).
    """
    names = names_of(session, theirs, metric)
    return table.is_open() | table.numbered(_promoted(session, theirs, metric, names))


def promoted(session: Session, theirs: Team, metric: Metric) -> list[Experiment]:
    """Of these contenders what is promoted; nothing for a metric without a name."""
    if not metric.name:
        return []
    names = names_of(session, theirs, metric)
    wanted = [number for number in _promoted(session, theirs, metric, names) if number]
    if not wanted:
        return []
    return experiment.some_of(session, theirs, ~table.is_open(), table.numbered(wanted))


def _promoted(session: Session, theirs: Team, metric: Metric, names: Sequence[str]) -> list[int]:
    if not names:
        return []
    best = sums.best(session, theirs.pk, names, metric.direction)
    return [best, sums.live(session, theirs.pk, names)]


def targets(session: Session, theirs: Team) -> dict[str, float]:
    """The target that the newest ticket with one has, by metric in lower case."""
    found = sums.newest_by_metric(session, theirs.pk, with_target=True)
    return {one.metric.casefold(): one.target for one in found if one.target is not None}


def direction_of(session: Session, theirs: Team, name: str) -> str:
    """The direction of the newest ticket with that metric, "" without one."""
    found = sums.newest_by_metric(session, theirs.pk)
    same = [one.direction for one in found if same_name(one.metric, name)]
    return same[-1] if same else ""
