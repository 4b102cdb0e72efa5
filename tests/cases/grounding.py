"""Grounding files: {sheets, items: [{sheet, label, summary, hard}]}; hard items apart."""

from typing import Any

from core.grounding.ground import read
from core.grounding.verifier import verify
from tests.cases.result import Result


def is_grounding_file(loaded: Any) -> bool:
    return isinstance(loaded, dict) and "sheets" in loaded and "items" in loaded


def run(loaded: Any) -> list[Result]:
    """A result by sentence, in the areas unfaithful, faithful and hard."""
    sheets = {name: read(sheet) for name, sheet in loaded["sheets"].items()}
    return [_item(item, sheets[item["sheet"]]) for item in loaded["items"]]


def _item(item: dict[str, Any], sheet: Any) -> Result:
    label = item["label"]
    area = f"grounding {'hard ' if item.get('hard') else ''}{label}"
    reasons = [reason for verdict in verify(item["summary"], sheet) for reason in verdict.reasons]
    wrong = bool(reasons) is (label == "faithful")
    failure = "; ".join(reasons) if reasons else "let through"
    return Result(area, item["id"], f"{failure}: {item['summary']}" if wrong else "")
