"""Slack's payloads become Asks; the samples are listed in tests/data/SOURCES.md."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from handlers import envelope

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SAMPLES = Path(__file__).parent.parent / "data" / "slack_payloads"


def _read(name: str):
    return envelope.read(json.loads((SAMPLES / f"{name}.json").read_text()), now=NOW)


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.json")), ids=lambda p: p.stem)
def test_every_sample_is_read_or_left_alone_without_an_error(path):
    ask = envelope.read(json.loads(path.read_text()), now=NOW)
    if path.stem in {"app_rate_limited", "url_verification"}:
        assert ask is None
    else:
        assert ask is not None
        assert ask.workspace == "T0LAB0001"
        assert len(ask.key) > 6


def test_a_command_is_keyed_by_its_trigger():
    ask = _read("slash_command")
    assert (ask.kind, ask.name, ask.user) == ("command", "/kill", "U0ALICE01")
    assert ask.text == "EXP-042 no lift after 3 seeds"
    assert ask.key == "trig:111.222.c0ffee01"


def test_a_submitted_form_has_plain_values_and_may_take_effect_once():
    ask = _read("view_submission")
    assert ask.values["learned"] == "Recall rose 2 pts only on long docs"
    assert (ask.values["status"], ask.values["owner"]) == ("on_track", "U0ALICE01")
    assert (ask.values["until"], ask.values["flags"]) == ("2026-09-14", [])
    assert ask.meta == {"prompt": 17}
    assert ask.once == "view:V0VIEW001:1787000000.Yc3kq1aB"


def test_a_button_carries_its_value_and_where_it_stands():
    ask = _read("block_actions_message")
    assert (ask.name, ask.value, ask.channel) == ("standup_open", "17", "D0ALICE01")
    assert ask.message_ts == "1787000000.000100"


def test_an_edited_message_is_by_its_author_with_the_new_text():
    ask = _read("event_message_changed")
    assert (ask.user, ask.text, ask.message_ts) == ("U0ALICE01", "edited", "1787000010.000300")


def test_a_thread_reply_knows_its_thread():
    ask = _read("event_message_im")
    assert (ask.thread_ts, ask.channel) == ("1787000000.000100", "D0ALICE01")


def test_messages_of_bots_are_left_alone():
    body = {"type": "event_callback", "team_id": "T1", "event_id": "E1"}
    event = {"type": "message", "bot_id": "B1", "text": "hi", "channel": "C1", "ts": "1.1"}
    assert envelope.read(body | {"event": event}, now=NOW) is None


def test_a_person_of_another_workspace_is_foreign():
    body = json.loads((SAMPLES / "block_actions_message.json").read_text())
    body["user"]["team_id"] = "T9OTHER"
    assert envelope.read(body, now=NOW).foreign


@pytest.mark.parametrize(
    ("state", "value"),
    [
        ({"type": "plain_text_input", "value": None}, None),
        ({"type": "users_select", "selected_user": "U1"}, "U1"),
        ({"type": "multi_users_select", "selected_users": ["U1", "U2"]}, ["U1", "U2"]),
        ({"type": "timepicker", "selected_time": "09:30", "timezone": "UTC"}, "09:30"),
        ({"type": "static_select", "selected_option": None}, None),
        ({"type": "checkboxes", "selected_options": [{"value": "a"}]}, ["a"]),
        (
            {
                "type": "rich_text_input",
                "rich_text_value": {
                    "elements": [{"elements": [{"type": "text", "text": "two"}]}, {"elements": []}]
                },
            },
            "two\n",
        ),
    ],
)
def test_every_input_type_has_a_plain_value(state, value):
    assert envelope.state_value(state) == value


@pytest.mark.parametrize("odd", ["\ud800", "\x00", "\udfff\x00"])
def test_nothing_comes_in_that_no_database_can_hold(odd):
    for path in sorted(SAMPLES.glob("*.json")):
        ask = envelope.read(_spoilt(json.loads(path.read_text()), odd), now=NOW)
        if ask is not None:
            kept = json.dumps(vars(ask), default=str, ensure_ascii=False)
            assert not set(odd) & set(kept.replace("\\u0000", "\x00"))
    hidden = json.dumps({"said": f"be{odd}fore"})
    body = {"type": "view_submission", "user": {"id": "U1", "team_id": "T1"}}
    ask = envelope.read(body | {"view": {"id": "V1", "private_metadata": hidden}}, now=NOW)
    assert ask.meta == {"said": "before"}


def _spoilt(value, odd):
    """The payload with that in every text that a person could have typed."""
    if isinstance(value, dict):
        kept = {"type", "subtype", "action_id", "callback_id"}
        return {k: one if k in kept else _spoilt(one, odd) for k, one in value.items()}
    if isinstance(value, list):
        return [_spoilt(one, odd) for one in value]
    return f"{value}{odd}" if isinstance(value, str) else value
