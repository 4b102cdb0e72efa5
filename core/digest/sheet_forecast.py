"""What may come of the headline metric, as facts: chances, a range, and how good ranges were; and
how its name and values are written.
"""

from typing import Any

from core import facts, figures
from core.digest.week import Week
from core.experiments.headline import Headline
from core.facts import Book
from core.forecasts.track_record import ENOUGH, words
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


def note_down(book: Book, week: Week, head: Headline) -> None:
    """Write down the chances by day, the range of the value, and how earlier ranges did."""
    forecast, target = week.forecast, head.metric.target
    if not forecast or target is None or head.trajectory == "reached":
        return
    goal = "the target" if target < 0 else written(head)["target"]
    told = [forecast.probabilities[n] for n in (0, 2) if n < len(forecast.probabilities)]
    for n, (on, sprint, p) in enumerate(told):
        chance = min(99, max(1, round(p * 100)))  # a simulation is never certain
        what = f" chance of {goal}" if n == 0 else ""
        said = {"kind": "probability", "label": f"chance of the target of {goal}", "unit": "%",
                "value": chance, "horizon": on.isoformat()}  # fmt: skip
        book.note("chance", p, f"{chance}%{what} by {facts.day(on)}", unit=on.isoformat(),
                  other=sprint, label="chance of the target", says=(said,),
                  parents=book.ids("headline"))  # fmt: skip
    if len(forecast.ranges) > len(told[1:]) and told:
        _range(book, forecast.ranges[min(2, len(forecast.ranges) - 1)], head)
    if forecast.track_record:
        _record(book, *forecast.track_record)


def _record(book: Book, held: int, of: int) -> None:
    """How earlier ranges did, or that too few are over."""
    said = {"kind": "count", "label": "earlier ranges that held", "unit": "ranges",
            "value": held, "of": of}  # fmt: skip
    if of < ENOUGH:
        said |= {"label": "ranges closed", "value": of, "of": ENOUGH}
    told = words(held, of)
    shown = f"{told[0].upper()}{told[1:]}"
    book.note("track record", held, shown, other=of, unit="ranges", says=(said,))


def _range(book: Book, told: tuple[Any, float, float, float], head: Headline) -> None:
    on, low, middle, high = told
    ends = figures.pair(low, high, percent=head.percent)
    said = {"kind": "metric", "label": f"expected {label(head)}", "low": facts.told(ends[0]),
            "high": facts.told(ends[1]), "unit": "%" if head.percent else "score",
            "better": head.metric.direction}  # fmt: skip
    day = {"kind": "date", "label": f"expected {label(head)}", "value": on.isoformat()}
    often = {"kind": "metric", "label": "range", "unit": "%", "value": 80}
    shown = f"Expected {label(head)} by {facts.day(on)}: {ends[0]} to {ends[1]} (80% range)"
    book.note("range", middle, shown, unit=on.isoformat(), label="forecast range",
              says=(said, day, often), parents=book.ids("headline"))  # fmt: skip
