"""Who writes a key where others read it hears of it at once, wherever it was typed."""

import pytest

from tests import seeded
from tests.standups import open_round, place
from tests.weeks import experiment

KEY = "token=" + "ghp_" + "a1B2" * 9


@pytest.fixture
def team(talk):
    """A team with an open experiment."""
    talk.say("/exp leads add <@UANA>", by="UANA")
    seeded.tickets(talk.engine, experiment(42))
    return talk


def _warned(talk, user: str):
    return [row for row in talk.sent("secret:") if row.channel == user]


@pytest.mark.parametrize(
    "said",
    [
        f"/learn add EXP-042 the run needs {KEY}",
        f'/exp update EXP-042 acc=0.88 "used {KEY}"',
        f"/exp update EXP-042 acc=0.88 used {KEY}",
        f"/kill EXP-042 it needed {KEY} for every single run",
    ],
)
def test_a_command_with_a_key_in_it_is_taken_and_its_writer_warned(team, said):
    team.say(said, by="UANA")
    (told,) = _warned(team, "UANA")
    assert "rotate it" in told.payload["text"]
    assert "ghp_" not in f"{told.payload}{told.key}"


def test_a_form_with_a_key_in_it_warns_writer_and_keeper(team):
    meta = {"origin": "message:C1:1.1", "author": "UBEN"}
    team.send("learn_log", {"text": f"we used {KEY}", "experiment": ""}, by="UANA", meta=meta)
    assert len(_warned(team, "UBEN")) == len(_warned(team, "UANA")) == 1


@pytest.mark.parametrize(
    "said", ["/learn add EXP-042 tokens: 987 were enough", "/exp list password", "/learn"]
)
def test_what_is_no_secret_warns_nobody(team, said):
    team.say(said)
    assert team.sent("secret:") == []


def test_the_same_input_again_warns_once(team):
    for _ in range(2):
        team.say(f"/learn add the key is {KEY}", by="UANA")
    keys = [row.key for row in _warned(team, "UANA")]
    assert len(keys) == len(set(keys)) == 2  # two inputs; a retry of one is caught by the inbox


@pytest.mark.parametrize("where", ["dm", "round thread"])
def test_a_standup_answer_with_a_key_warns_its_writer(talk, where):
    open_round(talk)
    channel, ts = place(talk, "round:1" if where == "round thread" else "prompt:1:UBEN")
    talk.write(f"the {KEY} works\nEXP-7\nnone", by="UBEN", channel=channel, thread_ts=ts)
    assert "In your standup answer" in _warned(talk, "UBEN")[0].payload["text"]


def test_an_answer_edited_to_hold_a_key_warns_and_talk_that_is_no_answer_does_not(talk):
    open_round(talk)
    channel, _ = place(talk, "prompt:1:UBEN")
    talk.write("it works\nEXP-7\nnone", by="UBEN", channel=channel, ts="170.000001")
    talk.write(f"look: {KEY}", by="UZOE", channel="CTEAM")
    assert talk.sent("secret:") == []
    text = f"it works with {KEY}\nEXP-7\nnone"
    message = {"type": "message", "user": "UBEN", "ts": "170.000001", "text": text}
    event = {"subtype": "message_changed", "channel": channel, "message": message}
    talk.event("message", event, by="UBEN", channel=channel, text=text, message_ts="170.000001")
    assert len(_warned(talk, "UBEN")) == 1


def test_an_answer_form_with_a_key_warns_its_writer(talk):
    open_round(talk)
    talk.press("standup_answer", "1", by="UBEN")
    talk.submit_open({"q0": f"set {KEY}"}, by="UBEN")
    assert "In the form you sent" in _warned(talk, "UBEN")[0].payload["text"]
