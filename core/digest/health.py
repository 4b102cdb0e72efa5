"""On track, at risk or off track: one word for leaders, and what it rests on.

With a forecast: its chance of the target within three sprints (core/forecasts/outlook): on track
from
70 %, at risk from 40 %, else off track; never "on track" while the metric is worse than in the
last report. Without one: on track while the metric improves and nothing is over its time box;
off track when it got worse or has not moved for four weeks; at risk otherwise. Where that
cannot be known the answer is "not enough data", never a guess.
"""

from dataclasses import dataclass

from core.experiments.headline import Headline
from core.forecasts.outlook import AT_RISK, ON_TRACK, Forecast, deciding

UNKNOWN = "not enough data"
STUCK = 4  # weeks without change that are off track


@dataclass(frozen=True)
class Health:
    """word: on track | at risk | off track | not enough data. by: what it rests on.

    by: reached | forecast | direction | unknown. why: for unknown, in words.
    """

    word: str
    by: str
    why: str = ""


def health(head: Headline, forecast: Forecast | None, *, late: int) -> Health:
    """The team's state. late: experiments over their time box."""
    if head.trajectory == "reached":
        return Health("on track", "reached")
    if head.current is None or head.why.startswith("results and target"):
        return Health(UNKNOWN, "unknown", head.why)
    if head.metric.target is None:
        return Health(UNKNOWN, "unknown", "no target is set")
    chance = deciding(forecast.probabilities) if forecast else None
    if chance is not None:
        return Health(_by_chance(chance, worse=head.trajectory == "back"), "forecast")
    if head.trajectory == "unknown":
        return Health(UNKNOWN, "unknown", head.why)
    return Health(_by_direction(head, late), "direction")


def _by_chance(chance: float, *, worse: bool) -> str:
    if chance < AT_RISK:
        return "off track"
    return "on track" if chance >= ON_TRACK and not worse else "at risk"


def _by_direction(head: Headline, late: int) -> str:
    if head.trajectory == "back" or head.weeks >= STUCK:
        return "off track"
    return "at risk" if late or head.trajectory == "unchanged" else "on track"
