"""One pool of GPUs for several teams: each has a share, what is idle is lent.

Next is whose team would stay within its share; only then who borrows. Within that the rule is the
queue's own (core/board/gpu). An order by hand counts among a team's own, never against another's.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from core.board.gpu import Seen, Turn, rule_of, ruled
from core.errors import Refused
from core.figures import number
from core.text import clean

_SHARE = "Write `/gpu share vision 40%`, or `/gpu share vision off`."


@dataclass(frozen=True)
class Pool:
    """places: experiments of all teams that may train at a time. shares: 0–1 by team id; who has
    none gets an equal part of what is left.
    """

    places: int
    shares: Mapping[int, float]

    def share(self, team_id: int, among: Collection[int]) -> float:
        """That team's share (0–1) among these teams."""
        if team_id in self.shares:
            return self.shares[team_id]
        known = [self.shares[one] for one in among if one in self.shares]
        return max(0.0, 1 - sum(known)) / max(1, len(among) - len(known))


@dataclass(frozen=True)
class Using:
    """A team at the pool. taken: its experiments that train or are called; waiting: those of its
    queue that could start now but for the pool, in its own order.
    """

    team_id: int
    name: str
    taken: int
    waiting: tuple[Turn, ...] = ()


@dataclass(frozen=True)
class Next:
    """One that waits, by the order of all. borrows: its team would be over its share."""

    team_id: int
    turn: Turn
    borrows: bool


@dataclass(frozen=True)
class PoolPage:
    """The pool for somebody. pool: None while each team has its own GPUs. shares: 0–1 by team;
    known: the teams they may know of; said: what was just done.
    """

    pool: Pool | None
    using: tuple[Using, ...] = ()
    shares: Mapping[int, float] = field(default_factory=dict)
    line: tuple[Next, ...] = ()
    known: frozenset[int] = frozenset()
    said: str = ""


def line(pool: Pool, using: Sequence[Using]) -> tuple[Next, ...]:
    """Who waits, over all teams, in the order in which they would be called."""
    among = [one.team_id for one in using]
    fair = {team: pool.share(team, among) * pool.places for team in among}
    used = {one.team_id: one.taken for one in using}
    left = {one.team_id: list(one.waiting) for one in using if one.waiting}
    order = rule_of([turn for waiting in left.values() for turn in waiting])
    found: list[Next] = []
    while left:
        over = {team: used[team] + 1 > fair[team] + 1e-9 for team in left}
        team = min(left, key=lambda one: (over[one], *ruled(left[one][0], order), one))
        found.append(Next(team, left[team].pop(0), over[team]))
        used[team] += 1
        if not left[team]:
            del left[team]
    return tuple(found)


def seen_by(team_id: int, pool: Pool, using: Sequence[Using]) -> Seen:
    """The pool as that team sees it."""
    queue = line(pool, using)
    taken = sum(one.taken for one in using)
    free = max(0, pool.places - taken)
    own = sum(one.team_id == team_id for one in queue[:free])
    share = pool.share(team_id, [one.team_id for one in using])
    mine = sum(one.taken for one in using if one.team_id == team_id)
    elsewhere = sum(one.team_id != team_id for one in queue)
    idle = max(0, free - len(queue))
    return Seen(pool.places, taken, mine, share, share * pool.places, own + idle, elsewhere)


def read_share(text: str) -> tuple[str, float | None]:
    """`vision 40%` → the team's name and its share (0–1); None for `off`. Raises Refused."""
    name, _, last = clean(text).strip().rpartition(" ")
    if not name:
        raise Refused("Whose share, and how much?", _SHARE)
    if last.casefold() == "off":
        return name.strip(), None
    figure = last.removesuffix("%")
    if not last.endswith("%") or not (figure.isascii() and figure.isdigit()):
        raise Refused(f"“{last[:20]}” is no share.", _SHARE)
    if int(figure[:6]) > 100:
        raise Refused("A share is at most 100%.", _SHARE)
    return name.strip(), int(figure) / 100


def require_whole(shares: Mapping[int, float]) -> None:
    """Pass while the shares are not more than all of it. Raises Refused."""
    total = sum(shares.values())
    if total > 1 + 1e-9:
        said = f"The shares would be {number(total * 100, 0)}% together."
        raise Refused(said, "`/gpu pool` shows them; lower one first.")


def load(kept: Mapping[str, Any]) -> Pool | None:
    """The pool again from what `stored` gave; None while there is none."""
    if not kept.get("places"):
        return None
    shares = {int(team): float(share) for team, share in kept.get("shares", {}).items()}
    return Pool(int(kept["places"]), shares)


def stored(pool: Pool) -> dict[str, Any]:
    """The pool as JSON keeps it."""
    return {"places": pool.places, "shares": {str(t): s for t, s in pool.shares.items()}}
