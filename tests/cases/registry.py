"""Which runner reads which file, and how results are told."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.cases import forecast_series, grounding, injection, kill_curves, pii, stats
from tests.cases.result import Result

Runner = Callable[[Any], list[Result]]

# (recognises the loaded JSON, runs it); the first that recognises a file runs it.
RUNNERS: list[tuple[Callable[[Any], bool], Runner]] = [
    (stats.is_stats_file, stats.run),
    (kill_curves.is_curves_file, kill_curves.run),
    (grounding.is_grounding_file, grounding.run),
    (pii.is_pii_file, pii.run),
    (injection.is_injection_file, injection.run),
    (forecast_series.is_series_file, forecast_series.run),
]


def run_file(path: Path) -> list[Result]:
    """The results of one file; a file that cannot be read or that nobody knows is a failure."""
    try:
        loaded = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        return [Result("file", str(path), f"cannot be read: {error}", known=False)]
    for recognises, run in RUNNERS:
        if recognises(loaded):
            return run(loaded)
    return [Result("file", str(path), "no runner knows this kind of file", known=False)]


def report(results: list[Result]) -> list[str]:
    """A line by failing case, by note and by area, and `N passed, N failed` at the end."""
    lines = [f"FAIL {r.area} {r.case}: {r.failure}" for r in results if not r.passed]
    lines += [f"{r.area} {r.case}: {r.note}" for r in results if r.note]
    for area in dict.fromkeys(result.area for result in results):
        here = [result for result in results if result.area == area]
        passed = sum(result.passed for result in here)
        unsupported = sum(not result.known for result in here)
        failed = len(here) - passed - unsupported
        bad = " ".join(result.case for result in here if not result.passed)
        line = f"{area}: {passed} passed, {failed} failed, {unsupported} unsupported"
        lines.append(f"{line} ({bad})" if bad else line)
    good = sum(result.passed for result in results)
    return [*lines, f"{good} passed, {len(results) - good} failed"]
