"""Where the table knows nothing, a model may say which intent a sentence has."""

from dataclasses import replace

from core.assay import intent, said
from handlers import meant
from handlers.ask import Ask
from handlers.assay import front, talk
from services.llm import meaning
from services.ports import Lab

_LEAST = 3  # words: less is no sentence


def helped(lab: Lab, ask: Ask) -> Ask:
    """The input, with what a model takes it for where the table knows nothing. Never call it
    inside a transaction.
    """
    if ask.kind == "action" or not meant.is_said(ask):
        return ask
    text = front.text_of(ask)
    found = intent.read(text)
    known = found.intent != "unknown" or found.negated or found.words < _LEAST
    if known or said.is_structured(text) or ask.event.get("files"):
        return ask
    wished = meaning.of(lab, ask.workspace, ask.user, text)
    return replace(ask, value=f"{talk.WISHED}{wished}") if wished else ask
