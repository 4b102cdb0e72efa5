"""Report as result, Report as blocker: what somebody wrote is reported in their words, once."""

import json

import pytest

from tests.conversation import BOT
from tests.standups import know, ticket
from tests.two_teams import set_team, vision

LINK = "https://lab.slack.com/archives/CTEAM/p5000100"
PEOPLE = {"UANA": ("Ana", "UTC"), "UBEN": ("Ben", "UTC"), "UCY": ("Cy", "UTC")}
SAID = "EXP-042 accuracy is 0.83 after the new tokenizer"


def use(talk, shortcut, text=SAID, by="UBEN", author="UANA", ts="5.000100", **more):
    """Ben uses a shortcut on what Ana wrote."""
    channel, thread = more.pop("channel", "CTEAM"), more.pop("thread_ts", "")
    message = {"user": author, "text": text} | more
    return talk._ask(
        "shortcut", f"{shortcut}_from_message", by, text=text, message_ts=ts, event=message,
        channel=channel, thread_ts=thread, bot=BOT, link=LINK,
    )  # fmt: skip


def filled(reply):
    """What stands in the open form, by block id, and its meta."""
    found = {}
    for block in reply.modal["blocks"]:
        element = block.get("element") or {}
        picked = element.get("initial_option") or {}
        found[block.get("block_id", "")] = element.get("initial_value") or picked.get("value")
    return found, json.loads(reply.modal["private_metadata"])


def notes(reply):
    return str([b for b in reply.modal["blocks"] if b["type"] == "context"])


@pytest.fixture
def lab(talk):
    know(talk, PEOPLE)
    ticket(talk, 42, metric="accuracy")
    return talk


def test_a_message_becomes_a_result_in_its_authors_words(lab):
    reply = use(lab, "result")
    values, meta = filled(reply)
    assert (values["result"], values["note"], meta["number"]) == ("0.83", SAID, 42)
    assert f"In Ana's words, from their <{LINK}|message>" in notes(reply)
    told = lab.submit_open({})
    assert told.text.startswith("EXP-042 updated: accuracy 0.83")
    history = lab.say("/exp history EXP-042")
    assert f"in Ana's words: {LINK}" in str(history.blocks)


def test_it_is_reported_once_and_who_comes_second_is_shown_what_came_of_it(lab):
    use(lab, "result")
    first = lab.replies[-1]
    use(lab, "result", by="UCY")  # opened before anybody sent it
    assert lab.submit_open({}, by="UCY").text.startswith("EXP-042 updated")
    values, meta = filled(first)
    late = lab.send("result_quoted", values, "UBEN", meta=meta)
    assert late.text == "Cy reported that message already: it is a result of EXP-042."
    again = use(lab, "result", by="UANA")
    assert again.modal is None
    assert again.text == late.text
    assert "Show EXP-042" in str(again.blocks)
    assert len(lab.say("/exp history EXP-042").blocks)
    assert "0.83" in str(lab.replies[-1].blocks)
    # As a blocker it was not reported.
    assert use(lab, "blocker", by="UANA").modal is not None


def test_a_result_that_was_undone_can_be_reported_again(lab):
    use(lab, "result")
    told = lab.submit_open({}, by="UBEN")
    undo = next(
        e for b in told.blocks for e in b.get("elements", []) if e.get("action_id") == "undo"
    )
    assert "undone" in lab.press("undo", undo["value"], by="UBEN").text.lower()
    assert use(lab, "result").modal is not None
    assert lab.submit_open({}, by="UBEN").text.startswith("EXP-042 updated")


@pytest.mark.parametrize("shortcut", ["result", "blocker"])
def test_what_has_no_words_or_is_our_own_is_not_reported(lab, shortcut):
    silent = use(lab, shortcut, text="", files=[{"id": "F1"}])
    assert silent.modal is None
    assert "no words I could report" in silent.text
    ours = use(lab, shortcut, author=BOT, bot_id="B1")
    assert ours.modal is None
    assert "I wrote that message myself" in ours.text


def test_the_thread_names_the_ticket_where_the_message_does_not(lab):
    ticket(lab, 7)
    lab.say("/kill EXP-007 the labels were too noisy to tell anything", by="UANA")
    lab.deliver()
    post = next(row for row in lab.sent() if "EXP-007" in row.payload.get("text", ""))
    assert post.slack_ts
    place = {"channel": post.slack_channel, "thread_ts": post.slack_ts}
    closed = use(lab, "result", "accuracy was 0.8", **place)
    assert "EXP-007" in closed.text  # a killed one takes no result, and it says which
    stuck = use(lab, "blocker", "waiting for labels", **place)
    assert filled(stuck)[0]["experiment"] == "7"


