"""`assay simulate`: what it prints, writes and refuses."""

import json

import pytest

from bot.__main__ import main
from models import db

GAME = ["simulate", "--seed", "7", "--sprints", "3", "--experiments", "24"]


def test_it_prints_every_sprint_and_what_the_events_did(capsys):
    assert main([*GAME, "--event", "data-quality@2"]) == 0
    told = capsys.readouterr().out
    assert told.startswith("Seed 7: 3 sprints of two weeks, 24 experiments, 1 crew.")
    assert [f"\nSprint {n}: " in told for n in (1, 2, 3)] == [True] * 3
    assert "! data-quality@2: " in told
    assert "decided in this sprint: " in told


def test_the_same_seed_prints_the_same_and_json_is_json(capsys):
    printed = []
    for _ in range(2):
        main([*GAME, "--json"])
        printed.append(capsys.readouterr().out)
    assert printed[0] == printed[1]
    assert len(json.loads(printed[0])["sprints"]) == 3


def test_it_writes_a_history_once(tmp_path, capsys):
    url = f"sqlite:///{tmp_path}/simulated.db"
    assert main([*GAME, "--into", url, "--from", "2026-10-12"]) == 0
    assert "steps of team T0SIMULATED, 2026-10-12 to 2026-11-22." in capsys.readouterr().out
    assert main([*GAME, "--into", url]) == 2
    assert "has 24 experiments already" in capsys.readouterr().err
    engine = db.open_engine(url)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM sprint").scalar_one() == 3
    engine.dispose()


@pytest.mark.parametrize(
    ("typed", "complaint"),
    [
        (["--event", "flood@1"], "“flood@1” is no event"),
        (["--from", "2026-10-13"], "2026-10-13 is no Monday. Take 2026-10-12."),
        (["--from", "soon"], "“soon” is no day"),
        (["--seed", "-1"], "-1 is no seed"),
        (["--crews", "500"], "500 crews cannot be played"),
        (["--into", "nonsense"], "cannot be opened"),
    ],
)
def test_what_it_cannot_play_is_one_sentence(typed, complaint, capsys):
    assert main([*GAME, *typed]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("assay: ")
    assert complaint in told.err
