"""What a simulated game shows sprint by sprint, and what every event changed in it.

The figures are those of the real board (core/board/metrics, core/board/funnel), fed with the moves
of
the game; sprints are laid on a calendar that begins on a Monday.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from core.blockers import blocker
from core.board import metrics as board_metrics
from core.board.funnel import Funnel, funnel, paths_of
from core.board.metrics import Metrics
from core.experiments.words import Move
from core.simulation.flow import Deck, Played, play
from core.simulation.game import DAYS, LENGTH, Event, GameSettings, Happening, on
from core.sprints.sprint import Calendar

MONDAY = date(2026, 1, 5)  # any will do: figures name no dates
_NINE = time(9, tzinfo=UTC)
_STAGE = {"created": "backlog", "killed": "killed", "promoted": "production",
          "reopened": "evaluation"}  # fmt: skip
_AFTER = 2  # sprints from the event on in which its cascade is counted


@dataclass(frozen=True)
class Figures:
    """One sprint. columns: cards by stage at its end; metrics: of this sprint alone. committed:
    at its start; kept: of these, decided in it; added, dropped: after its start.
    """

    number: int
    columns: Mapping[str, int]
    metrics: Metrics
    gpu: float
    committed: int
    kept: int
    added: int
    dropped: int
    reopened: int

    @property
    def sprint(self) -> board_metrics.Sprint:
        """Its counts."""
        return self.metrics.sprints[0]


@dataclass(frozen=True)
class Cascade:
    """What one event did. told: at once; decided, without: experiments decided from its sprint on
    in every sprint left, with it and without it; cycle, calm: mean days to a decision in those.
    """

    event: Event
    told: str
    decided: tuple[int, ...]
    without: tuple[int, ...]
    cycle: float | None
    calm: float | None


@dataclass(frozen=True)
class GameReport:
    """The whole game. metrics: over all its sprints."""

    wish: GameSettings
    sprints: tuple[Figures, ...]
    metrics: Metrics
    funnel: Funnel
    cascades: tuple[Cascade, ...]


def report(played: Played, deck: Deck) -> GameReport:
    """The figures of a game, and for every event the game without it beside it."""
    moves, every = moves_of(played.log), _sprints(played)
    return GameReport(
        played.wish,
        tuple(_figures(played.log, n, one) for n, one in enumerate(every, start=1)),
        board_metrics.metrics(every),
        funnel(paths_of(moves)),
        _cascades(played, deck, every),
    )


def moves_of(log: Sequence[Happening]) -> list[Move]:
    """The changes of stage, oldest first."""
    stages: dict[int, str] = {}
    found = []
    for one in log:
        to = one.to if one.kind == "moved" else _STAGE.get(one.kind, "")
        if to:
            found.append(Move(one.number, _at(one), stages.get(one.number, ""), to))
            stages[one.number] = to
    return found


def _at(one: Happening) -> datetime:
    return datetime.combine(on(one.day, MONDAY), _NINE) + timedelta(minutes=one.minute)


def _blocked(log: Sequence[Happening]) -> list[tuple[datetime, str]]:
    stuck = [one for one in log if one.kind == "blocked"]
    return [(_at(one), blocker.cause_of(one.to, one.text) or one.to) for one in stuck]


def _figures(log: Sequence[Happening], number: int, sprint: board_metrics.Sprint) -> Figures:
    mine = [one for one in log if one.day // DAYS + 1 == number]
    stages: dict[int, str] = {}
    for move in moves_of([one for one in log if one.day // DAYS < number]):
        stages[move.number] = move.to
    planned = {n for one in mine if one.kind == "committed" for n in one.numbers}
    decided = {one.number for one in mine if one.kind in ("killed", "promoted")}
    count = {kind: sum(len(o.numbers) for o in mine if o.kind == kind)
             for kind in ("added", "dropped")}  # fmt: skip
    return Figures(
        number=number,
        columns={s: list(stages.values()).count(s) for s in dict.fromkeys(stages.values())},
        metrics=board_metrics.metrics([sprint]),
        gpu=round(sum(one.gpu for one in mine), 1),
        committed=len(planned),
        kept=len(planned & decided),
        added=count["added"],
        dropped=count["dropped"],
        reopened=sum(one.kind == "reopened" for one in mine),
    )


def _cascades(
    played: Played, deck: Deck, every: Sequence[board_metrics.Sprint]
) -> tuple[Cascade, ...]:
    found = []
    for place, event in enumerate(played.wish.events):
        rest = [one for at, one in enumerate(played.wish.events) if at != place]
        calm = play(replace(played.wish, events=tuple(rest)), deck)
        quiet = _sprints(calm)[event.sprint - 1 :]
        loud = every[event.sprint - 1 :]
        found.append(
            Cascade(
                event,
                played.told[place],
                tuple(one.decided.finished for one in loud),
                tuple(one.decided.finished for one in quiet),
                board_metrics.metrics(loud[:_AFTER]).cycle_mean,
                board_metrics.metrics(quiet[:_AFTER]).cycle_mean,
            )
        )
    return tuple(found)


def _sprints(played: Played) -> list[board_metrics.Sprint]:
    spans = Calendar(MONDAY, LENGTH)
    every = [spans.of(n) for n in range(1, played.wish.sprints + 1)]
    moves = moves_of(played.log)
    began, blocked = board_metrics.began_of(moves), _blocked(played.log)
    return board_metrics.by_sprint(moves, blocked, every, ZoneInfo("UTC"), began=began)
