"""Runs taken over as `bot/sweeper` does with what a tracker answers, without a server."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from core.tracking.curve import Point
from core.tracking.run import Latest, Run
from services.tracking import sweep
from tests.conversation import Conversation
from tests.tickets import MONDAY

CONNECT = "/track connect mlflow https://mlflow.example.com experiments=support"
AT = MONDAY - timedelta(hours=2)

Logged = Mapping[str, Sequence[float | None]]


def trained(name: str, logged: Logged, at: datetime = AT, **more: Any) -> tuple[Run, Logged]:
    """A run of an hour that finished then, with the values it logged, a step each."""
    latest = {key: Latest(some[-1], len(some) - 1, at) for key, some in logged.items()}
    run = Run(
        f"id-{name}", "support", name, "finished", at - timedelta(hours=1), at, latest=latest
    )
    return replace(run, **more), logged


def sweep_in(talk: Conversation, *told: tuple[Run, Logged]) -> None:
    """The team's one tracker tells these runs, and only these."""
    [errand] = sweep.due(talk.lab, talk.now)
    runs = [run for run, _ in told]
    wanted = sweep.wanted(talk.lab, errand, runs)
    logged = {run.source_id: values for run, values in told}
    curves = {
        one: {key: [Point(n, v, AT) for n, v in enumerate(logged[one][key])] for key in keys}
        for one, keys in wanted.items()
    }
    sweep.take(talk.lab, errand, runs, curves)
