"""The board's rules: whom to finish first, what takes a place, pictures of any board."""

import struct
from dataclasses import replace
from datetime import date, timedelta

import pytest

from core.board import board, chart
from core.board.board import Board, Card, Column
from core.board.funnel import Move, funnel, paths_of
from core.board.metrics import began_of, by_sprint, metrics
from core.board.workflow import MOVES
from core.experiments.rollout import FORGOTTEN, is_rolling_out
from core.sprints.sprint import Span
from tests.tickets import MONDAY, experiment
from views.charts import draw

TODAY = MONDAY.date()


def _in(number, *, days=1, left=5, **fields):
    return experiment(number=number, stage_since=MONDAY - timedelta(days=days),
                      box_ends=TODAY + timedelta(days=left), **fields)  # fmt: skip


def test_what_is_over_its_box_is_finished_first_then_what_is_oldest():
    within = [_in(1, days=2), _in(2, days=9), _in(3, left=-1), _in(4, left=-6), _in(5, days=9)]
    assert [e.number for e in board.finish_first(within, TODAY)] == [4, 3, 2, 5, 1]


def test_every_column_has_its_gate_and_every_stage_after_the_backlog_is_a_column():
    assert set(board.GATES) == set(board.COLUMNS)
    assert {to for _, to in MOVES} <= set(board.COLUMNS)


def test_the_documents_limits_hold_until_a_lead_sets_others():
    assert board.limits({}) == board.LIMITS
    changed = board.limits({"experiment": None})
    assert (changed["experiment"], changed["hypothesis"]) == (None, 5)


@pytest.mark.parametrize(
    ("fields", "takes"),
    [
        ({}, True),
        ({"deploy_status": "live"}, True),
        ({"monitoring_status": "on"}, True),
        ({"deploy_status": "live", "monitoring_status": "on"}, False),
        ({"deploy_status": "rolled back"}, False),
        ({"stage": "evaluation"}, False),
        ({"stage_since": MONDAY - FORGOTTEN}, True),
        ({"stage_since": MONDAY - FORGOTTEN - timedelta(seconds=1)}, False),
    ],
)
def test_production_counts_a_rollout_until_its_exit_gate_holds(fields, takes):
    given = {"stage": "production", "stage_since": MONDAY} | fields
    assert is_rolling_out(experiment(**given), MONDAY) is takes


def _column(name, cards, limit=3):
    return Column(name, limit, len(cards), tuple(cards), "")


@pytest.mark.parametrize("many", [1, 2, 7, 30])
def test_any_board_is_drawn_as_wide_as_a_phone_and_no_higher_than_its_cards(many):
    cards = [
        Card(experiment(number=n, title=r"cost $x_{1}$ 精度 " + "W" * 90), "W" * 40, n,
             ("blocked: " + "training divergence (BLK-001)",) if n % 2 else ())
        for n in range(many)
    ]  # fmt: skip
    spec = chart.board(Board((_column("hypothesis", []), _column("experiment", cards))))
    assert spec is not None
    width, height = struct.unpack(">II", draw(spec)[16:24])
    assert width == 1000
    assert height < 900
    assert len(spec["alt"]) <= 1000


def test_a_funnel_that_nobody_entered_has_no_picture():
    assert funnel([]).total == 0
    assert chart.board(Board((_column("experiment", []),))) is None


def test_a_decision_counts_in_the_sprint_at_whose_end_it_stood():
    spans = [Span(1, date(2026, 11, 2), date(2026, 11, 15)), Span(2, date(2026, 11, 16), TODAY)]
    road = ["backlog", "hypothesis", "experiment", "killed", "experiment", "killed"]
    moves = [
        Move(1, MONDAY - timedelta(days=back), frm, to)
        for back, frm, to in zip((20, 19, 18, 17, 7, 1), ["", *road], road, strict=False)
    ]
    began = began_of(moves)
    first, second = by_sprint(moves, [], spans, MONDAY.tzinfo, began=began)
    assert (first.decided.killed, second.decided.killed, second.cycles) == (1, 1, (18.0,))
    at_once = [*moves[:4], replace(moves[4], at=moves[3].at + timedelta(hours=1)), moves[5]]
    assert by_sprint(at_once, [], spans, MONDAY.tzinfo, began=began)[0].decided.killed == 0
    assert funnel(paths_of(moves)).levels[2].killed == 1


def test_no_rate_is_judged_without_decisions():
    found = metrics(by_sprint([], [], [Span(1, TODAY, TODAY)], MONDAY.tzinfo, began={}))
    assert (found.kill.side, found.kill.interval, found.is_outside) == (
        "not enough data", None, False,
    )  # fmt: skip
    assert (found.cycle_median, found.cycle.word) == (None, "not enough data")
