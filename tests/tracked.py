"""A team whose MLflow is swept, for flows on a real server."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, select

from bot.sweeper import Sweeper
from core.experiments.experiment import Experiment
from models.experiments.measurement import Measurement
from models.outbox import Outbox
from models.tracking.run import Run
from services.experiments import experiment
from services.ports import Lab
from tests.conversation import TEAM
from tests.mlflow_server import Mlflow
from tests.tickets import MONDAY

HOUR = timedelta(hours=1)
NOW = MONDAY + timedelta(days=1)


@dataclass
class Tracked:
    """A team whose MLflow is swept, and the time that passes. name: of its project there."""

    lab: Lab
    mlflow: Mlflow
    name: str
    project: str
    now: list[datetime] = field(default_factory=lambda: [NOW])

    async def sweep(self, **later: float) -> int:
        self.now[0] += timedelta(**(later or {"minutes": 16}))
        return await Sweeper(self.lab, {}, lambda: None).drain()

    def run(self, name: str, *, hours_ago: float = 5, **tags: str) -> str:
        return self.mlflow.run(self.project, name, self.now[0] - hours_ago * HOUR, **tags)

    def trained(self, name: str, values: list[Any], **tags: str) -> str:
        """A run of three hours with that val_accuracy a step, finished two hours ago."""
        run = self.run(name, **tags)
        self.mlflow.log(run, self.now[0] - 3 * HOUR, val_accuracy=values)
        self.mlflow.end(run, self.now[0] - 2 * HOUR)
        return run

    def rows(self, kind: Any) -> list[Any]:
        with Session(self.lab.engine) as session:
            return list(session.exec(select(kind).order_by(kind.id)))

    def kept(self, name: str) -> Run:
        return next(row for row in self.rows(Run) if row.name == name)

    def ticket(self, number: int = 42) -> Experiment:
        return experiment.seen(self.lab, TEAM, number).ticket

    def points(self) -> list[tuple[str, float | None, bool]]:
        found = [row for row in self.rows(Measurement) if row.source == "pulled"]
        return [(row.author.removeprefix("run "), row.value, row.counts) for row in found]

    def heard(self, words: str) -> list[str]:
        texts = [str(row.payload.get("text", "")) for row in self.rows(Outbox)]
        return [text for text in texts if words in text]
