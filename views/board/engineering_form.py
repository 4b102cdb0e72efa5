"""The forms of engineering tickets: a new one or its edit, and closing it."""

from collections.abc import Mapping
from typing import Any

from core.board.engineering import KINDS, Engineering
from core.board.engineering_form import BOX_DAYS
from views import kit
from views.board.engineering import ids

EDIT, DONE = "eng_form", "eng_done_form"
MEASURED = ("latency", "cost", "why")


def filled(ticket: Engineering) -> dict[str, str]:
    """The ticket as the form's texts."""
    return {
        "title": ticket.title,
        "kind": ticket.kind,
        "model_artifact": ticket.model_artifact,
        "latency_target": ticket.latency_target,
        "cost_target": ticket.cost_target,
        "owner": ticket.owner,
        "box": f"{ticket.box_days}d",
        "experiments": ", ".join(f"EXP-{number:03d}" for number in ticket.experiments),
    }


def form(texts: Mapping[str, Any], *, meta: Mapping[str, Any], note: str) -> kit.Block:
    """The form of a ticket; meta's `id` is "" for a new one."""
    kinds = [kit.option(kind, kind) for kind in KINDS]
    owner: kit.Block = {"type": "users_select"}
    if texts.get("owner"):
        owner["initial_user"] = texts["owner"]
    blocks = [
        kit.context(note),
        _text(texts, "title", "What is to be done", "Quantize the reranker to int8", most=150),
        kit.field("kind", "Type", kit.choice(kinds, str(texts.get("kind") or ""), radio=True)),
        _text(texts, "model_artifact", "Model artifact", "rerank-v3 @ 4f2a9c1", optional=True),
        _text(texts, "latency_target", "Latency target", "p95 < 200 ms", optional=True, most=80),
        _text(texts, "cost_target", "Cost target", "$0.002 per request", optional=True, most=80),
        kit.field("owner", "Owner", owner),
        _text(texts, "box", "Time box", f"{BOX_DAYS}d", optional=True, most=20),
        _text(texts, "experiments", "Experiments it blocks", "EXP-042, EXP-050", optional=True,
              most=300),
    ]  # fmt: skip
    title = f"Edit {meta['id']}" if meta.get("id") else "New engineering ticket"
    submit = "Save" if meta.get("id") else "Write the ticket"
    return kit.modal(EDIT, title, blocks, submit=submit, meta=meta)


def _text(texts: Mapping[str, Any], name: str, label: str, example: str, **more: Any) -> kit.Block:
    most = int(more.get("most", 150))
    element = kit.text_input(str(texts.get(name) or "")[:most], placeholder=example)
    optional = bool(more.get("optional"))
    return kit.field(name, label, element | {"max_length": most}, optional=optional)


def done(ticket: Engineering, texts: Mapping[str, Any], *, meta: Mapping[str, Any]) -> kit.Block:
    """What was measured against its targets, and why it is done without one."""
    line = f"{ticket.id} {ticket.title}"
    blocks: list[kit.Block] = [kit.section(kit.escape(line, 300))]
    if ticket.experiments:
        blocks.append(
            kit.context(f"Blocks {ids(ticket)}: their owners hear when it was the last.")
        )
    for kind, wanted in (("latency", ticket.latency_target), ("cost", ticket.cost_target)):
        if wanted:
            label = f"Measured {kind} (target {wanted})"
            blocks.append(_text(texts, kind, label, wanted, optional=True, most=80))
    element = kit.text_input(str(texts.get("why") or ""), lines=True) | {"max_length": 500}
    hint = "Needed when a target is missed or was not measured."
    blocks.append(kit.field("why", "Why it is done all the same", element, hint=hint,
                            optional=True))  # fmt: skip
    return kit.modal(DONE, f"{ticket.id} is done", blocks, submit="Done", meta=meta)
