"""Where the headline metric stands, as facts: health, movement, forecast, meaning, cost.

Health is one word for leaders. With a forecast: its chance of the target within three sprints
(`Foretold`): on track from 70 %, at risk from 40 %, else off track; never "on track"
while the metric is worse than in the last report. Without one: on track while the metric improves
and nothing is over its time box; off track when it got worse or has not moved for four weeks; at
risk otherwise. Where that cannot be known the answer is "not enough data", never a guess.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from core import facts, figures
from core.digest import sheet_live
from core.digest.week import Week
from core.experiments.headline import Headline
from core.experiments.metric import gloss, other_unit
from core.experiments.stands import goals, moved
from core.experiments.words import is_late
from core.facts import Book, count
from core.forecasts.track_record import AT_RISK, ENOUGH, ON_TRACK, Foretold, deciding, words
from core.privacy.injection import harmless
from core.quantity import experiment_id
from core.stats.sample import Direction, Interval
from core.stats.selection import of_best
from core.text import shorten

METRIC_LENGTH = 40
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


def health(head: Headline, forecast: Foretold | None, *, late: int) -> Health:
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


def note_down(book: Book, week: Week, head: Headline) -> Health:
    """Write down everything about the headline metric; its health is also returned."""
    late = sum(is_late(e, week.today) for e in week.experiments)
    found = health(head, week.forecast, late=late)
    if head.metric.name:
        _headline(book, head)
        sheet_live.stands(book, week, head, label(head))
    if found.word != UNKNOWN:
        said = {"kind": "status", "label": "trajectory", "value": found.word}
        book.note("health", found.word, found.word, unit="health", says=(said,),
                  parents=book.ids("headline"))  # fmt: skip
    if late and found.word == "at risk" and found.by == "direction":
        _late(book, late)
    _movement(book, head)
    _forecast(book, week, head)
    _tested(book, week, head)
    sheet_live.impact(book, week, head)
    return found


def _headline(book: Book, head: Headline) -> None:
    metric, target, current = head.metric, head.metric.target, head.current
    percent = head.percent
    known = written(head)
    now, goal = known.get("value", "Not measured yet"), known.get("target", "no target")
    if target is not None and (current is None or target < 0):
        goal = f"target {goal}"
    unit = "share" if percent else "value"
    book.note(
        "headline", current, f"{now} / {goal} {label(head)}", unit=unit, other=target,
        label=label(head), says=_metric(head),
    )  # fmt: skip
    if head.via:
        shown = f"result of {experiment_id(head.via)}"
        book.note("source", head.via, shown, subject=experiment_id(head.via))
    _goal_moved(book, head)
    _corrected(book, head)
    _gap(book, head)
    meaning = gloss(metric.name)
    if meaning:
        book.note("gloss", meaning, f"{label(head)[:1].upper()}{label(head)[1:]} tells {meaning}",
                  unit=facts.TEXT, label="meaning")  # fmt: skip


def _goal_moved(book: Book, head: Headline) -> None:
    """The target that the last report told, where it is another one now."""
    past = head.goal_was
    if past is None:
        return
    was, _ = goals(head)
    said: list[Mapping[str, Any]] = [
        {"kind": "date", "label": "previous report target", "value": past.on.isoformat()}
    ]
    if past.target is not None:
        said.append({"kind": "metric", "label": "target in the previous report",
                     "unit": "%" if head.percent else "score", "value": facts.told(was),
                     "better": head.metric.direction})  # fmt: skip
    book.note("goal moved", past.target, moved(head), other=head.metric.target, says=tuple(said),
              parents=book.ids("headline", "last"))  # fmt: skip


def _corrected(book: Book, head: Headline) -> None:
    """What the last report told, where that result was taken back since."""
    past = head.corrected
    if past is None or past.said is None:
        return
    value = figures.metric(past.said, percent=head.percent)
    said = {"kind": "metric", "label": "result taken back", "value": facts.told(value),
            "unit": "%" if head.percent else "score", "better": head.metric.direction}  # fmt: skip
    when = {"kind": "date", "label": "previous report", "value": past.on.isoformat()}
    shown = f"the report of {facts.day(past.on)} told {value}, which was taken back"
    book.note("corrected", past.said, shown, says=(said, when),
              parents=book.ids("headline", "last"))  # fmt: skip


def _gap(book: Book, head: Headline) -> None:
    current, target = head.current, head.metric.target
    if current is None or target is None or head.trajectory == "reached":
        return
    if other_unit(current, target):
        return
    distance = figures.metric(abs(target - current), percent=head.percent)
    shown = f"{distance} to go"
    if head.percent:
        shown = f"{distance.removesuffix('%')} points to go"
    book.note("gap", round(abs(target - current), 12), shown, label="gap to target",
              unit="points" if head.percent else "value",
              parents=book.ids("headline"))  # fmt: skip


def _metric(head: Headline) -> tuple[Mapping[str, Any], ...]:
    """The headline metric for the verifier, which reads no minus signs: where there is one, a
    second time with its sign, for the direction.
    """
    known: dict[str, float] = {role: facts.told(text) for role, text in written(head).items()}
    if head.look and head.look.examples:
        known["n"] = head.look.examples
    unit = "%" if head.percent else "score"
    said = {"kind": "metric", "label": label(head), "unit": unit, "better": head.metric.direction}
    signed = {"value": head.current, "baseline": head.was}
    if not any(value is not None and value < 0 for value in signed.values()):
        return ({**said, **known},)
    return {**said, **known}, {**said, **signed}


def _late(book: Book, late: int) -> None:
    said = {"kind": "count", "label": "late", "unit": "experiments", "value": late}
    shown = f"{count(late, 'experiment')} {'is' if late == 1 else 'are'} late"
    book.note("late", late, shown, unit="experiments", says=(said,))


def _movement(book: Book, head: Headline) -> None:
    if head.trajectory == "unchanged":
        said = {"kind": "duration", "label": "no change", "unit": "weeks", "value": head.weeks}
        known = written(head)
        beyond = " beyond noise" if known.get("value") != known.get("baseline") else ""
        shown = f"no change{beyond} for {count(head.weeks, 'week')}"
        book.note("weeks", head.weeks, shown, unit="weeks", says=(said,),
                  parents=book.ids("last"))  # fmt: skip
        return
    if not head.moved or head.current is None or head.was is None or head.since is None:
        return
    known = written(head)
    up = head.current > head.was
    good = up == (head.metric.direction == "higher")
    way = "up" if up else "down"
    if head.metric.direction == "lower":
        way = f"{'better' if good else 'worse'}, {way}"
    shown = f"{way} from {known['baseline']} to {known['value']} since {facts.day(head.since)}"
    said = {"kind": "date", "label": "previous report", "value": head.since.isoformat()}
    book.note("movement", head.current, shown, other=head.was, unit=head.since.isoformat(),
              label="change since last report", says=(said,),
              parents=book.ids("headline", "last"))  # fmt: skip


def _tested(book: Book, week: Week, head: Headline) -> None:
    look = head.look
    if look is None or not look.examples:
        return
    many = look.examples
    said = {"kind": "count", "label": "test cases", "unit": "cases", "value": many}
    book.note("tested", many, f"measured on {figures.number(many)} test cases", unit="cases",
              says=(said,), label="test set size", parents=book.ids("headline"))  # fmt: skip
    if look.low is None or look.high is None or look.value is None:
        return
    tried = week.tried.get(look.eval_set, 1) if look.eval_set else 1
    direction: Direction = "lower" if head.metric.direction == "lower" else "higher"
    found = of_best(look.value, Interval(look.low, look.high), tried, direction)
    _expected(book, found, head)
    if tried > 1:
        said = {"kind": "count", "label": "candidates tried on them", "unit": "candidates",
                "value": tried}  # fmt: skip
        book.note("tried", tried, f"it is the best of {tried} tried on them", unit="candidates",
                  says=(said,), parents=book.ids("tested"))  # fmt: skip


def _expected(book: Book, found: Interval, head: Headline) -> None:
    ends = figures.pair(found.low, found.high, percent=head.percent)
    said = {"kind": "metric", "label": "expected on new cases", "low": facts.told(ends[0]),
            "high": facts.told(ends[1]), "unit": "%" if head.percent else "score",
            "better": head.metric.direction}  # fmt: skip
    often = {"kind": "metric", "label": "range", "unit": "%", "value": 90}
    shown = f"expect {ends[0]} to {ends[1]} on new cases (90% range)"
    book.note("expected", found.low, shown, other=found.high, says=(said, often),
              unit="share" if head.percent else "value", label="range on new cases",
              parents=book.ids("headline"))  # fmt: skip


def label(head: Headline) -> str:
    """The metric's name, fit for a line."""
    return shorten(harmless(head.metric.name), METRIC_LENGTH) or "value"


def written(head: Headline) -> dict[str, str]:
    """Value, target and baseline (the last report's) as the text writes them, where known."""
    given = {"value": head.current, "target": head.metric.target, "baseline": head.was}
    known = {role: value for role, value in given.items() if value is not None}
    return dict(zip(known, figures.apart(list(known.values()), percent=head.percent), strict=True))


def _forecast(book: Book, week: Week, head: Headline) -> None:
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
