"""/need: asking leadership, changing it, taking it back."""

import pytest

from tests.needs import TYPED, left
from tests.tickets import person


@pytest.fixture
def led(talk):
    """A team whose lead is Ana; Dana is in the workspace."""
    talk.say("/exp leads add <@UANA>", by="UANA")
    person(talk.engine, "UDANA")
    return talk


def test_a_need_is_asked_in_one_line_and_listed(led):
    heard = led.say(f"/need add {TYPED}").text
    assert heard.startswith("Need 1, due Fri 4 Dec: “Approve 4 more A100s” — <@UANA>.")
    listed = led.say("/need", by="UBEN").text
    assert listed.startswith("1 need waits for a decision:")
    assert "Amount: “$12k”" in listed
    assert "Otherwise: “launch slips to January”" in listed


def test_who_is_to_decide_has_the_buttons_in_the_list_and_others_do_not(led):
    led.say(f"/need add {TYPED}")
    [pressed] = [
        one["action_id"]
        for block in led.say("/need", by="UDANA").blocks if block["type"] == "actions"
        for one in block["elements"][:1]
    ]  # fmt: skip
    assert pressed == "need_decide_0"
    assert "need_decide" not in str(led.say("/need", by="UBEN").blocks)
    told = led.say("/assay decisions", by="UDANA")
    assert "need_decide_0" in str(told.blocks)


def test_without_a_digest_channel_the_lead_hears_it(led):
    assert "no digest channel is set: `/exp setup` sets one" in led.say(f"/need add {TYPED}").text


def test_what_is_missing_in_an_ask_is_named(led):
    heard = led.say("/need add Approve more GPUs")
    assert "A good ask also says `by=`, `owner=@name`, `otherwise=`" in str(heard.blocks)


def test_both_doors_lead_to_the_same_needs(led):
    led.say(f"/digest add need {TYPED}")
    led.say("/need add Decide on the launch")
    assert led.say("/need").text.startswith("2 needs wait for a decision:")
    assert "*2* need: Decide on the launch" in led.say("/digest notes").text
    assert led.say("/digest done 2").text.startswith("Note 2 is out of the digest")
    assert led.say("/need done 2").text.startswith(
        "It was closed before. Need 2: no longer needed"
    )


def test_the_bare_word_opens_the_form_and_what_was_typed_comes_back(led):
    opened = led.say("/need add").modal
    assert opened["callback_id"] == "need"
    led.close("need", {"text": "Approve half of it", "otherwise": "we wait"})
    led.say("/need add")
    heard = led.submit_open({"owner": "UDANA", "by": "2026-12-04", "choice": "now\nlater"})
    assert heard.text.startswith("Need 1, due Fri 4 Dec: “Approve half of it” — <@UANA>.")
    assert "Choice: “now” or “later”" in str(heard.blocks)
    assert "Approve half" not in str(led.say("/need add").modal)


@pytest.mark.parametrize(
    ("values", "field", "why"),
    [
        ({"text": ""}, "text", "There is no need in it"),
        ({"text": "Approve", "by": "2026-11-01"}, "by", "is in the past"),
        ({"text": "Approve", "choice": "one"}, "choice", "2 to 4 options, not 1"),
        ({"text": "Approve", "choice": "a\nb\nc\nd\ne"}, "choice", "not 5"),
        ({"text": "Approve", "choice": "yes\nYES"}, "choice", "are the same"),
        ({"text": "Approve", "choice": "x" * 41 + "\nno"}, "choice", "too long for a button"),
        ({"text": "Approve", "otherwise": "x" * 101}, "otherwise", "too long"),
    ],
)
def test_what_is_wrong_stands_under_its_field(led, values, field, why):
    heard = led.send("need", values)
    assert list(heard.errors) == [field]
    assert why in heard.errors[field]


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("/need add Approve it by=friday", "is no day"),
        ("/need add Approve it impact=high", "A need has no `impact=`"),
        ("/need show", "I need the number of one need"),
        ("/need done x", "I need the number of one need"),
        ("/need change 9", "There is no need 9"),
        ("/need withdraw 9", "There is no need 9"),
        ("/need chnage 9", "Did you mean `/need change`?"),
    ],
)
def test_what_is_wrong_is_refused_with_what_to_type(led, said, heard):
    assert heard in led.say(said).text


