"""The reference cases, and the runner itself."""

import json
from pathlib import Path

import pytest

from tests.cases import kill_curves
from tests.cases.__main__ import main
from tests.cases.compare import difference
from tests.cases.registry import report, run_file

CASES = Path(__file__).parent.parent / "data" / "cases" / "stats.json"
KNOWN = json.loads(CASES.read_text())["cases"]


@pytest.fixture(scope="module")
def results():
    return run_file(CASES)


def test_every_reference_case_is_met_within_its_tolerance(results):
    assert [line for line in report(results) if line.startswith("FAIL")] == []


@pytest.mark.parametrize("area", ["eval", "annotation", "drift", "forecast", "kill", "priority"])
def test_no_area_is_empty(results, area):
    assert sum(result.area == area for result in results) == sum(
        case["area"] == area for case in KNOWN
    )
    assert any(result.area == area for result in results)


def _file(tmp_path, **change):
    case = {**next(c for c in KNOWN if c["fn"] == "golden_set"), **change}
    path = tmp_path / "one.json"
    path.write_text(json.dumps({"cases": [case]}))
    return str(path)


def test_a_good_file_exits_zero_and_closes_with_the_counts(tmp_path, capsys):
    assert main([_file(tmp_path)]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "1 passed, 0 failed"


def test_a_wrong_figure_is_named_and_exits_one(tmp_path, capsys):
    assert main([_file(tmp_path, expected={"mismatch_rate": 0.5})]) == 1
    out = capsys.readouterr().out
    assert "mismatch_rate is 0.0, expected 0.5" in out
    assert out.splitlines()[-1] == "0 passed, 1 failed"


def test_a_function_nobody_knows_counts_as_failed(tmp_path, capsys):
    assert main([_file(tmp_path, fn="astrology")]) == 1
    out = capsys.readouterr().out
    assert "unknown fn astrology" in out
    assert "0 passed, 0 failed, 1 unsupported" in out


def test_an_input_that_raises_is_a_failure_not_a_crash(tmp_path, capsys):
    assert main([_file(tmp_path, input={})]) == 1
    assert "raised KeyError" in capsys.readouterr().out


def test_a_file_that_is_no_case_file_exits_one(tmp_path, capsys):
    path = tmp_path / "other.json"
    path.write_text('{"anything": 1}')
    assert main([str(path), str(tmp_path / "absent.json")]) == 1
    assert capsys.readouterr().out.splitlines()[-1] == "0 passed, 2 failed"


@pytest.mark.parametrize(
    ("expected", "actual", "same"),
    [
        (1.0, 1.0 + 1e-8, True),
        (1.0, 1.001, False),
        (None, None, True),
        (None, 0.0, False),
        (0.0, None, False),
        (1.0, float("nan"), False),
        (True, 1, False),
        ("inf", float("inf"), True),
        ([1, 2], [1, 2, 3], False),
        ({"a": 1}, {"a": 1, "b": 2}, True),
        ({"a": 1}, {}, False),
    ],
)
def test_comparison_is_strict_about_everything_but_rounding(expected, actual, same):
    assert (difference(expected, actual, {"rel": 1e-6, "abs": 1e-9}) == "") is same


FLAT = [0.6] * 27
LATE = [0.6] * 10 + [0.6 + 0.02 * n for n in range(1, 18)]


def _curves(*curves: list[float], target: float) -> dict[str, object]:
    finals = [sum(curve[-3:]) / 3 for curve in curves]
    one = {"curves": list(curves), "final_mean_last3": finals, "target": target, "noise_sd": 0.01}
    return {"sets": {"made up": one}}


def test_kill_curves_tell_winners_lost_and_compute_saved_beside_the_document():
    results = kill_curves.run(_curves(FLAT, LATE, target=0.9))
    assert all(result.passed for result in results)
    said = report(results)[0]
    assert "honest wrongly kills 0/3 winners, saves 16.7%" in said
    assert "document wrongly kills 3/3 winners" in said


def test_kill_curves_fail_when_winners_are_lost():
    # far above the target at its end only: no rule that looks at results can know
    sudden = [0.6] * 24 + [0.99] * 3
    results = kill_curves.run(_curves(FLAT, sudden, target=0.9))
    assert [r.passed for r in results] == [True, True, False, False]
    assert results[2].failure.startswith("winners wrongly killed 100.0%")


def test_other_files_are_no_curves():
    assert not kill_curves.is_curves_file({"sets": {"a": {"target": 1}}})
    assert not kill_curves.is_curves_file([{"fn": "x"}])
