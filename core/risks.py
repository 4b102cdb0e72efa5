"""Risks, blockers and needs of the week as facts: what leads wrote, then what the data shows."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, datetime

from core import facts
from core.calendar import working_days_between
from core.experiment import Experiment, budget_share, days_left, is_over_box, is_stale
from core.facts import TEXT, Book, count
from core.note import Note
from core.text import shorten
from core.week import Week

SAME = 1e-9
NAME = 40  # characters of a feature's or source's name
NAMED = 2  # experiments named per risk; the rest is counted
WRITTEN = {"risk": 2, "need": 3, "milestone": 1}  # lines per kind; the rest is counted

MORE = {"over box": "late", "over budget": "over budget", "silent": "silent"}


def note_down(book: Book, week: Week) -> None:
    """Write down the leads' notes, then what is over its box or budget, silent, blocked
    or fed with changed inputs.
    """
    for kind, most in WRITTEN.items():
        theirs = sorted(
            (n for n in week.notes if n.kind == kind),
            key=lambda n: (not n.decision, n.by or date.max, n.number),
        )
        for note in theirs[:most]:
            _written(book, note, week)
        rest = len(theirs) - most
        if rest > 0 and kind != "milestone":
            book.note(f"more {kind}s", rest, f"{rest} more {kind if rest == 1 else kind + 's'}")
    _overrides(book, week)
    _over_box(book, week)
    _over_budget(book, week)
    _silent(book, week)
    _blockers(book, week)
    _drift(book, week)


def _written(book: Book, note: Note, week: Week) -> None:
    """One fact for the whole line, so that no owner or date can move to another note."""
    more = [
        f"{label}: {words}"
        for label, words in (
            ("impact", note.impact),
            ("likelihood", note.likelihood),
            ("mitigation", note.mitigation),
            ("owner", week.names.get(note.owner) or note.owner),
        )
        if words
    ]
    due = note.by.isoformat() if note.by else None
    if note.decision:
        more = [f"decided: {note.decision}"] + ([f"because {note.why}"] if note.why else [])
    elif note.by:
        late = (week.today - note.by).days
        overdue = f" ({count(late, 'day')} overdue)" if late > 0 else ""
        more.append(f"by {facts.day(note.by)}{overdue}")
    line = note.text + (f" — {'; '.join(more)}" if more else "")
    book.note(note.kind, note.text, line, unit=TEXT, other=due, subject=f"N{note.number}")


def _overrides(book: Book, week: Week) -> None:
    for experiment, leads in week.overrides[:NAMED]:
        shown = f"{experiment} let through without a GO of the eval gate by {leads}"
        book.note("override", experiment, shown, unit=TEXT, subject=experiment)
    rest = len(week.overrides) - NAMED
    if rest > 0:
        book.note("more overrides", rest, f"{rest} more let through", unit="experiments")


def _over_box(book: Book, week: Week) -> None:
    late = [(-(days_left(e, week.today) or 0), e) for e in week.experiments
            if is_over_box(e, week.today)]  # fmt: skip

    def note(days: int, e: Experiment) -> None:
        shown = f"{e.id} by {count(days, 'day')}"
        book.note("over box", days, shown, unit="days", other=e.box_days, subject=e.id)

    _worst_first(book, "over box", late, note)


def _over_budget(book: Book, week: Week) -> None:
    over = [(int(e.gpu_used * 1000), e) for e in week.experiments
            if e.is_open and (budget_share(e) or 0) > 1 + SAME]  # fmt: skip

    def note(_: int, e: Experiment) -> None:
        used, budget = facts.pair(e.gpu_used, e.gpu_budget, percent=False)
        shown = f"{e.id} with {used} of {budget} GPU-hours"
        book.note("over budget", e.gpu_used, shown, unit="GPU-hours", other=e.gpu_budget,
                  subject=e.id)  # fmt: skip

    _worst_first(book, "over budget", over, note)


def _silent(book: Book, week: Week) -> None:
    def quiet(e: Experiment) -> int:
        last: datetime = e.progress_at.astimezone(week.where)
        return working_days_between(last.date(), week.today)

    stale = [(quiet(e), e) for e in week.experiments
             if is_stale(e, week.as_of, week.where, after=week.stale_after)]  # fmt: skip

    def note(days: int, e: Experiment) -> None:
        shown = f"{e.id} for {count(days, 'working day')}"
        book.note("silent", days, shown, unit="working days", subject=e.id)

    _worst_first(book, "silent", stale, note)


def _worst_first(
    book: Book,
    kind: str,
    found: Sequence[tuple[int, Experiment]],
    note: Callable[[int, Experiment], None],
) -> None:
    ordered = sorted(found, key=lambda pair: (-pair[0], pair[1].number))
    for amount, e in ordered[:NAMED]:
        note(amount, e)
    rest = len(ordered) - NAMED
    if rest > 0:
        book.note(f"more {kind}", rest, f"{rest} more {MORE[kind]}", unit="experiments")


def _blockers(book: Book, week: Week) -> None:
    if not week.blockers:
        return
    total = len(week.blockers)
    book.note("blockers", total, f"{count(total, 'open blocker')}", unit="blockers")
    counted = Counter(kind for kind, _ in week.blockers)
    for kind, amount in sorted(counted.items(), key=lambda item: (-item[1], item[0])):
        book.note("blocker kind", amount, f"{amount} {kind}", unit="blockers", other=total)
    oldest = min(at for _, at in week.blockers).astimezone(week.where).date()
    book.note("oldest blocker", oldest.isoformat(), f"oldest since {facts.day(oldest)}",
              unit="date")  # fmt: skip


def _drift(book: Book, week: Week) -> None:
    """The features that drift, the largest change first; a column that is gone before all."""
    worst = sorted(week.drifted, key=lambda d: (d.psi is not None, -(d.psi or 0.0), d.since))
    for found in worst[:NAMED]:
        since = found.since.astimezone(week.where).date()
        how = "gone or of another type" if found.psi is None else f"PSI {facts.figure(found.psi)}"
        where = f"{shorten(found.feature, NAME)} of {shorten(found.source, NAME)}"
        book.note("drift", found.psi, f"{where} since {facts.day(since)} ({how})",
                  unit="PSI", other=since.isoformat(), subject=found.source)  # fmt: skip
    rest = len(worst) - NAMED
    if rest > 0:
        book.note("more drift", rest, f"{rest} more drifting", unit="features")
