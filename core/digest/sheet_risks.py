"""Risks and blockers of the week as facts: what leads wrote, then what the data shows."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from core import facts, figures
from core.digest.page_budget import Room
from core.digest.sheet_needs import author_of, owner_of, quoted
from core.digest.week import Week
from core.experiments.experiment import Experiment
from core.experiments.words import days_late, days_silent, is_overspent, is_stale
from core.facts import TEXT, Book, count
from core.privacy.injection import harmless
from core.project.note import Note
from core.text import shorten

NAME = 40  # characters of a feature's or source's name
LENGTHS = {"text": 140, "impact": 60, "mitigation": 80}

MORE = {"over box": "late", "over budget": "overspent", "silent": "silent"}


def note_down(book: Book, week: Week, room: Room) -> None:
    """Write down the leads' risks, then what is over its box or budget, silent, blocked
    or fed with changed inputs.
    """
    theirs = sorted(
        (n for n in week.notes if n.kind == "risk"), key=lambda n: (n.by or date.max, n.number)
    )
    for note in theirs[: room.risks]:
        _written(book, note, week, room)
    _rest(book, "risks", len(theirs) - room.risks, "more {}", "risk")
    _overrides(book, week, room)
    _over_box(book, week, room)
    _over_budget(book, week, room)
    _silent(book, week, room)
    _blockers(book, week, room)
    _drift(book, week, room)


def _written(book: Book, note: Note, week: Week, room: Room) -> None:
    """One fact for the whole line, so that no owner or date can move to another note. What was
    not written is named as missing.
    """
    words = {name: room.fit(harmless(getattr(note, name)), limit)
             for name, limit in LENGTHS.items()}  # fmt: skip
    who, subject = owner_of(week, note), f"N{note.number}"
    odds = f"{note.likelihood.capitalize()} likelihood" if note.likelihood else "Not rated"
    odds = "Certain" if note.likelihood == "certain" else odds
    by = author_of(week, note)
    line = f"{odds}, says {by}: {quoted(words['text'])}. "
    line += f"Impact: {quoted(words['impact']) or 'not stated'}. "
    line += f"Mitigation: {quoted(words['mitigation']) or 'none yet'}. Owner: {who or 'not named'}"
    due = note.by.isoformat() if note.by else None
    if note.by:
        late = (week.today - note.by).days
        overdue = f" ({count(late, 'day')} overdue)" if late > 0 else ""
        line += f", by {facts.day(note.by)}{overdue}"
    said: list[Mapping[str, Any]] = [
        {"kind": "text", "subject": subject, "label": name, "value": text}
        for name, text in words.items() if text
    ]  # fmt: skip
    for kind, label, value in (("status", "likelihood", note.likelihood), ("person", "owner", who),
                               ("person", "who says so", by), ("date", "due", due)):  # fmt: skip
        if value:
            said.append({"kind": kind, "subject": subject, "label": label, "value": value})
    book.note("risk", note.text, f"{line}.", unit=TEXT, other=due, subject=subject,
              says=tuple(said))  # fmt: skip


def _rest(book: Book, kind: str, rest: int, words: str, one: str) -> None:
    """How many more there are of what was not told."""
    if rest > 0:
        shown = f"{rest} {words.format(one if rest == 1 else one + 's')}"
        said = {"kind": "count", "label": shown.lstrip("0123456789 "), "unit": one, "value": rest}
        book.note(f"more {kind}", rest, shown, unit=one, says=(said,))


def _overrides(book: Book, week: Week, room: Room) -> None:
    for experiment, leads in week.overrides[: max(1, room.named)]:
        shown = (f"Certain: {experiment} went on without passing every check. Impact: not known. "
                 f"Mitigation: none. Owner: {harmless(leads)}, who let it through.")  # fmt: skip
        book.note("override", experiment, shown, unit=TEXT, subject=experiment)
    rest = len(week.overrides) - max(1, room.named)
    if rest > 0:
        said = {"kind": "count", "label": "more let through", "unit": "experiments", "value": rest}
        book.note("more overrides", rest, f"{rest} more let through", unit="experiments",
                  says=(said,))  # fmt: skip


def _over_box(book: Book, week: Week, room: Room) -> None:
    late = [(days, e) for e in week.experiments if (days := days_late(e, week.today))]

    def note(days: int, e: Experiment) -> None:
        said = {"kind": "duration", "label": "late", "unit": "days", "value": days}
        shown = f"{e.id} is {count(days, 'day')} late"
        book.note("over box", days, shown, unit="days", other=e.box_days, subject=e.id,
                  says=(said,), label="days over the time box")  # fmt: skip

    _worst_first(book, "over box", late, note, room)


def _over_budget(book: Book, week: Week, room: Room) -> None:
    over = [(int(e.gpu_used * 1000), e) for e in week.experiments if is_overspent(e)]

    def note(_: int, e: Experiment) -> None:
        said = {"kind": "metric", "label": "GPU-hours used", "unit": "GPU-hours",
                "value": e.gpu_used, "target": e.gpu_budget, "better": "lower"}  # fmt: skip
        shown = f"{e.id} used {figures.spent(e.gpu_used, e.gpu_budget)} GPU-hours"
        book.note("over budget", e.gpu_used, shown, unit="GPU-hours", other=e.gpu_budget,
                  subject=e.id, says=(said,))  # fmt: skip

    one = Room(room.learnings, room.risks, room.needs, min(1, room.named), room.share)
    _worst_first(book, "over budget", over, note, one)


def _silent(book: Book, week: Week, room: Room) -> None:
    stale = [(days_silent(e, week.today, week.where), e) for e in week.experiments
             if is_stale(e, week.as_of, week.where, after=week.stale_after)]  # fmt: skip

    def note(days: int, e: Experiment) -> None:
        shown = f"{e.id} is silent for {count(days, 'working day')}"
        said = {"kind": "count", "label": "silent working days", "unit": "working days",
                "value": days}  # fmt: skip
        book.note("silent", days, shown, unit="working days", subject=e.id, says=(said,))

    _worst_first(book, "silent", stale, note, room)


def _worst_first(
    book: Book,
    kind: str,
    found: Sequence[tuple[int, Experiment]],
    note: Callable[[int, Experiment], None],
    room: Room,
) -> None:
    ordered = sorted(found, key=lambda pair: (-pair[0], pair[1].number))
    for amount, e in ordered[: room.named]:
        note(amount, e)
    rest = len(ordered) - room.named
    if rest > 0:
        words = f"more {MORE[kind]}" if room.named else MORE[kind]
        what = {"kind": "count", "label": words, "unit": "experiments", "value": rest}
        # said right after the last one named: the verifier hears it as about that one, too
        near = [{**what, "subject": ordered[room.named - 1][1].id}] if room.named else []
        book.note(f"more {kind}", rest, f"{rest} {words}", unit="experiments",
                  says=(what, *near))  # fmt: skip


def _blockers(book: Book, week: Week, room: Room) -> None:
    if not week.blockers:
        return
    total = len(week.blockers)
    said = {"kind": "count", "label": "open blockers", "unit": "blockers", "value": total}
    book.note("blockers", total, f"{count(total, 'open blocker')}", unit="blockers", says=(said,))
    counted = Counter(kind for kind, _ in week.blockers)
    for kind, amount in _kinds(counted) if room.named else ():
        said = {"kind": "count", "label": kind, "unit": "blockers", "value": amount,
                "of": total}  # fmt: skip
        shown = f"{amount} {kind}" if len(counted) > 1 else kind
        book.note("blocker kind", amount, shown, unit="blockers", other=total,
                  says=(said,))  # fmt: skip
    oldest = min(at for _, at in week.blockers).astimezone(week.where).date()
    day = {"kind": "date", "label": "oldest blocker since", "value": oldest.isoformat()}
    book.note("oldest blocker", oldest.isoformat(), f"the oldest since {facts.day(oldest)}",
              unit="date", says=(day,))  # fmt: skip


def _kinds(counted: Mapping[str, int]) -> list[tuple[str, int]]:
    """At most two, since a sentence holds few numbers; they add up to all blockers."""
    first, *rest = sorted(counted.items(), key=lambda pair: (pair[0] == "other", -pair[1], pair))
    if len(rest) > 1:
        return [first, ("of other kinds", sum(amount for _, amount in rest))]
    return sorted([first, *rest], key=lambda pair: (-pair[1], pair[0]))


def _drift(book: Book, week: Week, room: Room) -> None:
    """The features that drift, the largest change first; a column that is gone before all."""
    worst = sorted(week.drifted, key=lambda d: (d.psi is not None, -(d.psi or 0.0), d.since))
    for found in worst[: room.named]:
        since = found.since.astimezone(week.where).date()
        how = " (gone or retyped)" if found.psi is None else ""
        feature, source = (shorten(harmless(name), NAME).replace("”", "").replace("“", "")
                           for name in (found.feature, found.source))  # fmt: skip
        day = {"kind": "date", "subject": "project", "label": "inputs changed since",
               "value": since.isoformat()}  # fmt: skip
        names = {"kind": "text", "subject": "project", "label": "changed input",
                 "value": f"{feature} of {source}"}  # fmt: skip
        shown = f"“{feature} of {source}” since {facts.day(since)}{how}"
        book.note("drift", found.psi, shown, unit="PSI", other=since.isoformat(),
                  subject=found.source, says=(day, names))  # fmt: skip
    rest = len(worst) - room.named
    if rest > 0:
        said = {"kind": "count", "label": "more inputs changed", "unit": "inputs", "value": rest}
        shown = f"{rest} more changed" if room.named else f"{count(rest, 'input')} changed"
        book.note("more drift", rest, shown, unit="features", says=(said,))