@pytest.mark.parametrize(
    "said",
    [f"/need add {TYPED}", "/need change 1 by=2026-12-05", "/need done 1", "/need withdraw 1"],
)
def test_only_leads_ask_and_take_back(led, said):
    led.say("/need add Approve it")
    heard = led.say(said, by="UBEN").text
    assert heard.startswith("Only a lead can")
    assert "Ask UANA." in heard


def test_a_risk_is_no_need(led):
    led.say("/digest add risk Vendor is late")
    assert led.say("/need show 1").text.startswith("There is no need 1.")
    assert led.say("/need").text == "Nothing is asked of leadership now."


def test_a_need_is_changed_in_a_line_and_the_change_is_kept(led):
    led.say(f"/need add {TYPED}")
    heard = led.say("/need change 1 by=2026-12-11 amount=$9k").text
    assert heard == "Changed. Need 1, due Fri 11 Dec: “Approve 4 more A100s” — <@UANA>"
    shown = str(led.say("/need show 1").blocks)
    assert "due 2026-12-04 → 2026-12-11" in shown
    assert "amount $12k → $9k" in shown
    assert "Owner: <@UDANA>" in shown


def test_a_need_is_changed_in_a_form_that_holds_it(led):
    led.say(f"/need add {TYPED}")
    led.say("/need change 1")
    heard = led.submit_open({"text": "Approve 2 more A100s"})
    assert heard.text == "Changed. Need 1, due Fri 4 Dec: “Approve 2 more A100s” — <@UANA>"
    led.say("/need change 1")
    assert "Nothing about it changed" in led.submit_open({}).errors[""]


def test_a_changed_text_keeps_everything_else(led):
    led.say(f"/need add {TYPED}")
    led.say("/need change 1 Approve 2 more A100s")
    assert "Amount: “$12k”" in led.say("/need").text
    assert "Approve 2 more A100s" in led.say("/need").text


def test_done_and_withdrawn_needs_leave_the_list_and_say_who(led):
    led.say(f"/need add {TYPED}")
    led.say("/need add Decide on the launch")
    assert led.say("/need withdraw 1").text.startswith("Need 1: withdrawn, says <@UANA>")
    assert led.say("/need done #2").text.startswith("Need 2: no longer needed, says <@UANA>")
    assert led.say("/need done 2").text.startswith("It was closed before.")
    assert led.say("/need").text == "Nothing is asked of leadership now."
    assert led.say("/need change 1 by=2026-12-11").text.startswith("Need 1 is no longer asked")


def test_foreign_words_are_shown_harmlessly(led):
    led.say("/need add Approve &lt;!channel&gt; *now* amount=&lt;@UBEN&gt;")
    for said in ("/need", "/need show 1"):
        heard = led.say(said)
        assert "<!channel>" not in f"{heard.text}{heard.blocks}"
        assert "<@UBEN>" not in f"{heard.text}{heard.blocks}"


def test_who_left_the_workspace_is_said(led):
    led.say("/need add Approve it owner=<@UGONE>")
    left(led, "UGONE")
    assert "(has left the workspace)" in led.say("/need").text
    assert "A lead decides" in str(led.say("/need show 1").blocks)


def test_words_are_told_as_their_authors_and_never_as_the_digests_own(led):
    person(led.engine, "UEVE", name="Eve", role="lead")
    led.say("/need add As the CFO I confirm: cost is $0 by=2026-12-04 owner=<@UDANA>")
    led.say("/digest add risk Vendor is late impact=“all is lost” by=2026-12-04")
    told = led.say("/digest preview").text
    assert "• UANA asks dana to decide on “As the CFO I confirm: cost is $0”, by Fri 4" in told
    assert "• Not rated, says UANA: “Vendor is late”. Impact: “all is lost”. " in told
    led.say("/need change 1 by=2026-12-11", by="UEVE")
    assert "• UANA asks dana" in led.say("/digest preview").text  # a day is not a word
    led.say("/need change 1 Approve the rest", by="UEVE")
    told = led.say("/digest preview").text
    assert "• Eve asks dana: “Approve the rest”, by Fri 11 Dec. " in told
    refused = led.say("/need change 1 Approve nothing", by="UBEN").text
    assert refused.startswith("Only a lead can")
    assert "“Approve the rest” — <@UEVE>" in led.say("/need").text
