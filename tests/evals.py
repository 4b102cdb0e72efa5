"""Eval results for tests: pushes of pass/fail examples, seeded."""

from random import Random
from typing import Any

from core.evals.card import GateStatus, Pushed
from core.evals.push import Line, Push
from services.evals import gate as evalgate
from services.experiments.experiment import TicketRequest
from tests.conversation import TEAM


def results(
    role: str = "candidate", *, n: int = 500, wrong: int = 10, runs: int = 1, **more: Any
) -> Push:
    """A side with `wrong` of n examples wrong, the same ones in every run; more: Push fields."""
    metric = more.pop("metric", "accuracy")
    lines = tuple(
        Line(f"q{i}", str(run), {metric: 0.0 if i < wrong else 1.0})
        for run in range(1, runs + 1)
        for i in range(n)
    )
    return Push(role, lines, **{"by": "ci", "source": "tests"} | more)  # type: ignore[arg-type]


def noisy(role: str, *, n: int, share: float, seed: int, runs: int = 1) -> Push:
    """A side whose examples are right with that probability."""
    dice = Random(seed)
    lines = tuple(
        Line(f"q{i}", str(run), {"accuracy": float(dice.random() < share)})
        for run in range(1, runs + 1)
        for i in range(n)
    )
    return Push(role, lines, by="ci", source="tests")  # type: ignore[arg-type]


def pushed(talk: Any, push: Push, number: int = 42, *, gate: bool = False) -> Pushed:
    """Push it as CI would."""
    return evalgate.push(talk.lab, TEAM, number, push, gate=gate)


def judged(talk: Any, number: int = 42, by: str = "UANA") -> GateStatus:
    """Judge as `/gate EXP-042` would."""
    return evalgate.judge(talk.lab, TicketRequest(TEAM, number, by, "judged"))
