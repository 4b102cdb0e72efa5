"""Blockers in Slack: the item with its buttons, the steps in its thread, lists, forms."""

from collections.abc import Mapping, Sequence

from core.blockers.blocker import CAUSE_NAMES, Blocker, Note, age
from core.experiments.experiment import Experiment
from core.quantity import blocker_id, experiment_id
from views import kit
from views.kit import Message

_LISTED = 10
_EMPTY = {
    "open": "Nobody is stuck: there is no open blocker.",
    "mine": "You have no open blocker, and nobody asks you for help with one.",
    "all": "There has been no blocker in the last 30 days.",
    "resolved": "No blocker was resolved in the last 30 days.",
}
_KINDS = {"data": "Data", "compute": "Compute", "clarity": "Clarity", "other": "Something else"}
_TITLES = {"open": "open", "mine": "yours", "all": "in 30 days", "resolved": "resolved"}


def blocker(item: Blocker) -> Message:
    """The blocker where it is worked on: what it is, whom it concerns, what can be done."""
    text, blocks = _card(item)
    return Message(text, [*blocks, *([_buttons(item)] if item.state == "open" else [])])


def card(item: Blocker) -> Message:
    """The blocker with its whole trail, for somebody who asked for it."""
    text, blocks = blocker(item)
    lines = [_said(step.what, item, n) for n, step in enumerate(item.steps)]
    where = "told in a standup" if item.channel else "opened by its ticket"
    shown = [kit.context(f"{kit.moment(item.at)}: {where}", *lines[-8:])]
    return Message(text, [*blocks[:2], *shown, *blocks[2:]])


def listing(items: Sequence[Blocker], which: str) -> Message:
    """Blockers as lines with their age."""
    if not items:
        return Message(_EMPTY[which], [kit.section(_EMPTY[which])])
    title = f"{len(items)} {'blocker' if len(items) == 1 else 'blockers'}, {_TITLES[which]}"
    lines = [_line(item) for item in items[:_LISTED]]
    more = len(items) - _LISTED
    lines += [f"and {more} more"] if more > 0 else []
    return Message(
        title,
        [
            kit.section(f"*{title}*"),
            kit.section("\n".join(lines)),
            kit.context("`/blocker BLK-003` shows one. Ages are working days."),
        ],
    )


def form(kind: str, item: Blocker, typed: str = "") -> kit.Block:
    """Asks for the words of an update or a resolution (kind: update | resolve)."""
    label = "What is new?" if kind == "update" else "How was it resolved?"
    blocks = [
        kit.section(f"*{item.called}* · {kit.escape(item.name)} · {item.kind}"),
        kit.quote(kit.clip(item.text, 600)),
        kit.field("text", label, kit.text_input(typed, lines=True)),
    ]
    word = "Update" if kind == "update" else "Resolve"
    meta = {"number": item.number}
    return kit.modal(f"blocker_{kind}", f"{word} {item.called}", blocks, submit=word, meta=meta)


def new_form(
    kept: Mapping[str, object],
    mine: Sequence[Experiment],
    *,
    meta: Mapping[str, object] | None = None,
) -> kit.Block:
    """Asks what somebody is stuck on. mine: their open experiments."""
    kinds = [kit.option(label, kind) for kind, label in _KINDS.items()]
    typed = {name: str(kept.get(name) or "") for name in ("kind", "text", "experiment", "helper")}
    helper: kit.Block = {"type": "users_select"}
    helper |= {"initial_user": typed["helper"]} if typed["helper"] else {}
    blocks = [
        kit.field("kind", "Stuck on", kit.choice(kinds, typed["kind"] or "data", radio=True)),
        kit.field("text", "What holds you up?", kit.text_input(typed["text"], lines=True)),
        kit.field("helper", "Who can help?", helper, hint="They hear of it.", optional=True),
    ]
    if mine:
        options = [kit.option(f"{e.id} {e.title}", str(e.number)) for e in mine]
        picked = kit.choice(options, typed["experiment"])
        blocks.append(kit.field("experiment", "Which experiment?", picked, optional=True))
    return kit.modal("blocker_new", "Report a blocker", blocks, submit="Report", meta=meta)


def reported(item: Blocker, channel: str) -> Message:
    """What the person hears who reported it."""
    unset = "No team channel is set; a lead sets it: `/exp setup`."
    where = f"It is in <#{channel}>." if channel else unset
    text = f"{item.called} is reported. {where} `/blocker resolve {item.called} how` closes it."
    return Message(text, [kit.section(text)])


