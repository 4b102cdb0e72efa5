"""Statistics cases: {id, area, fn, kind, input, expected, call, tol, note}; null = not defined."""

from collections.abc import Callable
from typing import Any

from tests.cases import (
    stats_annotation,
    stats_design,
    stats_drift,
    stats_eval,
    stats_forecast,
    stats_gate,
    stats_kill,
)
from tests.cases.compare import difference
from tests.cases.result import Result

Adapter = Callable[[dict[str, Any]], dict[str, Any]]
ADAPTERS: dict[tuple[str, str], Adapter] = {
    **stats_eval.ADAPTERS,
    **stats_design.ADAPTERS,
    **stats_gate.ADAPTERS,
    **stats_annotation.ADAPTERS,
    **stats_drift.ADAPTERS,
    **stats_forecast.ADAPTERS,
    **stats_kill.ADAPTERS,
}
# Simulated figures have no fixed relative error: (area, fn) -> tolerance by expected key.
OWN_TOLERANCE = {("forecast", "target_by_sprint_mixture"): stats_forecast.cone_tolerance}


def is_stats_file(loaded: Any) -> bool:
    """True for {"cases": [{"fn": …}]} and for a bare list of such cases."""
    cases = _cases(loaded)
    return bool(cases) and all(isinstance(c, dict) and "fn" in c for c in cases)


def run(loaded: Any) -> list[Result]:
    """Every case against its adapter."""
    return [run_case(case) for case in _cases(loaded)]


def run_case(case: dict[str, Any]) -> Result:
    """One case; an `fn` nobody knows and an exception are failures."""
    area, name = case.get("area", "?"), case.get("id", "?")
    key = (area, case["fn"])
    if key not in ADAPTERS:
        return Result(area, name, f"unknown fn {case['fn']}", known=False)
    try:
        actual = ADAPTERS[key](case["input"])
    except Exception as error:
        return Result(area, name, f"raised {type(error).__name__}: {error}")
    tol, expected = case.get("tol") or {}, case["expected"]
    if key not in OWN_TOLERANCE:
        return Result(area, name, difference(expected, actual, tol))
    for part, value in expected.items():
        own = OWN_TOLERANCE[key](case, part)
        failure = difference({part: value}, actual, own)
        if failure:
            return Result(area, name, failure)
    return Result(area, name)


def _cases(loaded: Any) -> list[Any]:
    found = loaded.get("cases") if isinstance(loaded, dict) else loaded
    return found if isinstance(found, list) else []
