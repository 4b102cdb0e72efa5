"""`assay tickets import`: a file on the command line, and what is said of each ticket."""

from pathlib import Path

import pytest

from bot.__main__ import main
from models import db
from tests import databases
from tests.tickets import experiment, person, stored

FILE = Path(__file__).parents[2] / "data" / "places" / "tickets.csv"


@pytest.fixture
def lived(tmp_path, monkeypatch):
    engine = db.open_engine(databases.file(tmp_path / "lived.db"))
    stored(engine, experiment((0.74,)))
    person(engine, "UANA", role="lead")
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/lived.db")
    yield engine
    engine.dispose()


def test_a_file_is_taken_and_each_ticket_is_told(lived, capsys):
    assert main(["tickets", "import", str(FILE)]) == 1  # two of seven are refused
    told = capsys.readouterr().out.splitlines()
    assert told[1].startswith("ML-17 is EXP-043 now.")
    assert told[5].startswith("ML-22 is not imported: ML-22 is a “Story”.")
    assert main(["tickets", "import", str(FILE)]) == 1
    assert "ML-17 is EXP-043 already." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("file", "team", "heard"),
    [("nothing.csv", "", "cannot be read"), (str(FILE), "Vision", "There is no team “Vision”.")],
)
def test_what_cannot_be_taken_is_one_line(lived, capsys, file, team, heard):
    assert main(["tickets", "import", file, "--team", team]) == 2
    assert heard in capsys.readouterr().err
