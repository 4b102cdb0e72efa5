"""PII files: {items: [{text, spans: [{type, start, end}]}]}, ␟ taken out of the text first."""

from typing import Any

from core.privacy.redaction import redact, restore, spans
from tests.cases.result import Result

BREAK = "␟"


def is_pii_file(loaded: Any) -> bool:
    items = loaded.get("items") if isinstance(loaded, dict) else None
    return bool(items) and all("spans" in item and "text" in item for item in items)


def run(loaded: Any) -> list[Result]:
    """A result by text: every span found and covered, nothing else touched, and reversible."""
    return [_item(item) for item in loaded["items"]]


def _item(item: dict[str, Any]) -> Result:
    text = item["text"].replace(BREAK, "")
    area = "pii found" if item["spans"] else "pii clean"
    return Result(area, item["id"], _failure(text, item["spans"]))


def _failure(text: str, wanted: list[dict[str, Any]]) -> str:
    found = spans(text)
    for span in wanted:
        covered = [f for f in found if f.start <= span["start"] and span["end"] <= f.end]
        if not covered:
            return f"{span['type']} at {span['start']} was not found"
        if covered[0].type != span["type"]:
            return f"{span['type']} at {span['start']} was taken for {covered[0].type}"
    for f in found:
        if not any(f.start < span["end"] and span["start"] < f.end for span in wanted):
            return f"“{text[f.start : f.end]}” was taken for {f.type}"
    safe = redact([text])
    if restore(safe.texts[0], safe.mapping) != text:
        return "cannot be put back"
    return "" if wanted or safe.texts == (text,) else "a clean text was changed"
