"""The pictures of forecasts, progress, burn and drift: drawn whatever the values and names."""

import struct
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from core.drift import chart
from core.experiments import burn_chart
from core.experiments.measurement import Measurement
from core.experiments.metric import Metric
from core.forecasts import chart as forecast_chart
from core.forecasts import progress_chart
from core.forecasts.headline import outlook, results
from core.forecasts.track_record import record
from core.sprints import phase_chart
from core.sprints.phase_place import Ratio, place
from tests.forecasts import SPRINTS, in_sprint
from tests.weeks import NOW, experiment, killed, promoted
from views.charts import draw

UTC = ZoneInfo("UTC")
ACC = Metric("accuracy", 0.92)
HOSTILE = r"cost $x_{ 精度 🙂 \frac{"


def size(png):
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    return struct.unpack(">II", png[16:24])


def cone(best, metric=ACC):
    found = outlook(metric, best, SPRINTS, np.random.default_rng(1))
    return forecast_chart.cone(found, record([]))


def looks(*values):
    return tuple(
        Measurement(NOW - timedelta(days=9 - n), v, 2.0 * n, "", "") for n, v in enumerate(values)
    )


def week(n, **columns):
    return chart.JudgedWeek(date(2026, 10, 5) + timedelta(weeks=n), columns)


def progress(*tickets, metric=ACC):
    return progress_chart.progress(metric, results(metric, tickets, {}), tickets, UTC)


SPECS = {
    "a cone": cone([0.72, 0.78, 0.81, 0.83, None]),
    "a long cone": cone([0.5 + 0.02 * n for n in range(17)]),
    "a falling cone": cone([900, 800, 760, None], Metric("p95 latency ms", 450, "lower")),
    "a hostile cone": cone([0.7, 0.75, 0.78], Metric(HOSTILE, 0.9)),
    "a tiny cone": cone([1e-7, 3e-7, 4e-7], Metric("rate", 1e-6)),
    "progress": progress(in_sprint(1, 0.7), in_sprint(2, 0.8), killed(9, "", final_metric=0.6)),
    "progress of years": progress(promoted(1, 0.7, decided_at=NOW - timedelta(days=900)),
                                  promoted(2, 0.8)),
    "progress without target": progress(in_sprint(1, 0.7), in_sprint(2, 0.7),
                                        metric=Metric("accuracy")),
    "phases": phase_chart.phases(place(date(2026, 9, 14), [], date(2026, 10, 20)),
                                 Ratio(date(2026, 10, 12), {}, {})),
    "phases to a deadline": phase_chart.phases(
        place(date(2026, 9, 14), [], date(2026, 10, 20), date(2026, 11, 22)),
        Ratio(date(2026, 10, 12), {"exploration": 30, "optimisation": 20}, {})),
    "burn": burn_chart.burn([experiment(n, gpu_used=6.0 * n) for n in range(1, 12)]),
    "burn of one": burn_chart.burn([experiment(1, gpu_used=1e6, gpu_budget=0.5)]),
    "an experiment": burn_chart.experiment(experiment(measurements=looks(0.7, None, 0.8)), UTC),
    "a hostile experiment": burn_chart.experiment(
        experiment(title=HOSTILE, metric=HOSTILE, measurements=looks(0.7, 0.7)), UTC),
    "an experiment without results": burn_chart.experiment(
        experiment(measurements=looks(None, None), gpu_budget=0.0, target=None), UTC),
    "drift": chart.heat("prod/requests", [
        week(0, age=(0.01, "OK"), **{HOSTILE: (0.3, "ALERT")}),
        week(2, age=(None, "ALERT"), country=(0.15, "WARN"), tiny=(0.4, "NOT ENOUGH")),
    ]),
    "much drift": chart.heat("x", [
        week(n, **{f"feature_{k}": (k / 40, "OK") for k in range(30)}) for n in range(20)
    ]),
}  # fmt: skip


@pytest.mark.parametrize("name", SPECS)
def test_a_picture_is_a_png_of_a_phones_width(name):
    width, height = size(draw(SPECS[name]))
    assert width == 1000
    assert 300 <= height <= 1100


@pytest.mark.parametrize("name", SPECS)
def test_every_picture_says_its_facts_in_words(name):
    spec = SPECS[name]
    assert 30 < len(spec["alt"]) <= 1000
    assert any(character.isdigit() for character in spec["alt"])


def test_the_cone_has_the_dates_on_which_sprints_end():
    spec = cone([0.72, 0.78, 0.81, None])
    assert spec["alt"].endswith("So far: too few to be sure (0 of 10 ranges closed).")
    assert [label for label, *_ in spec["history"]] == ["S1\n27 Sep", "S2\n11 Oct", "S3\n25 Oct"]
    assert spec["steps"][0][0] == "S4\n8 Nov"
    assert [step[4] for step in spec["steps"]] == [True] * 3 + [False] * 3


@pytest.mark.parametrize(
    "nothing",
    [
        cone([0.7, 0.8]),
        progress(in_sprint(1, 0.7)),
        progress(),
        burn_chart.burn([experiment(1, gpu_used=0)]),
        burn_chart.burn([]),
        burn_chart.experiment(experiment(measurements=looks(0.7)), UTC),
        chart.heat("x", []),
    ],
)
def test_too_little_data_is_no_picture(nothing):
    assert nothing is None


def test_only_open_experiments_with_a_budget_burn():
    spec = burn_chart.burn([
        experiment(1, gpu_used=30), experiment(2, gpu_used=6), promoted(3, 0.9),
        experiment(4, stage="backlog"), experiment(5, gpu_budget=0.0),
    ])  # fmt: skip
    assert spec["rows"] == [["all open", 36, 48.0], ["EXP-001", 30, 24.0], ["EXP-002", 6, 24.0]]
    assert "EXP-001 30 of 24 (125%)" in spec["alt"]


def test_the_strip_shows_eight_weeks_and_what_drifted_most():
    spec = SPECS["much drift"]
    assert (len(spec["weeks"]), len(spec["rows"])) == (8, 10)
    assert spec["rows"][0][0] == "feature_29"
    assert "20 features more are not drawn." in spec["alt"]
    first = SPECS["drift"]["rows"]
    assert [row[0] for row in first][:1] == [HOSTILE]
    assert first[0][1] == [[0.3, "ALERT"], None]


def test_killed_experiments_are_marked_and_move_no_line():
    spec = SPECS["progress"]
    assert [value for _, value in spec["line"]] == [0.7, 0.8]
    assert {mark[3] for mark in spec["marks"]} == {"promoted", "killed"}
    assert "2 promoted, 1 killed" in spec["alt"]


def test_the_weekly_trend_goes_through_the_best_of_each_week():
    line = [["2026-10-01", 0.7], ["2026-10-08", 0.72], ["2026-10-15", 0.74], ["2026-10-22", 0.76]]
    (first, low), (last, high) = progress_chart.trend(line)
    assert (first, last) == ("2026-10-01", "2026-10-22")
    assert (round(low, 6), round(high, 6)) == (0.7, 0.76)
    assert progress_chart.trend(line[:3]) == []
