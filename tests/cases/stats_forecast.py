"""Adapters of the area forecast."""

from typing import Any

import numpy as np

from core.forecasts.document import document_eta
from core.forecasts.forecast import MIN_SPRINTS, Goal, forecast
from core.forecasts.track_record import cone_score
from core.stats.sample import NotComputable
from core.stats.throughput import reached_by, when_done
from tests.cases.plain import ends, numbers, undefined

Case = dict[str, Any]
_PATHS = 400_000  # as many as the reference figures


def throughput_when(case: Case) -> Case:
    found = when_done(case["decided_per_sprint"], case["need"], horizon=case["horizon"])
    if isinstance(found, NotComputable):
        return undefined(found)
    return {
        "prob_done_by_sprint": list(found.p_by),
        "p50_sprint": found.p50,
        "p85_sprint": found.p85,
        "p95_sprint": found.p95,
    }


def target_by_sprint_undamped(case: Case) -> Case:
    gap = case["target"] - case["best_so_far"]
    gains = case["past_gains"]
    found = reached_by(gains, gap, horizon=case["horizon"])
    if isinstance(found, NotComputable):
        return undefined(found)
    history = [case["best_so_far"] - sum(gains[i:]) for i in range(len(gains) + 1)]
    eta = document_eta(history, case["target"])
    return {
        "prob_reached_by_sprint": list(found),
        "seed_eta_sprints": None if isinstance(eta, NotComputable) else eta,
    }


def target_by_sprint_mixture(case: Case) -> Case:
    found = forecast(
        numbers(case["best_per_sprint"]),
        Goal(case["target"], case.get("direction", "higher"), case.get("upper_bound")),
        np.random.default_rng(20261123),
        horizon=case["horizon"],
        paths=_PATHS,
    )
    return {
        "status": found.status,
        "prob_reached_by_sprint": list(found.p_by),
        "cone_q10": list(found.low),
        "cone_q50": list(found.middle),
        "cone_q90": list(found.high),
    }


def cone_tolerance(case: Case, part: str) -> dict[str, float]:
    """Cone values within 2 % of the distance from best to target, probabilities as given."""
    if not part.startswith("cone_"):
        return dict(case.get("tol") or {})
    known = case["input"]
    best = (max if known.get("direction", "higher") == "higher" else min)(known["best_per_sprint"])
    return {"rel": 0.0, "abs": max(0.02 * abs(known["target"] - best), 1e-9)}


def cone_backtest(case: Case) -> Case:
    found = cone_score(case["actual"], case["q10"], case["q50"], case["q90"])
    if isinstance(found, NotComputable):
        return undefined(found)
    return {
        "coverage_10_90": found.coverage,
        "share_above_q50": found.above_middle,
        "pinball_mean": found.pinball,
        "coverage_wilson95": ends(found.coverage_interval),
    }


def degenerate(case: Case) -> Case:
    values = numbers(case.get("running_best", case.get("best_per_sprint", [])))
    direction = case.get("direction", "higher")
    known = [value for value in values if value is not None]
    most = 1.0 if all(0 <= value <= 1 for value in known) else None
    least = 0.0 if all(value >= 0 for value in known) else None
    bound = case.get("upper_bound", most if direction == "higher" else least)
    goal = Goal(case["target"], direction, bound)
    found = forecast(values, goal, np.random.default_rng(1))
    return {
        "status": found.status,
        "min_sprints": MIN_SPRINTS,
        "p": found.p_by[0] if found.p_by else None,
        "p_by_any_sprint": found.p_by[-1] if found.p_by else None,
    }


ADAPTERS = {
    ("forecast", "throughput_when"): throughput_when,
    ("forecast", "target_by_sprint_undamped"): target_by_sprint_undamped,
    ("forecast", "target_by_sprint_mixture"): target_by_sprint_mixture,
    ("forecast", "cone_backtest"): cone_backtest,
    ("forecast", "degenerate"): degenerate,
}
