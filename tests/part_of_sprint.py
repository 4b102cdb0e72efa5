"""What is left of a sprint: the chance that a target is reached in it, against what came.

`python -m tests.part_of_sprint` plays teams and prints, for each share of a sprint that is left,
what the forecast said, what the rule before it said (a whole sprint), and how often it came.
"""

from collections import defaultdict
from dataclasses import dataclass, replace

import numpy as np

from core.forecasts.forecast import Goal, forecast

LEFT = (0.05, 0.1, 0.2, 0.4, 0.6, 0.8)
SPRINTS = 8


@dataclass(frozen=True)
class Told:
    """The chance as told, as a whole sprint's, and whether the target was reached."""

    now: float
    whole: float
    came: bool


def played(teams: int, seed: int, *, paths: int = 500) -> dict[float, list[Told]]:
    """By share of the sprint left: what was told in sprints without a gain so far, and came."""
    rng = np.random.default_rng(seed)
    found: dict[float, list[Told]] = defaultdict(list)
    for _ in range(teams):
        gains = _team(rng)
        ends = np.cumsum([sum(gain for _, gain in sprint) for sprint in gains])
        at = int(rng.integers(3, SPRINTS))
        known = ends[:at]
        if known[0] == known[-1]:
            continue
        typical = float(np.mean(np.diff(known)[np.diff(known) > 0]))
        goal = Goal(float(known[-1] + rng.choice([0.2, 0.5, 1.0]) * typical))
        for left in LEFT:
            if all(when > 1 - left for when, _ in gains[at]):
                told = [_chance(known, goal, share, paths) for share in (left, 1.0)]
                found[left].append(Told(told[0], told[1], bool(ends[at] >= goal.target)))
    return found


def _team(rng: np.random.Generator) -> list[list[tuple[float, float]]]:
    """(when in the sprint, gain) of every new best of each sprint; gains become smaller."""
    results, share = rng.choice([1, 2, 4]), rng.choice([0.15, 0.3, 0.5])
    return [
        [
            (float(rng.random()), float(rng.exponential() * 0.85**sprint))
            for _ in range(rng.poisson(results))
            if rng.random() < share
        ]
        for sprint in range(SPRINTS)
    ]


def _chance(known: np.ndarray, goal: Goal, left: float, paths: int) -> float:
    part, rng = replace(goal, left=left), np.random.default_rng(5)
    return forecast(list(known), part, rng, horizon=1, paths=paths).p_by[0]


def main(teams: int = 6000) -> None:
    """Print the table."""
    print("left  teams  told   whole  came   Brier  of whole")
    for left, rows in sorted(played(teams, 1).items()):
        now, whole, came = (
            np.array([getattr(r, n) for r in rows]) for n in ("now", "whole", "came")
        )
        errors = [float(np.mean((said - came) ** 2)) for said in (now, whole)]
        print(f"{left:4.0%}  {len(rows):5}  {now.mean():5.1%}  {whole.mean():5.1%}  "
              f"{came.mean():5.1%}  {errors[0]:.4f} {errors[1]:.4f}")  # fmt: skip


if __name__ == "__main__":
    main()
