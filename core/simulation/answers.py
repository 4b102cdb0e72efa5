"""What the people of a simulated board answer in their standups."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.quantity import experiment_id
from core.simulation.game import Happening

_NOTHING = "none"


@dataclass(frozen=True)
class SimulatedAnswer:
    """Learned, next, stuck on; and the experiments that are named in it."""

    learned: str
    following: str
    stuck: str
    numbers: tuple[int, ...]

    def replies(self, count: int) -> list[str]:
        """One text per question of a standup with so many."""
        return [self.learned, self.following, self.stuck, *([""] * count)][:count]


def said(log: Sequence[Happening], who: int, day: int) -> SimulatedAnswer:
    """What that person says on that working day, from what they did until the evening before."""
    mine = [one for one in log if one.who == who and one.number and one.day < day]
    taught = [one for one in mine if one.kind in ("reported", "killed", "promoted") and one.text]
    last = taught[-1] if taught else None
    moved = [one for one in mine if one.kind == "moved"]
    coming = moved[-1] if moved else None
    return SimulatedAnswer(
        f"{experiment_id(last.number)}: {last.text}" if last else "read the plans of the others",
        f"{experiment_id(coming.number)} in {coming.to}" if coming else "write the first ticket",
        _stuck(mine),
        tuple(sorted({one.number for one in (last, coming) if one})),
    )


def _stuck(mine: Sequence[Happening]) -> str:
    held = {one.number: one.to for one in mine if one.kind == "blocked"}
    for one in mine:
        if one.kind == "freed":
            held.pop(one.number, None)
    if not held:
        return _NOTHING
    number, kind = next(iter(held.items()))
    return f"{kind}: {experiment_id(number)} waits"
