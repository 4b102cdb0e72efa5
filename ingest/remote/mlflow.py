"""Reads MLflow over its REST interface (2.0, as MLflow 3.17 serves it), and writes tags to it.

What it says differs from what one expects: `runs/search` tells the newest value of a metric, never
the best; NaN is the text "NaN" and +inf is 1.797…e308; a history of many runs at once comes from
the interface of its own pages, which is asked first and cut at 25,000 values.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from core.tracking.curve import Point
from core.tracking.run import Latest, Run
from ingest.remote.tracker import Calls, Trouble, parsed
from services.tracking.sweep import Errand

OURS = ("decision", "final_metric", "learnings", "decided_at")  # tags that Assay writes
_API, _PAGES = "/api/2.0/mlflow", "/ajax-api/2.0/mlflow"
_PAGE, _MOST_PAGES = 500, 40
_TOGETHER, _CUT = 100, 25_000  # runs in one question for histories, and values in its answer
_HUGE = 1.79e308
_STATUS = {"RUNNING": "running", "SCHEDULED": "running", "FINISHED": "finished",
           "FAILED": "failed", "KILLED": "stopped"}  # fmt: skip
_KEPT = ("mlflow.source.git.commit", "mlflow.user")  # of the tags that MLflow sets itself


class Mlflow:
    """One server."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    async def check(self, projects: Sequence[str]) -> None:
        """Pass when it answers, and each of these is there to be seen."""
        for name in projects:
            await self._project(name)

    async def runs(self, errand: Errand) -> list[Run]:
        """All runs since then, those in its bin too; or those that run, and some others again."""
        ids = {await self._project(name): name for name in errand.projects}
        if errand.everything:
            since = f"attributes.start_time >= {int(errand.since.timestamp() * 1000)}"
            return await self._search(ids, since, "ALL")
        found = await self._search(ids, "attributes.status = 'RUNNING'", "ACTIVE_ONLY")
        left = sorted({*errand.running} - {one.source_id for one in found})
        for part in (left[at : at + _TOGETHER] for at in range(0, len(left), _TOGETHER)):
            named = ", ".join(f"'{one}'" for one in part if one.isalnum())
            found += await self._search(ids, f"attributes.run_id IN ({named})", "ALL")
        return found

    async def histories(
        self, wanted: Mapping[str, Sequence[str]]
    ) -> dict[str, dict[str, list[Point]]]:
        """The steps of these metrics, by run and metric."""
        found: dict[str, dict[str, list[Point]]] = {run: {} for run in wanted}
        for metric in sorted({name for names in wanted.values() for name in names}):
            runs = [run for run, names in wanted.items() if metric in names]
            for at in range(0, len(runs), _TOGETHER):
                part = await self._steps(runs[at : at + _TOGETHER], metric)
                for run, points in part.items():
                    found[run][metric] = points
        return found

    async def write(self, source_id: str, told: Mapping[str, str]) -> None:
        """These tags stand at the run; those of ours that are not told are gone."""
        for name in OURS:
            if name in told:
                tag = {"run_id": source_id, "key": name, "value": told[name][:5000]}
                await self._call("POST", "/runs/set-tag", json=tag)
            else:
                gone = {"run_id": source_id, "key": name}
                await self._call("POST", "/runs/delete-tag", missing_ok=True, json=gone)

    async def _project(self, name: str) -> str:
        query = {"experiment_name": name}
        found = await self._call("GET", "/experiments/get-by-name", missing_ok=True, params=query)
        if found is None:
            raise Trouble(f"it has no experiment “{name}” that I may see.", final=True)
        return str(found["experiment"]["experiment_id"])

    async def _search(self, ids: Mapping[str, str], wanted: str, view: str) -> list[Run]:
        found: list[Run] = []
        body: dict[str, Any] = {
            "experiment_ids": [*ids], "filter": wanted, "run_view_type": view,
            "max_results": _PAGE,
        }  # fmt: skip
        for _ in range(_MOST_PAGES):
            page = await self._call("POST", "/runs/search", json=body)
            found += [_run(one, ids) for one in page.get("runs", [])]
            if not page.get("next_page_token"):
                break
            body["page_token"] = page["next_page_token"]
        return found

    async def _steps(self, runs: Sequence[str], metric: str) -> dict[str, list[Point]]:
        query = [("metric_key", metric), *(("run_id", one) for one in runs)]
        path = f"{_PAGES}/metrics/get-history-bulk"
        status, body = await self._calls.ask("GET", path, params=query)
        told = parsed(body).get("metrics", []) if status == 200 else None
        if told is None or len(told) >= _CUT:
            return {run: await self._steps_of(run, metric) for run in runs}
        found: dict[str, list[Point]] = {run: [] for run in runs}
        for one in told:
            found[one["run_id"]].append(_point(one))
        return found

    async def _steps_of(self, run: str, metric: str) -> list[Point]:
        query = {"run_id": run, "metric_key": metric, "max_results": str(_CUT)}
        found: list[Point] = []
        for _ in range(_MOST_PAGES):
            page = await self._call("GET", "/metrics/get-history", params=query)
            found += [_point(one) for one in page.get("metrics", [])]
            if not page.get("next_page_token"):
                break
            query["page_token"] = page["next_page_token"]
        return found

    async def _call(self, method: str, path: str, *, missing_ok: bool = False, **more: Any) -> Any:
        status, body = await self._calls.ask(method, _API + path, **more)
        if status == 200:
            return parsed(body)
        if missing_ok and status == 404 and b"RESOURCE_DOES_NOT_EXIST" in body:
            return None
        raise _trouble(self._calls.url, status, body)


