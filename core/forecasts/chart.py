"""The forecast as a picture: history, cone, target and the days on which sprints end."""

from typing import Any

from core import facts
from core.forecasts.headline import NO_BREAKTHROUGH, HeadlineOutlook, shown
from core.forecasts.track_record import ForecastRecord, sentence

Spec = dict[str, Any]
MOST_HISTORY = 8


def cone(found: HeadlineOutlook, record: ForecastRecord) -> Spec | None:
    """history: [label, value]; steps: [label, low, middle, high, is_sure]; None without a range.

    Labels are a sprint's number and its last day on two lines.
    """
    if found.status != "FORECAST":
        return None
    metric, percent = found.metric, found.percent
    name = metric.name[:30]
    history = found.history[-MOST_HISTORY:]
    return {
        "kind": "cone",
        "title": f"Forecast: {name}",
        "metric": name,
        "percent": percent,
        "target": metric.target,
        "history": [[label(span.number, span.ends), value] for span, value in history],
        "steps": [
            [label(s.span.number, s.span.ends), s.low, s.middle, s.high, s.is_sure]
            for s in found.steps
        ],
        "alt": f"{_alt(found)} So far: {sentence(record)}.",
    }


def label(number: int, ends: Any) -> str:
    """`S6` over `6 Dec`: a sprint by its number and its last day."""
    return f"S{number}\n{ends.day} {ends:%b}"


def _alt(found: HeadlineOutlook) -> str:
    metric, sure = found.metric, found.last_sure
    assert sure is not None
    assert found.best is not None
    assert metric.target is not None
    told = [
        shown(value, percent=found.percent)
        for value in (found.best, metric.target, sure.low, sure.middle, sure.high)
    ]
    best, target, low, middle, high = told
    best += f" ({found.stands.words})" if found.stands.words else ""
    return (
        f"{metric.name[:60]} is at {best}, the target is {target}. By {facts.day(sure.span.ends)} "
        f"(end of sprint {sure.span.number}) it will be between {low} and {high} in 8 of 10 "
        f"cases, with the middle at {middle}; the chance of the target by then is {sure.p:.0%}. "
        f"Later sprints are low confidence, and {NO_BREAKTHROUGH}."
    )
