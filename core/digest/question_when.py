"""“When will it be ready?”: chances by day, the range, what it assumes; never one date."""

from collections.abc import Sequence

from core import facts, figures
from core.digest.question_told import AskedQuestion, ToldAnswer, put, told
from core.digest.sheet_needs import quoted
from core.facts import TEXT, Book, Fact
from core.forecasts.headline import HeadlineOutlook, SprintAhead
from core.forecasts.track_record import ForecastRecord, sentence
from core.text import shorten

LIKELY, SURE = 0.5, 0.85  # the two days that are told: an even chance, and nearly certain
RISKS, RISK_LENGTH = 2, 120


def answer(
    asked: AskedQuestion,
    found: HeadlineOutlook,
    record: ForecastRecord,
    risks: Sequence[tuple[str, str]],
) -> ToldAnswer:
    """The answer. risks: what leads wrote down as risks, in their words, and who did."""
    book = Book()
    if found.status != "FORECAST":
        return told(asked, book, *_without(book, found))
    near, far = horizons(found.steps)
    first = _chance(book, near)
    also = f", {put(_chance(book, far))}," if far is not near else ","
    lines = [f"{put(first)}{also} that {_goal(book, found, 'reaches')}"]
    lines.append(f"By then it lies at {put(_range(book, found, near))}")
    lines += [put(_risk(book, *one)) for one in risks[:RISKS]]
    lines.append(f"How such ranges did so far: {put(_note(book, 'record', sentence(record)))}")
    assumes = "This assumes gains like this team's own so far and no breakthrough"
    late = next((step for step in found.steps if not step.is_sure), None)
    if late is not None and far.span.number >= late.span.number:
        assumes += f"; from {put(_note(book, 'unsure', facts.day(late.span.starts)))} on it is "
        assumes += "of low confidence"
    return told(asked, book, lines, [f"{assumes}. No single date is known"])


def horizons(steps: Sequence[SprintAhead]) -> tuple[SprintAhead, SprintAhead]:
    """The nearest sprint with an even chance and the nearest nearly certain one; the last one
    where there is none. The same sprint twice only when it is the only one ahead.
    """
    near = next((step for step in steps if step.p >= LIKELY), None)
    far = next((step for step in steps if step.p >= SURE), steps[-1])
    if near is None:
        sure = [step for step in steps if step.is_sure]
        near = sure[-1] if sure else steps[0]
    if far is near:
        place = steps.index(near)
        near, far = (steps[place - 1], near) if place else (near, steps[min(1, len(steps) - 1)])
    return near, far


def chance(p: float) -> str:
    """`35% chance`; what was seen never or always in 20 000 paths is not promised."""
    if p < 0.01:
        return "under 1% chance"
    return "over 99% chance" if p > 0.99 else f"{p:.0%} chance"


def _without(book: Book, found: HeadlineOutlook) -> tuple[list[str], list[str]]:
    why = put(_note(book, "why", found.why.rstrip(".")))
    hint = {
        "NOT SET": "`/exp setup` sets the headline metric and its target",
        "NOT ENOUGH": "A forecast comes by itself once enough sprints have results",
        "STALLED": "A new best result starts it again",
        "INVALID": "`/exp setup` sets the target",
    }
    first = {
        "REACHED": _reached(found),
        "STALLED": "No date and no chance can be given",
        "NOT ENOUGH": "Not enough data for a forecast",
    }.get(found.status, "There is no forecast")
    lines = [f"{first}: {why}"]
    if found.best is not None and found.metric.target is not None:
        lines.append(f"The goal: {_goal(book, found, 'at')}")
    more = [hint[found.status]] if found.status in hint else []
    return lines, more


def _reached(found: HeadlineOutlook) -> str:
    """What customers get decides whether it is ready."""
    if found.stands.called == "candidate":
        return "A candidate is ready by its own measure; customers get it once it is live"
    return "It is ready by its own measure"


def _goal(book: Book, found: HeadlineOutlook, how: str) -> str:
    """One fact with the metric's name in it: names hold figures too (recall@5)."""
    assert found.best is not None
    assert found.metric.target is not None
    now, goal = figures.pair(found.best, found.metric.target, percent=found.percent)
    beside = f"; {found.stands.words}" if found.stands.words else ""
    shown = f"{shorten(found.metric.name, 40)} {how} {goal} (now {now}{beside})"
    return put(book.note("standing", found.best, shown, other=found.metric.target))


def _chance(book: Book, step: SprintAhead) -> Fact:
    shown = f"{chance(step.p)} by {facts.day(step.span.ends)}"
    return book.note("chance", round(step.p, 4), shown, other=step.span.ends.isoformat())


def _range(book: Book, found: HeadlineOutlook, step: SprintAhead) -> Fact:
    low, high = figures.pair(step.low, step.high, percent=found.percent)
    shown = f"{low} to {high} in 8 of 10 cases"
    return book.note("range", step.low, shown, other=step.high)


def _risk(book: Book, words: str, author: str) -> Fact:
    shown = f"Known risk, says {author}: {quoted(shorten(words, RISK_LENGTH))}"
    return book.note("risk", words, shown, unit=TEXT)


def _note(book: Book, kind: str, shown: str) -> Fact:
    return book.note(kind, shown, shown)
