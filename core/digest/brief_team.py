"""The Scrum master's view: the running sprint, what holds it up, and whether people take part."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from core import calendar, facts, figures
from core.blockers.blocker import Blocker
from core.digest import brief, sheet_risks
from core.digest.brief import Brief, put
from core.digest.page import Section
from core.digest.page_budget import Room
from core.digest.sheet import named
from core.digest.sheet_learned import quotable
from core.digest.week import Week, decided, is_within
from core.experiments.words import is_under_way, refined
from core.facts import Book, Fact, count
from core.quantity import experiment_id
from core.sprints.plan import Kept
from core.sprints.sprint import Span
from core.standups.report import Share

LISTED = 6
PAST = 6  # sprints whose velocity is told
STATES = ("decided", "running", "not started")
ROOM = Room(learnings=0, risks=0, needs=0, named=LISTED, share=1.0)


@dataclass(frozen=True)
class Sprint:
    """What the page is about. week: the team as it is now, `since` the sprint's first instant;
    share: standup answers of the sprint, or None without a standup; readiness: the rate's line;
    kept: what is committed to; velocity: experiments decided in each past sprint.
    """

    week: Week
    span: Span | None
    blockers: Sequence[Blocker]
    share: Share | None
    readiness: str
    kept: Sequence[Kept] = ()
    velocity: Sequence[int] = ()


def write(sprint: Sprint) -> Brief:
    """The page."""
    book, week = Book(), sprint.week
    title = put(_title(book, sprint))
    sections = [
        Section("sprint", "This sprint", (*_committed(book, sprint), *_done(book, week))),
        Section("stuck", "Blockers", tuple(_stuck(book, sprint))),
        Section("risks", "Over box or budget, silent, overrides", _overdue(book, week)),
        Section("data", "Data and people", tuple(_people(book, sprint))),
    ]
    return brief.written("team", book, title, sections, (week.today, week.as_of))


def _title(book: Book, sprint: Sprint) -> Fact:
    span, today = sprint.span, sprint.week.today
    if span is None:
        shown = f"The team on {facts.day(today)}: the first sprint has not begun"
        return book.note("sprint", None, shown)
    day = (today - span.starts).days + 1
    length = (span.ends - span.starts).days + 1
    shown = (
        f"Sprint {span.number}, day {day} of {length} "
        f"({facts.day(span.starts)} to {facts.day(span.ends)})"
    )
    return book.note("sprint", span.number, shown, unit="sprint")


def _committed(book: Book, sprint: Sprint) -> list[str]:
    """What the sprint set out to decide, and what the sprints before it did."""
    now, lines = [one for one in sprint.kept if not one.gone], []
    states = Counter(one.state for one in now)
    parts = [
        book.note("committed", len(now), count(len(now), "experiment")),
        *(book.note(state, states[state], f"{states[state]} {state}") for state in STATES),
    ]
    lines.append(f"Committed: {put(*parts)}" if now else "Committed: nothing yet")
    if sprint.velocity:
        last = sprint.velocity[-PAST:]
        shown = book.note("velocity", last[-1], ", ".join(str(one) for one in last))
        lines.append(f"Velocity, decided with learnings in the sprints before: {put(shown)}")
    return lines


def _done(book: Book, week: Week) -> list[str]:
    ended = decided(week)
    counted = Counter(outcome for outcome, _ in ended)
    fresh = [e for e in week.experiments if week.since < e.created_at <= week.as_of]
    running = [e for e in week.experiments if is_under_way(e)]
    head = [
        book.note("decided", len(ended), f"{len(ended)} finished"),
        *(book.note(kind, n, f"{n} {kind}") for kind, n in sorted(counted.items())),
    ]
    back = sum(is_within(week, refined(e)) for e in running)
    more = [
        book.note("opened", len(fresh), f"{len(fresh)} opened"),
        book.note("open", len(running), f"{len(running)} under way"),
        *([book.note("iterating", back, f"{back} of them sent back to be refined")] * bool(back)),
    ]
    lines = [f"Experiments: {put(*head)}; {put(*more)}"]
    for outcome, e in ended[-LISTED:]:
        at = (e.decided_at or e.stage_since).astimezone(week.where).date()
        used = f", {figures.number(e.gpu_used, 1)} GPU-hours used" if e.gpu_used else ""
        shown = f"{named(e)}: {outcome} on {facts.day(at)}{used}"
        lines.append(put(book.note("ended", outcome, shown, subject=e.id)))
    rest = len(ended) - LISTED
    return lines + (
        [put(book.note("more ended", rest, f"{rest} more before"))] if rest > 0 else []
    )


def _stuck(book: Book, sprint: Sprint) -> list[str]:
    found = sorted(sprint.blockers, key=lambda b: b.at)
    lines = []
    for one in found[:LISTED]:
        holds = "".join(f", {experiment_id(number)}" for number in one.experiments)
        helper = f", helper {one.name_of(one.helper)}" if one.helper else ""
        shown = (
            f"{one.called} {one.kind}, {count(one.days, 'working day')}, {one.name}"
            f"{holds}{helper}: “{quotable(one.text, 120)}”"
        )
        lines.append(put(book.note("blocker", one.days, shown, unit="days", subject=one.called)))
    rest = len(found) - LISTED
    if rest > 0:
        lines.append(put(book.note("more blockers", rest, f"{count(rest, 'more blocker')}")))
    return lines or ["Nobody is stuck"]


def _overdue(book: Book, week: Week) -> tuple[str, ...]:
    mine = Book(book.facts)
    before = len(mine.facts)
    sheet_risks.note_down(mine, replace(week, notes=(), blockers=()), ROOM)
    labels = {"override": "Let through", "over box": "Over the time box",
              "over budget": "Over the compute budget", "silent": "No news",
              "drift": "Inputs changed"}  # fmt: skip
    lines = []
    for kind, label in labels.items():
        kinds = (kind, f"more {kind}", f"more {kind}s")
        found = [fact for fact in mine.facts[before:] if fact.kind in kinds]
        if kind == "override":  # a quoted fact stands alone on its line
            lines += [put(fact) for fact in found]
        elif found:
            lines.append(f"{label}: {put(*found)}")
    return tuple(lines) or ("Nothing",)


def _people(book: Book, sprint: Sprint) -> list[str]:
    lines = [put(book.note("readiness", None, sprint.readiness))] if sprint.readiness else []
    share = sprint.share
    if share is None or not share.expected:
        return [*lines, "Standup: no answers were due in this sprint yet"]
    late = f", {share.late} of them late" if share.late else ""
    shown = f"{share.answered} of {share.expected} answers ({share.percent}%){late}"
    return [*lines, f"Standup: {put(book.note('answers', share.answered, shown))}"]


def since(span: Span | None, today: date, where: ZoneInfo) -> datetime:
    """The last instant before the sprint (without one, before today)."""
    first = span.starts if span else today
    return calendar.instant(first, time(), where) - timedelta(microseconds=1)
