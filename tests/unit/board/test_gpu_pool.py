"""One pool of GPUs: shares hold while others wait, and what is idle is lent."""

from datetime import timedelta

import pytest

from core.board.gpu import Turn
from core.board.gpu_pool import (
    Pool,
    Using,
    line,
    load,
    read_share,
    require_whole,
    seen_by,
    stored,
)
from core.errors import Refused
from tests.tickets import MONDAY, experiment

A, B, C = 1, 2, 3


def _turn(number: int, **more) -> Turn:
    at = MONDAY + timedelta(minutes=number)
    return Turn(experiment(number=number), at, **more)


def _using(team: int, taken: int, *waiting: Turn) -> Using:
    return Using(team, f"Team {team}", taken, tuple(waiting))


def _ids(pool: Pool, *using: Using) -> list[int]:
    return [one.turn.ticket.number for one in line(pool, using)]


def test_who_has_no_share_gets_an_equal_part_of_the_rest():
    pool = Pool(10, {A: 0.4})
    assert pool.share(A, [A, B, C]) == 0.4
    assert pool.share(B, [A, B, C]) == pytest.approx(0.3)
    assert Pool(4, {}).share(C, [A, B, C]) == pytest.approx(1 / 3)
    assert Pool(4, {A: 1.0}).share(B, [A, B]) == 0.0


def test_a_team_within_its_share_comes_before_one_that_borrows_though_it_asked_later():
    pool = Pool(4, {A: 0.5, B: 0.5})
    using = (_using(A, 3, _turn(1), _turn(2)), _using(B, 0, _turn(3), _turn(4), _turn(5)))
    assert _ids(pool, *using) == [3, 4, 1, 2, 5]
    assert [one.borrows for one in line(pool, using)] == [False, False, True, True, True]


def test_within_its_share_the_queues_own_rule_decides_over_all_teams():
    pool = Pool(8, {})
    assert _ids(pool, _using(A, 0, _turn(2), _turn(3)), _using(B, 0, _turn(1))) == [1, 2, 3]
    scored = (_using(A, 0, _turn(2, score=1.0)), _using(B, 0, _turn(3, score=9.0)))
    assert _ids(pool, *scored) == [3, 2]
    passed = (_using(A, 0, _turn(1, passed=1)), _using(B, 0, _turn(2)))
    assert _ids(pool, *passed) == [2, 1]


def test_an_order_by_hand_counts_among_the_teams_own_only():
    pool = Pool(8, {})
    own = (_turn(5, rank=1), _turn(1))
    assert _ids(pool, _using(A, 0, *own), _using(B, 0, _turn(3))) == [3, 5, 1]


def test_idle_gpus_are_lent_to_whoever_wants_them():
    pool = Pool(4, {A: 0.25, B: 0.75})
    seen = seen_by(A, pool, (_using(A, 1, _turn(1), _turn(2)), _using(B, 0)))
    assert (seen.free, seen.fair, seen.taken, seen.mine) == (3, 1.0, 1, 1)
    seen = seen_by(A, pool, (_using(A, 1, _turn(1)), _using(B, 0, _turn(3), _turn(4), _turn(5))))
    assert (seen.free, seen.elsewhere) == (0, 3)


def test_who_has_nothing_waiting_may_start_only_what_nobody_waits_for():
    pool = Pool(3, {})
    assert seen_by(A, pool, (_using(A, 0), _using(B, 1, _turn(3)))).free == 1
    assert seen_by(A, pool, (_using(A, 0), _using(B, 1, _turn(3), _turn(4)))).free == 0
    assert seen_by(A, pool, (_using(A, 0), _using(B, 5))).free == 0


@pytest.mark.parametrize(
    ("typed", "read"),
    [("vision 40%", ("vision", 0.4)), ("Deep Vision 5%", ("Deep Vision", 0.05)),
     ("vision off", ("vision", None)), ("vision 100%", ("vision", 1.0))],
)  # fmt: skip
def test_a_share_is_read_as_typed(typed, read):
    assert read_share(typed) == read


@pytest.mark.parametrize("typed", ["", "40%", "vision", "vision 40", "vision -1%", "vision 101%",
                                   "vision ²%"])  # fmt: skip
def test_what_is_no_share_is_refused(typed):
    with pytest.raises(Refused):
        read_share(typed)


def test_shares_are_not_more_than_all_of_it():
    require_whole({A: 0.6, B: 0.4})
    with pytest.raises(Refused, match="110% together"):
        require_whole({A: 0.6, B: 0.5})


def test_a_pool_is_kept_and_comes_back():
    pool = Pool(8, {A: 0.4})
    assert load(stored(pool)) == pool
    assert load({}) is None
