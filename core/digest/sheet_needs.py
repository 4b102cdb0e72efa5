"""What leadership is asked for, as facts: who decides what by when, and what happens otherwise.

The whole line is one fact, so that no owner, amount or day can move to another ask. What a
lead did not write is named as missing: nobody makes up what happens otherwise.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from core import facts
from core.digest import amount
from core.digest.page_budget import Room
from core.digest.week import Week
from core.facts import TEXT, Book, count
from core.privacy.injection import harmless
from core.project.note import Note

TEXT_LENGTH, OTHERWISE_LENGTH = 140, 100
_VERBS = (
    r"(?:please\s+)?(?:approve|decide|choose|confirm|release|sign|hire|buy|fund|pay|give|grant|name"
    r"|assign|agree|allow|stop|start|move|extend|cut|launch|wait|keep|pick|order|add|set|send"
    r"|review|accept|reject|free|open|close|make|let|get|provide|book|raise|lower|ask|tell)\b"
)
_VERB = re.compile(_VERBS, re.IGNORECASE)
_ASK = re.compile(
    rf"[^“]{{1,200}}(?:: “(?:{_VERBS})| to decide on “).*”, (?:by (?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)"
    r" \d+ [A-Z][a-z]+(?: \(\d+ days? overdue\))?|no date set)\. Otherwise: (?:“|not stated)",
    re.IGNORECASE,
)
CLOSED = ("Approved", "Declined")  # decisions in our words
SOMEBODY = "a lead"  # who wrote a note and is not known by name; only leads can


def note_down(book: Book, week: Week, room: Room) -> None:
    """Write down the open asks, the nearest first, how many they are, and fresh decisions."""
    needs = [note for note in week.notes if note.kind == "need"]
    waiting = sorted((n for n in needs if not n.decided_at),
                     key=lambda n: (n.by or date.max, n.number))  # fmt: skip
    for note in waiting[: room.needs]:
        _ask(book, week, note, room)
    if waiting:
        _asks(book, week, waiting)
    else:
        day = {"kind": "date", "label": "decision needed this week", "value": week.on.isoformat()}
        book.note("asks", 0, "No decision needed this week", unit="decisions", says=(day,),
                  label="number of asks")  # fmt: skip
    rest = len(waiting) - room.needs
    if rest > 0:
        book.note("more needs", rest, f"{rest} more {'ask' if rest == 1 else 'asks'}",
                  unit="asks", says=({"kind": "count", "label": "more asks", "unit": "asks",
                                      "value": rest},))  # fmt: skip
    fresh = [n for n in needs if n.decided_at and _at(n) <= week.as_of]
    for note in fresh[: room.decisions]:
        _decided(book, week, note, room)


def amounts(book: Book, week: Week) -> None:
    """Write down what each open ask amounts to, for sums over teams; no line tells these."""
    asked = [note for note in week.notes if note.kind == "need" and not note.decided_at]
    lines = {fact.subject: fact.id for fact in book.facts if fact.kind == "need"}
    for note in asked:
        found, subject = amount.read(note.amount), f"N{note.number}"
        if found.kind != amount.OTHER:
            parents = (lines[subject],) if subject in lines else ()
            book.note(f"asked {found.kind}", found.value, f"{found.words} asked for",
                      unit=found.unit, subject=subject, parents=parents)  # fmt: skip


def is_ask(line: str) -> bool:
    """True when a line of the digest names who asks, a verb, the day (or that there is none) and
    what happens otherwise, people's words in quotation marks.
    """
    return bool(_ASK.match(line))


def owner_of(week: Week, note: Note) -> str:
    """The owner's name as it may be shown, or ""."""
    return harmless(week.names.get(note.owner) or note.owner)


def author_of(week: Week, note: Note) -> str:
    """The name of who wrote its words, as it may be shown."""
    return harmless(week.names.get(note.author, "")) or SOMEBODY


def quoted(words: str) -> str:
    """Somebody's words between quotation marks, "" for none."""
    plain = words.replace("”", '"').replace("“", '"')
    return f"“{plain}”" if plain else ""


