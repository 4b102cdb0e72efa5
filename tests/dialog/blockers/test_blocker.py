"""Blockers as items: told in a standup, acknowledged, updated, escalated, resolved."""

import pytest

from tests.standups import blocker_row, blocker_steps, led_round, next_day, said, stuck, ticket

POST = "blocker:1"


@pytest.fixture
def led(talk):
    return led_round(talk)


def test_a_blocker_stands_in_the_rounds_thread_with_its_buttons(led):
    ticket(led, 42)
    stuck(led, "GPU quota is gone")
    [post] = [row for row in led.sent(POST) if row.key == POST]
    assert (post.thread_of, post.channel) == ("round:1", "CTEAM")
    assert post.payload["text"] == "BLK-001 open: Ana is stuck on compute"
    shown = str(post.payload["blocks"])
    for word in ("GPU quota is gone", "holds EXP-042", "Acknowledge", "Update", "Resolve"):
        assert word in shown
    assert led.sent("blocker:1:U") == []


@pytest.mark.parametrize("text", ["labels are late @Ben", "<@UBEN> owes me labels"])
def test_a_mention_tags_a_helper_who_gets_it_by_direct_message(led, text):
    stuck(led, text)
    [message] = led.sent("blocker:1:UBEN")
    assert message.channel == "UBEN"
    assert "asks Ben" in str(message.payload["blocks"])


def test_a_mention_in_a_message_tags_too_and_ones_own_name_does_not(led):
    led.write("a\nb\nlabels, <@UBEN>!", by="UANA", channel="DANA")
    assert blocker_row(led).helper == "UBEN"
    stuck(led, "labels are late @Cy", by="UCY")
    assert blocker_row(led, 2).helper == ""


def test_an_untagged_blocker_closes_on_the_next_clean_answer_and_a_tagged_one_does_not(led):
    stuck(led, "labels are late @Ben; GPU quota is gone")
    next_day(led)
    stuck(led, "none", round_id="2")
    assert (blocker_row(led, 1).state, blocker_row(led, 2).state) == ("open", "resolved")
    assert said(led, "blocker:2") == "BLK-002 resolved by Ana: Ana is stuck on compute"
    assert "BLK-001" in led.say("/blocker").text + str(led.replies[-1].blocks)


def test_acknowledging_twice_says_who_was_first(led):
    stuck(led)
    assert "You are on it" in led.press("blocker_ack", "1", by="UBEN").text
    assert "by Ben already" in led.press("blocker_ack", "1", by="ULEE").text
    assert blocker_steps(led) == ["BLK-001 Ben is on it"]
    assert said(led, POST).startswith("BLK-001 acknowledged by Ben")
    assert said(led, "blocker:1:UBEN").startswith("BLK-001 acknowledged by Ben")


def test_the_owner_does_not_acknowledge_their_own(led):
    stuck(led)
    assert "your own blocker" in led.press("blocker_ack", "1", by="UANA").text


@pytest.mark.parametrize(
    "act",
    [
        lambda talk: talk.press("blocker_ack", "1", by="UZOE"),
        lambda talk: talk.press("blocker_update", "1", by="UZOE"),
        lambda talk: talk.say("/blocker resolve BLK-1 done", by="UZOE"),
        lambda talk: talk.say("/blocker escalate 1 <@ULEE>", by="UZOE"),
    ],
)
def test_who_has_nothing_to_do_with_it_is_told_whom_to_ask(led, act):
    stuck(led)
    assert act(led).text == (
        "Only its owner, its helper or a lead can change BLK-001. Ask Ana or Ben or Lee."
    )
    assert blocker_row(led).state == "open"


def test_an_update_is_kept_and_said_in_the_thread(led):
    stuck(led)
    led.press("blocker_update", "1", by="UBEN")
    assert (
        "BLK-001: noted" in led.submit_open({"text": "vendor <!here> sends Friday"}, "UBEN").text
    )
    assert blocker_steps(led) == ["BLK-001 Ben: vendor &lt;!here&gt; sends Friday"]
    led.press("blocker_update", "1", by="UBEN")
    assert "What is new?" in led.submit_open({"text": " - "}, "UBEN").errors["text"]


def test_half_typed_words_are_offered_again(led):
    stuck(led)
    led.press("blocker_resolve", "1", by="UBEN")
    led.close("blocker_resolve", {"text": "half"}, "UBEN", meta={"number": 1})
    assert "half" in str(led.press("blocker_resolve", "1", by="UBEN").modal)
    led.submit_open({}, "UBEN")
    assert blocker_row(led).resolution == "half"
    assert led.sent(":step:")[-1].thread_of == "round:1"


def test_resolving_by_command_once_says_how_and_takes_the_buttons_away(led):
    stuck(led)
    assert "resolved" in led.say("/blocker resolve blk1 vendor delivered", by="UBEN").text
    assert blocker_steps(led) == ["BLK-001 resolved by Ben: vendor delivered"]
    for key in ("edit:blocker:1", "edit:blocker:1:UBEN"):
        [row] = [row for row in led.sent(key) if row.key == key]
        assert "Resolve" not in str(row.payload["blocks"])
    again = led.say("/blocker resolve BLK-001 again", by="UANA").text
    assert again == ("BLK-001 was resolved by Ben on 2026-11-23. `/blocker BLK-001` shows how.")
    assert "vendor delivered" in str(led.say("/blocker BLK-001").blocks)


def test_without_words_the_form_asks_how(led):
    stuck(led)
    assert led.say("/blocker resolve BLK-001", by="UBEN").modal["callback_id"] == (
        "blocker_resolve"
    )
    assert "How was BLK-001" in led.submit_open({"text": "none"}, "UBEN").errors["text"]


def test_escalating_brings_it_before_a_person_once(led):
    stuck(led)
    assert "is with Lee now" in led.say("/blocker escalate BLK-001 <@ULEE>", by="UANA").text
    assert "already" in led.say("/blocker escalate BLK-001 <@ULEE|lee>", by="UANA").text
    assert [row.channel for row in led.sent("blocker:1:ULEE") if row.kind == "post"] == ["ULEE"]
    assert blocker_steps(led) == ["BLK-001 Ana asks Lee"]
    assert "whose blocker" in led.say("/blocker escalate 1 <@UANA>", by="UANA").text
    assert "Whom" in led.say("/blocker escalate BLK-001 lee", by="UANA").text


@pytest.mark.parametrize(
    ("line", "heard"),
    [
        ("/blocker", "Nobody is stuck"),
        ("/blocker list mine", "You have no open blocker"),
        ("/blocker list all", "There has been no blocker"),
        ("/blocker list resolved", "No blocker was resolved"),
        ("/blocker list nine", "I have no list “nine”"),
        ("/blocker BLK-009", "There is no BLK-009"),
        ("/blocker resolve", "Which blocker?"),
        ("/blocker resolve x y", "is no blocker's id"),
        ("/blocker escalate", "Which blocker?"),
        ("/blocker resolv 3", "Did you mean `/blocker resolve`?"),
        ("/blocker help", "/blocker: what you can type"),
    ],
)
def test_what_is_not_there_is_said_in_a_sentence(talk, line, heard):
    assert heard in talk.say(line).text
