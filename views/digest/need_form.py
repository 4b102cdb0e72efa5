"""The forms about what leadership is asked for."""

from collections.abc import Mapping
from typing import Any

from core.digest.need import Need
from core.project.note import CHOICE_LENGTH, LIMITS
from views import kit
from views.digest.need import details, headline

FORM, CHANGE, DECIDE, DISCUSS = "need", "need_change", "need_decide", "need_discuss"


def form(texts: Mapping[str, Any], *, meta: Mapping[str, Any]) -> kit.Block:
    """Asks for something, or changes what was asked (meta has its number)."""
    owner: kit.Block = {"type": "users_select"}
    due: kit.Block = {"type": "datepicker"}
    if texts.get("owner"):
        owner["initial_user"] = texts["owner"]
    if texts.get("by"):
        due["initial_date"] = texts["by"]
    options = str(texts.get("choice") or "").replace(" | ", "\n")
    blocks = [
        kit.field("text", "What do you need?", _text(texts, "text", "Approve 4 more A100s"),
                  hint="A verb first: approve, decide, hire, name."),
        kit.field("owner", "Who decides?", owner, optional=True,
                  hint="A lead may decide it too."),
        kit.field("by", "By when?", due, optional=True),
        kit.field("otherwise", "What happens otherwise?",
                  _text(texts, "otherwise", "launch slips to January"), optional=True),
        kit.field("amount", "Amount", _text(texts, "amount", "$12k"), optional=True),
        kit.field("choice", "Options", kit.text_input(options, lines=True,
                  placeholder="ship at 90%\nwait for 92%"), optional=True,
                  hint=f"One a line, 2 to 4, at most {CHOICE_LENGTH} characters each. "
                  "Empty: approve or decline."),
    ]  # fmt: skip
    number = meta.get("number")
    title, submit = (f"Change need {number}", "Save") if number else ("Ask leadership", "Ask")
    return kit.modal(CHANGE if number else FORM, title, blocks, submit=submit, meta=meta)


def filled(need: Need) -> dict[str, str]:
    """The need as the form's texts, by block id."""
    note = need.note
    texts = {name: getattr(note, name) for name in ("text", "owner", "otherwise", "amount")}
    return texts | {"choice": note.choice, "by": note.by.isoformat() if note.by else ""}


def decide(need: Need, label: str, why: str, *, meta: Mapping[str, Any]) -> kit.Block:
    """Confirms a decision, with an optional reason."""
    words = kit.text_input(why, lines=True) | {"max_length": LIMITS["why"]}
    blocks = [
        kit.section("\n".join(filter(None, [headline(need), details(need)]))),
        kit.section(f"Your decision: *{kit.escape(label)}*. Everybody in the channel sees it."),
        kit.field("why", "Why?", words, optional=True),
    ]
    submit = label if label in {"Approve", "Decline"} else "Decide"
    return kit.modal(DECIDE, f"Decide need {need.note.number}", blocks, submit=submit, meta=meta)


def discuss(need: Need, text: str, *, meta: Mapping[str, Any]) -> kit.Block:
    """Asks what to talk about."""
    words = kit.text_input(text, lines=True) | {"max_length": 1000}
    blocks = [
        kit.section(headline(need)),
        kit.field("text", "What do you want to know or change?", words,
                  hint="Goes into its thread and to who asks. Nothing is decided."),
    ]  # fmt: skip
    return kit.modal(DISCUSS, f"Discuss need {need.note.number}", blocks, submit="Ask", meta=meta)


def _text(texts: Mapping[str, Any], name: str, example: str) -> kit.Block:
    initial = str(texts.get(name) or "")
    return kit.text_input(initial, placeholder=example) | {"max_length": LIMITS[name]}
