"""The Definition of Done: to read, the form of one metric, the form of all as text."""

from collections.abc import Mapping, Sequence
from typing import Any

from core.evals import definition_of_done as rules
from core.evals.definition_of_done import Requirement
from core.evals.done_from_canvas import CanvasRequirement
from core.evals.judgement import limits_of
from core.evals.loosening import LooseningAsked
from views import kit
from views.evals import loosening
from views.kit import Message

ONE, ALL = "gate_done", "gate_done_toml"
PIECE = 2900  # characters of text in one field; Slack takes 3,000
KEPT = "What you typed before is still here."
_KINDS = {
    "rate": "share of examples that are right (or wrong)",
    "mean": "mean of a score",
    "p95": "95th percentile, such as latency",
    "exact": "every example must match (golden set)",
    "deterministic": "the same in every run",
    "consistency": "spread over runs at most the threshold",
    "no_regression": "every other measured metric within the margin",
    "confirmed": "nothing measures it: a person confirms it",
}


def overview(
    requirements: Sequence[Requirement], *, by_default: bool, leads: bool,
    offers: Sequence[CanvasRequirement] = (),
) -> Message:  # fmt: skip
    """All of it by group, and for leads the buttons to change it. offers: the canvas's targets."""
    whose = "the source document's, until you write your own" if by_default else "your team's"
    text = f"Definition of Done: {len(requirements)} metrics ({whose})"
    blocks = [kit.section(f"*{text}*")]
    for group in rules.GROUPS:
        lines = [_line(found) for found in requirements if found.group == group]
        if lines:
            title = group.replace("_", " ")
            blocks.append(kit.section(f"*{title}*\n" + "\n".join(lines)))
    blocks += [_offer(one, leads=leads) for one in offers]
    if leads:
        blocks.append(_buttons(requirements))
    else:
        blocks.append(kit.context("Leads can change it: `/gate done`."))
    return Message(text, blocks)


def form(found: Requirement | None, kept: Mapping[str, Any], *, channel: str) -> kit.Block:
    """One metric: a new one, or the one given. kept: what was typed and not sent."""
    known = _texts(found or Requirement("")) | {k: v for k, v in kept.items() if v is not None}
    blocks = [kit.context(KEPT)] if kept else []
    blocks += _named(known, fixed=found.name if found else "")
    blocks += _limits(known, removable=found is not None)
    title = "Change a metric" if found else "Add a metric"
    meta = {"name": found.name if found else "", "channel": channel}
    return kit.modal(ONE, title, blocks, submit="Save", meta=meta)


def canvas_form(offer: CanvasRequirement, *, channel: str) -> kit.Block:
    """The form of one metric with the canvas's target in it; nothing changes until it is sent."""
    wanted = _texts(offer.requirement)
    found = offer.instead_of
    blocks = [kit.context(f"From the canvas: {kit.escape(offer.text, 200)}.")]
    blocks += _named(wanted, fixed=found.name if found else "")
    blocks += _limits(wanted, removable=found is not None)
    meta = {"name": found.name if found else "", "channel": channel}
    meta["canvas"] = offer.measure.name
    return kit.modal(ONE, "From the canvas", blocks, submit="Save", meta=meta)


def is_typed(values: Mapping[str, Any], found: Requirement | None) -> bool:
    """True when the form of one metric holds something else than it was opened with."""
    known = _texts(found or Requirement(""))
    return any((values.get(name) or "") != (known[name] or "") for name in known if name in values)


def toml_form(pieces: Sequence[str], *, kept: bool, channel: str) -> kit.Block:
    """All of it as text, in as many fields as it takes."""
    blocks = [kit.context(KEPT)] if kept else []
    blocks.append(kit.section("One `[[metric]]` table per metric. Shares are 0.9, not 90."))
    for count, piece in enumerate(pieces):
        label = "Definition of Done as TOML" + (f", part {count + 1}" if count else "")
        box = kit.text_input(piece, lines=True)
        blocks.append(kit.field(field_name(count), label, box, optional=count > 0))
    meta = {"channel": channel}
    return kit.modal(ALL, "Definition of Done", blocks, submit="Save", meta=meta)


def field_name(count: int) -> str:
    """Block id of the piece with that index."""
    return "toml" if count == 0 else f"toml{count + 1}"


