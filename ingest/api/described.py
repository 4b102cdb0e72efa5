"""The read API's part of the description, made from its routes and shapes."""

import re
from typing import Any

from pydantic import BaseModel

from ingest.api import shapes
from ingest.api.routes import READS, Read

REF = "#/components/schemas/{model}"
_WRITTEN = (
    shapes.NewResult,
    shapes.NewBlocker,
    shapes.NewDecision,
    shapes.Logged,
    shapes.Reported,
    shapes.Decided,
)
_TAG = {"ETag": {"schema": {"type": "string"}, "description": "send it as If-None-Match"}}
_IF_NONE_MATCH = {
    "name": "If-None-Match",
    "in": "header",
    "required": False,
    "description": "the ETag of the answer you have: 304 while it is the same",
    "schema": {"type": "string"},
}


def paths(refusals: dict[str, Any]) -> dict[str, Any]:
    """The routes that read. refusals: the responses every route may give, by status."""
    return {path: {"get": _read(path, read, refusals)} for path, read in READS.items()}


def schemas() -> dict[str, Any]:
    """The models of what is answered and written, by name."""
    found: dict[str, Any] = {}
    models: list[type[BaseModel]] = [read.shape for read in READS.values()]
    models += _WRITTEN
    for model in models:
        found |= schema_of(model)
    return found


def schema_of(model: type[BaseModel]) -> dict[str, Any]:
    """The model and those it is made of, by name."""
    mode = "serialization" if issubclass(model, shapes.Shape) else "validation"
    schema = model.model_json_schema(ref_template=REF, mode=mode)  # type: ignore[arg-type]
    return {**schema.pop("$defs", {}), model.__name__: schema}


def _read(path: str, read: Read, refusals: dict[str, Any]) -> dict[str, Any]:
    named = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in re.findall(r"{(\w+)}", path)
    ]
    content = {"application/json": {"schema": {"$ref": REF.format(model=read.shape.__name__)}}}
    told = {code: refusals[code] for code in ("401", "403", "404", "422", "503")}
    return {
        "summary": read.summary,
        "description": "Takes a token that may read.",
        "parameters": [*named, *(word.described() for word in read.words), _IF_NONE_MATCH],
        "responses": {
            "200": {"description": "it", "headers": _TAG, "content": content},
            "304": {"description": "what you have is what it is", "headers": _TAG},
            **told,
        },
    }
