"""“How accurate is it?”: the figure with its test set, its range, and what it does not say."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from zoneinfo import ZoneInfo

from core import facts, figures
from core.digest.question_told import AskedQuestion, ToldAnswer, put, told
from core.digest.sheet import named
from core.experiments.experiment import Experiment
from core.experiments.metric import Metric, better
from core.experiments.past import Past
from core.experiments.rollout import is_live, went_live
from core.facts import Book
from core.stats.sample import Interval
from core.text import shorten

WORST, SMALLEST = 3, 10  # slices told, and examples that one needs


@dataclass(frozen=True)
class AccuracySlice:
    """One slice: `language=de`, its share of right answers, and its examples."""

    name: str
    share: float
    examples: int


@dataclass(frozen=True)
class Measured:
    """What is known of one experiment's metric. on: the day it was measured.

    examples: of the pushed test set, 0 without one. interval: 90 %. was, since: the value before
    and its day (None: its own baseline).
    drifted: inputs that changed and have no eval since. others: metrics of what was pushed, where
    this one is not among them. counts_wrong: a lead confirmed that what the metric leaves are
    wrong answers. tried: how many candidates were measured on its eval set, where it was picked.
    goal_was: the last report, when its target was another one. promoted: what was promoted while
    nobody said whether it is live, where nothing is.
    """

    metric: Metric
    ticket: Experiment
    value: float | None = None
    percent: bool = False
    on: date | None = None
    examples: int = 0
    interval: Interval | None = None
    was: float | None = None
    since: date | None = None
    parts: tuple[AccuracySlice, ...] = ()
    drifted: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    counts_wrong: bool = False
    tried: int = 1
    goal_was: Past | None = None
    promoted: Experiment | None = None


def answer(asked: AskedQuestion, found: Measured | None) -> ToldAnswer:
    """The answer; None: nothing has been measured yet."""
    book = Book()
    if found is None:
        line = "Not known yet: no result of the headline metric has been evaluated"
        return told(asked, book, [line], ["`/exp list` shows what is under way"])
    if found.value is None:
        line = f"Not known yet: {_name(book, found)} has no result"
        return told(asked, book, [line], [])
    lines = [_first(book, asked, found, found.value)]
    lines += _range(book, found)
    lines += _awaited(book, found)
    lines += _wrong(book, found, found.value)
    lines += _target(book, found, found.value)
    lines += _moved(book, found, found.value)
    lines += _parts(book, found)
    number = found.promoted.number if found.promoted else 0
    return replace(told(asked, book, lines, _not(book, found)), promoted=number)


def worst_first(parts: Sequence[AccuracySlice], direction: str) -> tuple[AccuracySlice, ...]:
    """The slices that are large enough, the worst first."""
    sign = 1 if direction == "higher" else -1
    usable = [part for part in parts if part.examples >= SMALLEST]
    return tuple(sorted(usable, key=lambda part: (sign * part.share, part.name)))


def _first(book: Book, asked: AskedQuestion, found: Measured, value: float) -> str:
    shown = figures.metric(value, percent=found.percent)
    name = shorten(found.metric.name, 40)
    line = f"{put(book.note('value', value, f'{shown} {name}'))}"
    if found.examples:
        size = facts.count(found.examples, "question")
        line += f" on our test set of {put(book.note('examples', found.examples, size))}"
    else:
        line += " as the team reported it"
    how = "measured " if found.examples else ""
    on = f", {how}{put(book.note('on', str(found.on), facts.day(found.on)))}" if found.on else ""
    stage = _stage(book, found.ticket, asked.where)
    return f"{_none_live(asked, found)}{line}: {_name(book, found)}, {stage}{on}"


def _none_live(asked: AskedQuestion, found: Measured) -> str:
    """Asked for the product, a candidate answers only beside that."""
    if asked.question.experiment or is_live(found.ticket):
        return ""
    return "Nothing is in production yet; the best candidate has "


def _awaited(book: Book, found: Measured) -> list[str]:
    if found.promoted is None:
        return []
    name = put(book.note("promoted", found.promoted.id, named(found.promoted)))
    return [f"{name} is promoted, and nobody said that it is live: its owner or a lead can"]


def _name(book: Book, found: Measured) -> str:
    return put(book.note("ticket", found.ticket.id, named(found.ticket)))


def _stage(book: Book, ticket: Experiment, where: ZoneInfo) -> str:
    if is_live(ticket):
        day = went_live(ticket).astimezone(where).date()
        return f"in production since {put(book.note('live', str(day), facts.day(day)))}"
    if ticket.stage == "killed":
        return "killed"
    if ticket.deploy_status == "rolled back":
        return "not in production any more (rolled back)"
    where_it_is = "promoted, not live" if ticket.stage == "production" else f"in {ticket.stage}"
    return f"a candidate, not in production ({where_it_is})"


def _range(book: Book, found: Measured) -> list[str]:
    if found.interval is None:
        return []
    low, high = figures.pair(found.interval.low, found.interval.high, percent=found.percent)
    shown = f"{low} to {high} (90% range)"
    fact = book.note("interval", found.interval.low, shown, other=found.interval.high)
    line = f"So many questions tell it only within {put(fact)}, for questions like these"
    if found.tried > 1:
        many = book.note("tried", found.tried, f"the best of {found.tried} tried on them")
        line += f"; it is {put(many)}"
    return [line]


def _wrong(book: Book, found: Measured, value: float) -> list[str]:
    """Of a share: how many of a hundred it is not."""
    if not found.counts_wrong or not found.percent or not 0 <= value <= 1:
        return []
    higher = found.metric.direction == "higher"
    count = round(100 * (1 - value if higher else value))
    exact = value in (0.0, 1.0)
    shown = f"{count} of 100" if count or exact else "fewer than 1 of 100"
    fact = book.note("wrong", count, shown)
    would = "" if is_live(found.ticket) else "would "
    return [f"In plain words: {put(fact)} {would}get a wrong answer by this measure"]


def _target(book: Book, found: Measured, value: float) -> list[str]:
    target = found.metric.target
    if target is None:
        return ["No target is set"]
    _, goal = figures.pair(value, target, percent=found.percent)
    shown = put(book.note("target", target, goal))
    if not better(found.metric, target, value):
        return [f"The target of {shown} is met on this test set{_goal_was(book, found)}"]
    gap = abs(target - value) * (100 if found.percent else 1)
    unit = " points" if found.percent else ""
    left = put(book.note("gap", gap, f"{figures.number(gap, 1 if found.percent else 3)}{unit}"))
    return [f"The target is {shown}: {left} to go{_goal_was(book, found)}"]


def _goal_was(book: Book, found: Measured) -> str:
    """The target that the last report told, where it is another one now."""
    past = found.goal_was
    if past is None:
        return ""
    was = "none" if past.target is None else figures.metric(past.target, percent=found.percent)
    shown = f"{was} in the report of {facts.day(past.on)}"
    return f" (it was {put(book.note('goal was', past.target, shown))})"


def _moved(book: Book, found: Measured, value: float) -> list[str]:
    if found.was is None or found.was == value:
        return []
    was, now = figures.pair(found.was, value, percent=found.percent)
    since = f"since {facts.day(found.since)}" if found.since else "against its baseline"
    return [
        f"It moved {put(book.note('moved', value, f'{was} → {now} {since}', other=found.was))}"
    ]


def _parts(book: Book, found: Measured) -> list[str]:
    told_ = [
        put(
            book.note(
                "part",
                part.share,
                f"{shorten(part.name, 40)} {figures.metric(part.share, percent=found.percent)} "
                f"of {part.examples}",
            )
        )
        for part in found.parts[:WORST]
    ]
    return [f"Worst parts: {', '.join(told_)}"] if told_ else []


def _not(book: Book, found: Measured) -> list[str]:
    small = ["A test set is not real use: real questions are often harder, and by how much is "
             "not in the records"]  # fmt: skip
    if not found.examples:
        small = ["No eval results were pushed for it, so the test set's size and a range are not "
                 "known"]  # fmt: skip
    if found.others:
        names = ", ".join(shorten(name, 30) for name in found.others[:4])
        other = put(book.note("others", len(found.others), names, unit="metrics"))
        small = [f"What was pushed for it has no {shorten(found.metric.name, 40)} but {other}, so "
                 "the test set's size and a range are not known"]  # fmt: skip
    if found.drifted:
        names = ", ".join(shorten(name, 40) for name in found.drifted[:3])
        changed = put(book.note("drift", len(found.drifted), names))
        small.append(f"Inputs have changed and no eval was pushed since: {changed}")
    if found.percent and not found.counts_wrong:
        small.append(
            "How many answers are wrong is not told: no lead has confirmed that this measure "
            "counts them (`/digest money confirm`)"
        )
    return small