def changed(parts: Sequence[str], count: int, *, by: str) -> Message:
    """What the team reads when somebody changed it.

    parts: "accuracy changed" …; count: how many metrics are in it now.
    """
    what = ", ".join(kit.escape(part, 80) for part in parts[:12])
    more = f" and {len(parts) - 12} more" if len(parts) > 12 else ""
    detail = f": {what}{more}" if what else ": the document's is now the team's own"
    text = f"Definition of Done changed by {kit.person(by)}{detail}. {count} metrics."
    text += " Earlier verdicts no longer count for a promotion."
    return Message(text, [kit.section(text)])


def saved(what: Sequence[str], waits: LooseningAsked | None = None) -> Message:
    """The answer to the one who changed it. waits: what takes a second lead."""
    done = ", ".join(kit.escape(part, 80) for part in what[:12])
    if waits:
        return loosening.waits(waits, f"Saved: {done}." if done else "")
    text = f"Saved: {done}." if done else "Saved: nothing differs from before."
    return Message(text, [kit.section(text)])


def _line(found: Requirement) -> str:
    score = f" (score {found.score})" if found.score and found.score != found.name else ""
    blocking = "" if found.blocking else ", not blocking"
    name, rest = kit.escape(found.name + score, 130), kit.escape(limits_of(found), 250)
    return f"• *{name}*: {rest}{blocking}"


def _offer(offer: CanvasRequirement, *, leads: bool) -> kit.Block:
    now = f"; here {kit.escape(limits_of(offer.instead_of), 120)}" if offer.instead_of else ""
    press = kit.button("Take over…", "gate_done_canvas", offer.measure.name)
    text = f"From the canvas: *{kit.escape(offer.text, 200)}*{now}"
    return kit.section(text, press if leads else None)


def _buttons(requirements: Sequence[Requirement]) -> kit.Block:
    pick: kit.Block = {
        "type": "static_select",
        "action_id": "gate_done_pick",
        "placeholder": kit.plain("Change a metric…"),
        "options": [kit.option(found.name, found.name) for found in requirements],
    }
    add = kit.button("Add a metric…", "gate_done_add")
    text = kit.button("Edit as text…", "gate_done_text")
    return kit.actions(*([pick] if requirements else []), add, text)


def _texts(found: Requirement) -> dict[str, Any]:
    numbers = ("threshold", "margin", "gap", "examples", "runs")
    return {
        "name": found.name,
        "group": found.group,
        "direction": found.direction,
        "kind": found.kind,
        **{n: "" if getattr(found, n) is None else f"{getattr(found, n):g}" for n in numbers},
        "flags": [flag for flag in ("blocking", "relative", "sequential") if getattr(found, flag)],
        "score": found.score,
        "slices": ", ".join(found.slices),
    }


def _named(known: Mapping[str, Any], *, fixed: str) -> list[kit.Block]:
    groups = [kit.option(group.replace("_", " "), group) for group in rules.GROUPS]
    kinds = [kit.option(f"{kind}: {what}", kind) for kind, what in _KINDS.items()]
    ways = [kit.option(f"{way} is better", way) for way in rules.DIRECTIONS]
    first = [kit.section(f"*{kit.escape(fixed, 60)}*")] if fixed else []
    if not fixed:
        name = kit.text_input(str(known["name"]), placeholder="accuracy")
        first = [kit.field("name", "Name", name)]
    return [
        *first,
        kit.field("group", "Group", kit.choice(groups, str(known["group"]))),
        kit.field("kind", "Kind", kit.choice(kinds, str(known["kind"]))),
        kit.field("direction", "Direction", kit.choice(ways, str(known["direction"]))),
    ]


def _limits(known: Mapping[str, Any], *, removable: bool) -> list[kit.Block]:
    flags = [
        kit.option("Blocking: no GO without it", "blocking"),
        kit.option("Margin is a share of the baseline", "relative"),
        kit.option("Judge by the range valid at every look", "sequential"),
    ]
    flags += [kit.option("Remove this metric", "remove")] if removable else []

    def text(name: str, label: str, hint: str) -> kit.Block:
        box = kit.text_input(str(known[name] or ""))
        return kit.field(name, label, box, hint=hint, optional=True)

    return [
        text("threshold", "Threshold", "0.9 or 90%; in the metric's own unit, such as 500."),
        text("margin", "Margin against the baseline", "0.02: at most 2 points worse."),
        kit.field("flags", "It is…", kit.choices(flags, known["flags"] or []), optional=True),
        text("score", "Pushed score", "When its name differs from the metric's."),
        text("slices", "Slices that must not regress", "language, topic"),
        text("gap", "Most that two slices may differ", "0.05 is 5 points."),
        text("examples", "Planned examples", "For the smallest visible change."),
        text("runs", "Least runs (seeds)", "For a spread over runs; 5 without a number."),
    ]
