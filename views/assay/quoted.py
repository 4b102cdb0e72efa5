"""Somebody's message on its way to be a result or a blocker: whose words they are, and where."""

from collections.abc import Mapping, Sequence
from typing import Any

from core.experiments.experiment import Experiment
from core.quantity import blocker_id, experiment_id
from views import kit
from views.blockers import blocker as blockers
from views.experiments import checkpoint as results
from views.kit import Message

RESULT, BLOCKER = "result_quoted", "blocker_quoted"
SAY = "assay_say"


def result_form(
    tickets: Sequence[Experiment], texts: Mapping[str, Any], meta: Mapping[str, Any]
) -> kit.Block:
    """The update form, saying whose words are in it."""
    note = f"{_words(meta)}. Check the figures: you report them."
    form = results.form(tickets, texts, meta=meta, note=note)
    return form | {"callback_id": RESULT, "title": kit.plain("Report as result", 24)}


def blocker_form(
    tickets: Sequence[Experiment], texts: Mapping[str, Any], meta: Mapping[str, Any], channel: str
) -> kit.Block:
    """The blocker form, saying whose words are in it and who will read them."""
    where = f" The team reads it in <#{channel}>." if channel else ""
    form = blockers.new_form(texts, tickets, meta=meta)
    blocks = [kit.context(f"{_words(meta)}.{where}"), *form["blocks"]]
    blocks[2] = blocks[2] | {"label": kit.plain("What is the blocker?")}  # it is not the reader's
    title = kit.plain("Report as blocker", 24)
    return form | {"callback_id": BLOCKER, "title": title, "blocks": blocks}


def already(what: str, number: int, name: str) -> Message:
    """That message was reported before; what came of it is one press away."""
    called = blocker_id(number) if what == "blocker" else experiment_id(number)
    as_what = called if what == "blocker" else f"a result of {called}"
    text = f"{kit.escape(name)} reported that message already: it is {as_what}."
    return Message(
        text, [kit.section(text), kit.actions(kit.button(f"Show {called}", SAY, called))]
    )


def _words(meta: Mapping[str, Any]) -> str:
    name, link = kit.escape(str(meta.get("name") or "somebody")), str(meta.get("link") or "")
    said = f"<{link}|message>" if link else "message"
    return f"In {name}'s words, from their {said}"
