"""The description of the HTTP door (OpenAPI 3.1), made from the documents' own models."""

from typing import Any

from ingest.api import described
from ingest.api.described import REF as _REF
from ingest.canonical import EvalDocument
from ingest.drift import DriftProfile
from ingest.run import RunBeat
from ingest.usage import Usage

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
_LABEL = {
    "type": "object",
    "required": ["item", "annotator", "label"],
    "properties": {
        "item": {"type": "string"},
        "annotator": {"type": "string"},
        "label": {"type": ["string", "number", "boolean", "null"]},
    },
}
_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "schema": {"type": "string", "maxLength": 200},
    "description": "The same key and body again get the same answer; another body is refused.",
}
_REFUSALS = {
    "401": "the token is unknown or revoked, or the signature does not fit",
    "403": "this token may not do this",
    "404": "there is no such thing, or not for this token",
    "408": "the body took too long",
    "409": "not now, or not like this",
    "413": "larger than 10 MiB, or 32 MiB unpacked",
    "415": "packed otherwise than gzip",
    "422": "the address or body is not understood, or the key came with another body",
    "503": "the database is busy; push again",
}


def _refusals() -> dict[str, Any]:
    content = {"application/problem+json": {"schema": {"$ref": _REF.format(model="Problem")}}}
    return {
        status: {"description": what, "content": content} for status, what in _REFUSALS.items()
    }


def _answers(model: str = "") -> dict[str, Any]:
    schema = ref(model) if model else {"type": "object"}
    content = {"application/json": {"schema": schema}}
    return {"200": {"description": "taken", "content": content}, **_refusals()}


def pushing(
    summary: str, schema: dict[str, Any], *more: dict[str, Any], answer: str = ""
) -> dict[str, Any]:
    """A POST that takes a document. answer: the model of what it answers."""
    return {
        "post": {
            "summary": summary,
            "parameters": [*more, _KEY],
            "requestBody": {"required": True, "content": {"application/json": {"schema": schema}}},
            "responses": _answers(answer),
        }
    }


def ref(model: str) -> dict[str, Any]:
    """A reference to a schema of this description."""
    return {"$ref": _REF.format(model=model)}


def query(name: str, what: str, *, required: bool = False) -> dict[str, Any]:
    """A part of the query."""
    return {
        "name": name,
        "in": "query",
        "required": required,
        "description": what,
        "schema": {"type": "string"},
    }


def named(name: str) -> dict[str, Any]:
    """A part of the path."""
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}


def telling(summary: str, schema: dict[str, Any], name: str) -> dict[str, Any]:
    """A GET that answers with a document about what its path names."""
    answer = {"description": "it", "content": {"application/json": {"schema": schema}}}
    responses = {
        "200": answer,
        **{code: _refusals()[code] for code in ("401", "403", "404", "503")},
    }
    return {"get": {"summary": summary, "parameters": [named(name)], "responses": responses}}


def _schemas() -> dict[str, Any]:
    found: dict[str, Any] = {"Problem": _PROBLEM} | described.schemas()
    for model in (EvalDocument, Usage, DriftProfile, RunBeat):
        schema = model.model_json_schema(ref_template=_REF)
        for name, one in {**schema.pop("$defs", {}), model.__name__: schema}.items():
            assert found.setdefault(name, one) == one, f"two models are called {name}"
    return found


_PATHS: dict[str, Any] = {
    "/v1/experiments/{id}/evals": pushing(
        "Results of one side, canonical or as the tool wrote them",
        ref("EvalDocument"),
        named("id"),
        query("role", "candidate, baseline or production"),
        query("gate", "1: judge at once and answer with the verdict"),
        query("variant", "which one, when the file compares several"),
        query("dataset", "what it was trained on: DATA-003@v2, several with commas"),
        query("commit", "the commit of the code it was made with"),
    ),
    "/v1/experiments/{id}/deploy": {
        "post": {
            "summary": "How it is deployed now; said again it changes nothing. No body. Takes a "
            "token that may deploy",
            "parameters": [
                named("id"),
                query("status", "planned, shadow, canary, live or rolled-back", required=True),
                _KEY,
            ],
            "responses": _answers(),
        }
    },
    "/v1/experiments/{id}/gate": telling(
        "The newest judgement; `decision` is null before the first", {"type": "object"}, "id"
    ),
    "/v1/experiments/{id}/runs": pushing(
        "A heartbeat of a run (`assay run`): totals by run and seq, an older one changes nothing; "
        "the answer's `order` is stop when the training is to end",
        ref("RunBeat"),
        named("id"),
    ),
    "/v1/experiments/{id}/start": telling(
        "What a run of it is told at its start; refused when the experiment is over",
        {"type": "object"},
        "id",
    ),
    "/v1/experiments/{id}/results": pushing(
        "A result of an experiment, in the token's name",
        ref("NewResult"),
        named("id"),
        answer="Logged",
    ),
    "/v1/blockers": pushing(
        "What holds the token's owner up; the team's channel hears of it",
        ref("NewBlocker"),
        answer="Reported",
    ),
    "/v1/experiments/{id}/kill": pushing(
        "Kill it with what was learned: takes a token that may decide",
        ref("NewDecision"),
        named("id"),
        answer="Decided",
    ),
    "/v1/experiments/{id}/promote": pushing(
        "Promote it with what was learned: takes a token that may decide",
        ref("NewDecision"),
        named("id"),
        answer="Decided",
    ),
    "/v1/usage": pushing(
        "GPU-hours as totals by (source, source_id)", {"type": "array", "items": ref("Usage")}
    ),
    "/v1/labels": pushing(
        "Labels of one card of the data board (also CSV)",
        {"type": "array", "items": _LABEL},
        query("dataset", "DATA-003", required=True),
        query("vendor", "who labelled, when not the card's vendor"),
        query("batch", "name of the batch"),
    ),
    "/v1/data/versions": pushing(
        "A version of a dataset: the body is a .dvc file or dvc.lock (YAML)",
        {"type": "object"},
        query("dataset", "DATA-003", required=True),
        query("out", "the path of which, where it tracks several"),
        query("rows", "how many rows it has"),
        query("location", "where it lies, when not as DVC says"),
    ),
    "/v1/drift": pushing(
        "A drift profile: counts, never rows",
        ref("DriftProfile"),
        query("source", "name of the data set, when not in the profile's `model`"),
        query("role", "current (default) or reference"),
    ),
    "/v1/drift/{source}/reference": telling(
        "The profile that current rows are counted like", ref("DriftProfile"), "source"
    ),
}

for _path, _way in described.paths(_refusals()).items():
    _PATHS[_path] = _PATHS.get(_path, {}) | _way

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
