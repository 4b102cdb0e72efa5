"""The canonical document as JSON: read strictly, written so that equal ones are equal bytes."""

import json
from typing import Any

from pydantic import ValidationError

from core.text import shorten
from ingest.canonical import SCHEMA, EvalDocument
from ingest.file import File, Unreadable, decoded, parsed, told, unpacked

_EXAMPLE = '{"schema": "eval/1", "results": [{"example_id": "q1", "scores": {"accuracy": 1}}]}'


def built(data: dict[str, Any]) -> EvalDocument:
    """The document of these fields, in order. Raises Unreadable naming the first fault."""
    try:
        document = EvalDocument.model_validate({"schema": SCHEMA, **data})
    except ValidationError as error:
        raise Unreadable(first_fault(error), "Correct it and push again.") from None
    results = sorted(document.results, key=lambda r: (r.variant, natural(r.run), r.example_id))
    aggregates = sorted(
        document.aggregates, key=lambda a: (a.variant, natural(a.run), a.metric, a.statistic)
    )
    return document.model_copy(update={"results": tuple(results), "aggregates": tuple(aggregates)})


def from_json(value: Any) -> EvalDocument:
    """The document in parsed JSON. Raises Unreadable for another schema, a fault, or nothing."""
    if not isinstance(value, dict) or value.get("schema") != SCHEMA:
        raise Unreadable(f"it is not of schema {SCHEMA}", f"Write it like {_EXAMPLE}")
    stated = value.get("eval_set")
    document = built({key: part for key, part in value.items() if key != "eval_set"})
    if not document.results and not document.aggregates and document.status == "success":
        raise Unreadable("it holds no results", f"Write them like {_EXAMPLE}")
    if stated is not None and stated != document.eval_set.model_dump():
        raise Unreadable(
            "its eval_set does not match its results",
            "Leave eval_set out (it is computed) or push the document as it was written.",
        )
    return document


def read_canonical(file: File) -> EvalDocument:
    """The document in a canonical JSON file. Raises Refused with one sentence."""
    with told(file):
        return from_json(parsed(decoded(unpacked(file))))


def written(document: EvalDocument) -> str:
    """The document as one line of JSON: keys sorted, defaults left out, no NaN, eval set added."""
    data = document.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    data["eval_set"] = document.eval_set.model_dump()
    return json.dumps(
        data, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )


def natural(text: str) -> tuple[int, str]:
    """Sort key that puts run 2 before run 10, and numbers before words."""
    is_number = text.isascii() and text.isdigit()
    return (int(text[:18]), text) if is_number else (10**18, text)


def first_fault(error: ValidationError) -> str:
    """The first thing pydantic found, on one line: where and what."""
    fault = error.errors(include_url=False, include_input=False)[0]
    where = ".".join(str(part) for part in fault["loc"])
    what = fault["msg"].removeprefix("Value error, ")
    what = what[:1].lower() + what[1:]
    return shorten(f"{where}: {what}" if where else what, 200)
