"""/track: connected by admins, never with a key in the command; runs mapped; acc= beside."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import Session, select

from core.tracking.curve import Point
from core.tracking.run import Latest, Run
from models import db
from models.experiments.measurement import Measurement
from models.inbox import Inbox
from models.tracking.tracker import Tracker
from services.ports import Policy
from services.tracking import sweep
from tests.tickets import MONDAY, experiment, person, stored

URL = "https://mlflow.example.com"
CONNECT = f"/track connect mlflow {URL} experiments=support,rag"
AT = MONDAY - timedelta(hours=2)


@pytest.fixture
def led(talk):
    return _led(talk)


def _led(talk):
    stored(talk.engine, experiment((0.74,)), team_channel="CTEAM")
    person(talk.engine, "UANA", name="Ana", role="admin")
    person(talk.engine, "UBEN", name="Ben")
    return talk


def run(name, values, **more):
    latest = {"val_accuracy": Latest(values[-1], len(values) - 1, AT)}
    made = Run(f"id-{name}", "support", name, "finished", AT - timedelta(hours=1), AT)
    return replace(made, **({"latest": latest} | more))


def swept(talk, *pairs):
    """As `bot/sweeper` does with what a tracker answers: these runs with their values."""
    [errand] = sweep.due(talk.lab, talk.now)
    runs = [run(name, values, **more) for name, values, more in pairs]
    wanted = sweep.wanted(talk.lab, errand, runs)
    points = {f"id-{name}": values for name, values, _ in pairs}
    curves = {
        one: {name: [Point(n, v, AT) for n, v in enumerate(points[one])] for name in names}
        for one, names in wanted.items()
    }
    sweep.take(talk.lab, errand, runs, curves)


def shown(reply):
    return str(list(reply.blocks))


def test_without_a_tracker_it_says_how_to_connect_one(led):
    reply = led.say("/track")
    assert reply.text == "No tracker is connected: results are typed or pushed."
    assert "/track connect mlflow https://" in shown(reply)


def test_an_admin_connects_one_and_sees_it(led):
    reply = led.say(CONNECT)
    assert reply.text == (
        "I read MLflow at mlflow.example.com now (support, rag); a direct message tells you how "
        "it went."
    )
    listed = led.say("/track", by="UBEN")
    assert listed.text == "Trackers: 1, 0 runs mapped"
    assert "support, rag · not read yet" in shown(listed)
    led.say(f"/track connect mlflow {URL}/ experiments=support")
    assert led.say("/track").text == "Trackers: 1, 0 runs mapped"


@pytest.mark.parametrize(
    ("typed", "host", "projects"),
    [
        ("wandb lab/support", "api.wandb.ai", "lab/support"),
        ("wandb lab/support,lab/rag-2", "api.wandb.ai", "lab/support, lab/rag-2"),
        ("W&amp;B lab/support", "api.wandb.ai", "lab/support"),
        ("wandb projects=lab/support", "api.wandb.ai", "lab/support"),
        ("wandb <https://wandb.ai/lab/support/runs/abc1?nw=x>", "api.wandb.ai", "lab/support"),
        ("wandb https://wandb.corp.example/lab/support", "wandb.corp.example", "lab/support"),
        ("wandb https://wandb.corp.example/lab/support/ projects=lab/rag", "wandb.corp.example",
         "lab/rag, lab/support"),
        ("wandb https://wandb.corp.example:8443 projects=lab/rag", "wandb.corp.example:8443",
         "lab/rag"),
    ],
)  # fmt: skip
def test_a_project_of_wandb_is_connected_by_its_name_or_address(led, typed, host, projects):
    reply = led.say(f"/track connect {typed}")
    assert reply.text == (
        f"I read W&amp;B at {host} now ({projects}); a direct message tells you how it went."
    )
    assert "its tag `EXP-042`" in shown(reply)


def test_who_is_no_admin_connects_and_disconnects_nothing(led):
    assert led.say(CONNECT, by="UBEN").text.startswith("Only an admin can connect a tracker.")
    led.say(CONNECT)
    assert led.say("/track disconnect 1", by="UBEN").text.startswith("Only an admin can")
    assert led.say("/track disconnect 2").text.startswith("There is no tracker 2.")
    assert led.say("/track disconnect 1").text == (
        "MLflow at mlflow.example.com is read no more. What its runs gave stays."
    )
    assert led.say("/track").text.startswith("No tracker is connected")


@pytest.mark.parametrize(
    "typed",
    [
        f"mlflow {URL} experiments=support token=hunter2hunter2",
        "mlflow https://ana:hunter2hunter2@mlflow.example.com experiments=support",
        "wandb lab/support key=hunter2hunter2hunter2",
        "wandb lab/support api_key=hunter2hunter2hunter2",
        "wandb https://api:hunter2hunter2@wandb.corp.example/lab/support",
        "wandb lab/support hunter2hunter20a4f8c01d9e7b3a5c2f6e8d0b1a49c7e5f3d",
        f"mlflow {URL} experiments=support dapi0123456789abcdef0123456789abcdefhunter2hunter2",
    ],
)
def test_a_key_in_the_command_is_refused_told_and_kept_nowhere(led, typed):
    reply = led.say(f"/track connect {typed}")
    assert reply.text.startswith("A key does not belong in a command. I have kept nothing of it")
    assert "TRACKER_TOKENS" in reply.text
    with Session(led.engine) as session:
        kept = [(one.reply, one.body) for one in session.exec(select(Inbox))]
        assert session.exec(select(Tracker)).all() == []
    assert "hunter2" not in f"{reply} {kept} {[row.payload for row in led.sent()]}"


@pytest.mark.parametrize(
    ("typed", "heard"),
    [
        ("mlflow http://mlflow.example.com experiments=a", "Over plain http everybody on the way"),
        ("mlflow mlflow.example.com experiments=a", "That is no address I can send to."),
        ("mlflow experiments=a", "Where is it?"),
        (f"mlflow {URL}", "Which of its experiments are yours?"),
        (f"mlflow {URL}/?x=1 experiments=a", "That is the address of one page."),
        ("wandb", "Which project?"),
        ("wandb support", "“support” is no project of W&B."),
        ("wandb https://wandb.ai", "Which project?"),
        ("wandb https://wandb.ai/lab", "“lab” is no project of W&B."),
        ("wandb http://wandb.corp.example/lab/support", "Over plain http everybody on the way"),
        (f"comet {URL} experiments=a", "I don't know the tracker “comet”."),
        ("", "Which tracker, and where?"),
    ],
)
def test_what_is_no_tracker_is_one_sentence(led, typed, heard):
    assert led.say(f"/track connect {typed}").text.startswith(heard)


def test_plain_http_is_taken_where_the_operator_names_networks(led, monkeypatch):
    policy = Policy(tracker_nets=("10.0.0.0/8",))
    lab = replace(led.lab, policy=policy)
    monkeypatch.setattr(type(led), "lab", property(lambda _: lab))
    assert led.say("/track connect mlflow http://mlflow:5000 experiments=a").text.startswith(
        "I read MLflow at mlflow:5000 now"
    )


def test_an_unmapped_run_is_mapped_with_a_button(led):
    led.say(CONNECT)
    swept(led, ("amber-fox", [0.8], {}), ("EXP-042 lora", [0.82, 0.9], {}))
    listed = led.say("/track")
    assert listed.text == "Trackers: 1, 1 run mapped, 1 not"
    assert "amber-fox · support · finished" in shown(listed)
    button = listed.blocks[-2]["accessory"]
    form = led.press(button["action_id"], button["value"], by="UBEN")
    assert "amber-fox" in str(form.modal)
    said = led.submit_open({"experiment": "42"}, by="UBEN")
    assert said.text.startswith("Run amber-fox belongs to EXP-042")
    assert led.say("/track").text == "Trackers: 1, 2 runs mapped"
    led.press("track_map", button["value"], by="UBEN")
    refused = led.submit_open({"experiment": "42", "scope": "project"}, by="UBEN")
    assert "lead" in f"{refused.text} {refused.errors}"


def test_a_sweep_is_taken_over_once_on_both_databases(talk_on_both):
    led = _led(talk_on_both)
    led.say(CONNECT)
    tagged = {"tags": {"gpus": "4", "exp_id": "EXP-042"}}
    for _ in range(2):
        swept(led, ("a", [0.8, 0.9], tagged), ("b", [0.7], {"parent": "id-a"}), ("c", [0.8], {}))
        led.later(minutes=16)
    swept(led, ("b", [0.7], tagged), ("c", [None, 0.8], tagged))
    card = shown(led.say("/exp show EXP-042"))
    assert "best 0.8 pulled" in card  # a has a child, so it does not count
    assert "8/24 h" in card
    assert len(led.sent("tracker:1:first")) == 1
    led.later(minutes=16)
    swept(led)
    assert len(led.sent(":deleted:")) == 2


def test_another_team_neither_sees_nor_maps_it(led):
    led.say(CONNECT)
    swept(led, ("amber-fox", [0.8], {}))
    stored(led.engine, experiment(number=7), workspace="T1OTHER")
    led.workspace = "T1OTHER"
    assert led.say("/track").text.startswith("No tracker is connected")
    assert led.press("track_map", "1").text.startswith("That run is not there any more.")


def test_typing_a_result_beside_a_pulled_one_is_asked_first(led):
    led.say(CONNECT)
    swept(led, ("EXP-042 lora", [0.82, 0.9], {}))
    reply = led.say("/exp update EXP-042 acc=0.93 gpu=2h")
    assert reply.text.startswith("EXP-042 is tracked: 0.9 was pulled")
    [button] = [one for block in reply.blocks for one in block.get("elements", [])
                if one.get("action_id") == "update_beside"]  # fmt: skip
    assert button["text"]["text"] == "Record beside the pulled 0.9"
    led.press("update_beside", button["value"])
    card = shown(led.say("/exp show EXP-042"))
    assert "best 0.9 pulled" in card
    assert "typed: 0.93" in card
    assert not led.say("/exp update EXP-042 gpu=1h").text.startswith("EXP-042 is tracked")


def test_the_card_says_what_the_best_run_was_made_of(led):
    led.say(CONNECT)
    made = {"params": {"base_model": "llama-3-8b", "lr": "3e-4", "note": "<!here>"}}
    swept(
        led,
        ("EXP-042 a", [0.8], {"tags": {"dataset": "tickets-v6"}}),
        ("EXP-042 b", [0.9], made | {"tags": {"dataset": "tickets-v7", "gpus": "2"}}),
        ("EXP-042 c", [0.7], {}),
    )
    card = shown(led.say("/exp show EXP-042"))
    assert (
        "From run EXP-042 b: model llama-3-8b · data tickets-v7 · lr=3e-4, note=&lt;!here&gt; · "
        "2 GPU-hours"
    ) in card


def test_a_run_that_is_called_like_a_person_or_a_channel_names_nobody(led):
    led.say(CONNECT)
    swept(led, ("UBEN", [0.9], {"tags": {"exp_id": "EXP-042"}}), ("<!here> *x*", [0.8], {}))
    with Session(led.engine) as session:
        assert [one.author for one in session.exec(select(Measurement))] == ["UANA", "run UBEN"]
    card, listed = shown(led.say("/exp show EXP-042")), shown(led.say("/track"))
    said = f"{card}{listed}{[row.payload for row in led.sent()]}"
    assert "<@UBEN>" not in said
    assert "<!here>" not in said
    assert "&lt;!here&gt;" in said


def test_a_result_that_came_after_the_kill_counts_once_the_experiment_is_open_again(led):
    led.say(CONNECT)
    led.say("/kill EXP-042 rank 32 overfits on 2,000 examples")
    swept(led, ("EXP-042 late", [0.9], {}))
    assert "pulled" not in shown(led.say("/exp show EXP-042"))
    led.say("/exp undo EXP-042")
    led.later(minutes=16)
    swept(led, ("EXP-042 late", [0.9], {}))
    assert "best 0.9 pulled" in shown(led.say("/exp show EXP-042"))


def test_a_sweep_after_a_disconnect_changes_nothing(led):
    led.say(CONNECT)
    [errand] = sweep.due(led.lab, led.now)
    led.say("/track disconnect 1")
    sweep.take(led.lab, errand, [run("EXP-042 lora", [0.9])], {})
    assert "pulled" not in shown(led.say("/exp show EXP-042"))


def test_a_tracker_that_cannot_be_read_is_told_once(led):
    led.say(CONNECT)
    for _ in range(3):
        [errand] = sweep.due(led.lab, led.now)
        sweep.failed(led.lab, errand, "it wants a key (401).")
        led.later(minutes=3)
    assert len(led.sent("tracker:1:trouble")) == 1
    assert "it wants a key (401)" in shown(led.say("/track"))
    with db.transaction(led.engine) as session:
        session.get_one(Tracker, 1).looked_at = None
    swept(led)
    assert "401" not in shown(led.say("/track"))


def test_a_flat_training_loss_is_judged_by_its_kill_line(led):
    line = "Training loss doesn't decrease after epoch 1 = KILL (data issue)"
    stored(led.engine, experiment(number=43, kill_criteria=line), team_id=1)
    assert "no tracker tells its training loss" in shown(led.say("/exp rules EXP-043"))
    led.say(CONNECT)
    flat = {"latest": {"loss": Latest(2.3, 5, AT)}, "params": {"epochs": "6"}}
    swept(led, ("EXP-043 flat", [2.3, 2.31, 2.29, 2.3, 2.3, 2.31], flat))
    rules = shown(led.say("/exp rules EXP-043"))
    assert "is met: training loss 2.3 up to epoch 1" in rules
    assert "training loss 2.3 up to epoch 1" in str(led.say("/kill EXP-043").modal)