@pytest.mark.parametrize("said", ["it is 0.83 now", "EXP-042 and EXP-007 both reach 0.83"])
def test_without_one_ticket_it_asks_which(lab, said):
    ticket(lab, 7, owner="UBEN")
    use(lab, "result", said)
    values, meta = filled(lab.replies[-1])
    assert values["experiment"] is None
    assert meta["number"] == 0
    assert values["note"] == said
    told = lab.submit_open({"experiment": "42", "result": "0.83"}, by="UBEN")
    assert told.text.startswith("EXP-042 updated: accuracy 0.83")


def test_a_figure_the_ticket_does_not_measure_stays_in_the_words(lab):
    use(lab, "result", "EXP-042 latency is 420 ms")
    values, _ = filled(lab.replies[-1])
    assert not values["result"]
    assert values["note"] == "EXP-042 latency is 420 ms"


def test_a_message_becomes_a_blocker_of_whoever_wrote_it(lab):
    lab.say("/exp setup")
    reply = use(lab, "blocker", "EXP-042 waits for labels from the vendor")
    values, _ = filled(reply)
    assert (values["kind"], values["experiment"]) == ("data", "42")
    told = lab.submit_open({}, by="UBEN")
    assert told.text.startswith("BLK-001 is reported.")
    shown = str(lab.say("/blocker BLK-001").blocks)
    assert "Ana is stuck on data" in shown
    assert "holds EXP-042" in shown
    assert f"in Ana's words: {LINK}" in shown
    assert "reported Ben" in shown
    again = use(lab, "blocker", "EXP-042 waits for labels from the vendor", by="UCY")
    assert again.text == "Ben reported that message already: it is BLK-001."


def test_who_is_in_no_team_wrote_it_and_the_reporter_is_stuck(lab):
    use(lab, "blocker", "the vendor is late", author="USTRANGER")
    assert lab.submit_open({}, by="UBEN").text.startswith("BLK-001 is reported.")
    assert "Ben is stuck on" in str(lab.say("/blocker BLK-001").blocks)
    assert "USTRANGER" not in str(lab.say("/exp roles").blocks)


def test_another_programs_message_is_told_in_its_name(lab):
    use(lab, "result", author="UCI", bot_id="B7", bot_profile={"name": "CI"})
    assert "In CI's words" in notes(lab.replies[-1])


def test_a_form_that_was_closed_is_offered_again(lab):
    use(lab, "result")
    values, meta = filled(lab.replies[-1])
    lab.close("result_quoted", values | {"note": "better words"}, "UBEN", meta)
    assert filled(use(lab, "result"))[0]["note"] == "better words"
    assert filled(use(lab, "result", by="UCY"))[0]["note"] == SAID  # his own


def test_an_observer_may_not_report_what_others_wrote(lab):
    lab.say("/exp role <@UCY> observer")
    for shortcut in ("result", "blocker"):
        refused = use(lab, shortcut, by="UCY")
        assert refused.modal is None
        assert "You are an observer here" in refused.text


def test_in_another_teams_channel_only_its_members_report(lab):
    vision(lab, "UBEN")
    refused = use(lab, "blocker", "we wait for labels", by="UCY", channel="CVIS")
    assert refused.modal is None
    assert "You are not in Vision" in refused.text
    use(lab, "blocker", "we wait for labels", author="UDORA", channel="CVIS")
    assert "The team reads it in <#CVIS>" in notes(lab.replies[-1])
    assert lab.submit_open({}, by="UBEN").text.startswith("BLK-001 is reported. It is in <#CVIS>")


def test_a_ticket_of_ones_own_team_is_found_from_another_teams_channel(lab):
    vision(lab, "UBEN")
    use(lab, "result", channel="CVIS")  # Ben is in both, and EXP-042 is the other one's
    assert filled(lab.replies[-1])[1]["number"] == 42
    assert lab.submit_open({}, by="UBEN").text.startswith("EXP-042 updated")


def test_a_private_teams_channel_tells_nothing_to_others(lab):
    team_id = vision(lab)
    set_team(lab, team_id, visibility="private")
    told = use(lab, "blocker", "we wait for labels", by="UCY", channel="CVIS")
    assert "Vision" not in f"{told.text}{told.blocks}{told.modal}"
