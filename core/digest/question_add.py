"""“Can you just add X?”: what it becomes, what such things cost here, and what would wait."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from core import facts, figures
from core.decisions.curve_outlook import CurveOutlook
from core.digest.question_told import AskedQuestion, ToldAnswer, put, told
from core.digest.sheet import named
from core.experiments.experiment import Experiment
from core.experiments.words import is_under_way
from core.facts import Book
from core.sprints.sprint import Span
from core.stats.proportion import wilson
from core.stats.sample import Interval

LAST, ENOUGH, NAMED = 20, 5, 4
CYCLE = "2-4 sprint experiment cycle"  # the source document, chapter 7


@dataclass(frozen=True)
class Cost:
    """What the team's last decided experiments came to; medians of those where it is known."""

    decided: int
    promoted: int
    days: float | None
    gpu: float | None


def cost(experiments: Sequence[Experiment]) -> Cost:
    """What the last LAST killed or promoted experiments took and brought."""
    closed = [e for e in experiments if not e.is_open and e.decided_at is not None]
    closed.sort(key=lambda e: (e.decided_at, e.number))
    last = closed[-LAST:]
    days = [d for e in last if (d := _days(e)) is not None]
    used = [e.gpu_used for e in last if e.gpu_used > 0]
    promoted = sum(e.stage == "production" for e in last)
    return Cost(len(last), promoted, median(days) if days else None,
                median(used) if used else None)  # fmt: skip


def answer(
    asked: AskedQuestion,
    experiments: Sequence[Experiment],
    sprint: Span | None,
    outlooks: Mapping[int, CurveOutlook],
) -> ToldAnswer:
    """The answer. sprint: the running one. outlooks: of what is under way, by number."""
    today = asked.at.astimezone(asked.where).date()
    book = Book()
    lines = [
        "Not by itself: it becomes a new hypothesis with data, a test set and a time box of its "
        "own, and it may not work"
    ]
    found = cost(experiments)
    small = ["A prototype shows that it can be done, not that it is good enough for customers"]
    if found.decided >= ENOUGH:
        lines.append(_usual(book, found))
    else:
        few = facts.count(found.decided, "experiment")
        lines.append(f"Decided so far: {put(book.note('decided', found.decided, few))}, too few "
                     "to say what one costs here or how often one works")  # fmt: skip
        rule = put(book.note("cycle", CYCLE, CYCLE))
        small.append(f"Without figures of your own, the usual reckoning is a {rule}")
    lines += _waiting(book, _running(experiments), sprint)
    lines += _each(book, _running(experiments), outlooks, today)
    return told(asked, book, lines, small)


def _usual(book: Book, found: Cost) -> str:
    share = wilson(found.promoted, found.decided)
    chance = ""
    if isinstance(share, Interval):
        chance = f", so the next one has a chance of {share.low:.0%} to {share.high:.0%}"
    shown = f"Of your last {found.decided} experiments, {found.promoted} were promoted{chance}"
    line = put(book.note("promoted", found.promoted, shown, other=found.decided))
    took = []
    if found.days is not None:
        took.append(f"{figures.number(found.days, 1)} days")
    if found.gpu is not None:
        took.append(f"{figures.number(found.gpu, 1)} GPU-hours")
    if not took:
        return line
    return f"{line}; {put(book.note('took', found.days, 'median ' + ' and '.join(took)))} each"


def _running(experiments: Sequence[Experiment]) -> list[Experiment]:
    found = [e for e in experiments if is_under_way(e)]
    return sorted(found, key=lambda e: (e.box_ends or date.max, e.number))


def _waiting(book: Book, running: Sequence[Experiment], sprint: Span | None) -> list[str]:
    if not running:
        return ["Nothing is under way, so nothing would have to wait"]
    count = facts.count(len(running), "experiment")
    under_way = put(book.note("running", len(running), count))
    until = ""
    if sprint is not None:
        ends = book.note("sprint", sprint.ends.isoformat(), facts.day(sprint.ends))
        until = f" in the sprint that ends on {put(ends)}"
    return [f"Under way{until}: {under_way}. To start it now, something would have to wait:"]


def _each(
    book: Book,
    running: Sequence[Experiment],
    outlooks: Mapping[int, CurveOutlook],
    today: date,
) -> list[str]:
    lines = [
        put(book.note("waits", e.id, _stands(e, outlooks.get(e.number), today)))
        for e in running[:NAMED]
    ]
    rest = len(running) - NAMED
    return [*lines, put(book.note("more", rest, f"and {rest} more"))] if rest > 0 else lines


def _stands(e: Experiment, outlook: CurveOutlook | None, today: date) -> str:
    box = "no time box yet"
    if e.box_ends:
        left = (e.box_ends - today).days
        over = facts.count(-left, "day")
        box = f"box ends {facts.day(e.box_ends)}" if left >= 0 else f"{over} over its box"
    parts = [e.stage, box]
    if e.gpu_budget > 0:
        used, budget = figures.number(e.gpu_used, 1), figures.number(e.gpu_budget, 1)
        parts.append(f"{used} of {budget} GPU-hours used")
    if outlook is not None and outlook.ends is not None:
        reach = "target out of reach" if outlook.out_of_reach else "target still within reach"
        parts.append(reach)
    return f"{named(e)}: {', '.join(parts)}"


def _days(e: Experiment) -> float | None:
    assert e.decided_at is not None
    if e.box_starts is None:
        return None
    return float(max(1, (e.decided_at.date() - e.box_starts).days + 1))