def acknowledged(item: Blocker, *, new: bool) -> Message:
    """What the person hears who acknowledged it, first or second."""
    who = kit.escape(item.name_of(item.acknowledged_by))
    said = "You are on it; its thread says so." if new else f"Acknowledged by {who} already."
    text = f"{item.called}: {said}"
    return Message(text, [kit.section(text)])


def escalated(item: Blocker, person: str, *, new: bool) -> Message:
    """What the person hears who escalated it."""
    who = kit.escape(item.name_of(person))
    text = f"{item.called} is with {who} now, by direct message."
    text = text if new else f"{item.called} is with {who} already."
    return Message(text, [kit.section(text)])


def done(item: Blocker) -> Message:
    """What the person hears who updated or resolved it."""
    text = f"{item.called} is resolved." if item.state == "resolved" else f"{item.called}: noted."
    return Message(text, [kit.section(f"{text} Its thread says so.")])


def caused(item: Blocker) -> Message:
    """What the person hears who named its cause."""
    cause = f"cause {CAUSE_NAMES[item.cause]}" if item.cause else "no cause"
    text = f"{item.called}: {cause}."
    return Message(text, [kit.section(text)])


def _card(item: Blocker) -> Message:
    text = kit.escape(f"{item.called} {_state(item)}: {item.name} is stuck on {_what(item)}")
    helper = f"asks {item.name_of(item.helper)}" if item.helper else ""
    holds = ", ".join(experiment_id(number) for number in item.experiments)
    cause = CAUSE_NAMES[item.cause] if item.cause and item.kind != "other" else ""
    facts = [
        item.program and f"told by {item.program}",
        cause and f"cause: {cause}",
        helper,
        f"holds {holds}" if holds else "",
        f"{age(item.days)} open" if item.days else "",
        f"with {item.name_of(item.escalated_to)}" if item.escalated_to else "",
        item.resolution and f"how: {item.resolution}",
    ]
    line = " · ".join(kit.escape(fact, 600) for fact in facts if fact)
    head = kit.section(f"*{text}*" + (f"\n{line}" if line else ""))
    return Message(text, [head, kit.quote(kit.clip(item.text, 1500))])


def _state(item: Blocker) -> str:
    if item.state == "open" and item.acknowledged_by:
        return f"acknowledged by {item.name_of(item.acknowledged_by)}"
    if item.state == "resolved" and item.closed_by:
        return f"resolved by {item.name_of(item.closed_by)}"
    return item.state


def _what(item: Blocker) -> str:
    other = CAUSE_NAMES[item.cause] if item.cause else "something"
    return other if item.kind == "other" else item.kind


def _buttons(item: Blocker) -> kit.Block:
    number = str(item.number)
    first = [] if item.acknowledged_by else [kit.button("Acknowledge", "blocker_ack", number)]
    return kit.actions(
        *first,
        kit.button("Update", "blocker_update", number),
        kit.button("Resolve", "blocker_resolve", number),
    )


def step(note: Note) -> Message:
    """What was done about a blocker, in its thread."""
    said = {
        "acknowledged": f"{note.name} is on it",
        "reported": f"{note.name} reported it {note.step.text}",
        "updated": f"{note.name}: {note.step.text}",
        "resolved": f"resolved by {note.name}: {note.step.text}",
        "escalated": f"{note.name} asks {note.whom}"
        if note.name
        else f"nobody has moved it for days; {note.whom} was asked",
    }
    text = kit.escape(f"{blocker_id(note.number)} {said[note.step.what]}")
    return Message(text, [kit.section(text)])


def _said(what: str, item: Blocker, n: int) -> str:
    step = item.steps[n]
    who, words = item.name_of(step.who) or "by itself", f": {step.text}"
    words = f" to {item.name_of(step.text)}" if what == "escalated" else words
    words = words if step.text else ""
    return f"{kit.moment(step.at)}: {what} {kit.escape(who)}{kit.escape(words, 300)}"


def _line(item: Blocker) -> str:
    holds = ", ".join(experiment_id(number) for number in item.experiments[:3])
    helper = f", asks {item.name_of(item.helper)}" if item.helper else ""
    state = "" if item.state == "open" else f" ({item.state})"
    acknowledged = ", acknowledged" if item.acknowledged_by and item.state == "open" else ""
    about = f" [{holds}]" if holds else ""
    said = f"{item.kind}, {item.name}{helper}{acknowledged}: {item.told}"
    return f"*{item.called}* {age(item.days)}{state} · {kit.escape(_one_line(said), 150)}{about}"


def _one_line(text: str) -> str:
    return " ".join(text.split())
