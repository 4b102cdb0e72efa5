"""An ask beside the digest: decided in public, once, by its owner or a lead."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from handlers.routes import table
from tests import seeded
from tests.conversation import Conversation
from tests.needs import FRIDAY_FOUR, asking, decide, tick


@pytest.fixture
def team(talk_on_both):
    """Ana leads and asked, Dana owns need 1, and there is a digest channel."""
    return asking(talk_on_both)


def _shown(talk, number=1) -> str:
    edits = talk.sent(f"edit:need:{number}")
    (posted,) = [r for r in talk.sent(f"need:{number}") if r.key == f"need:{number}"]
    return str((edits[-1] if edits else posted).payload)


def test_it_is_shown_once_beside_the_first_digest_that_carries_it(team):
    tick(team)
    assert team.sent("need:1") == []
    for _ in range(2):
        tick(team, FRIDAY_FOUR)
    (row,) = team.sent("need:1")
    assert row.channel == "CEXEC"
    assert row.payload["text"] == "Need 1, due Fri 4 Dec: “Approve 4 more A100s” — <@UANA>"
    assert [b["text"]["text"] for b in row.payload["blocks"][2]["elements"]] == [
        "Approve", "Decline", "Discuss",
    ]  # fmt: skip


def test_what_still_waits_is_named_in_the_next_digests_thread(team):
    tick(team, FRIDAY_FOUR)
    tick(team, FRIDAY_FOUR + timedelta(days=3))
    assert team.sent("need-again") == []
    tick(team, FRIDAY_FOUR + timedelta(days=7))
    (row,) = team.sent("need-again")
    assert row.thread_of == "digest:1:2026-W49"
    assert "Still waiting for a decision since an earlier digest: 1 need" in row.payload["text"]
    assert "`/need show 1`" in str(row.payload["blocks"])
    assert len(team.sent("need:1")) - len(team.sent("need:1:")) == 1


def test_without_a_channel_nothing_is_posted_and_it_can_be_decided_all_the_same(team):
    seeded.team(team.engine, digest_channel="")
    tick(team, FRIDAY_FOUR)
    assert team.sent("need:1") == []
    assert "need_decide_0" in str(team.say("/need show 1", by="UDANA").blocks)
    assert "Approved by <@UDANA>" in decide(team).text


def test_its_owner_approves_it_in_public_and_the_asker_is_told(team):
    tick(team, FRIDAY_FOUR)
    heard = decide(team, why="We can afford it <!here>")
    assert heard.text.startswith(
        "Need 1: Approved by <@UDANA> on Fri 27 Nov: “Approve 4 more A100s” — <@UANA>"
    )
    assert "Need 1: Approved by <@UDANA> on Fri 27 Nov" in _shown(team)
    assert "We can afford it <!here>" in _shown(team)
    assert "need_decide" not in _shown(team)
    (told,) = team.sent("need:1:decided")
    assert told.channel == "UANA"
    history = str(team.say("/need show 1").blocks)
    assert "decided by <@UDANA>: Approved: We can afford it &lt;!here&gt;" in history


@pytest.mark.parametrize("by", ["UBEN", "UEVE"])
def test_who_is_neither_owner_nor_lead_is_refused(team, by):
    heard = team.press("need_decide_1", "1|Decline", by=by)
    assert heard.text == "Only its owner or a lead can decide need 1. Ask dana or UANA."
    forged = {"number": 1, "label": "Approve", "seen": "x"}
    assert "Only its owner" in str(team.send("need_decide", {"why": ""}, by, meta=forged).errors)


def test_two_at_once_the_second_hears_who_was_first(team):
    team.press("need_decide_0", "1|Approve", by="UDANA")
    first = team.replies[-1]
    team.press("need_decide_1", "1|Decline", by="UANA")
    team.submit_open({}, by="UANA")
    team.replies.append(first)
    late = team.submit_open({"why": "yes"}, by="UDANA")
    assert "UANA decided it already: Declined." in str(late.errors)
    again = team.press("need_decide_0", "1|Approve", by="UDANA")
    assert "UANA decided it already: Declined." in again.text


def test_what_was_changed_while_somebody_decides_is_not_decided(team):
    team.press("need_decide_0", "1|Approve", by="UDANA")
    form = team.replies[-1]
    team.say("/need change 1 amount=$90k", by="UANA")
    team.replies.append(form)
    assert "changed while you decided" in team.submit_open({"why": "ok"}, by="UDANA").errors["why"]


def test_its_own_options_are_buttons_and_one_of_them_is_the_decision(team):
    team.say("/need add Decide on the launch choice=ship at 90% | wait for 92% owner=<@UDANA>")
    tick(team, FRIDAY_FOUR)
    assert "ship at 90%" in _shown(team, 2)
    team.press("need_decide_1", "2|wait for 92%", by="UDANA")
    heard = team.submit_open({}, by="UDANA").text
    assert "Need 2: decided “wait for 92%” by <@UDANA>" in heard
    gone = team.press("need_decide_0", "1|ship at 90%", by="UDANA").text
    assert "that is no option any more" in gone


def test_the_next_digest_says_the_decision_once_and_drops_it(team):
    tick(team, FRIDAY_FOUR)
    decide(team, "Decline", why="not this year")
    tick(team, FRIDAY_FOUR + timedelta(days=7))
    tick(team, FRIDAY_FOUR + timedelta(days=14))
    texts = [row.payload["text"] for row in team.sent("digest:1")]
    assert [": Declined" in text for text in texts] == [False, True, False]
    assert team.say("/need").text == "Nothing is asked of leadership now."


def test_a_decided_need_is_not_withdrawn_but_can_be_left_out_of_the_digest(team):
    decide(team)
    assert "dana decided it already: Approved." in team.say("/need withdraw 1").text
    team.say("/need done 1")
    assert team.say("/need").text == "Nothing is asked of leadership now."


def test_asking_back_goes_to_its_thread_and_to_who_asks(team):
    tick(team, FRIDAY_FOUR)
    team.press("need_discuss", "1", by="UBEN", channel="CEXEC")
    heard = team.submit_open({"text": "Why 4 and not 2?"}, by="UBEN")
    assert heard.text == "Passed on to <@UANA>. Need 1 stays open."
    thread, direct = team.sent("need:1:talk")
    assert (thread.thread_of, direct.channel) == ("need:1", "UANA")
    assert "need_decide_0" in _shown(team)


def test_what_was_half_typed_is_offered_again(team):
    team.press("need_decide_0", "1|Approve", by="UDANA")
    team.close("need_decide", {"why": "because of"}, "UDANA", {"number": 1})
    assert "because of" in str(team.press("need_decide_0", "1|Approve", by="UDANA").modal)
    team.close("need_discuss", {"text": "why 4"}, "UBEN", {"number": 1})
    assert "why 4" in str(team.press("need_discuss", "1", by="UBEN").modal)


def test_a_withdrawn_need_says_so_in_its_message(team):
    tick(team, FRIDAY_FOUR)
    team.say("/need withdraw 1")
    assert "Need 1: withdrawn, says <@UANA>" in _shown(team)
    assert "no longer asked (withdrawn)" in team.press("need_discuss", "1", by="UDANA").text


def test_the_digests_own_door_closes_its_message_too(team):
    tick(team, FRIDAY_FOUR)
    team.say("/digest done 1")
    assert "Need 1: no longer needed, says <@UANA>" in _shown(team)


@pytest.mark.parametrize("pressed", [("need_decide_0", "x"), ("need_discuss", "x")])
def test_an_old_button_is_refused(team, pressed):
    assert team.press(*pressed).text.startswith(("This button is too old", "I need the number"))


@pytest.mark.postgres
def test_of_two_who_press_at_the_same_moment_one_decides(postgres_engine):
    talk = Conversation(engine=postgres_engine, table=table())
    talk.say("/exp leads add <@UANA>", by="UANA")
    talk.say("/need add Approve it", by="UANA")
    meta = {"number": 1, "seen": talk.press("need_decide_0", "1|Approve").modal}
    meta["seen"] = json.loads(meta["seen"]["private_metadata"])["seen"]

    def press(label: str):
        return talk.send("need_decide", {"why": label}, "UANA", meta=meta | {"label": label})

    with ThreadPoolExecutor(2) as pool:
        heard = list(pool.map(press, ["Approve", "Decline"]))
    assert sorted(bool(reply.errors) for reply in heard) == [False, True]
    (late,) = [reply for reply in heard if reply.errors]
    assert "decided it already" in str(late.errors)
