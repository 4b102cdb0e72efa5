"""Runs and trackers as Assay keeps and shows them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from core.tracking.curve import Divergence

NAMES = {"mlflow": "MLflow", "wandb": "W&B", "assay": "Assay's runner"}
SAMPLED = ("wandb",)  # trackers that tell some steps of a metric, not all


@dataclass(frozen=True)
class Kept:
    """A run as it is kept. Fields as in models.tracking.run; key: its number here."""

    key: int
    name: str
    project: str
    status: str
    started_at: datetime | None
    heard_at: datetime | None
    gpu_hours: float | None
    hours_known: str
    metric: str
    best: float | None
    diverged: Divergence | None
    names: str
    stale_since: datetime | None = None
    deleted_at: datetime | None = None
    is_parent: bool = False
    model: str = ""
    dataset: str = ""
    code_commit: str = ""
    params: Mapping[str, str] = field(default_factory=dict)
    ended_at: datetime | None = None

    @property
    def state(self) -> str:
        """deleted | stale | its status."""
        return "deleted" if self.deleted_at else "stale" if self.stale_since else self.status


@dataclass(frozen=True)
class Source:
    """A tracker as it is shown. mapped, loose: its runs that belong to an experiment, and that
    belong to none. projects: what is read, by name, with the experiment that takes its unnamed
    runs, or None.
    """

    number: int
    kind: str
    url: str
    projects: Mapping[str, int | None]
    by: str
    swept_at: datetime | None
    trouble: str
    trouble_at: datetime | None
    mapped: int = 0
    loose: int = 0

    @property
    def called(self) -> str:
        """`MLflow at mlflow.example.com`."""
        host = self.url.partition("://")[2].partition("/")[0]
        return f"{NAMES[self.kind]} at {host}" if host else NAMES[self.kind]
