"""The data board, a card, its versions and history, and vendors, as text."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from core.audited import Entry
from core.data.clearance import FIELDS, STATES, Clearance, of, open_of
from core.data.dataset import STAGES, TITLES, Dataset
from core.data.label_batch import JudgedBatch
from core.data.readiness import FITS, DataOutlook
from core.data.version import DataVersion, TrainedOn
from core.quantity import experiment_id
from views import audited, kit
from views.data import label_batch, version
from views.kit import Message

ROWS = 10
_PERSON = re.compile(r"[UW][A-Z0-9]+$")
_FACTS = {
    "collection": (("source", ""), ("method", "")),
    "annotation": (
        ("vendor", ""),
        ("annotation_volume", ""),
        ("guidelines", ""),
        ("cost", "cost"),
    ),
    "qa": (("sample_checked", "sample"), ("agreement", "agreement"), ("issues", "issues")),
    "ready": (("hash", ""), ("location", ""), ("rows", "rows"), ("quality", "quality")),
}


def ids(card: Dataset) -> str:
    """`EXP-042, EXP-050`."""
    return ", ".join(experiment_id(number) for number in card.experiments)


def facts(card: Dataset) -> str:
    """What the card's column knows, in one line of mrkdwn."""
    if card.stage == "needed":
        source = f", from {card.fields['source']}" if card.fields.get("source") else ""
        about = f"{card.kind}, {card.volume}{source}, needed by {kit.day(card.needed_by)}"
        return kit.escape(about, 600)
    told = [_fact(card, name, label) for name, label in _FACTS[card.stage]]
    eta = _eta(card)
    blocked = [f"*blocked: {one.title} is open*" for one in open_of(card)]
    return " · ".join(part for part in (*told, eta, *blocked) if part) or "nothing noted yet"


def _fact(card: Dataset, name: str, label: str) -> str:
    text = card.fields.get(name, "")
    if name in {"rows", "sample_checked"} and text.isdigit():
        text = f"{int(text):,}"
    return kit.escape(f"{label} {text}".strip(), 200) if text else ""


def _eta(card: Dataset) -> str:
    first, last = card.day(f"{card.stage}_from"), card.day(f"{card.stage}_to")
    if first is None or last is None:
        return ""
    span = kit.day(last) if first == last else f"{kit.day(first)} to {kit.day(last)}"
    return f"expected {span}"


def row(seen: DataOutlook) -> str:
    """A card in one line of mrkdwn."""
    card = seen.card
    parts = [f"*{card.id}* {kit.escape(card.title, 80)}", facts(card)]
    if card.stage != "needed":
        parts.append(f"needed by {kit.day(card.needed_by)}")
    if card.experiments:
        parts.append(f"blocks {ids(card)}"[:200])
    if seen.verdict != FITS:
        parts.append(f"*{seen.verdict}*")
    return kit.clip(" · ".join(parts), 900)


def board(cards: Sequence[DataOutlook], rate: str, *, wanted: str = "", first: int = 0) -> Message:
    """Ten cards from `first` on under their columns, with the rate and a way to the others."""
    first = max(0, min(first, len(cards) - 1)) // ROWS * ROWS
    counts = {stage: sum(seen.card.stage == stage for seen in cards) for stage in STAGES}
    columns = [wanted] if wanted else list(STAGES)
    text = " · ".join(f"{TITLES[stage]} {counts[stage]}" for stage in columns)
    blocks = [kit.section(f"*Data board: {text}*\n{rate}")]
    page = cards[first : first + ROWS]
    for stage in columns:
        rows = [seen for seen in page if seen.card.stage == stage]
        if rows:
            blocks.append(kit.section(f"*{TITLES[stage]}* ({counts[stage]})"))
            blocks += [kit.section(row(seen)) for seen in rows]
    if not cards:
        blocks.append(kit.section("There is no card here. *New card* says what data is needed."))
    return Message(f"Data board: {text}", [*blocks, *_buttons(len(cards), wanted, first)])


def _buttons(count: int, wanted: str, first: int) -> list[kit.Block]:
    rest, where = count - first - ROWS, wanted or "all"
    buttons = [kit.button("New card", "data_new"), kit.button("Picture", "data_picture")]
    buttons.append(kit.button("Help", "help", "/data"))
    if first:
        buttons.append(kit.button("Earlier", "data_earlier", f"{where}|{first - ROWS}"))
    if rest > 0:
        label = f"Next {min(ROWS, rest)}"
        buttons.append(kit.button(label, "data_page", f"{where}|{first + ROWS}"))
    more = f"{rest} more: `/data list annotation` shows one column."
    return [*([kit.context(more)] if rest > 0 else []), kit.actions(*buttons)]


