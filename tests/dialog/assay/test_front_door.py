"""Writing to Assay: offers, what is told in words, rights, teams, mentions and other bots."""

import pytest

from handlers import envelope
from tests.conversation import BOT, TEAM, WORKSPACE
from tests.standups import know, led_round, open_round, place, ticket

BEN = {"UBEN": ("Ben", "UTC")}


def _buttons(reply):
    rows = [block["elements"] for block in reply.blocks if block["type"] == "actions"]
    return {one["action_id"]: one.get("value", "") for row in rows for one in row}


@pytest.fixture
def lab(talk):
    """Ana and Ben, and experiments of Ben's."""
    know(talk, {"UANA": ("Ana", "UTC"), **BEN})
    for number in (36, 42):
        ticket(talk, number, "UBEN")
    return talk


def _dm(lab, text, by="UBEN", **more):
    return lab.write(text, by=by, channel=f"D{by[1:]}", **more)


def test_a_kill_is_a_form_behind_a_button_and_nothing_happens_before(lab):
    reply = _dm(lab, "kill EXP-042, it goes nowhere")
    assert _buttons(reply) == {"kill_open": "42"}
    assert lab.press("kill_open", "42", by="UBEN").modal
    assert "EXP-042" in lab.say("/assay kill 42", by="UBEN").modal["title"]["text"]
    assert "killed" not in lab.say("/exp EXP-042").text


@pytest.mark.parametrize(
    "said",
    ["don't kill EXP-042", "never stop EXP-042 please", "EXP-042 bitte nicht abbrechen",
     "please do not promote EXP-042", "nobody kill exp 42", "we should not kill EXP-042"],
)  # fmt: skip
def test_what_is_denied_is_not_offered(lab, said):
    for reply in (_dm(lab, said), lab.mention(said, by="UBEN"), lab.say(f"/assay {said}")):
        assert not reply.modal
        assert not {"promote_open", "assay_record"} & set(_buttons(reply))
        assert not reply.text.startswith(("Kill", "Promote"))


def test_a_result_told_in_words_is_read_back_and_recorded_once(lab):
    reply = _dm(lab, "EXP-036 accuracy is now 0.85")
    assert reply.text == "Record accuracy 0.85 on EXP-036?"
    waiting = _buttons(reply)["assay_record"]
    assert "settled already" in lab.press("assay_record", waiting, by="UANA").text
    assert "0.85" in lab.press("assay_record", waiting, by="UBEN").text
    assert "settled already" in lab.press("assay_record", waiting, by="UBEN").text
    waiting = _buttons(_dm(lab, "EXP-036 accuracy is 0.1"))["assay_drop"]
    assert lab.press("assay_drop", waiting, by="UBEN").text == "Not recorded."
    assert "0.1" not in str(lab.say("/exp EXP-036").blocks)


def test_a_result_for_another_metric_is_refused_in_a_sentence(lab):
    assert "EXP-036 measures accuracy, not recall" in _dm(lab, "EXP-036 recall is 0.9").text


def test_without_an_id_one_is_asked_which_and_what_was_typed_goes_on(lab):
    reply = _dm(lab, "give it 5 more days, extend please")
    assert "Which experiment" in reply.text
    went = next(v for v in _buttons(reply).values() if v.endswith("EXP-042"))
    opened = lab.press("assay_go_1", went, by="UBEN", channel="DBEN")
    assert "Extend EXP-042" in opened.modal["title"]["text"]
    assert "'initial_value': '5'" in str(opened.modal)
    assert "gone on already" in lab.press("assay_go_1", went, by="UBEN", channel="DBEN").text


def test_what_is_not_understood_gets_buttons_and_goes_on(lab):
    reply = _dm(lab, "pizza or sushi?")
    assert reply.text.startswith("I am not sure what you mean")
    board = next(v for v in _buttons(reply).values() if v.endswith(":~board"))
    assert "gone on already" in lab.press("assay_go_0", board, by="UANA").text
    shown = lab.press("assay_go_0", board, by="UBEN", channel="DBEN")
    assert "Board" in shown.text
    assert shown.replace


