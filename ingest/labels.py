"""Labels of several annotators for the same items, from CSV or JSON lines."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ingest.canonical import MAX_RESULTS
from ingest.file import MAX_BYTES, File, Unreadable, decoded, parsed, parsed_lines, told, unpacked
from ingest.grid import read_grid, unique_titles
from ingest.pick import tables, word

_ITEM = ("item", "item_id", "example_id", "id")
_ANNOTATOR = ("annotator", "annotator_id", "rater", "coder")
_LABEL = ("label", "value", "annotation")
_EMPTY = {"", "null", "none", "n/a", "nan"}


@dataclass(frozen=True, order=True)
class Label:
    """What one annotator said about one item; None when the cell was left empty."""

    item: str
    annotator: str
    label: str | None


@dataclass(frozen=True)
class LabelPush:
    """All labels of a file, sorted by item and annotator."""

    labels: tuple[Label, ...]

    @property
    def annotators(self) -> tuple[str, ...]:
        """Everyone who labelled, sorted."""
        return tuple(sorted({one.annotator for one in self.labels}))

    @property
    def doubles(self) -> tuple[str, ...]:
        """Items with a label by at least two annotators, sorted."""
        seen: dict[str, int] = {}
        for one in self.labels:
            seen[one.item] = seen.get(one.item, 0) + (one.label is not None)
        return tuple(sorted(item for item, times in seen.items() if times > 1))


def read_labels(file: File, *, max_bytes: int = MAX_BYTES) -> LabelPush:
    """The labels of a file. Raises Refused when one annotator labels an item twice."""
    with told(file):
        text = decoded(unpacked(file, max_bytes=max_bytes))
        is_json = text.lstrip()[:1] in ("{", "[")
        found: dict[tuple[str, str], tuple[str | None, str]] = {}
        for place, item, annotator, label in _json(text) if is_json else _csv(text):
            if not item or not annotator:
                raise Unreadable(
                    f"{place} names no {'annotator' if item else 'item'}",
                    "Every label needs an item, an annotator and a label.",
                )
            if (item, annotator) in found:
                first = found[item, annotator][1]
                why = f"{first} and {place} are both the label of {item} by {annotator}"
                raise Unreadable(why, "Keep the one that counts.")
            found[item, annotator] = (label, place)
        if not found or len(found) > MAX_RESULTS:
            why = f"it holds more than {MAX_RESULTS:,} labels" if found else "it holds no labels"
            raise Unreadable(why, "Push CSV with the columns item, annotator, label.")
        pairs = sorted(found.items())
        return LabelPush(tuple(Label(item, who, label) for (item, who), (label, _) in pairs))


def _csv(text: str) -> Iterable[tuple[str, str, str, str | None]]:
    grid = unique_titles(read_grid(text))
    item_at = grid.needed("the item", *_ITEM)
    annotator_at = grid.needed("the annotator", *_ANNOTATOR)
    label_at = grid.needed("the label", *_LABEL)
    for line in grid.lines:
        cells = line.cells
        yield (
            f"line {line.number}",
            word(cells[item_at]),
            word(cells[annotator_at]),
            _label(cells[label_at]),
        )


def _json(text: str) -> Iterable[tuple[str, str, str, str | None]]:
    value = parsed(text) if text.lstrip().startswith("[") else parsed_lines(text)
    for number, row in enumerate(tables(value, "the file"), start=1):
        if not any(key in row for key in _LABEL):
            raise Unreadable(f"record {number} has no label", "Write null when it was left empty.")
        yield (
            f"record {number}",
            _first(row, _ITEM),
            _first(row, _ANNOTATOR),
            _label(next(row[key] for key in _LABEL if key in row)),
        )


def _first(row: dict[str, Any], keys: tuple[str, ...]) -> str:
    return next((found for key in keys if (found := word(row.get(key)))), "")


def _label(value: Any) -> str | None:
    if isinstance(value, dict | list):
        raise Unreadable("a label is an object or a list", "Write one word or number per label.")
    found = word(value)
    return None if found.casefold() in _EMPTY else found
