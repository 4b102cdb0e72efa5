"""What the team steers by: the first success metric of its canvas, else what it has set up."""

from typing import Any

from core.experiments.headline import Metric
from models.team import Team

_CANVAS = "canvas_metric"  # in Team.settings


def of(theirs: Team) -> Metric:
    """The headline metric of the team's canvas, else the one it chose; nameless without."""
    from_canvas = canvas_of(theirs)
    if from_canvas is not None:
        return from_canvas
    percent = theirs.settings.get("metric_percent")
    return Metric(theirs.metric_name, theirs.metric_target, theirs.metric_direction, percent)


def canvas_of(theirs: Team) -> Metric | None:
    """The headline metric as the canvas has it, or None when it has none."""
    kept = theirs.settings.get(_CANVAS)
    return Metric(**kept) if kept else None


def steer(theirs: Team, metric: Metric | None) -> None:
    """The canvas has that first metric now; None: it has none, so the team's choice counts."""
    kept: dict[str, Any] = {n: value for n, value in theirs.settings.items() if n != _CANVAS}
    if metric is not None:
        kept[_CANVAS] = vars(metric)
    theirs.settings = kept
