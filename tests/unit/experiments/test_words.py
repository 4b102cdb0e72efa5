"""What the words mean: of a ticket on a day, and of what was decided in a period."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from core.experiments.words import (
    NOTHING,
    Decided,
    Move,
    decided,
    finished,
    is_late,
    is_overspent,
    is_running,
    is_stale,
    is_under_way,
    kill_rate,
    promotion_rate,
    refined,
    spent,
)
from tests.tickets import MONDAY, experiment

BERLIN = ZoneInfo("Europe/Berlin")


def _at(day: int):
    return MONDAY + timedelta(days=day)


@pytest.mark.parametrize(
    ("stage", "under_way", "running", "how"),
    [
        ("backlog", False, False, None),
        ("hypothesis", True, False, None),
        ("experiment", True, True, None),
        ("evaluation", True, True, None),
        ("iteration", True, True, None),
        ("production", False, False, "promoted"),
        ("killed", False, False, "killed"),
    ],
)
def test_every_stage_is_under_way_running_or_finished_in_one_sense(stage, under_way, running, how):
    one = experiment(stage=stage, box_ends=date(2026, 11, 1), progress_at=_at(-20))
    assert (is_under_way(one), is_running(one)) == (under_way, running)
    assert (finished(one) or (None,))[0] == how
    assert is_late(one, MONDAY.date()) == running
    assert is_stale(one, MONDAY, BERLIN) == under_way


def test_what_is_refined_is_no_finished_experiment():
    one = experiment(stage="iteration", outcome="iterating", stage_since=_at(-1))
    assert (finished(one), refined(one)) == (None, _at(-1))
    assert refined(experiment()) is None


def test_gpu_hours_are_summed_and_rounding_is_no_overspending():
    assert spent([experiment(gpu_used=3.5), experiment(gpu_used=1.0)]) == (4.5, 48.0)
    assert not is_overspent(experiment(gpu_used=24.000000001))
    assert is_overspent(experiment(gpu_used=24.1))
    assert not is_overspent(experiment(gpu_used=24.1, stage="killed"))


def _walk(number: int, *stages: str, first: int = 0):
    return [
        Move(number, _at(first + place), frm, to)
        for place, (frm, to) in enumerate(zip(("", *stages), stages, strict=False))
    ]


def test_a_decision_counts_as_it_stood_at_the_end_and_only_the_gate_refines():
    moves = sorted(
        [
            *_walk(1, "evaluation", "killed", "evaluation", "killed"),
            *_walk(2, "evaluation", "production"),
            *_walk(3, "evaluation", "iteration", "evaluation", "iteration"),
            *_walk(4, "iteration", "killed", "iteration"),  # reopened: nobody sent it back
        ],
        key=lambda move: move.at,
    )
    assert decided(moves, _at(0), _at(2)) == Decided(killed=2, promoted=1, iterated=1)
    assert decided(moves, _at(2), _at(3)) == NOTHING  # reopened in it
    assert decided(moves, _at(0), _at(4)) == Decided(killed=1, promoted=1, iterated=2)


@pytest.mark.parametrize(
    ("found", "side", "clear", "said"),
    [
        (Decided(9), "not enough data", False, "not enough data (9 of 10 decisions; healthy is"),
        (
            Decided(7, 2, 1),
            "within",
            False,
            "70% (7 of 10; 44% to 87%), within the healthy 60–80%",
        ),
        (Decided(9, 1), "above", False, "above the healthy 60–80%, which chance may explain"),
        (Decided(40), "above", True, "100% (40 of 40; 94% to 100%), above the healthy 60–80%"),
        (Decided(2, 10, 8), "below", True, "10% (2 of 20; 3% to 26%), below the healthy 60–80%"),
    ],
)
def test_a_rate_is_of_all_decisions_and_told_against_its_band(found, side, clear, said):
    rate = kill_rate(found)
    assert (rate.side, rate.is_clear) == (side, clear)
    assert said in rate.told
    assert (rate.k, rate.n) == (found.killed, found.decisions)
    assert promotion_rate(found).n == rate.n