def _at(note: Note) -> datetime:
    return datetime.fromisoformat(note.decided_at)


def _asks(book: Book, week: Week, waiting: Sequence[Note]) -> None:
    """How many asks there are and when the first one is due."""
    shown = f"{count(len(waiting), 'decision')} needed"
    said: list[Mapping[str, Any]] = [{"kind": "count", "label": "decisions needed",
                                      "unit": "decisions", "value": len(waiting)}]  # fmt: skip
    due = waiting[0].by
    if due:
        first = "" if len(waiting) == 1 else "the first "
        late = due < week.today
        shown += f", {first}{'overdue since' if late else 'by'} {facts.day(due)}"
        name = "first decision overdue since" if late else "first decision needed"
        said.append({"kind": "date", "label": name, "value": due.isoformat()})
    book.note("asks", len(waiting), shown, unit="decisions", says=tuple(said),
              other=due.isoformat() if due else None, label="number of asks",
              parents=book.ids("need"))  # fmt: skip


def _ask(book: Book, week: Week, note: Note, room: Room) -> None:
    what, subject = room.fit(harmless(note.text), TEXT_LENGTH), f"N{note.number}"
    who = owner_of(week, note)
    amount = harmless(note.amount)
    options = [harmless(part).strip() for part in note.choice.split("|")] if note.choice else []
    choice = " or ".join(options)
    line = _asks_whom(week, note, who) + (": " if _VERB.match(what) else " to decide on ")
    line += quoted(f"{what} ({amount})" if amount else what)
    line += f": {' or '.join(map(quoted, options))}" if options else ""
    line += f", {_when(week, note)}. "
    otherwise = room.fit(harmless(note.otherwise), OTHERWISE_LENGTH)
    line += f"Otherwise: {quoted(otherwise) or 'not stated'}."
    texts = {"ask": what, "amount": amount, "choice": choice, "if not decided": otherwise}
    said: list[Mapping[str, Any]] = [
        {"kind": "text", "subject": subject, "label": name, "value": words}
        for name, words in texts.items() if words
    ]  # fmt: skip
    for label, name in (("decision owner", who), ("who asks", author_of(week, note))):
        if name:
            said.append({"kind": "person", "subject": subject, "label": label, "value": name})
    due = note.by.isoformat() if note.by else None
    if due:
        said.append({"kind": "date", "subject": subject, "label": "decision needed by",
                     "value": due})  # fmt: skip
    book.note("need", note.text, line, unit=TEXT, other=due, subject=subject, label="ask",
              says=tuple(said))  # fmt: skip


def _asks_whom(week: Week, note: Note, owner: str) -> str:
    author = author_of(week, note)
    first = author[0].upper() + author[1:]
    if note.owner and note.owner == note.author:
        return f"{first} asks and decides"
    return f"{first} asks {owner}" if owner else f"{first} asks (owner not named)"


def _when(week: Week, note: Note) -> str:
    if not note.by:
        return "no date set"
    late = (week.today - note.by).days
    return f"by {facts.day(note.by)}" + (f" ({count(late, 'day')} overdue)" if late > 0 else "")


def _decided(book: Book, week: Week, note: Note, room: Room) -> None:
    what = room.fit(harmless(note.text), TEXT_LENGTH // 2)
    decision = room.fit(harmless(note.decision), TEXT_LENGTH // 2) or "yes"
    said = tuple(
        {"kind": "text", "subject": f"N{note.number}", "label": name, "value": words}
        for name, words in (("ask", what), ("decision", decision))
    )
    told = decision if decision in CLOSED else quoted(decision)
    by = harmless(week.names.get(note.decided_by, ""))
    shown = f"Decided: {quoted(what)}, asked by {author_of(week, note)}: {told}"
    shown += f", by {by}" if by else ""
    book.note("decided", note.text, shown, unit=TEXT, says=said,
              subject=f"N{note.number}", label="decision")  # fmt: skip
