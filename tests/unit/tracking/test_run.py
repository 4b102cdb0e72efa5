"""What a run's own words and times come to."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from core.experiments.measurement import Measurement, best_of
from core.tracking import run as rules
from core.tracking.curve import Point, best, divergence, thinned
from core.tracking.run import Hours, Latest, Run

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
RUN = Run("r1", "support", "amber-fox", "finished", NOW - 5 * HOUR, NOW - 2 * HOUR)


def _running(silent: timedelta, **more) -> Run:
    latest = {"loss": Latest(0.3, 9, NOW - silent)}
    return replace(RUN, status="running", ended=None, latest=latest, **more)


def _points(*values) -> list[Point]:
    return [Point(step, value, NOW + step * HOUR) for step, value in enumerate(values)]


@pytest.mark.parametrize(
    ("tags", "name", "numbers", "by"),
    [
        ({"exp_id": "EXP-042"}, "EXP-007 try", (42,), "tag"),
        ({}, "exp-7 lora r=16", (7,), "name"),
        ({}, "EXP-042 against EXP-043", (42, 43), "name"),
        ({"exp_id": "none"}, "amber-fox", (), ""),
    ],
)
def test_a_run_names_its_experiment_in_its_tag_or_else_its_name(tags, name, numbers, by):
    run = replace(RUN, tags=tags, name=name)
    assert (rules.named(run), rules.named_by(run)) == (numbers, by)


def test_hours_are_duration_times_gpus_and_unknown_without_gpus():
    assert rules.hours(replace(RUN, tags={"gpus": "4"}), NOW) == Hours(12.0, "measured")
    assert rules.hours(RUN, NOW) == Hours(None, "unknown")
    assert rules.hours(replace(RUN, tags={"gpus": "0"}), NOW) == Hours(0.0, "measured")
    assert rules.hours(replace(RUN, tags={"gpus": "two"}), NOW) == Hours(None, "unknown")


def test_gpus_a_machine_reports_make_an_estimate():
    seen = {f"system/gpu_{n}_utilization_percentage": Latest(9.0, 1, NOW) for n in range(2)}
    assert rules.hours(replace(RUN, latest=seen), NOW) == Hours(6.0, "estimated")


def test_a_silent_run_is_stale_after_an_hour_and_its_hours_stop_there():
    tags = {"gpus": "2"}
    lively, silent = _running(HOUR, tags=tags), _running(3 * HOUR, tags=tags)
    assert not rules.is_stale(lively, NOW)
    assert rules.hours(lively, NOW) == Hours(10.0, "measured")
    assert rules.is_stale(silent, NOW)
    assert rules.hours(silent, NOW) == Hours(6.0, "estimated")  # 2 h until the last news, and 1 h
    assert not rules.is_stale(RUN, NOW)


def test_a_late_tag_changes_the_fingerprint_and_the_same_run_does_not():
    assert rules.fingerprint(RUN) == rules.fingerprint(replace(RUN))
    assert rules.fingerprint(RUN) != rules.fingerprint(replace(RUN, tags={"gpus": "1"}))
    lost = replace(RUN, latest={"loss": Latest(None, 3, NOW)})
    assert rules.fingerprint(RUN) != rules.fingerprint(lost)


def test_what_it_was_made_from_is_read_from_tags_before_params():
    run = replace(
        RUN,
        tags={"mlflow.source.git.commit": "3F2A9C1B", "dataset_version": "v7"},
        params={"base_model": "llama-3-8b", "dataset": "tickets"},
        datasets=("tickets@ab12",),
    )
    assert (rules.model(run), rules.dataset(run), rules.commit(run)) == (
        "llama-3-8b", "v7", "3f2a9c1b",
    )  # fmt: skip
    assert rules.dataset(replace(run, tags={}, params={})) == "tickets@ab12"
    assert rules.commit(replace(run, tags={"commit": "main"})) == ""


def test_the_best_is_finite_and_of_the_metrics_direction():
    points = _points(0.5, 0.9, None, 0.9, 0.7)
    assert best(points, "higher") == points[1]
    assert best(points, "lower") == points[0]
    assert best(_points(None, None), "higher") is None


def test_the_first_step_that_is_no_number_is_found_also_when_it_recovers():
    found = divergence("train/loss", _points(2.0, 1.0, None, 0.9, None))
    assert found is not None
    assert found.told == "diverged at step 2 (train/loss)"
    assert divergence("train/loss", _points(2.0, 1.0)) is None


def test_a_thinned_curve_keeps_its_ends_its_peaks_and_where_it_was_lost():
    values = [1.0] * 5000
    values[0], values[-1], values[3333], values[2500] = 4.0, 0.1, 9.0, None
    kept = {one.step for one in thinned(_points(*values), 100)}
    assert {0, 4999, 3333, 2500} <= kept
    assert len(kept) <= 100


def test_of_trainings_the_best_stands_and_of_evals_the_last():
    def looks(source):
        return [Measurement(NOW, value, 0, "", "x", source=source) for value in (0.9, 0.8)]

    stands = {source: best_of(looks(source), "higher") for source in ("typed", "pulled", "pushed")}
    assert {source: one and one.value for source, one in stands.items()} == {
        "typed": 0.9, "pulled": 0.9, "pushed": 0.8,
    }  # fmt: skip
