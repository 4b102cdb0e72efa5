"""The forms of the data board: a new card, and a move with what the column asks for."""

from collections.abc import Mapping, Sequence
from typing import Any

from core.data.clearance import STATES
from core.data.dataset import TITLES, Dataset
from core.data.form import COLUMNS, FormField
from core.data.workflow import is_back
from views import kit
from views.experiments.form import SAFE

NEW, MOVE = "data_new", "data_move"


def new(texts: Mapping[str, Any], *, meta: Mapping[str, Any], note: str) -> kit.Block:
    """The form of a new card."""
    ways = [kit.option("Yes, it goes to annotation", "yes"), kit.option("No", "no")]
    needs = kit.choice(ways, str(texts.get("needs_labels") or "yes"), radio=True)
    blocks = [
        kit.context(note),
        _text(texts, "title", "What data is needed", "Support tickets with intent labels", 150),
        _text(texts, "kind", "Data type", "text, German and English", 150),
        _text(texts, "volume", "Volume", "5,000 tickets", 150),
        kit.field("needed_by", "Needed by", _day(str(texts.get("needed_by") or "")),
                  hint="The day the data must be there, so that training fits after it."),
        kit.field("needs_labels", "Does it need labels?", needs),
        _text(texts, "source", "Data source", "Zendesk export 2024-2026", 500, True),
        _text(texts, "quality_gate", "Quality gate: agreement at least", "0.8", 60, True),
        _text(texts, "experiments", "Experiments it blocks", "EXP-042, EXP-050", 300, True),
    ]  # fmt: skip
    return kit.modal(NEW, "New data card", blocks, submit="Write the card", meta=meta)


def _text(texts: Mapping[str, Any], name: str, label: str, example: str, *more: Any) -> kit.Block:
    most, optional = int(more[0]), bool(more[1:] and more[1])
    element = kit.text_input(str(texts.get(name) or "")[:most], placeholder=example)
    return kit.field(name, label, element | {"max_length": most}, optional=optional)


def _day(initial: str) -> kit.Block:
    return {"type": "datepicker"} | ({"initial_date": initial} if initial else {})


def move(
    card: Dataset,
    to: str,
    texts: Mapping[str, Any],
    *,
    meta: Mapping[str, Any],
    lacks: Sequence[str] = (),
) -> kit.Block:
    """What that column asks for, filled with what the card knows; back asks why.

    lacks: why the labels do not carry the dataset; a lead may take them all the same.
    """
    known = {**card.fields, **{name: text for name, text in texts.items() if text}}
    here = f"{card.id} · {TITLES[card.stage]}"
    line = f"{here}: change what is noted." if to == card.stage else f"{here} → {TITLES[to]}"
    blocks = [kit.section(kit.escape(f"{line}\n{card.title}", 400)), kit.context(SAFE)]
    blocks += [_asked(asked, known) for asked in COLUMNS[to]]
    if lacks:
        said = kit.escape(f"The labels do not carry it: {'; '.join(lacks)}.", 1500)
        blocks.append(kit.section(said))
        blocks.append(kit.field("accept", "A lead accepts it all the same, because",
                                kit.text_input(str(texts.get("accept") or ""), lines=True),
                                optional=True))  # fmt: skip
    if is_back(card, to):
        element = kit.text_input(str(texts.get("why") or ""), lines=True)
        blocks.append(kit.field("why", "Why does it go back?", element | {"max_length": 500}))
    submit = "Save" if to == card.stage else "Move"
    return kit.modal(MOVE, f"{card.id} to {TITLES[to]}"[:24], blocks, submit=submit, meta=meta)


def _asked(asked: FormField, known: Mapping[str, Any]) -> kit.Block:
    initial = str(known.get(asked.name) or "")
    optional = asked.optional or asked.later
    hint = "May wait until the card leaves this column." if asked.later else ""
    if asked.kind == "date":
        return kit.field(asked.name, asked.label, _day(initial))
    if asked.kind == "review":
        options = [kit.option(label.capitalize(), value) for value, label in STATES.items()]
        first = initial or ("" if asked.optional else "pending")
        element = kit.choice(options, first, radio=True)
        return kit.field(asked.name, asked.label, element, optional=asked.optional)
    element = kit.text_input(initial[:500], lines=asked.kind == "lines", placeholder=asked.example)
    return kit.field(
        asked.name, asked.label, element | {"max_length": 500}, hint=hint, optional=optional
    )
