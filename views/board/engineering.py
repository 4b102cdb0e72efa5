"""Engineering tickets to read: a line, the card, lists, history, and what is said in public."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from core.audited import Entry
from core.board.engineering import Engineering
from core.board.engineering_form import NAMES
from core.quantity import experiment_id
from views import audited, kit
from views.kit import Message

ROWS = 10
_HIDDEN = {"since", "created_at", "created_by", "number", "missed"}  # missed: also the reason


def named(ticket: Engineering, limit: int = 80) -> str:
    """`*ENG-003* Quantize the reranker` in mrkdwn."""
    return f"*{ticket.id}* {kit.escape(ticket.title, limit)}"


def ids(ticket: Engineering) -> str:
    """`EXP-042, EXP-050`, at most ten."""
    found = [experiment_id(number) for number in ticket.experiments]
    return ", ".join(found[:10]) + (f" and {len(found) - 10} more" if len(found) > 10 else "")


def line(ticket: Engineering, today: date) -> str:
    """One line in mrkdwn: id, title, status, type, owner, box, what it blocks."""
    facts = [ticket.status, ticket.kind, kit.person(ticket.owner)]
    if ticket.is_over(today) and ticket.box_ends:
        facts.append(f"*over its box* (ended {kit.day(ticket.box_ends)})")
    elif ticket.is_open and ticket.box_ends:
        facts.append(f"box ends {kit.day(ticket.box_ends)}")
    if ticket.experiments and ticket.is_open:
        facts.append(f"blocks {ids(ticket)}")
    return f"{named(ticket)} · " + " · ".join(facts)


def listed(found: Sequence[Engineering], wanted: str, today: date, *, first: int = 0) -> Message:
    """Ten tickets from `first` on, each with a button, and a way to the others."""
    what = {"mine": "of yours", "open": "open", "all": "in all"}[wanted]
    text = f"{len(found)} engineering ticket{'' if len(found) == 1 else 's'} {what}"
    if not found:
        blocks = [kit.section(f"*No engineering ticket {what}.* *New ticket* writes one.")]
        return Message(blocks[0]["text"]["text"].replace("*", ""), [*blocks, _ways(wanted, 0, 0)])
    first = max(0, min(first, len(found) - 1)) // ROWS * ROWS
    blocks = [kit.section(f"*{text}*")]
    for ticket in found[first : first + ROWS]:
        show = kit.button("Show", "eng_show", str(ticket.number))
        blocks.append(kit.section(line(ticket, today), show))
    return Message(text, [*blocks, _ways(wanted, first, len(found) - first - ROWS)])


def _ways(wanted: str, first: int, rest: int) -> kit.Block:
    buttons = [kit.button("New ticket", "eng_new"), kit.button("Help", "help", "/eng")]
    if first:
        buttons.append(kit.button("Earlier", "eng_earlier", f"{wanted}|{first - ROWS}"))
    if rest > 0:
        more = f"Next {min(ROWS, rest)}"
        buttons.append(kit.button(more, "eng_page", f"{wanted}|{first + ROWS}"))
    return kit.actions(*buttons)


def card(ticket: Engineering, today: date, *, note: str = "", change_id: int = 0) -> Message:
    """One ticket with its targets and buttons. note: what just happened; change_id: for Undo."""
    text = f"{ticket.id} is in {ticket.status}: {kit.escape(ticket.title, 150)}"
    head = f"{named(ticket, 200)}\n{ticket.status} · {ticket.kind}"
    head += " · *over its box*" if ticket.is_over(today) else ""
    blocks = [kit.section(kit.escape(note, 600))] if note else []
    blocks += [kit.section(head), kit.fields(_facts(ticket))]
    if ticket.missed:
        blocks += [
            kit.context("*Done though a target is not shown, because*"),
            kit.quote(ticket.missed),
        ]
    return Message(note or text, [*blocks, _buttons(ticket, change_id)])


def _facts(ticket: Engineering) -> list[tuple[str, str]]:
    ends = f", ends {kit.day(ticket.box_ends)}" if ticket.box_ends else ", not begun"
    return [
        ("Owner", kit.person(ticket.owner)),
        ("Box", f"{ticket.box_days} days{ends if ticket.is_open else ''}"),
        ("Model artifact", kit.escape(ticket.model_artifact, 200) or "–"),
        ("Blocks", ids(ticket) or "no experiment"),
        ("Latency", _against(ticket.latency_target, ticket.latency_measured)),
        ("Cost", _against(ticket.cost_target, ticket.cost_measured)),
    ]


def _against(wanted: str, measured: str) -> str:
    told = [f"target {kit.escape(wanted, 100)}"] if wanted else []
    told += [f"measured {kit.escape(measured, 100)}"] if measured else []
    return ", ".join(told) or "no target"


def _buttons(ticket: Engineering, change_id: int) -> kit.Block:
    number = str(ticket.number)
    steps = {
        "todo": [("Start", "doing")], "doing": [("To review", "review")],
        "review": [("Back to doing", "doing")], "done": [("Take it up again", "doing")],
    }  # fmt: skip
    buttons = [
        kit.button(label, "eng_move", f"{number} {to}") for label, to in steps[ticket.status]
    ]
    if ticket.is_open:
        buttons.append(kit.button("Done…", "eng_done", number, style="primary"))
        buttons.append(kit.button("Edit", "eng_edit", number))
    buttons.append(kit.button("History", "eng_history", number))
    if change_id:
        buttons.append(kit.button("Undo", "eng_undo", str(change_id)))
    return kit.actions(*buttons)


def history(ticket: Engineering, entries: Sequence[Entry]) -> Message:
    """Who changed what, newest first."""
    return audited.history(ticket.id, ticket.title, entries, _entry)


def _entry(entry: Entry) -> str:
    return audited.line(entry, NAMES, _HIDDEN, _value)


def _value(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(experiment_id(number) for number in value) or "–"
    text = kit.escape(" ".join(str(value if value is not None else "").split()), 80)
    return text or "–"


def started(it: Engineering, by: str) -> Message:
    """One line for a new ticket."""
    text = f"{it.id} is new ({it.kind}), by {kit.person(by)}"
    text += f", owner {kit.person(it.owner)}" if it.owner != by else ""
    facts = [kit.escape(it.title, 150)]
    facts += [f"latency {kit.escape(it.latency_target, 80)}"] if it.latency_target else []
    facts += [f"cost {kit.escape(it.cost_target, 80)}"] if it.cost_target else []
    facts += [f"blocks {ids(it)}"] if it.experiments else []
    return Message(text, [kit.section(f"*{text}*\n{' · '.join(facts)}")])


def done(it: Engineering, by: str, freed: Sequence[str]) -> Message:
    """One line for a ticket that is done, with what was measured.

    freed: experiments (`EXP-042`) that wait for nothing now.
    """
    below = ", without showing a target" if it.missed else ""
    text = f"{it.id} is done{below} (by {kit.person(by)}): {kit.escape(it.title, 150)}"
    told = [
        f"{name} {_against(wanted, measured)}"
        for name, wanted, measured in (
            ("latency", it.latency_target, it.latency_measured),
            ("cost", it.cost_target, it.cost_measured),
        )
        if wanted or measured
    ]
    told += [f"nothing blocks {', '.join(freed)} any more"] if freed else []
    blocks = [kit.section("\n".join([f"*{text}*", *([" · ".join(told)] if told else [])]))]
    return Message(text, [*blocks, *([kit.quote(it.missed)] if it.missed else [])])
