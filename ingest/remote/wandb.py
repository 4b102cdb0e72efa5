"""Reads Weights & Biases over the GraphQL interface its own client uses, and writes to summaries.

Its schema is not public: these questions are parts of those that wandb 0.31.0 sends. A run's
summary has newest values, and its history comes sampled, several runs in one question; NaN and the
infinities are the texts "NaN", "Infinity", "-Infinity". W&B's sweeps are no runs.
"""

import asyncio
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from core.text import clean, shorten
from core.tracking.curve import Point
from core.tracking.run import Run
from ingest.remote.tracker import Calls, Trouble, parsed
from ingest.remote.wandb_run import OURS, finite, number, object_in, run_of, stamp
from services.tracking.sweep import Errand

_PAGE, _MOST_PAGES = 200, 100
_TOGETHER, _SAMPLES = 10, 1000  # runs in one question for histories, and steps of each metric
_AGAIN, _LONGEST_WAIT = 2, 30.0  # times for one question, and seconds before each
_PROJECT = "query Project($e:String!,$p:String!){project(entityName:$e,name:$p){name}}"
_RUNS = """query Runs($e:String!,$p:String!,$f:JSONString,$c:String,$n:Int){
project(entityName:$e,name:$p){runs(filters:$f,after:$c,first:$n,order:"+created_at"){
edges{node{name displayName state tags config summaryMetrics systemMetrics commit createdAt
heartbeatAt}} pageInfo{endCursor hasNextPage}}}}"""
_STANDS = """query Stands($e:String!,$p:String!,$n:String!){
project(entityName:$e,name:$p){run(name:$n){id summaryMetrics}}}"""
_WRITE = """mutation UpsertBucket($i:String,$s:JSONString){
upsertBucket(input:{id:$i,summaryMetrics:$s}){bucket{id}}}"""


class _Busy(Trouble):
    """It has had too many questions."""


