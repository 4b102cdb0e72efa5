"""What W&B tells of a run, as every tracker's runs are."""

import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from core.quantity import experiment_id, experiments_in
from core.tracking.run import Latest, Run
from ingest.remote.tracker import parsed

OURS = ("decision", "final_metric", "learnings", "decided_at")  # of the summary, Assay writes them
# crashed: no sign of life for five minutes; preempted: its machine was taken.
_STATUS = {"running": "running", "pending": "running", "preempting": "running",
           "finished": "finished", "failed": "failed", "crashed": "failed",
           "killed": "stopped", "preempted": "stopped"}  # fmt: skip
_GPU = re.compile(r"(?:system\.)?gpu\.(\d+)\.")
_TAGGED = re.compile(r"([A-Za-z][\w.-]{0,60})\s*[:=]\s*(\S.*)")
_LAST = ("last", "best", "min", "max")  # of a metric whose summary was defined
_LOST = ("NaN", "Infinity", "-Infinity")


def run_of(told: Mapping[str, Any], project: str, now: datetime) -> Run:
    """The run in a node of its project's runs. now: when it was asked for, the last sign of life
    of one that waits for a machine.
    """
    summary, config = object_in(told.get("summaryMetrics")), _config(told.get("config"))
    status = _STATUS.get(told.get("state") or "", "running")
    waits = told.get("state") == "pending"
    machines = _machines(told.get("config"))
    began = [_time(told.get("createdAt")), *(_time(one.get("startedAt")) for one in machines)]
    created = min((one for one in began if one), default=None)  # offline, it is synced later
    heard = _time(told.get("heartbeatAt"))
    tags, seconds = _tags(told, config), _seconds(summary)
    machine = 0 if "gpus" in tags or "gpus" in config else _gpus(told, machines)
    return Run(
        source_id=f"{project}/{told['name']}",
        project=project,
        name=str(told.get("displayName") or told["name"]),
        status=status,
        started=None if waits and seconds is None else created,
        ended=None if status == "running" else heard or created,
        tags=tags | ({"gpus": str(machine)} if machine else {}),
        params=config,
        latest=latest_of(summary, heard or created),
        seconds=seconds,
        seen=now if waits else heard,
        guessed=bool(machine),
    )


def object_in(text: Any) -> dict[str, Any]:
    """The object that W&B puts as text into its answers; empty without one. Raises Trouble."""
    found = parsed(text, float) if isinstance(text, str) and text else text
    return dict(found) if isinstance(found, Mapping) else {}


def number(told: Any) -> float | None:
    """A number, also NaN and infinite, which W&B tells as texts; None for anything else."""
    if isinstance(told, bool) or not (isinstance(told, int | float) or told in _LOST):
        return None
    try:
        return float(told)
    except OverflowError:
        return math.inf


def finite(value: float) -> float | None:
    """The value, or None for one that is no finite number."""
    return value if math.isfinite(value) else None


def stamp(told: Any) -> datetime | None:
    """A time in seconds, as a run logs it; None for what is none."""
    value = number(told)
    try:
        return datetime.fromtimestamp(value, UTC) if value else None
    except (ValueError, OverflowError, OSError):
        return None


def latest_of(summary: Mapping[str, Any], heard: datetime | None) -> dict[str, Latest]:
    """The newest values in a summary, which also holds texts, pictures and histograms."""
    at = stamp(summary.get("_timestamp")) or heard or datetime.fromtimestamp(0, UTC)
    step = finite(number(summary.get("_step")) or 0.0) or 0.0
    plain = {key: value for key, value in summary.items() if key[:1] != "_" and key not in OURS}
    return {name: Latest(finite(value), int(step), at) for name, value in _numbers(plain)}


def _numbers(told: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, float]]:
    for key, value in told.items():
        if (found := number(value)) is not None:
            yield before + key, found
        elif isinstance(value, Mapping) and "_type" not in value:
            kept = next((value[one] for one in _LAST if one in value), None)
            if (found := number(kept)) is not None:
                yield before + key, found
            elif before.count(".") < 4:
                yield from _numbers(value, f"{before}{key}.")


def _config(told: Any) -> dict[str, str]:
    """Its parameters by name: `{"lr": {"value": 0.1, "desc": null}}`, what is nested with dots."""
    found: dict[str, str] = {}
    for key, one in object_in(told).items():
        if key not in ("_wandb", "wandb_version"):
            value = one["value"] if isinstance(one, Mapping) and "value" in one else one
            found.update(_flat(key, value))
    return found


def _flat(name: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping) and value and name.count(".") < 4:
        for key, one in value.items():
            yield from _flat(f"{name}.{key}", one)
    elif value is not None:
        yield name, value if isinstance(value, str) else json.dumps(value)


def _tags(told: Mapping[str, Any], config: Mapping[str, str]) -> dict[str, str]:
    """Its tags by name: `gpus:4`, `role=baseline`, and `EXP-042` or `exp_id:EXP-042`, else the
    parameter `exp_id`.
    """
    given = [str(one) for one in told.get("tags") or []]
    found = {one[1]: one[2].strip() for tag in given if (one := _TAGGED.fullmatch(tag.strip()))}
    plain = [tag for tag in given if not _TAGGED.fullmatch(tag.strip())]
    numbers = experiments_in(" ".join([found.get("exp_id", ""), *plain]))
    if numbers:
        found["exp_id"] = " ".join(experiment_id(one) for one in numbers)
    elif config.get("exp_id"):
        found["exp_id"] = config["exp_id"]
    found |= {name: config[name] for name in ("role",) if name in config and name not in found}
    return found | ({"git_commit": told["commit"]} if told.get("commit") else {})


def _seconds(summary: Mapping[str, Any]) -> float | None:
    """Seconds in which it ran, also over several resumptions."""
    own = summary.get("_wandb")
    told = [own.get("runtime") if isinstance(own, Mapping) else None, summary.get("_runtime")]
    values = [one for one in map(number, told) if one is not None and 0 <= one < math.inf]
    return max(values, default=None)


def _machines(config: Any) -> list[Mapping[str, Any]]:
    """What its logger saw of where it ran, one for each time it was started."""
    own = object_in(config).get("_wandb")
    seen = own.get("value") if isinstance(own, Mapping) else None
    each = seen.get("e") if isinstance(seen, Mapping) else None
    return (
        [one for one in each.values() if isinstance(one, Mapping)]
        if isinstance(each, Mapping)
        else []
    )


def _gpus(told: Mapping[str, Any], machines: Sequence[Mapping[str, Any]]) -> int:
    seen = {one[1] for key in object_in(told.get("systemMetrics")) if (one := _GPU.match(key))}
    counts = [finite(number(one.get("gpu_count")) or 0.0) or 0.0 for one in machines]
    return max(len(seen), *map(int, counts), 0)


def _time(told: Any) -> datetime | None:
    try:
        found = datetime.fromisoformat(told) if told else None
    except (ValueError, TypeError):
        return None
    return found.replace(tzinfo=found.tzinfo or UTC) if found else None
