"""The database counts as decided what the definition counts, on any walk over the board."""

import random
from datetime import timedelta

import pytest
from sqlmodel import Session

from core.experiments.words import NOTHING, Decided, Move
from core.experiments.words import decided as counted
from models.board import board as table
from tests.boards import FIRST, changed
from tests.seeded import team
from tests.tickets import experiment, stored

STAGES = ("hypothesis", "experiment", "evaluation", "iteration", "killed", "production")
DAYS = ((2, 9), (9, 16), (20, 27))
PERIODS = [tuple(FIRST + timedelta(days=day) for day in pair) for pair in DAYS]


@pytest.mark.parametrize("seed", range(3))
def test_the_database_counts_decisions_as_the_definition_does(engine, seed):
    dice, moves = random.Random(seed), []
    for number in range(1, 25):
        row, frm = stored(engine, experiment(number=number)), ""
        for hour in sorted(dice.sample(range(0, 24 * 30, 6), dice.randint(1, 6))):
            at, to, undone = (
                FIRST + timedelta(hours=hour),
                dice.choice(STAGES),
                dice.random() < 0.2,
            )
            changed(engine, row, frm, to, at, undone=undone)
            moves += [] if undone else [Move(number, at, frm, to)]
            frm = frm if undone else to
    moves.sort(key=lambda move: move.at)
    with Session(engine) as session:
        found = table.decided(session, team(engine), PERIODS)
    assert found == sum((counted(moves, *one) for one in PERIODS), NOTHING)
    assert found.killed
    assert found.iterated


def test_of_a_team_without_moves_nothing_was_decided(engine):
    with Session(engine) as session:
        assert table.decided(session, team(engine), PERIODS) == Decided()
