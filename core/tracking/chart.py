"""An experiment's runs as pictures: their losses, and how their parameters led to the metric."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from core import figures
from core.text import shorten
from core.tracking.curve import is_loss, is_training_loss
from core.tracking.epochs import Points
from core.tracking.kept import Kept

Spec = dict[str, Any]
Curves = Mapping[int, Mapping[str, Points]]  # by the run's key and the metric
MOST_LINES, MOST_AXES, MOST_SWEPT = 5, 6, 60
_NAME = 24


def losses(title: str, runs: Sequence[Kept], curves: Curves) -> Spec | None:
    """lines: [run, training | validation, [[step, value or None], …]] of the newest runs that have
    a loss, the newest last; None without any. runs: oldest first.
    """
    shown = [run for run in runs if any(map(_is_shown, curves.get(run.key, {})))][-MOST_LINES:]
    lines: list[list[Any]] = [
        [shorten(run.name, _NAME), kind, [list(point) for point in points]]
        for run in shown
        for kind in ("training", "validation")
        if (points := loss_of(curves[run.key], kind))
    ]
    if not any(value is not None for _, _, points in lines for _, value in points):
        return None
    told = "; ".join(_told(*line) for line in lines)
    return {"kind": "losses", "title": f"{title}: loss by step", "lines": lines,
            "alt": f"Loss of {len(shown)} runs of {title}: {told}."[:1000]}  # fmt: skip


def _is_shown(name: str) -> bool:
    return "loss" in name.lower() and is_loss(name)


def loss_of(curves: Mapping[str, Points], kind: str) -> Points:
    """The training or validation loss (kind) of a run's curves, by epoch where there is such; ()
    for none.
    """
    training = kind == "training"
    names = [one for one in curves if _is_shown(one) and is_training_loss(one) == training]
    if not names:
        return ()
    return curves[min(names, key=lambda one: ("epoch" not in one, len(one), one))]


def _told(name: str, kind: str, points: Points) -> str:
    known = [(step, value) for step, value in points if value is not None]
    lost = next((step for step, value in points if value is None), None)
    ends = f"{figures.number(known[0][1])} to {figures.number(known[-1][1])}" if known else "none"
    return f"{name} {kind} {ends}" + ("" if lost is None else f", no number at step {lost}")


def sweep(title: str, metric: str, runs: Sequence[Kept], direction: str) -> Spec | None:
    """How the parameters that differ between the runs led to the metric, as parallel axes.

    axes: [name, [[place 0–1, label], …]]; lines: [run, [place on each axis or None, …], is best].
    The last axis is the metric. None below two runs with a result, or when nothing differs.
    """
    done = [run for run in runs if run.best is not None][-MOST_SWEPT:]
    names = varied(done)
    if len(done) < 2 or not names:
        return None
    scales = [_scale([run.params.get(name, "") for run in done]) for name in names]
    values = [run.best or 0.0 for run in done]
    scales.append(_numbers(values, logarithmic=False))
    sign = 1 if direction == "higher" else -1
    best = max(range(len(done)), key=lambda n: sign * values[n])
    lines: list[list[Any]] = [
        [shorten(run.name, _NAME), [places[n] for places, _ in scales], n == best]
        for n, run in enumerate(done)
    ]
    axes = [[name, ticks] for name, (_, ticks) in zip([*names, metric], scales, strict=True)]
    won = ", ".join(f"{name} {done[best].params.get(name, 'not told')}" for name in names)
    told = f"best {figures.number(values[best])} by {done[best].name} ({won})"
    return {"kind": "sweep", "title": f"{title}: parameters and {shorten(metric, 30)}",
            "axes": axes, "lines": lines,
            "alt": f"{len(done)} runs of {title}: {told}."[:1000]}  # fmt: skip


def varied(runs: Sequence[Kept]) -> list[str]:
    """Parameters that differ between the runs, those in which most runs agree first; what has a
    value of its own in every run (a directory, an id) tells nothing unless it is a number.
    """
    found = []
    for name in sorted({name for run in runs for name in run.params}):
        told = [run.params[name] for run in runs if name in run.params]
        kinds = len(set(told))
        if kinds < 2 or (kinds == len(told) > 2 and not all(map(_is_number, told))):
            continue
        found.append((kinds, name))
    return [name for _, name in sorted(found)[:MOST_AXES]]


def _scale(told: Sequence[str]) -> tuple[list[float | None], list[list[Any]]]:
    known = [value for value in told if value]
    if all(map(_is_number, known)):
        values = [float(value) if value else None for value in told]
        numbers = [value for value in values if value is not None]
        wide = min(numbers) > 0 and max(numbers) / min(numbers) >= 20
        return _numbers(values, logarithmic=wide)
    kinds = sorted(set(known))
    step = max(1, len(kinds) - 1)
    places = {value: n / step for n, value in enumerate(kinds)}
    ticks: list[list[Any]] = [[place, shorten(value, 10)] for value, place in places.items()]
    return [places.get(value) for value in told], ticks[:8]


def _numbers(
    values: Sequence[float | None], *, logarithmic: bool
) -> tuple[list[float | None], list[list[Any]]]:
    known = sorted({value for value in values if value is not None})
    bend = math.log if logarithmic else float
    low, high = bend(known[0]), bend(known[-1])
    span = (high - low) or 1.0

    def place(value: float) -> float:
        return 0.5 if low == high else (bend(value) - low) / span

    ticked = known if len(known) <= 4 else [known[0], known[-1]]
    ticks: list[list[Any]] = [[place(value), f"{value:.3g}"] for value in ticked]
    return [None if value is None else place(value) for value in values], ticks


def _is_number(text: str) -> bool:
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False
