"""Several files in one push."""

from pathlib import Path

import pytest

from core.errors import Refused
from ingest.evals import read_eval
from ingest.file import File

EVALS = Path(__file__).parent.parent.parent / "data" / "evals"


def scores(name, *rows):
    return File(name, ("example_id,acc\n" + "\n".join(rows) + "\n").encode())


def test_results_of_several_seeds_are_runs_of_one_document():
    paths = [EVALS / "lm_eval" / f"local_results_seed{seed}.json" for seed in (2, 1, 1234)]
    document = read_eval([File(path.name, path.read_bytes()) for path in paths])
    runs = [a.run for a in document.aggregates if a.metric == "support_mc/acc"]
    assert runs == ["1", "2", "1234"]
    assert len(document.source.files) == 3
    assert "name 3 models" in document.notes[0]


def test_files_that_call_their_run_alike_are_two_runs():
    document = read_eval([scores("a.csv", "q1,1", "q2,0"), scores("b.csv", "q1,0", "q2,0")])
    assert [r.run for r in document.results] == ["1", "1", "1#2", "1#2"]
    assert document.eval_set.examples == 2


def test_files_of_other_examples_are_the_same_run():
    document = read_eval([scores("a.csv", "q1,1"), scores("b.csv", "q2,0")])
    assert {r.run for r in document.results} == {"1"}


def test_the_order_of_the_files_does_not_matter():
    files = [scores(f"{i}.csv", f"q1,{i}") for i in range(3)]
    forward, backward = read_eval(files), read_eval(files[::-1])
    assert forward == backward


def test_the_same_file_twice_is_no_second_run():
    file = scores("a.csv", "q1,1")
    with pytest.raises(Refused, match=r"b\.csv was not read: it has the same content as a\.csv"):
        read_eval([file, File("b.csv", file.content)])


def test_the_file_at_fault_is_named():
    with pytest.raises(Refused, match=r"^bad\.csv was not read"):
        read_eval([scores("a.csv", "q1,1"), scores("bad.csv", "q1,x")])


def test_no_file_and_too_many_files_are_refused():
    with pytest.raises(Refused, match="No file was pushed"):
        read_eval([])
    with pytest.raises(Refused, match="101 files are too many"):
        read_eval([scores(f"{i}.csv", f"q1,{i}") for i in range(101)])
