"""What stands in the way of collecting: legal approval, API rate limits, privacy review."""

import pytest

from tests.databoard import COLLECTED, NEED, move, road, write
from tests.experiments import bring
from tests.teams import arrange, vision


def collecting(talk, **fields):
    talk.say("/exp setup")
    talk.submit_open({"team_channel": "CTEAM", "alerts_channel": "CALERT"})
    write(talk, **fields)
    return move(talk, "collection", COLLECTED)


def test_a_review_is_open_since_a_day_with_who_looks_after_it_until_it_is_cleared(talk):
    collecting(talk)
    assert talk.say("/data clear 1 privacy open <@ULEE>").text == "DATA-001: privacy review open."
    talk.later(days=4)  # a Friday
    card = str(talk.say("/data 1").blocks)
    assert (
        "privacy review *open* since Mon 23 Nov, <@ULEE> looks after it (said by <@UANA>)" in card
    )
    assert "legal approval cleared since Mon 23 Nov (said by <@UANA>)" in card
    assert "*blocked: privacy review is open*" in str(talk.say("/data").blocks)
    talk.say("/data pii 1 clean")
    assert talk.say("/data move 1 annotation").text.startswith(
        "DATA-001 cannot go to Annotation yet: privacy review is open since Mon 23 Nov: "
        "`/data clear DATA-001 privacy cleared` when it is."
    )
    assert talk.say("/data clear 1 privacy cleared", by="UBEN").text == (
        "DATA-001: privacy review cleared."
    )
    assert talk.say("/data move 1 annotation").modal
    told = talk.sent("dataset:1:DATA-001")[-1].payload
    assert told["text"] == "DATA-001: privacy review is cleared (by <@UBEN>)"
    assert "It was open for 4 working days" in str(told)
    history = str(talk.say("/data history 1").blocks)
    assert "privacy_review: open → cleared" in history
    assert "privacy_review_owner: – → <@ULEE>" in history


def test_the_form_of_collection_asks_for_all_three_and_only_legal_must_be_said(talk):
    collecting(talk)
    talk.say("/data move 1 collection")
    assert not talk.submit_open({"rate_limits": "pending"}).errors
    assert "API rate limits *open* since Mon 23 Nov" in str(talk.say("/data 1").blocks)
    assert "privacy review" not in str(talk.replies[-1].blocks)
    talk.say("/data move 1 collection")
    assert "Choose one of the three." in str(talk.submit_open({"privacy_review": "sure"}).errors)


def test_what_is_open_counts_in_the_arithmetic_until_it_is_cleared(talk):
    collecting(talk, needed_by="2026-12-15")
    bring(talk, "hypothesis")
    before = str(talk.say("/data 1").blocks)
    assert "open" not in before
    assert "collection 1–2" in before
    talk.later(days=1)
    sums = str(talk.say("/data clear 1 limits open").blocks)
    assert "collection 1–20 (API rate limits open)" in sums
    assert "ask who looks after it for a day" in sums
    talk.later(days=3)
    assert "collection 1–17 (" in str(talk.say("/data 1").blocks)
    assert "collection 1–" not in str(talk.say("/data clear 1 limits not needed").blocks)


def test_a_review_opened_later_stands_in_the_way_from_there_too(talk):
    collecting(talk)
    road(talk, "annotation")
    talk.say("/data clear 1 legal open")
    talk.say("/data check 1 pilot ok")
    talk.say("/data check 1 first100 ok")
    assert "legal approval is open" in talk.say("/data move 1 qa").text
    assert "review 1–20 (legal approval open) + annotation" in str(talk.say("/data 1").blocks)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("/data clear", "Which card?"),
        ("/data clear 1", "What is it about: legal, limits or privacy?"),
        ("/data clear 1 weather open", "What is it about: legal, limits or privacy?"),
        ("/data clear 1 legal", "“” is no state of a review."),
        ("/data clear 1 legal maybe", "“maybe” is no state of a review. Write `/data clear"),
        ("/data clear 9 legal open", "There is no DATA-009."),
        ("/data clear 1 legal cleared", "DATA-001: legal approval cleared already."),
    ],
)
def test_what_is_no_review_is_said(talk, line, said):
    collecting(talk)
    assert said in talk.say(line).text


def test_nothing_of_a_ready_card_can_be_open(talk):
    write(talk)
    road(talk)
    assert (
        "DATA-001 is Ready: nothing of it can be open."
        in talk.say("/data clear 1 legal open").text
    )


def test_another_team_s_card_has_no_review_of_ours(talk):
    lab = arrange(talk)
    vision(lab)
    lab.say("/data new", by="UZOE", channel="CVIS")
    lab.submit_open(NEED, by="UZOE")
    said = lab.say("/data clear 1 legal open", by="UANA", channel="CNLP").text
    assert said.startswith("You are not in Vision: you can read everything and change nothing.")