class Wandb:
    """One server; its projects are named `entity/project`."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls
        self._runs: dict[str, Run] = {}

    async def check(self, projects: Sequence[str]) -> None:
        """Pass when it answers, and each of these is there to be seen."""
        for name in projects:
            await self._ask(name, _PROJECT)

    async def runs(self, errand: Errand) -> list[Run]:
        """All runs since then; or those that run, and some others again."""
        found: list[Run] = []
        for project in errand.projects:
            nodes = await self._all(project, _filter(errand, project))
            found += [run_of(one, project, errand.began) for one in nodes]
        self._runs |= {one.source_id: one for one in found}
        return found

    async def histories(
        self, wanted: Mapping[str, Sequence[str]]
    ) -> dict[str, dict[str, list[Point]]]:
        """Sampled steps of these metrics, by run and metric; without the runs that it would not
        tell any more today, which stay for the next sweep.
        """
        found: dict[str, dict[str, list[Point]]] = {
            run: {} for run, names in wanted.items() if not names
        }
        projects: dict[str, list[str]] = {}
        for run, names in wanted.items():
            if names:
                projects.setdefault(run.rpartition("/")[0], []).append(run)
        try:
            for project, runs in projects.items():
                for at in range(0, len(runs), _TOGETHER):
                    part = {run: wanted[run] for run in runs[at : at + _TOGETHER]}
                    found |= await self._steps(project, part)
        except _Busy:
            if not found:
                raise
        return found

    async def write(self, source_id: str, told: Mapping[str, str]) -> None:
        """These stand in the run's summary; those of ours that are not told are gone. A summary is
        written whole: W&B takes nothing away from one.
        """
        project, _, name = source_id.rpartition("/")
        run = (await self._ask(project, _STANDS, n=name))["run"]
        if run is None:
            raise Trouble("the run is not there any more.", final=True)
        stands = object_in(run.get("summaryMetrics"))
        kept = {key: value for key, value in stands.items() if key not in OURS}
        kept |= {key: _written(key, value) for key, value in told.items()}
        if kept != stands:
            await self._call(_WRITE, {"i": run["id"], "s": json.dumps(kept)})

    async def _all(self, project: str, wanted: Mapping[str, Any]) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        cursor = None
        for _ in range(_MOST_PAGES):
            told = await self._ask(project, _RUNS, f=json.dumps(wanted), c=cursor, n=_PAGE)
            page = told["runs"]
            found += [edge["node"] for edge in page["edges"]]
            if not page["pageInfo"]["hasNextPage"]:
                return found
            cursor = page["pageInfo"]["endCursor"]
        raise Trouble(  # the rest would look as if it were deleted
            f"“{project}” has more than {_PAGE * _MOST_PAGES:,} runs since the oldest open "
            "experiment began; close what is done.",
            final=True,
        )

    async def _steps(
        self, project: str, wanted: Mapping[str, Sequence[str]]
    ) -> dict[str, dict[str, list[Point]]]:
        asked, given = [], []
        values: dict[str, Any] = {}
        for n, (run, names) in enumerate(wanted.items()):
            asked.append(f"r{n}:run(name:$n{n}){{sampledHistory(specs:$s{n})}}")
            given.append(f"$n{n}:String!,$s{n}:[JSONString!]!")
            values[f"n{n}"] = run.rpartition("/")[2]
            values[f"s{n}"] = [_spec(one) for one in names]
        question = f"query Histories($e:String!,$p:String!,{','.join(given)}){{"
        question += f"project(entityName:$e,name:$p){{{' '.join(asked)}}}}}"
        told = await self._ask(project, question, **values)
        found: dict[str, dict[str, list[Point]]] = {}
        for n, (run, names) in enumerate(wanted.items()):
            rows = told[f"r{n}"]["sampledHistory"] if told[f"r{n}"] else []
            curves = dict(zip(names, rows, strict=False))
            found[run] = {
                name: self._ended(run, name, list(_points(curves.get(name, ()), name)))
                for name in names
            }
        return found

    def _ended(self, run: str, metric: str, points: list[Point]) -> list[Point]:
        """With its newest value, which samples may lack."""
        known = self._runs.get(run)
        last = known.latest.get(metric) if known else None
        if last is None or any(one.step == last.step or one.value == last.value for one in points):
            return points
        return sorted([*points, Point(last.step, last.value, last.at)], key=lambda one: one.step)

    async def _ask(self, project: str, question: str, **more: Any) -> dict[str, Any]:
        entity, _, name = project.partition("/")
        told = (await self._call(question, {"e": entity, "p": name} | more)).get("project")
        if told is None:
            raise Trouble(f"it has no project “{project}” that I may see.", final=True)
        return dict(told)

    async def _call(self, question: str, values: Mapping[str, Any]) -> dict[str, Any]:
        body = {"query": question, "variables": values}
        status, answer = await self._calls.ask("POST", "/graphql", json=body)
        for _ in range(_AGAIN):
            if status not in (429, 503) or not 0 < self._calls.wait <= _LONGEST_WAIT:
                break
            await asyncio.sleep(self._calls.wait)
            status, answer = await self._calls.ask("POST", "/graphql", json=body)
        if status not in (200, 400):
            raise _trouble(urlsplit(self._calls.url).netloc, status)
        told = parsed(answer, float)
        if wrong := told.get("errors"):
            said = shorten(clean(str(wrong[0].get("message", ""))), 150)
            raise Trouble(f"it refuses what I ask ({status}): “{said}”.")
        return dict(told["data"])


def _filter(errand: Errand, project: str) -> dict[str, Any]:
    if errand.everything:
        since = errand.since.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        return {"createdAt": {"$gte": since}}
    start = f"{project}/"
    names = [one.removeprefix(start) for one in errand.running if one.startswith(start)]
    runs = {"state": {"$in": ["running", "pending"]}}
    return {"$or": [runs, {"name": {"$in": names}}]} if names else runs


def _trouble(host: str, status: int) -> Trouble:
    if status == 401:
        return Trouble(
            f"it wants a key that it knows (401). Who runs Assay sets TRACKER_TOKENS={host}=…",
            final=True,
        )
    if status == 403:
        return Trouble("Assay's key may not do that there (403).", final=True)
    if status == 404:
        return Trouble("what it was asked for is not there (404).", final=True)
    if status == 429:
        return _Busy("it has had too many questions (429); I go on with the next sweep.")
    if 300 <= status < 400:
        return Trouble(f"it sends me elsewhere ({status}), where I don't go with a key.")
    return Trouble(f"it answers {status}.")


def _spec(metric: str) -> str:
    return json.dumps({"keys": ["_step", "_timestamp", metric], "samples": _SAMPLES})


def _points(rows: Sequence[Mapping[str, Any]], metric: str) -> Iterator[Point]:
    for row in rows:
        value = number(row.get(metric))
        if value is not None and isinstance(row.get("_step"), int | float):
            at = stamp(row.get("_timestamp")) or datetime.fromtimestamp(0, UTC)
            yield Point(int(row["_step"]), finite(value), at)


def _written(name: str, value: str) -> str | float:
    """A figure as such, so that W&B can sort by it."""
    if name == "final_metric":
        with suppress(ValueError):
            return float(value)
    return value[:5000]
