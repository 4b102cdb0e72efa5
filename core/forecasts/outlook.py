"""What a digest may say of the future: chances by day and ranges, or why there are none.

The values are computed elsewhere (core/forecasts/forecast); here is only their shape on the fact
sheet.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

ON_TRACK, AT_RISK = 0.7, 0.4  # least chance of the target within SURE_SPRINTS sprints
SURE_SPRINTS = 3  # beyond it a forecast is of low confidence (core/forecasts/forecast)


@dataclass(frozen=True)
class Forecast:
    """The headline metric's future, as far as the team's past gains tell.

    probabilities: (last day of the sprint, sprint number, chance of the target by then, 0–1),
    nearest first. ranges: (last day, low, middle, high) on the metric's own scale: 10/50/90 %.
    track_record: (ranges that held, ranges told before); baseline_held: how many of the same
    "nothing changes" would have held. eta_document: the text as the source document asks for
    it. reason: why there is no forecast; "" when there is one.
    """

    probabilities: tuple[tuple[date, int, float], ...] = ()
    ranges: tuple[tuple[date, float, float, float], ...] = ()
    track_record: tuple[int, int] | None = None
    baseline_held: int | None = None
    eta_document: str = ""
    reason: str = ""


def deciding(probabilities: Sequence[tuple[date, int, float]]) -> float | None:
    """The chance that health goes by: the last one within SURE_SPRINTS sprints, or None."""
    sure = probabilities[:SURE_SPRINTS]
    return sure[-1][2] if sure else None