def test_below_a_message_that_names_an_experiment_it_is_meant(lab):
    open_round(lab)
    lab.say("/kill EXP-036 it overfits on everything we have", by="UBEN")
    lab.deliver()
    post = next(row for row in lab.sent() if "EXP-036" in str(row.payload.get("text")))
    reply = lab.mention("status?", by="UANA", thread_ts=post.slack_ts)
    assert "EXP-036" in reply.text


def test_an_observer_is_answered_and_offered_nothing(talk):
    led_round(talk)
    ticket(talk, 42, "UBEN")
    talk.say("/exp role <@UZOE> observer", by="ULEE")
    assert "EXP-042" in _dm(talk, "how is EXP-042", by="UZOE").text
    assert "observer here" in _dm(talk, "kill EXP-042", by="UZOE").text
    assert _dm(talk, "pizza or sushi?", by="UZOE").text.startswith("I am not sure")


def test_one_is_welcomed_once(lab):
    assert "Nice to meet you" in str(_dm(lab, "EXP-042").blocks)
    assert "Nice to meet you" not in str(_dm(lab, "EXP-042").blocks)
    assert "write to me as you would" not in _dm(lab, "hello").text
    assert "write to me as you would" in _dm(lab, "hello", by="UNEW").text


def test_thanks_get_a_reaction_and_away_is_noted_and_undone(lab):
    assert _dm(lab, "thanks!").text == ""
    assert [row.payload["name"] for row in lab.sent("react:DBEN")] == ["heart"]
    open_round(lab)
    reply = _dm(lab, "I'm sick today")
    assert "You are away" in reply.text
    assert "absence_back" in _buttons(reply)
    assert "away" not in lab.press("absence_back", by="UBEN").text.split(".")[0]


def test_commands_with_a_verb_of_another_one_are_understood(lab):
    assert "EXP-042" in lab.say("/exp kill EXP-042", by="UBEN").modal["title"]["text"]
    assert "EXP-036" in lab.say("/exp status EXP-036").text
    assert "Did you mean `/exp list`" in lab.say("/exp lst").text
    assert lab.say("/assay board metrics").text == lab.say("/board metrics").text


def _event(**event):
    body = {"type": "event_callback", "team_id": WORKSPACE, "event_id": "E1"}
    body |= {"authorizations": [{"user_id": BOT, "is_bot": True}], "event": event}
    return body


def test_another_apps_bot_that_mentions_us_is_not_answered(lab):
    said = {"type": "app_mention", "text": f"<@{BOT}> hello", "channel": "CTEAM", "ts": "1.1"}
    assert envelope.read(_event(**said, user="UAPP", bot_id="B9"), now=lab.now) is None
    assert envelope.read(_event(**said, user="UBEN"), now=lab.now).bot == BOT


def test_a_mention_is_answered_once_though_it_is_also_a_message(lab):
    text = f"<@{BOT}> EXP-042"
    event = {"type": "message", "text": text, "channel": "CTEAM", "channel_type": "channel"}
    heard = lab.event("message", event | {"ts": "9.1", "user": "UBEN"}, "UBEN", channel="CTEAM",
                      text=text, message_ts="9.1", bot=BOT)  # fmt: skip
    assert heard.text == ""
    assert "EXP-042" in lab.mention("EXP-042", by="UBEN").text


def test_somebody_of_another_workspace_is_told_so(lab):
    assert "Only people of this workspace" in lab.mention("EXP-042", by="UFAR", foreign=True).text


def test_a_reply_below_the_prompt_is_an_answer_whatever_it_says(talk):
    open_round(talk)
    channel, ts = place(talk, "prompt:1:UBEN")
    talk.write("who is blocked?", by="UBEN", channel=channel, thread_ts=ts)
    assert talk.sent("answer:1:UBEN")
    assert TEAM == 1