def card(
    seen: DataOutlook,
    batches: Sequence[JudgedBatch],
    versions: Sequence[DataVersion],
    used: Sequence[TrainedOn] = (),
    *,
    note: str = "",
) -> Message:
    """One card with its checks, its sums, its labels, its newest version and what was trained
    on it.
    """
    it = seen.card
    text = f"{it.id} is in {TITLES[it.stage]}: {kit.escape(it.title, 150)}"
    head = f"*{it.id} · {TITLES[it.stage]}* {kit.escape(it.title, 150)}"
    blocks = [kit.section(f"{kit.escape(note, 600)}\n{head}" if note else head)]
    blocks.append(kit.section("\n".join([facts(it), *_needs(it), *_checks(it)])))
    if seen.fits:
        blocks.append(kit.section("\n".join(_sums(seen))))
    if batches:
        blocks.append(
            kit.section("*Labels*\n" + "\n".join(label_batch.row(b) for b in batches[:5]))
        )
    if versions:
        blocks.append(kit.context("Newest version: " + version.line(versions[0])))
    blocks += version.trained(used, it.number, versions)
    blocks.append(
        kit.actions(
            kit.button("Move or edit", "data_move", str(it.number)),
            kit.button("Versions", "data_versions", str(it.number)),
            kit.button("History", "data_history", str(it.number)),
        )
    )
    return Message(note or text, blocks)


def _needs(it: Dataset) -> list[str]:
    lines = [f"Needed by {kit.day(it.needed_by)}, blocks {ids(it)[:500] or 'no experiment'}"]
    if it.stage != "needed":
        lines.append(kit.escape(f"{it.kind}, {it.volume}", 600))
    return lines


def _checks(it: Dataset) -> list[str]:
    pii = {"": "not checked", "clean": "clean", "found": "found"}[it.pii]
    told = [f"PII {pii}" + (f": {kit.escape(it.pii_why, 200)}" if it.pii_why else "")]
    if it.needs_labels:
        size = f" ({it.pilot_size:,} of {it.volume})" if it.pilot_size else ""
        told.append(f"pilot 10%{kit.escape(size, 100)} {it.pilot or 'not checked'}")
        told.append(f"first 100 labels {it.first100 or 'not checked'}")
        own = "" if it.fields.get("quality_gate") else " (the usual one)"
        told.append(f"quality gate: agreement at least {it.gate:.4g}{own}")
    else:
        told.append("needs no labels")
    return [" · ".join(told), *_reviews(it)]


def _reviews(it: Dataset) -> list[str]:
    """The reviews somebody said something about, with since when and who."""
    told = [_review(one) for one in of(it) if one.state]
    return [" · ".join(told)] if told else []


def _review(one: Clearance) -> str:
    state = f"*{STATES[one.state]}*" if one.is_open else STATES[one.state]
    since = f" since {kit.day(one.since)}" if one.since else ""
    who = f", {kit.person(one.owner)} looks after it" if one.is_open and one.owner else ""
    by = f" (said by {kit.person(one.by)})" if one.by else ""
    return f"{one.title} {state}{since}{who}{by}"


def _sums(seen: DataOutlook) -> list[str]:
    lines = [f"{fit.subject} *{fit.verdict}*: {fit.arithmetic}" for fit in seen.fits[:5]]
    if len(seen.fits) > 5:
        lines.append(f"and {len(seen.fits) - 5} more")
    if seen.verdict != FITS:
        lines.append(f"Now: {seen.fix.emergency}. For good: {seen.fix.systemic}.")
    return lines


def history(it: Dataset, entries: Sequence[Entry]) -> Message:
    """Who changed what, newest first."""
    return audited.history(it.id, "", entries, _entry)


def _entry(one: Entry) -> str:
    before, after = _flat(one.before), _flat(one.after)
    named = [n for n in after if not _is_beside(n) and after[n] != before.get(n, "")]
    changes = ", ".join(f"{n}: {_told(n, before)} → {_told(n, after)}" for n in named)
    why = f"\nwhy: {kit.escape(one.why, 600)}" if one.why else ""
    said = kit.clip(f"{kit.escape(one.action, 200)}. {changes}{why}", 1800)
    is_person = _PERSON.match(one.who)  # a token that pushes labels has a name instead
    who = kit.person(one.who) if is_person else kit.escape(one.who, 80)
    return f"{kit.moment(one.at)} {who} {said}"


def _is_beside(name: str) -> bool:
    """A field that says when or by whom, which the entry says itself."""
    reviews = {f"{field}_{part}" for field in FIELDS.values() for part in ("since", "by")}
    return name in {"since", "ready_at"} | reviews


def _told(name: str, kept: Mapping[str, str]) -> str:
    text = kept.get(name) or "–"
    if name in FIELDS.values():
        return STATES.get(text, text)
    is_owner = name.endswith("_owner") and text != "–"
    return kit.person(text) if is_owner else kit.escape(text, 300)


def _flat(kept: Mapping[str, Any]) -> dict[str, str]:
    found = {name: str(value) for name, value in kept.items() if name != "fields"}
    return found | {str(k): str(v) for k, v in (kept.get("fields") or {}).items()}
