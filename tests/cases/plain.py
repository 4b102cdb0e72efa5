"""Core's values as the plain JSON that case files speak: NotComputable is null everywhere."""

from typing import Any

from core.stats.sample import Interval, NotComputable


class Undefined(dict[str, Any]):
    """Answers null for every figure that is asked of it."""

    def __contains__(self, key: object) -> bool:
        return True

    def __missing__(self, key: str) -> None:
        return None


def undefined(found: NotComputable, **known: Any) -> dict[str, Any]:
    """Null for every figure, INCONCLUSIVE for the verdict, the code as reason."""
    answer = {"verdict": "INCONCLUSIVE", "status": "INCONCLUSIVE", "reason": found.code}
    return Undefined({**answer, **known})


def ends(interval: Interval | None) -> list[float] | None:
    return None if interval is None else [interval.low, interval.high]


def numbers(values: list[Any]) -> list[float | None]:
    """Case files write null, "inf", "nan"."""
    return [None if value is None else float(value) for value in values]
