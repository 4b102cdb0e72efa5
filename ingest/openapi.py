"""The description of the HTTP door (OpenAPI 3.1), made from the documents' own models."""

from typing import Any

from ingest.usage import Usage

_REF = "#/components/schemas/{model}"
_PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "One sentence: what, why, what to do."},
    },
}
_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "schema": {"type": "string", "maxLength": 200},
    "description": "The same key and body again get the same answer; another body is refused. "
    "Without it the request itself is the key.",
}
_REFUSALS = {
    "401": "the token is unknown or revoked, or the signature does not fit",
    "404": "no such experiment",
    "409": "not now, or not like this",
    "413": "larger than 10 MiB, or 32 MiB unpacked",
    "422": "the body is not understood, or the key came with another body",
    "503": "the database is busy; push again",
}


def _refusals() -> dict[str, Any]:
    content = {"application/problem+json": {"schema": {"$ref": _REF.format(model="Problem")}}}
    return {
        status: {"description": what, "content": content} for status, what in _REFUSALS.items()
    }


def _answers() -> dict[str, Any]:
    content = {"application/json": {"schema": {"type": "object"}}}
    return {"200": {"description": "taken", "content": content}, **_refusals()}


def pushing(summary: str, schema: dict[str, Any], *more: dict[str, Any]) -> dict[str, Any]:
    """A POST that takes a document."""
    return {
        "post": {
            "summary": summary,
            "parameters": [*more, _KEY],
            "requestBody": {"required": True, "content": {"application/json": {"schema": schema}}},
            "responses": _answers(),
        }
    }


def ref(model: str) -> dict[str, Any]:
    """A reference to a schema of this description."""
    return {"$ref": _REF.format(model=model)}


def _schemas() -> dict[str, Any]:
    found: dict[str, Any] = {"Problem": _PROBLEM}
    for model in (Usage,):
        schema = model.model_json_schema(ref_template=_REF)
        found |= schema.pop("$defs", {})
        found[model.__name__] = schema
    return found


_PATHS = {
    "/v1/usage": pushing(
        "GPU-hours as totals by (source, source_id)", {"type": "array", "items": ref("Usage")}
    ),
}

OPENAPI: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "Assay", "version": "1"},
    "security": [{"token": []}],
    "paths": _PATHS,
    "components": {
        "schemas": _schemas(),
        "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
    },
}
