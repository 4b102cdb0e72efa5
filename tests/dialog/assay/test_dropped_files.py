"""A results file without an id: asked about, kept, read after the choice."""

import pytest
from sqlmodel import Session, select

from models.outbox import Outbox
from tests.dialog.assay.test_conversations import buttons, press
from tests.dialog.assay.test_front_door import BEN
from tests.standups import know, open_round, ticket

FILE = {"id": "F1", "name": "results.json", "mimetype": "application/json", "size": 10,
        "url_private": "https://files.example/F1"}  # fmt: skip
ASKED = "Which experiment are these results of?"


@pytest.fixture
def lab(talk):
    know(talk, {"UANA": ("Ana", "UTC"), **BEN})
    for number in (36, 42):
        ticket(talk, number, "UBEN")
    return talk


def drop(talk, text="", channel="DBEN", name="results.json"):
    ts = f"{talk.now.timestamp():.0f}.700001"
    event = {"text": text, "user": "UBEN", "channel": channel, "ts": ts, "subtype": "file_share",
             "channel_type": "im" if channel[0] == "D" else "channel",
             "files": [FILE | {"name": name}]}  # fmt: skip
    return talk.event("message", event, by="UBEN", channel=channel, text=text, message_ts=ts)


def fetched(talk):
    with Session(talk.engine) as session:
        rows = session.exec(select(Outbox).where(Outbox.kind == "file")).all()
        return [(row.payload["number"], row.payload["files"][0]["id"]) for row in rows]


@pytest.mark.parametrize("channel", ["DBEN", "CTEAM"])
def test_one_is_asked_which_and_the_file_is_read_once_for_that(lab, channel):
    if channel == "CTEAM":  # its standup makes the channel the team's
        lab.say("/standup setup", by="UANA")
        lab.submit_open({"people": ["UBEN"]}, by="UANA")
    asked = drop(lab, "new numbers", channel)
    assert asked.text.endswith(ASKED)
    assert fetched(lab) == []
    assert "EXP-042" in press(lab, asked, "EXP-042").text
    assert "gone on already" in press(lab, asked, "EXP-042").text
    assert fetched(lab) == [(42, "F1")]


def test_with_an_id_it_is_read_at_once_also_in_the_dm(lab):
    assert not drop(lab, "EXP-036 new numbers").text
    assert fetched(lab) == [(36, "F1")]


def test_what_is_no_results_file_is_not_asked_about_in_a_channel(lab):
    assert drop(lab, "minutes", "CTEAM", name="minutes.docx").text == ""


def test_while_a_standup_waits_a_file_alone_is_no_answer(talk):
    open_round(talk, who=BEN)
    ticket(talk, 42, "UBEN")
    assert "EXP-042" in buttons(drop(talk))
    assert "0/1 in" in str(talk.say("/standup status").blocks)
