"""Which dropped files are taken for an experiment's results; the wire is in tests/flows."""

import pytest

from services.say import Voice
from tests.conversation import TEAM
from tests.tickets import experiment, stored

FILE = {"id": "F1", "name": "a.csv", "url_private": "https://files.slack.com/a", "size": 9,
        "mimetype": "text/csv"}  # fmt: skip


def _drop(talk, text: str, ts: str = "1.000001", **more):
    event = {"type": "message", "subtype": "file_share", "files": [FILE], "ts": ts} | more
    return talk.event("message", event, channel="CTEAM", text=text, message_ts=ts,
                      thread_ts=more.get("thread_ts", ""))  # fmt: skip


def test_a_file_is_fetched_once_whatever_slack_sends_twice(talk):
    stored(talk.engine, experiment())
    _drop(talk, "EXP-042")
    _drop(talk, "EXP-042")
    (row,) = talk.sent("file:")
    assert (row.kind, row.payload["number"], row.payload["role"]) == ("file", 42, "")
    assert row.payload["place"] == "heard:CTEAM:1.000001"


def test_a_thread_of_ours_names_the_experiment_and_the_text_wins(talk):
    stored(talk.engine, experiment())
    with talk.lab.begin() as session:
        voice = Voice(session, "T0LAB", talk.now, TEAM)
        voice.post("decision:EXP-042:1", "CTEAM", ("It moved.", []))
    talk.deliver()
    (post,) = talk.sent("decision:EXP-042:")
    assert _drop(talk, "results", thread_ts=post.slack_ts).text == ""
    _drop(talk, "for exp-7, baseline", "2.000001", thread_ts=post.slack_ts)
    one, other = talk.sent("file:")
    assert (one.payload["number"], one.payload["place"]) == (42, post.key)
    assert (other.payload["number"], other.payload["role"]) == (7, "baseline")


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("no name", {}),
        ("EXP-042", {"files": []}),
        ("EXP-042", {"subtype": "message_changed"}),
        ("EXP-042", {"files": [FILE | {"mimetype": "image/png"}]}),
        ("mine", {"thread_ts": "9.9"}),
    ],
)
def test_other_files_pass_by(talk, text, more):
    assert _drop(talk, text, **more).text == ""
    assert talk.sent("file:") == []


def test_two_names_are_refused_in_a_sentence(talk):
    assert "names several experiments" in _drop(talk, "EXP-042 and EXP-043").text
