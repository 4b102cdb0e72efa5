"""The runs of the night, told to their owners at nine: due, not due, twice, late, another team."""

from datetime import datetime, timedelta

import pytest

from jobs.tracking.overnight import tell
from tests.swept import CONNECT, sweep_in, trained
from tests.tickets import MONDAY, experiment, person, stored

NIGHT = MONDAY.replace(hour=3) + timedelta(days=1)  # Tuesday
NINE = NIGHT.replace(hour=9)
FLAT = [4.0, 3.0, 2.0, 1.5, 1.2, 1.1, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0]


@pytest.fixture
def led(talk):
    stored(talk.engine, experiment((0.74,), owner="UBEN"), team_channel="CTEAM")
    person(talk.engine, "UANA", name="Ana", role="admin")
    person(talk.engine, "UBEN", name="Ben")
    talk.say(CONNECT)
    return talk


def at(talk, moment: datetime):
    talk.later(seconds=(moment - talk.now).total_seconds())


def heard(talk):
    return [(row.channel, str(row.payload["text"]), str(row.payload["blocks"]))
            for row in talk.sent("overnight:")]  # fmt: skip


def test_an_owner_hears_at_nine_how_the_runs_of_the_night_did(led):
    at(led, NIGHT + timedelta(minutes=40))
    sweep_in(
        led,
        trained("EXP-042 good", {"val_loss": FLAT, "val_accuracy": [0.7, 0.9]}, NIGHT,
                tags={"gpus": "1"}),
        trained("EXP-042 short", {"val_accuracy": [0.6]}, NIGHT),
        trained("EXP-042 nan", {"loss": [2.0, None]}, NIGHT, status="failed"),
        trained("EXP-042 day", {"val_accuracy": [0.5]}, NIGHT - timedelta(hours=10)),
    )  # fmt: skip
    led.run(tell)
    assert heard(led) == []
    at(led, NINE)
    led.run(tell)
    [(channel, text, said)] = heard(led)
    assert channel == "UBEN"
    assert text == "Overnight: 3 runs, 1 diverged, 1 converged, 1 finished."
    assert "EXP-042 nan diverged at step 1 (loss); it is failed" in said
    assert "EXP-042 good converged" in said
    assert "best accuracy 0.9, target 0.85 reached · 1 GPU-hours" in said
    assert "EXP-042 day" not in said
    led.later(minutes=15)
    led.run(tell)
    assert len(heard(led)) == 1


def test_a_run_that_went_silent_is_told(led):
    at(led, NIGHT)
    sweep_in(led, trained("EXP-042 zombie", {"loss": [2.0]}, NIGHT - timedelta(hours=2),
                          status="running", ended=None))  # fmt: skip
    at(led, NINE)
    led.run(tell)
    [(_, text, said)] = heard(led)
    assert text == "Overnight: 1 run, 1 went silent."
    assert "says it is running and is silent, last heard of" in said


def test_without_a_run_of_the_night_nobody_hears_anything(led):
    sweep_in(led, trained("EXP-042 day", {"val_accuracy": [0.5]}))
    at(led, NINE)
    led.run(tell)
    assert heard(led) == []


def test_after_noon_it_is_no_news_any_more(led):
    at(led, NIGHT)
    sweep_in(led, trained("EXP-042 a", {"val_accuracy": [0.5]}, NIGHT))
    at(led, NINE.replace(hour=12))
    led.run(tell)
    assert heard(led) == []


def test_the_button_shows_its_curves_and_another_team_has_none(led):
    at(led, NIGHT)
    sweep_in(led, trained("EXP-042 a", {"val_accuracy": [0.5], "val_loss": FLAT}, NIGHT))
    stored(led.engine, experiment(number=42, owner="UCHO"), workspace="T1OTHER")
    at(led, NINE)
    led.run(tell)
    assert [channel for channel, _, _ in heard(led)] == ["UBEN"]
    assert "1 run, best accuracy 0.5" in led.press("track_look", "EXP-042", by="UBEN").text
