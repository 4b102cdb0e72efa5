"""How a fact sheet writes its headline metric: its name, and its values beside each other."""

from core import figures
from core.experiments.headline import Headline
from core.privacy.injection import harmless
from core.text import shorten

METRIC_LENGTH = 40


def label(head: Headline) -> str:
    """The metric's name, fit for a line."""
    return shorten(harmless(head.metric.name), METRIC_LENGTH) or "value"


def written(head: Headline) -> dict[str, str]:
    """Value, target and baseline (the last report's) as the text writes them, where known."""
    given = {"value": head.current, "target": head.metric.target, "baseline": head.was}
    known = {role: value for role, value in given.items() if value is not None}
    return dict(zip(known, figures.apart(list(known.values()), percent=head.percent), strict=True))
