"""W&B's GraphQL interface on loopback, as its own client (wandb 0.31.0) is content with.

`python -m tests.wandb_client PYTHON` lets that client prove it, and keeps what it asks.
"""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from aiohttp import web
from graphql import GraphQLSchema, build_schema, graphql_sync

KEY = "k" * 40
_DATA = Path(__file__).with_name("data") / "wandb"


@cache
def schema() -> GraphQLSchema:
    """What may be asked."""
    return build_schema((_DATA / "schema.graphql").read_text())


def questions() -> list[dict[str, Any]]:
    """What the client asked: query and variables."""
    return [json.loads(line) for line in (_DATA / "client.jsonl").read_text().splitlines()]


@dataclass
class FakeRun:
    """A run as W&B keeps it. history: rows by step; NaN and infinities are texts in it."""

    name: str
    displayName: str  # noqa: N815 the server's name
    created: datetime
    heard: datetime
    state: str = "running"
    tags: list[str] = field(default_factory=list)
    config: dict[str, Any] = field(default_factory=dict)
    summary: dict[str, Any] = field(default_factory=dict)
    history: list[dict[str, Any]] = field(default_factory=list)
    sweep: str | None = None

    def log(self, at: datetime, *, start: int = 0, **metrics: list[Any]) -> None:
        """Values by step, a second each; `train__loss` is train/loss."""
        for step in range(start, start + max(map(len, metrics.values()))):
            row = {"_step": step, "_timestamp": at.timestamp() + step}
            row |= {
                name.replace("__", "/"): values[step - start]
                for name, values in metrics.items()
                if step - start < len(values)
            }
            self.history.append(row)
            self.summary |= row
        self.heard = at + timedelta(seconds=self.history[-1]["_step"])

    def sampled(self, spec: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Rows with all those keys, at most so many, evenly: what lies between is not told."""
        rows = [row for row in self.history if set(spec["keys"]) <= set(row)]
        most = spec["samples"]
        if len(rows) > most:
            rows = [rows[at * (len(rows) - 1) // (most - 1)] for at in range(most)]
        return [{key: row[key] for key in spec["keys"]} for row in rows]

    def shown(self) -> dict[str, Any]:
        """The run as it is asked for."""
        values = {key: {"value": one, "desc": None} for key, one in self.config.items()}
        return {
            "id": base64.b64encode(f"Run:v1:{self.name}".encode()).decode(), "projectId": "1",
            "name": self.name, "displayName": self.displayName, "sweepName": self.sweep,
            "state": self.state, "tags": self.tags, "readOnly": False,
            "config": json.dumps(values | {"_wandb": {"value": {"cli_version": "0.31.0"}}}),
            "summaryMetrics": json.dumps(self.summary), "systemMetrics": "{}",
            "historyLineCount": len(self.history), "user": {"name": "Ana", "username": "ana"},
            "historyKeys": {"lastStep": len(self.history) - 1, "keys": {}},
            "createdAt": _time(self.created), "heartbeatAt": _time(self.heard),
            "sampledHistory": lambda _info, specs: [self.sampled(json.loads(s)) for s in specs],
        }  # fmt: skip


@dataclass
class Fake:
    """The server. refusals: what the next requests get instead of an answer: status, headers.
    asked: what was asked, as it came.
    """

    url: str
    projects: dict[str, list[FakeRun]] = field(default_factory=dict)
    refusals: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    asked: list[dict[str, Any]] = field(default_factory=list)

    async def take(self, request: web.Request) -> web.Response:
        """POST /graphql."""
        told = await request.json()
        self.asked.append(told)
        if self.refusals:
            status, headers = self.refusals.pop(0)
            return web.json_response({"error": "refused"}, status=status, headers=headers)
        good = base64.b64encode(f"api:{KEY}".encode()).decode()
        if request.headers.get("Authorization") != f"Basic {good}":
            return web.json_response(
                {"errors": [{"message": "user is not logged in"}]}, status=401
            )
        found = self.answer(told)
        return web.json_response(found, status=200 if "data" in found else 400)

    def answer(self, told: Mapping[str, Any]) -> dict[str, Any]:
        """The answer to that question."""
        root = {
            "viewer": {"id": "1", "entity": "lab", "username": "ana", "teams": {"edges": []}},
            "project": lambda _info, **at: self._project(f"{at['entityName']}/{at['name']}"),
            "upsertBucket": lambda _info, **given: self._upsert(given["input"]),
            "deleteRun": lambda _info, **given: self._delete(given["input"]),
        }
        query, values = told["query"], told.get("variables") or {}
        return dict(graphql_sync(schema(), query, root, variable_values=values).formatted)

    def find(self, name: str) -> FakeRun:
        """The run that is shown as that."""
        return next(one for one in self._every() if one.displayName == name)

    def _every(self) -> list[FakeRun]:
        return [one for runs in self.projects.values() for one in runs]

    def _project(self, path: str) -> dict[str, Any] | None:
        runs = self.projects.get(path)
        if runs is None:
            return None
        named = {one.name: one for one in runs}
        entity, _, name = path.partition("/")
        return {
            "internalId": "1", "name": name, "entityName": entity, "readOnly": False,
            "runCount": lambda _info, filters="{}": len(_kept(runs, filters)),
            "run": lambda _info, name: named[name].shown() if name in named else None,
            "runs": lambda _info, **given: _page(runs, **given),
        }  # fmt: skip

    def _upsert(self, given: Mapping[str, Any]) -> dict[str, Any]:
        [run] = [one for one in self._every() if one.shown()["id"] == given["id"]]
        if given.get("summaryMetrics") is not None:
            run.summary = json.loads(given["summaryMetrics"])
        if given.get("tags") is not None:
            run.tags = given["tags"]
        return {"bucket": run.shown()}

    def _delete(self, given: Mapping[str, Any]) -> dict[str, Any]:
        for runs in self.projects.values():
            runs[:] = [one for one in runs if one.shown()["id"] != given["id"]]
        return {}


def two_runs() -> list[FakeRun]:
    """What the client was shown."""
    began = datetime(2026, 11, 30, 8, tzinfo=UTC)
    tags, config = ["EXP-042", "gpus:2"], {"lr": 0.1}
    run = FakeRun("abc1", "EXP-042 lora", began, began, "finished", tags, config)
    run.log(began, train__loss=[2.0, "NaN", 1.5], val_accuracy=[0.7, 0.8, 0.9])
    return [run, FakeRun("abc2", "amber-fox", began, began + timedelta(hours=1))]


def _time(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _page(
    runs: list[FakeRun],
    filters: str = "{}",
    after: str | None = None,
    first: int = 50,
    order: str = "",
) -> dict[str, Any]:
    kept = sorted(_kept(runs, filters), key=lambda one: one.created, reverse=order[:1] == "-")
    start = int(after or 0)
    part = kept[start : start + first]
    end = start + len(part)
    edges = [{"node": one.shown(), "cursor": str(start + n + 1)} for n, one in enumerate(part)]
    return {"edges": edges, "pageInfo": {"endCursor": str(end), "hasNextPage": end < len(kept)}}


def _kept(runs: list[FakeRun], filters: str | None) -> list[FakeRun]:
    wanted = json.loads(filters or "{}")
    return [one for one in runs if _fits(one, wanted)]


def _fits(run: FakeRun, wanted: Mapping[str, Any]) -> bool:
    """The Mongo-like filters that Assay and the test of the client use; others are an error."""
    known = {"state": [run.state], "name": [run.name], "tags": run.tags,
             "createdAt": [_time(run.created)]}  # fmt: skip
    for key, rule in wanted.items():
        if key == "$or":
            fits = any(_fits(run, one) for one in rule)
        elif isinstance(rule, str):
            fits = rule in known[key]
        elif "$in" in rule:
            fits = bool({*rule["$in"]} & {*known[key]})
        else:
            fits = known[key][0] >= rule["$gte"]
        if not fits:
            return False
    return True
