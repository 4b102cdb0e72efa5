"""Predictions read, scored, and set beside what usually happens."""

from datetime import timedelta

import pytest

from core.errors import Refused
from core.experiments import prediction
from core.experiments.calibration import base_rate, quality
from models import db
from models.experiments.prediction import scored
from tests.tickets import MONDAY, experiment, stored

MADE = {"predicted_low": 0.82, "predicted_high": 0.88, "predicted_chance": 0.3}


def decided(number=1, *, promoted=False, result=0.8, **fields):
    stage = "production" if promoted else "killed"
    at = MONDAY + timedelta(days=number)
    return experiment(
        number=number, stage=stage, final_metric=result, decided_at=at, **fields
    )  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "low", "high"),
    [
        ("0.82..0.88", 0.82, 0.88),
        ("82%..88%", 0.82, 0.88),
        ("0.88..0.82", 0.82, 0.88),
        ("0.82-0.88", 0.82, 0.88),
        ("0.82 to 0.88", 0.82, 0.88),
        ("82%–88%", 0.82, 0.88),
    ],
)
def test_a_range_is_read_as_people_write_it(typed, low, high):
    read = prediction.read_range(typed, "accuracy", 0.85)
    assert read == {"predicted_low": low, "predicted_high": high}


def test_a_range_of_negative_numbers_is_read():
    read = prediction.read_range("-3..-1", "log likelihood", -2.0)
    assert read == {"predicted_low": -3.0, "predicted_high": -1.0}


@pytest.mark.parametrize(
    ("typed", "heard"),
    [
        ("0.85", "a low and a high end"),
        ("0.8..0.85..0.9", "a low and a high end"),
        ("0.85..0.85", "one single number"),
        ("82..88", "more than accuracy can be"),
        ("high..higher", "is no number"),
    ],
)
def test_what_is_no_range_is_said(typed, heard):
    with pytest.raises(Refused, match=heard):
        prediction.read_range(typed, "accuracy", 0.85)


@pytest.mark.parametrize(
    ("typed", "share"), [("30%", 0.3), ("30", 0.3), ("0.3", 0.3), ("0", 0), ("1", 1), ("100%", 1)]
)
def test_a_chance_is_read_as_people_write_it(typed, share):
    assert prediction.read_chance(typed) == share


@pytest.mark.parametrize("typed", ["maybe", "-5%", "130%", "200", "", "3 of 10"])
def test_what_is_no_chance_is_said(typed):
    with pytest.raises(Refused, match="between 0% and 100%"):
        prediction.read_chance(typed)


@pytest.mark.parametrize(
    ("ticket", "side", "held", "loss"),
    [
        (decided(promoted=True, result=0.86, **MADE), "within", True, 0.49),
        (decided(result=0.79, **MADE), "below", False, 0.09),
        (decided(result=0.88, **MADE), "within", True, 0.09),
        (decided(result=0.9, **MADE), "above", False, 0.09),
        (decided(result=None, **MADE), "", None, 0.09),
        (decided(result=0.86, predicted_chance=1.0), "", None, 1.0),
    ],
)
def test_a_decided_prediction_is_scored(ticket, side, held, loss):
    seen = prediction.outcome(ticket)
    assert (seen.side, seen.held) == (side, held)
    assert seen.loss == pytest.approx(loss)


def test_open_tickets_and_those_without_a_prediction_have_no_outcome():
    assert prediction.outcome(experiment((0.8,), **MADE)) is None
    assert prediction.outcome(decided()) is None


def _record(count, said=(0.1, 0.9), every=2):
    """Every second one is promoted and was said to be so."""
    return [
        decided(
            n, promoted=n % every == 0, result=0.85 if n % 3 else 0.7,
            predicted_chance=said[n % every == 0], predicted_low=0.8, predicted_high=0.9,
        )
        for n in range(1, count + 1)
    ]  # fmt: skip


@pytest.fixture
def recorded(engine):
    """The record of tickets that are kept in the database; the first sprint is over on a day."""

    def found(tickets, ends=400):
        for one in tickets:
            stored(engine, one)
        at = [(MONDAY - timedelta(days=1), 0), (MONDAY + timedelta(days=ends, hours=-1), 1)]
        with db.transaction(engine) as session:
            return quality(scored(session, 1, at), len(tickets))

    return found


def test_nine_scored_predictions_say_nothing_yet(recorded):
    found = recorded([*_record(9), decided(50)])
    assert (found.chances, found.ranges, found.silent) == (9, 9, 1)
    assert (found.loss, found.base_loss, found.share, found.bins) == (None, None, None, ())


def test_ten_are_scored_against_the_base_rate(recorded):
    found = recorded(_record(10))
    assert found.rate == 0.5
    assert found.loss == pytest.approx(0.01)  # 0.1 and 0.9 said of what did not and did happen
    assert found.base_loss == pytest.approx(0.25)
    assert [(b.count, b.said, b.happened) for b in found.bins] == [
        (5, pytest.approx(0.1), 0.0),
        (5, pytest.approx(0.9), 1.0),
    ]


def test_coverage_has_its_wilson_interval(recorded):
    found = recorded(_record(10))
    assert (found.held, found.ranges, found.share) == (7, 10, 0.7)
    # Wilson 95 % of 7 in 10, as every textbook has it
    assert (found.interval.low, found.interval.high) == pytest.approx((0.397, 0.892), abs=0.001)


def test_a_chance_of_one_belongs_to_the_last_bin(recorded):
    found = recorded(_record(10, said=(0.0, 1.0)))
    assert [(b.low, b.high, b.count) for b in found.bins] == [(0.0, 0.2, 5), (0.8, 1.0, 5)]


def test_the_trend_goes_sprint_by_sprint_in_order(recorded):
    found = recorded(_record(12), ends=7)
    assert [(row.label, row.chances) for row in found.trend] == [("Sprint 1", 6), ("Sprint 2", 6)]


def test_the_base_rate_is_ones_own_from_five_on():
    mine = [decided(n, promoted=n == 1, gpu_used=10.0 + n) for n in range(1, 6)]
    theirs = [decided(n, owner="UBEN") for n in range(10, 20)]
    own = base_rate([*mine, *theirs], "UANA")
    assert (own.own, own.count, own.promoted, own.gpu) == (True, 5, 1, 13.0)
    team = base_rate([*mine[:4], *theirs], "UANA")
    assert (team.own, team.count) == (False, 14)


def test_the_base_rate_takes_the_last_twenty_and_open_ones_do_not_count():
    old = [decided(n, promoted=True) for n in range(1, 11)]
    new = [decided(n) for n in range(11, 31)]
    found = base_rate([*old, *new, experiment(number=99)], "UANA")
    assert (found.count, found.promoted) == (20, 0)


def test_without_decided_experiments_there_is_no_base_rate():
    assert not base_rate([experiment()], "UANA").is_known


def test_days_are_counted_from_the_start_of_the_box():
    tickets = [decided(5, box_starts=(MONDAY - timedelta(days=6)).date()) for _ in range(5)]
    assert base_rate(tickets, "UANA").days == 11
