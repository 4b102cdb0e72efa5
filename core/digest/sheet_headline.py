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
from core.digest import money
from core.digest.plain_words import gloss
from core.digest.week import Week
from core.experiments.headline import Headline, other_unit
from core.experiments.words import is_late
from core.facts import Book, count
from core.forecasts.track_record import AT_RISK, ENOUGH, ON_TRACK, Foretold, deciding, words
from core.privacy.injection import harmless
from core.quantity import experiment_id
from core.text import shorten

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


METRIC_LENGTH = 40


def note_down(book: Book, week: Week, head: Headline) -> Health:
    """Write down everything about the headline metric; its health is also returned."""
    late = sum(is_late(e, week.today) for e in week.experiments)
    found = health(head, week.forecast, late=late)
    if head.metric.name:
        _headline(book, head)
    if found.word != UNKNOWN:
        said = {"kind": "status", "label": "trajectory", "value": found.word}
        book.note("health", found.word, found.word, unit="health", says=(said,),
                  parents=book.ids("headline"))  # fmt: skip
    if late and found.word == "at risk" and found.by == "direction":
        _late(book, late)
    _movement(book, head)
    _forecast(book, week, head)
    _impact(book, week, head)
    return found


def label(head: Headline) -> str:
    """The metric's name, fit for a line."""
    return shorten(harmless(head.metric.name), METRIC_LENGTH) or "value"


def written(head: Headline) -> dict[str, str]:
    """Value, target and baseline (the last report's) as the text writes them, where known."""
    given = {"value": head.current, "target": head.metric.target, "baseline": head.was}
    known = {role: value for role, value in given.items() if value is not None}
    return dict(zip(known, figures.apart(list(known.values()), percent=head.percent), strict=True))


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
    _gap(book, head)
    meaning = gloss(metric.name)
    if meaning:
        book.note("gloss", meaning, f"{label(head)[:1].upper()}{label(head)[1:]} tells {meaning}",
                  unit=facts.TEXT, label="meaning")  # fmt: skip


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
        book.note("weeks", head.weeks, f"no change for {count(head.weeks, 'week')}", unit="weeks",
                  says=(said,), parents=book.ids("last"))  # fmt: skip
        return
    if head.current is None or head.was is None or head.since is None:
        return
    if abs(head.current - head.was) <= 1e-9 or other_unit(head.current, head.was):
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


def _forecast(book: Book, week: Week, head: Headline) -> None:
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
    book.note("track record", held, words(held, of), other=of, unit="ranges", says=(said,))


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


def _impact(book: Book, week: Week, head: Headline) -> None:
    """How many customers get a wrong answer, and what that costs, where that is known."""
    _tested(book, head)
    share = money.wrong_share(head, week.formula)
    if share is None:
        return
    mine = week.formula if week.formula and head.metric.name.strip().casefold() == (
        week.formula.metric.strip().casefold()) else None  # fmt: skip
    reached = share * (mine.reach if mine else 1.0)
    many, whole = money.per(reached)
    who = "customers get" if mine else "answers are"
    if many == 1:
        who = "customers gets" if mine else "answers is"
    what = " a wrong answer" if mine else " wrong"
    shown = f"{many} of {figures.number(whole)} {who}{what}"
    said = {"kind": "count", "label": "wrong answers", "value": many, "of": whole,
            "unit": who.split()[0]}  # fmt: skip
    per = book.note("wrong", many, shown, other=whole, unit=who.split()[0], says=(said,),
                    label="wrong answers", parents=book.ids("headline"))  # fmt: skip
    if mine:
        _cost(book, mine, share, per.id)


def _cost(book: Book, formula: money.Formula, share: float, parent: str) -> None:
    cost = money.cost(formula, share)
    each = money.shown(formula.likely, formula.currency)
    people = figures.number(formula.customers)
    given = book.note(
        "formula", formula.likely, f"{people} customers a {formula.period}, {each} a wrong answer",
        unit=formula.currency, other=formula.customers, label="confirmed formula",
    )  # fmt: skip
    low, likely, high = money.rounded((cost.low, cost.likely, cost.high))
    what: dict[str, Any] = {"kind": "money", "label": "cost of wrong answers",
                            "unit": formula.currency, "period": formula.period}  # fmt: skip
    more = {"unit": f"{formula.currency} a {formula.period}", "parents": (parent, given.id)}
    shown = f"about {money.shown(likely, formula.currency)} a {formula.period}"
    book.note("cost", cost.likely, shown, label="cost of wrong answers",
              says=({**what, "value": likely},), **more)  # fmt: skip
    if low == high:
        return
    ends = [money.shown(v, formula.currency) for v in (low, high)]
    book.note("cost range", cost.low, f"between {ends[0]} and {ends[1]} a {formula.period}",
              other=cost.high, label="range of the cost", **more,
              says=({**what, "value": low}, {**what, "value": high}))  # fmt: skip


def _tested(book: Book, head: Headline) -> None:
    look = head.look
    if look is None or not look.examples:
        return
    many = look.examples
    said = {"kind": "count", "label": "test cases", "unit": "cases", "value": many}
    book.note("tested", many, f"measured on {figures.number(many)} test cases", unit="cases",
              says=(said,), label="test set size", parents=book.ids("headline"))  # fmt: skip
    low, high = look.low, look.high
    if low is None or high is None:
        return
    ends = figures.pair(low, high, percent=head.percent)
    said = {"kind": "metric", "label": "expected on new cases", "low": facts.told(ends[0]),
            "high": facts.told(ends[1]), "unit": "%" if head.percent else "score",
            "better": head.metric.direction}  # fmt: skip
    book.note("expected", low, f"expect {ends[0]} to {ends[1]} on new cases", other=high,
              unit="share" if head.percent else "value", says=(said,),
              label="range on new cases", parents=book.ids("headline"))  # fmt: skip
