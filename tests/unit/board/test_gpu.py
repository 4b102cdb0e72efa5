"""The GPU queue's rules."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from core.board.gpu import Capacity, Queue, Short, Turn, confirm_by, load, ordered, stored
from tests.experiments import MONDAY, a_ticket

TODAY = date(2026, 11, 23)
SHORT = Short(1, date(2026, 11, 27), "spot is gone", "ULEE", "key")


def turn(number, **fields):
    return Turn(a_ticket(number=number, stage="hypothesis"), MONDAY, **fields)


def order(*turns):
    found, rule = ordered(turns)
    return [one.ticket.number for one in found], rule


def test_first_come_until_every_worth_is_known():
    late = replace(turn(1, score=9.0), queued_at=MONDAY + timedelta(hours=1))
    assert order(late, turn(2)) == ([2, 1], "first")
    assert order(late, turn(2, score=1.0)) == ([1, 2], "score")


def test_places_by_hand_stand_before_and_passed_turns_behind():
    found, _ = order(turn(1, score=9.0, passed=1), turn(2, score=1.0), turn(3, rank=1, score=0.1))
    assert found == [3, 2, 1]


def test_a_shortage_holds_on_its_last_day_and_not_after():
    capacity = Capacity(4, None, SHORT)
    assert [capacity.limit(TODAY + timedelta(days=n)) for n in (0, 4, 5)] == [1, 1, 4]
    assert Capacity(None, None, SHORT).limit(TODAY) == 1
    assert Capacity().limit(TODAY) is None


def test_what_is_free_counts_those_who_train_and_those_whose_turn_it_is():
    one = a_ticket()
    assert Queue(Capacity(3), TODAY, 0, (one,), called=(turn(1),)).free == 1
    assert Queue(Capacity(1), TODAY, 0, (one, one)).free == 0
    assert Queue(Capacity(), TODAY, 0, (one,)).free is None
    assert Queue(Capacity(3, 10.0), TODAY, 10.0).free == 0
    assert Queue(Capacity(None, 10.0), TODAY, 9.0).free is None


def test_a_call_on_friday_evening_holds_until_monday_evening_there():
    friday = datetime(2026, 11, 27, 17, 30, tzinfo=UTC)
    assert confirm_by(friday, ZoneInfo("Europe/Berlin")) == friday + timedelta(days=3)


def test_a_capacity_survives_json():
    for capacity in (Capacity(), Capacity(4, 200.0, SHORT)):
        assert load(stored(capacity)) == capacity
    assert load({}) == Capacity()


@given(
    st.lists(
        st.tuples(st.none() | st.integers(1, 9), st.integers(0, 3), st.none() | st.floats(0, 1e6)),
        max_size=8,
    )
)
def test_nobody_is_lost_and_the_order_does_not_hang_on_how_it_was_read(rows):
    turns = [turn(n, rank=r, passed=p, score=s) for n, (r, p, s) in enumerate(rows, start=1)]
    there, _ = ordered(turns)
    back, _ = ordered(turns[::-1])
    assert there == back
    assert {one.ticket.number for one in there} == set(range(1, len(rows) + 1))
