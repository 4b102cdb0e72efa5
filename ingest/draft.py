"""What an adapter found, made canonical: gaps named, repeats counted, slices chosen."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from ingest import classes
from ingest.canonical import MAX_RESULTS, MAX_TEXT, EvalDocument, Gap, gap_of
from ingest.file import File, Unreadable
from ingest.pick import digest, listed, milliseconds, name, word
from ingest.wire import built

_MAX_LEVELS = 20
_SLICE_VALUE = re.compile(r"^\w[\w.:/+-]{0,39}(?: [\w.:/+-]{1,39}){0,2}$")
_NOT_SLICES = {
    "answer",
    "target",
    "expected",
    "reference",
    "gold",
    "label",
    "id",
    "output",
    "seed",
    *classes.GUESS,
}


@dataclass(frozen=True)
class Missing:
    """Stands for a score that is not there, with the reason."""

    reason: Gap


ERROR: Final = Missing("error")
SKIPPED: Final = Missing("skipped")
ABSENT: Final = Missing("absent")


@dataclass(frozen=True)
class Draft:
    """One example in one run as the tool wrote it.

    scores: raw values or Missing. run: None when the tool only repeats an example without
    counting; then the repeats are counted in order. fields: what may become slices.
    given: the input, of which only a hash is kept (ingest/evals takes its text away).
    input_hash: when the tool hashed it itself.
    """

    example_id: Any
    scores: Mapping[str, Any]
    run: Any = None
    variant: Any = ""
    cluster_id: Any = ""
    fields: Mapping[str, Any] = field(default_factory=dict)
    given: Any = None
    input_hash: str = ""
    latency_ms: Any = None


def document(
    head: dict[str, Any],
    drafts: Sequence[Draft],
    *,
    aggregates: Iterable[dict[str, Any]] = (),
    slices: Sequence[str] | None = None,
) -> EvalDocument:
    """The canonical document. `slices` names the fields to slice by; None lets the rule choose.

    Raises Unreadable when there is nothing in it, too much, or an example stands twice.
    """
    if len(drafts) > MAX_RESULTS:
        raise Unreadable(
            f"it holds more than {MAX_RESULTS:,} results", "Push it in parts or sample it."
        )
    totals = [_aggregate(one) for one in aggregates]
    if not drafts and not totals and head.get("status", "success") == "success":
        raise Unreadable("it holds no scores", "Push a file of a finished evaluation.")
    chosen, left_out = _slice_fields([d.fields for d in drafts], slices)
    notes = list(head.pop("notes", []))
    if left_out:
        notes.append(word(f"not kept as slices: {listed(left_out)}"))
    rows = _rows(drafts, chosen)
    return built({**head, "results": rows, "aggregates": totals, "notes": notes})


def head_of(file: File, format_: str, *, tool: str, version: Any, run_id: Any) -> dict[str, Any]:
    """The `source` part that every adapter's document starts with."""
    origin = {"name": file.label, "sha256": file.sha256}
    source = {"tool": tool, "tool_version": word(version), "format": format_}
    return {"source": {**source, "run_id": word(run_id), "files": [origin]}}


def _rows(drafts: Sequence[Draft], chosen: Sequence[str]) -> list[dict[str, Any]]:
    repeats: Counter[tuple[str, str]] = Counter()
    rows = []
    pair = classes.keys([draft.fields for draft in drafts])
    for draft in drafts:
        example, variant = name(draft.example_id, "an example's id"), word(draft.variant)
        repeats[variant, example] += 1
        run = word(draft.run) or str(repeats[variant, example])
        rows.append({"example_id": example, "run": run, "variant": variant} | _row(draft, chosen)
                    | _class(draft, pair))  # fmt: skip
    return rows


def _row(draft: Draft, chosen: Sequence[str]) -> dict[str, Any]:
    scores, missing = _split(draft.scores)
    picked = {word(key): word(draft.fields.get(key)) for key in chosen}
    return {
        "scores": scores,
        "missing": missing,
        "cluster_id": word(draft.cluster_id),
        "slices": {key: value for key, value in picked.items() if value},
        "latency_ms": milliseconds(draft.latency_ms),
        "input_hash": draft.input_hash or _hashed(draft.given),
        "text": draft.given[:MAX_TEXT] if isinstance(draft.given, str) else "",
    }


def _class(draft: Draft, pair: tuple[str, str]) -> dict[str, str]:
    told = [word(draft.fields.get(key)) if key else "" for key in pair]
    return {"label": told[0], "predicted": told[1]} if all(told) else {}


def _split(raw: Mapping[str, Any]) -> tuple[dict[str, float], dict[str, Gap]]:
    scores: dict[str, float] = {}
    missing: dict[str, Gap] = {}
    for key, value in raw.items():
        metric = name(key, "a metric's name")
        if metric in scores or metric in missing:
            raise Unreadable(f"two metrics of one example are called {metric}", "Rename one.")
        gap = value.reason if isinstance(value, Missing) else gap_of(value)
        if gap:
            missing[metric] = gap
        else:
            scores[metric] = float(value)
    return scores, missing


def _aggregate(raw: dict[str, Any]) -> dict[str, Any]:
    value = raw["value"]
    gap = gap_of(value)
    kept = {"value": None, "missing": gap} if gap else {"value": float(value)}
    return {**raw, "metric": name(raw["metric"], "a metric's name"), **kept}


def _hashed(given: Any) -> str:
    return "" if given is None or given == "" else digest(given)[:16]


def _slice_fields(
    fields: Sequence[Mapping[str, Any]], wanted: Sequence[str] | None
) -> tuple[list[str], list[str]]:
    levels: dict[str, set[str]] = defaultdict(set)
    refused: set[str] = set()
    for one in fields:
        for key, value in one.items():
            if not _may_slice(key, value, is_wanted=wanted is not None):
                refused.add(key)
            elif value is not None and len(levels[key]) <= _MAX_LEVELS:
                levels[key].add(word(value))
    if wanted is not None:
        return _asked_for(wanted, levels.keys() | refused, refused), []
    chosen = {key for key, found in levels.items() if 0 < len(found - {""}) <= _MAX_LEVELS}
    kept = sorted(key for key in chosen - refused if word(key))
    seen = {word(key) for key in (levels.keys() | refused)}
    return kept, sorted(seen - set(kept) - {""})


def _asked_for(wanted: Sequence[str], known: set[str], refused: set[str]) -> list[str]:
    if unknown := [key for key in wanted if key not in known or key in refused]:
        raise Unreadable(
            f"it has no field “{word(unknown[0])}” to slice by", f"It has {listed(sorted(known))}."
        )
    return list(wanted)


def _may_slice(key: str, value: Any, *, is_wanted: bool) -> bool:
    """Short words and whole numbers may; free text, addresses, answers and fractions may not."""
    if value is None or value == "":
        return True
    if not isinstance(value, str | int):
        return False
    if is_wanted:
        return True
    return key.casefold() not in _NOT_SLICES and bool(_SLICE_VALUE.match(str(value)))