def _trouble(url: str, status: int, body: bytes) -> Trouble:
    host = urlsplit(url).hostname or ""
    if status == 403 and b"Invalid Host header" in body:
        return Trouble(
            f"MLflow does not know itself by the name {host} (403 “Invalid Host header”). Start "
            f'it with `--allowed-hosts "{host},{host}:*,localhost:*"`.',
            final=True,
        )
    if status == 401:
        return Trouble(
            f"it wants a key (401). Who runs Assay sets TRACKER_TOKENS={host}=…", final=True
        )
    if status == 403:
        return Trouble("Assay's key may not do that there (403).", final=True)
    if status == 404:
        return Trouble("what it was asked for is not there (404).", final=True)
    if 300 <= status < 400:
        return Trouble(f"it sends me elsewhere ({status}), where I don't go with a key.")
    return Trouble(f"it answers {status}.")


def _run(told: Mapping[str, Any], projects: Mapping[str, str]) -> Run:
    info, data = told["info"], told.get("data") or {}
    tags = {one["key"]: str(one.get("value", "")) for one in data.get("tags", [])}
    return Run(
        source_id=str(info["run_id"]),
        project=projects.get(str(info.get("experiment_id")), ""),
        name=str(info.get("run_name") or tags.get("mlflow.runName", "")),
        status=_STATUS.get(info.get("status", ""), "running"),
        started=_time(info.get("start_time")),
        ended=_time(info.get("end_time")),
        tags={name: value for name, value in tags.items() if _is_kept(name)},
        params={one["key"]: str(one.get("value", "")) for one in data.get("params", [])},
        latest={
            one["key"]: Latest(_number(one.get("value")), int(one.get("step", 0)), _at(one))
            for one in data.get("metrics", [])
        },
        parent=tags.get("mlflow.parentRunId", ""),
        datasets=tuple(_datasets(told.get("inputs") or {})),
        deleted=info.get("lifecycle_stage") == "deleted",
    )


def _is_kept(name: str) -> bool:
    return name in _KEPT or not (name.startswith("mlflow.") or name in OURS)


def _datasets(inputs: Mapping[str, Any]) -> Iterator[str]:
    for one in inputs.get("dataset_inputs", []):
        known = one.get("dataset") or {}
        if known.get("name"):
            yield f"{known['name']}@{known.get('digest', '')}".rstrip("@")


def _point(one: Mapping[str, Any]) -> Point:
    return Point(int(one.get("step", 0)), _number(one.get("value")), _at(one))


def _number(told: Any) -> float | None:
    """A finite number, or None: MLflow writes NaN as text and +inf as the largest double."""
    try:
        value = float(told)
    except (TypeError, ValueError):
        return None
    return value if math.isfinite(value) and abs(value) < _HUGE else None


def _at(one: Mapping[str, Any]) -> datetime:
    return _time(one.get("timestamp")) or datetime.fromtimestamp(0, UTC)


def _time(told: Any) -> datetime | None:
    try:
        return datetime.fromtimestamp(int(told) / 1000, UTC) if told else None
    except (ValueError, OverflowError, OSError, TypeError):
        return None
