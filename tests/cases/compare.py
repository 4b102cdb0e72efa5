"""Is what came out what was expected, within the case's tolerance?"""

import math
from typing import Any

NUMBER = (int, float)


def difference(expected: Any, actual: Any, tol: dict[str, float], place: str = "") -> str:
    """The first place where they differ, or "". Keys that were not expected do not matter."""
    if isinstance(expected, dict):
        return _in_dict(expected, actual, tol, place)
    if isinstance(expected, list):
        return _in_list(expected, actual, tol, place)
    if _same(expected, actual, tol):
        return ""
    return f"{place or 'value'} is {actual!r}, expected {expected!r}"


def _in_dict(expected: dict[str, Any], actual: Any, tol: dict[str, float], place: str) -> str:
    if not isinstance(actual, dict):
        return f"{place or 'value'} is {actual!r}, expected {expected!r}"
    for key, value in expected.items():
        where = f"{place}.{key}" if place else str(key)
        if key not in actual:
            return f"{where} is missing, expected {value!r}"
        found = difference(value, actual[key], tol, where)
        if found:
            return found
    return ""


def _in_list(expected: list[Any], actual: Any, tol: dict[str, float], place: str) -> str:
    if not isinstance(actual, list | tuple) or len(actual) != len(expected):
        return f"{place or 'value'} is {actual!r}, expected {expected!r}"
    for i, (one, two) in enumerate(zip(expected, actual, strict=True)):
        found = difference(one, two, tol, f"{place}[{i}]")
        if found:
            return found
    return ""


def _same(expected: Any, actual: Any, tol: dict[str, float]) -> bool:
    if isinstance(expected, bool) or isinstance(actual, bool) or expected is None:
        return expected is actual
    if expected in ("inf", "-inf"):
        return actual == expected or actual == float(expected)
    if isinstance(expected, NUMBER) and isinstance(actual, NUMBER):
        rel, absolute = tol.get("rel", 0.0), tol.get("abs", 0.0)
        return math.isclose(expected, actual, rel_tol=rel, abs_tol=absolute)
    return bool(expected == actual)
