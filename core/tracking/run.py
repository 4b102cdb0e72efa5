"""One run of a training as a tracker knows it, whichever tracker that is."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from core.quantity import experiments_in

STATUSES = ("running", "finished", "failed", "stopped")  # stopped: the run, not the experiment
ROLES = ("candidate", "baseline", "production")
SILENCE = timedelta(hours=1)  # a running run without news for that long is stale
BESIDE = "assay_run"  # a tag: our own runner measures this run, under that id
_GPU_SEEN = re.compile(r"system/(?:.{0,60}/)?gpu_(\d{1,3})_utilization_percentage")
_MODEL = ("model", "model_type", "model_name", "base_model", "arch", "architecture")
_DATA = ("dataset_version", "dataset", "data_version", "data", "dataset_name", "dvc")
_COMMIT = ("mlflow.source.git.commit", "git_commit", "commit", "git.commit")
_LONGEST = 200


@dataclass(frozen=True)
class Latest:
    """The newest value of a metric. value: None when it is no finite number."""

    value: float | None
    step: int
    at: datetime


@dataclass(frozen=True)
class Run:
    """A run as its tracker tells it. source_id: what the tracker calls it; project: the tracker's
    own experiment or project; started, ended: None while it did not. tags, params: text by name.
    parent: source_id of the run it is a child of. datasets: `name@digest` the tracker logged.
    deleted: it lies in the tracker's bin. Of W&B and our own runner: seconds it held its GPUs, by
    its clock; seen: when it last told; guessed: its GPUs are all of its machine.
    """

    source_id: str
    project: str
    name: str
    status: str
    started: datetime | None
    ended: datetime | None
    tags: Mapping[str, str] = field(default_factory=dict)
    params: Mapping[str, str] = field(default_factory=dict)
    latest: Mapping[str, Latest] = field(default_factory=dict)
    parent: str = ""
    datasets: tuple[str, ...] = ()
    deleted: bool = False
    seconds: float | None = None
    seen: datetime | None = None
    guessed: bool = False

    @property
    def heard(self) -> datetime | None:
        """When it was last heard of: its end, else its newest value, else its start."""
        if self.ended or self.seen:
            return self.ended or self.seen
        return max((one.at for one in self.latest.values()), default=self.started)


@dataclass(frozen=True)
class Hours:
    """GPU-hours of a run. known: measured (duration × its GPUs), estimated, unknown, or runner:
    the runner beside it tells them.
    """

    value: float | None
    known: str


def fingerprint(run: Run) -> str:
    """Changes when anything of the run changed that its history could tell more of."""
    latest = {name: (one.value, one.step, one.at.timestamp()) for name, one in run.latest.items()}
    ended = run.ended.timestamp() if run.ended else None
    told = [
        run.status,
        run.name,
        ended,
        dict(run.tags),
        dict(run.params),
        latest,
        run.parent,
        run.deleted,
    ]
    text = json.dumps(told, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def named(run: Run) -> tuple[int, ...]:
    """Experiments the run names: by its tag `exp_id`, else in its name. Two is one too many."""
    return tuple(experiments_in(run.tags.get("exp_id", "")) or experiments_in(run.name))


def named_by(run: Run) -> str:
    """tag | name | "": where it names an experiment."""
    if experiments_in(run.tags.get("exp_id", "")):
        return "tag"
    return "name" if experiments_in(run.name) else ""


def role(run: Run) -> str:
    """Which side it measures: the tag `role`, else the candidate."""
    told = run.tags.get("role", "").strip().lower()
    return told if told in ROLES else "candidate"


def gpus(run: Run) -> tuple[int | None, str]:
    """How many GPUs it holds and how that is known: the tag `gpus` (measured), GPUs its system
    metrics name (estimated: those of the machine), or None (unknown).
    """
    tagged = run.tags.get("gpus", run.params.get("gpus", "")).strip()
    if re.fullmatch(r"\d{1,5}", tagged):
        return int(tagged), "estimated" if run.guessed else "measured"
    seen = {found.group(1) for name in run.latest if (found := _GPU_SEEN.fullmatch(name))}
    return (len(seen), "estimated") if seen else (None, "unknown")


def is_stale(run: Run, now: datetime) -> bool:
    """True for a run that says it is running and was not heard of for an hour: most likely its
    process was killed, since nobody then tells the tracker.
    """
    heard = run.heard
    return run.status == "running" and (heard is None or now - heard > SILENCE)


def hours(run: Run, now: datetime) -> Hours:
    """Its GPU-hours so far: duration × GPUs. Of a stale run they end an hour after it was last
    heard of, and are estimated; without GPUs or a start they are unknown, never 0.
    """
    if run.tags.get(BESIDE):
        return Hours(None, "runner")
    held, known = gpus(run)
    if held is None or run.started is None:
        return Hours(None, "unknown")
    if run.seconds is not None:
        return Hours(round(run.seconds / 3600 * held, 6), known)
    end, stale = run.ended or now, is_stale(run, now)
    if stale:
        end = min(now, (run.heard or run.started) + SILENCE)
    used = max(0.0, (end - run.started) / timedelta(hours=1) * held)
    return Hours(round(used, 6), "estimated" if stale else known)


def model(run: Run) -> str:
    """Which model it trains, "" when it does not say."""
    return _told(run, _MODEL)


def dataset(run: Run) -> str:
    """Which version of which data it trains on, "" when it does not say."""
    return _told(run, _DATA) or ", ".join(run.datasets)[:_LONGEST]


def commit(run: Run) -> str:
    """The commit of its code, "" when it does not say."""
    found = _told(run, _COMMIT).casefold()
    return found if re.fullmatch(r"[0-9a-f]{7,64}", found) else ""


def _told(run: Run, names: tuple[str, ...]) -> str:
    for name in names:
        for place in (run.tags, run.params):
            if said := place.get(name, "").strip():
                return said[:_LONGEST]
    return ""
