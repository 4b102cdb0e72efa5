"""The funnel of the source document: how far experiments came, and where they were killed.

Counted from changes of stage alone. Iteration is part of Evaluation here: whoever is refined
comes back there.
"""

from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from core.experiments.words import Move

LEVELS = ("backlog", "hypothesis", "experiment", "evaluation", "production")
_LEVEL = {"iteration": "evaluation"}


@dataclass(frozen=True)
class Path:
    """count experiments that were in these stages, and came last from one to another."""

    stages: AbstractSet[str]
    frm: str
    to: str
    count: int = 1


@dataclass(frozen=True)
class Level:
    """One stage. reached: experiments that ever came there: killed in it, here now, gone on."""

    stage: str
    reached: int
    killed: int
    here: int

    @property
    def onward(self) -> int:
        """Those that went on from it."""
        return self.reached - self.killed - self.here


@dataclass(frozen=True)
class Funnel:
    """levels: as LEVELS. iterated: experiments that were ever refined. killed_iterating: how many
    of the killed in Evaluation were in Iteration.
    """

    levels: tuple[Level, ...]
    iterated: int = 0
    killed_iterating: int = 0

    @property
    def total(self) -> int:
        """Every experiment there ever was."""
        return self.levels[0].reached

    @property
    def killed(self) -> int:
        """Those killed and not reopened."""
        return sum(level.killed for level in self.levels)


def paths_of(moves: Sequence[Move]) -> list[Path]:
    """Each experiment's path. moves: oldest first."""
    seen: dict[int, set[str]] = {}
    last: dict[int, Move] = {}
    for move in moves:
        seen.setdefault(move.number, set()).add(move.to)
        last[move.number] = move
    return [Path(stages, last[n].frm, last[n].to) for n, stages in seen.items()]


def funnel(paths: Sequence[Path]) -> Funnel:
    """How far they came."""
    reached, killed, here = Counter[str](), Counter[str](), Counter[str]()
    for path in paths:
        for level in {_LEVEL.get(stage, stage) for stage in {"backlog", *path.stages}}:
            reached[level] += path.count
        if path.to == "killed":
            killed[_LEVEL.get(path.frm, path.frm)] += path.count
        else:
            here[_LEVEL.get(path.to, path.to)] += path.count
    return Funnel(
        tuple(Level(name, reached[name], killed[name], here[name]) for name in LEVELS),
        sum(path.count for path in paths if "iteration" in path.stages),
        sum(path.count for path in paths if (path.frm, path.to) == ("iteration", "killed")),
    )


def chart(found: Funnel) -> dict[str, Any] | None:
    """The picture's values: rows of (stage, killed, here, onward); None without experiments."""
    if not found.total:
        return None
    rows = [[one.stage, one.killed, one.here, one.onward] for one in found.levels]
    return {
        "kind": "funnel",
        "title": "Funnel: " + headline(found).split(", ")[0].replace(": ", ", "),
        "rows": rows,
        "alt": alt(found),
    }


def headline(found: Funnel) -> str:
    """`36 experiments: 24 killed, 5 in production`."""
    many = "" if found.total == 1 else "s"
    live = found.levels[-1].reached
    return f"{found.total} experiment{many}: {found.killed} killed, {live} reached production"


def alt(found: Funnel) -> str:
    """The funnel in words."""
    told = [f"{one.stage} reached by {one.reached}, killed there {one.killed}, there now "
            f"{one.here}" for one in found.levels]  # fmt: skip
    return f"{headline(found)}. {'; '.join(told)}."
