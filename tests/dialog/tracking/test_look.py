"""/track EXP-042: curves, parameters and mistakes of one experiment, and filters."""

import pytest
from sqlmodel import Session, select

from core.evals.push import Line, Push
from models import db
from models.outbox import Outbox
from models.team import Team
from services.evals import gate
from tests.swept import CONNECT, sweep_in, trained
from tests.tickets import experiment, person, stored
from views import charts

LOSS = {"train/loss": [2.0, 1.0, 0.5], "val/loss": [2.1, 1.2, 0.9]}


@pytest.fixture
def led(talk):
    stored(talk.engine, experiment((0.74,)), team_channel="CTEAM")
    person(talk.engine, "UANA", name="Ana", role="admin")
    person(talk.engine, "UBEN", name="Ben")
    return talk


def two(talk):
    talk.say(CONNECT)
    made = {"epochs": "3", "out_dir": "/tmp/a"}
    sweep_in(
        talk,
        trained("EXP-042 a", LOSS | {"val_accuracy": [0.7, 0.8]},
                params=made | {"lr": "3e-4", "base_model": "llama-8b"}),
        trained("EXP-042 b", LOSS | {"val_accuracy": [0.7, 0.9]},
                params=made | {"lr": "1e-5", "base_model": "qwen-7b"},
                tags={"dataset": "tickets-v7"}),
    )  # fmt: skip


def specs(talk):
    with Session(talk.engine) as session:
        rows = list(session.exec(select(Outbox).where(Outbox.kind == "picture")))
    return [spec for row in rows for spec in row.payload.get("charts", [])]


def push(talk, *lines, role="candidate"):
    gate.push(
        talk.lab, 1, 42, Push(role, tuple(lines), source="own, test.csv", by="ci"), gate=False
    )


def shown(reply):
    return str(list(reply.blocks))


def test_with_nothing_there_it_says_so_and_how(led):
    reply = led.say("/track EXP-042")
    assert reply.text.endswith("no tracker is connected.")
    assert "/track connect mlflow" in shown(reply)
    assert "assay eval push FILE --exp EXP-042" in shown(reply)
    led.say(CONNECT)
    reply = led.say("/track EXP-042")
    assert reply.text.endswith("no run of it was read yet.")
    assert "exp_id=EXP-042" in shown(reply)
    assert specs(led) == []


def test_it_shows_curves_and_parameters_of_the_runs(led):
    two(led)
    reply = led.say("/track EXP-042", by="UBEN")
    assert reply.text.endswith("2 runs, best accuracy 0.9 by EXP-042 b.")
    assert "Loss curves and parameters against the metric by direct message." in shown(reply)
    losses, swept = specs(led)
    assert [line[:2] for line in losses["lines"]] == [
        ["EXP-042 a", "training"], ["EXP-042 a", "validation"],
        ["EXP-042 b", "training"], ["EXP-042 b", "validation"],
    ]  # fmt: skip
    assert [name for name, _ in swept["axes"]] == ["base_model", "lr", "accuracy"]
    assert [line[0] for line in swept["lines"] if line[2]] == ["EXP-042 b"]
    assert "base_model qwen-7b, lr 1e-5" in swept["alt"]
    for spec in (losses, swept):
        assert charts.draw(spec).startswith(b"\x89PNG")


def test_what_its_step_means_is_told_once_a_lead_confirmed_what_a_miss_is(led):
    assert "Once it is live" not in shown(led.say("/track EXP-042"))
    with db.transaction(led.engine) as session:
        session.get_one(Team, 1).choose(wrong_by=["accuracy"])
    said = shown(led.say("/track EXP-042"))
    assert "Once it is live: 26 of 100 answers are wrong instead of 28." in said or (
        "Once it is live: 1 in 4 answers is wrong instead of" in said
    )


def test_filters_choose_by_model_data_and_day(led):
    two(led)
    assert (
        "1 run of 2 (model LLAMA), best accuracy 0.8" in led.say("/track EXP-042 model=LLAMA").text
    )
    assert "1 run of 2 (data v7)" in led.say("/track EXP-042 dataset=v7").text
    assert "2 runs of 2 (since " in led.say("/track EXP-042 since=2w").text
    none = led.say("/track EXP-042 since=2099-01-01")
    assert none.text.endswith("none of its 2 runs is of since 2099-01-01.")
    assert "`/track EXP-042` shows them all." in shown(none)


@pytest.mark.parametrize(
    ("typed", "heard"),
    [
        ("EXP-042 colour=red", "Runs are not filtered by “colour”."),
        ("EXP-042 since=yesterdayish", "“yesterdayish” is no day."),
        ("EXP-042 since=9999w model=a b", "I don't understand “b” after the experiment."),
        ("EXP-042 model=", "Nothing stands after model=."),
        ("EXP-043", "There is no EXP-043."),
        ("show", "Which experiment?"),
    ],
)
def test_what_is_no_filter_or_experiment_is_one_sentence(led, typed, heard):
    assert led.say(f"/track {typed}").text.startswith(heard)


def test_another_team_does_not_see_them(led):
    two(led)
    stored(led.engine, experiment(number=42), workspace="T1OTHER")
    led.workspace = "T1OTHER"
    assert led.say("/track EXP-042").text.endswith("no tracker is connected.")


def test_a_run_that_diverged_says_where(led):
    led.say(CONNECT)
    sweep_in(led, trained("EXP-042 nan", {"loss": [2.0, None, None]}))
    reply = led.say("/track EXP-042")
    assert "diverged at step 1 (loss)" in shown(reply)
    [spec] = specs(led)
    assert "no number at step 1" in spec["alt"]
    assert charts.draw(spec).startswith(b"\x89PNG")


def test_the_hardest_examples_and_the_classes_are_of_the_newest_push(led):
    lines = [Line(f"q{n}", scores={"accuracy": n % 2}, label="refund",
                  predicted="refund" if n % 2 else "<!here>") for n in range(50)]  # fmt: skip
    push(led, *lines)
    reply = led.say("/track EXP-042")
    said = shown(reply)
    assert (
        "*The 20 hardest of 50 examples* by accuracy: q0 0 (refund, answered &lt;!here&gt;)"
        in said
    )
    assert "q1 " not in said
    assert "*Classes:* 25 of 50 answers right; most often refund was taken for" in said
    [spec] = specs(led)
    assert charts.draw(spec).startswith(b"\x89PNG")
    push(led, Line("q0", scores={"accuracy": 1.0}), Line("q1", scores={"accuracy": 0.0}),
         role="baseline")  # fmt: skip
    said = shown(led.say("/track EXP-042"))
    assert "*Wrong before, right now* (1): q1" in said
    assert "*Right before, wrong now* (1): q0" in said
    push(led, Line("q9", scores={"accuracy": 0.0}, text="Where is my parcel?"),
         Line("q8", scores={"accuracy": 1.0}))  # fmt: skip
    said = shown(led.say("/track EXP-042"))
    assert "• q9 0: Where is my parcel?" in said
    assert "No confusion matrix: push columns label and predicted" in said
