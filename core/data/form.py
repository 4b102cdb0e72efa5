"""What each column of the data board asks for (source document, chapter 4), read as typed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from core.data.clearance import STATES
from core.data.dataset import Dataset, count_of
from core.errors import Refused
from core.faults import Faults
from core.quantity import experiment_number
from core.text import clean


@dataclass(frozen=True)
class FormField:
    """A field of a column. kind: text | lines | date | count | link | review. later: it may stay
    empty until the card leaves the column.
    """

    name: str
    label: str
    kind: str = "text"
    later: bool = False
    optional: bool = False
    example: str = ""


COLUMNS: Mapping[str, tuple[FormField, ...]] = {
    "needed": (FormField("source", "Data source", optional=True, example="Zendesk export"),),
    "collection": (
        FormField("source", "Source", example="Zendesk export 2024-2026"),
        FormField("method", "Method", example="nightly export by API"),
        FormField("legal_approval", "Legal approval", "review"),
        FormField("rate_limits", "API rate limits", "review", optional=True),
        FormField("privacy_review", "Privacy review", "review", optional=True),
        FormField("collection_from", "Expected: at the earliest", "date"),
        FormField("collection_to", "Expected: at the latest", "date"),
    ),
    "annotation": (
        FormField("vendor", "Vendor or team", example="Acme Labels"),
        FormField("annotation_volume", "Volume", example="5,000 examples"),
        FormField("guidelines", "Guidelines (link)", "link", example="https://…"),
        FormField("labels", "Labels of the guideline", optional=True, example="yes, no, unclear"),
        FormField("annotation_from", "Expected: at the earliest", "date"),
        FormField("annotation_to", "Expected: at the latest", "date"),
        FormField("cost", "Cost", example="$2,400"),
    ),
    "qa": (
        FormField("sample_checked", "Sample checked (rows)", "count", later=True, example="200"),
        FormField(
            "agreement", "Agreement", later=True, example="0.83; pushed labels count instead"
        ),
        FormField(
            "issues", "Issues found", "lines", later=True, example="none, or what was wrong"
        ),
    ),
    "ready": (
        FormField("hash", "Version (DVC or file hash)", example="dvc 3f2a9c1"),
        FormField("location", "Location", example="s3://data/support/v3"),
        FormField("rows", "Rows", "count", example="48,210"),
        FormField("quality", "Quality score", example="0.97 of the sample correct"),
    ),
}


def agreement_of(text: str) -> float | None:
    """A typed agreement between -1 and 1; None for anything else."""
    try:
        value = float(text.strip().replace(",", "."))
    except ValueError:
        return None
    return value if -1 <= value <= 1 else None


def read_gate(text: str) -> str:
    """A quality gate as typed (`0.85`, `85%`, `Inter-annotator agreement > 0.8`), as a figure.

    "" stays "". Raises Refused.
    """
    if not clean(text):
        return ""
    found = re.search(r"(\d+(?:[.,]\d+)?|[.,]\d+)\s*(%?)", clean(text))
    value = float(found[1].replace(",", ".")) / (100 if found[2] else 1) if found else 0.0
    if not 0 < value < 1:
        said = f"“{clean(text)[:40]}” is no agreement between 0 and 1."
        raise Refused(said, "Write it like 0.8.", field="quality_gate")
    return f"{value:.4g}"


def read_fields(stage: str, typed: Mapping[str, object], card: Dataset) -> dict[str, str]:
    """A column's fields as typed, checked. Raises Refused under the field that is wrong."""
    with Faults() as each:
        found = {
            asked.name: each(_checked, asked, clean(str(typed.get(asked.name) or ""), limit=500))
            for asked in COLUMNS[stage]
        }
    first, last = found.get(f"{stage}_from", ""), found.get(f"{stage}_to", "")
    if first > last:
        raise Refused("It cannot end before it begins.", "Swap them.", field=f"{stage}_to")
    if stage == "qa" and not card.needs_labels and not found["agreement"]:
        found["agreement"] = "n/a"
    return found


def _checked(asked: FormField, text: str) -> str:
    if not text and not (asked.later or asked.optional):
        raise Refused(f"{asked.label} is missing.", field=asked.name)
    if not text:
        return ""
    if asked.kind == "date":
        return _date(text, asked.name).isoformat()
    if asked.kind == "count":
        amount = count_of(text)
        if amount is None:
            raise Refused("Write a number of rows.", "Like 48,210 or 48k.", field=asked.name)
        return str(amount)
    if asked.kind == "link" and not text.startswith(("https://", "http://")):
        raise Refused("Guidelines need a link.", "Start it with https://.", field=asked.name)
    if asked.kind == "review" and text not in STATES:
        raise Refused("Choose one of the three.", field=asked.name)
    return text


def _date(text: str, field: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused(
            f"“{text[:20]}” is no day.", "Write it like 2026-12-04.", field=field
        ) from None


def written(typed: Mapping[str, object], *, number: int, by: str, now: datetime) -> Dataset:
    """A new card from its form. Raises Refused under the field that is wrong."""
    texts = {
        name: clean(str(typed.get(name) or ""), limit=500) for name in ("title", "kind", "volume")
    }
    with Faults() as each:
        for name, text in texts.items():
            each(_require, name, text)
        gate = each(read_gate, str(typed.get("quality_gate") or ""))
        needed_by = each(_date, str(typed.get("needed_by") or ""), "needed_by")
        experiments = each(experiments_of, str(typed.get("experiments") or ""))
    known = {"source": clean(str(typed.get("source") or ""), limit=500), "quality_gate": gate}
    return Dataset(
        number=number,
        title=texts["title"][:150],
        kind=texts["kind"],
        volume=texts["volume"],
        needed_by=needed_by,
        needs_labels=typed.get("needs_labels") != "no",
        experiments=tuple(experiments),
        stage="needed",
        since=now,
        fields={name: text for name, text in known.items() if text},
        created_by=by,
        created_at=now,
    )


def _require(name: str, text: str) -> None:
    if not text:
        raise Refused("This is missing.", field=name)


def experiments_of(text: str) -> list[int]:
    """Experiment numbers as typed: `EXP-042, 50 exp7`. Raises Refused under `experiments`."""
    words = re.split(r"[,;\s]+", re.sub(r"(?i)\b(exp)\s+(?=\d)", r"\1", clean(text)))
    try:
        return list(dict.fromkeys(experiment_number(word) for word in words if word))
    except Refused as refusal:
        refusal.field = "experiments"
        raise
