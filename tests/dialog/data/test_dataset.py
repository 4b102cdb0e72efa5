"""/data: the board and its cards, from needed to ready."""

import json

import pytest

from tests.databoard import ACME, CHECKED, COLLECTED, NEED, STORED, move, road, write
from tests.experiments import bring


def blocks(reply):
    return str(reply.blocks)


def test_the_empty_board_says_how_to_start(talk):
    reply = talk.say("/data")
    assert reply.text == (
        "Data board: Data Needed 0 · Collection 0 · Annotation 0 · QA 0 · Ready 0"
    )
    assert "not enough data (0 of at least 3 experiments due)" in blocks(reply)
    assert "New card" in blocks(reply)


def test_a_card_goes_all_the_way_and_its_experiment_gets_its_data(talk):
    talk.say("/exp setup")
    talk.submit_open({"team_channel": "CTEAM"})
    number = bring(talk, "hypothesis")
    assert write(talk, experiments=f"EXP-{number:03d}").text == (
        "DATA-001 is written and waits in Data Needed."
    )
    reply = road(talk)
    assert reply.text == "DATA-001 moved from QA to Ready. Dataset ready: EXP-001."
    assert "48,210 rows" in blocks(talk.say("/data versions 1"))
    assert "moved" in talk.say("/exp move 1 experiment").text
    assert "DATA-001 is ready" in blocks(talk.say("/exp history 1"))
    lines = [row.payload["text"] for row in talk.sent("dataset:1:DATA-001")]
    assert lines[0] == "DATA-001 waits in Data Needed (by <@UANA>)"
    assert lines[-1] == "DATA-001 moved from QA to Ready (by <@UANA>)"
    assert "Ready 1" in talk.say("/data").text


def test_every_exit_names_all_that_is_missing(talk):
    write(talk)
    move(talk, "collection", COLLECTED | {"legal_approval": "pending"})
    assert talk.say("/data move 1 annotation").text == (
        "DATA-001 cannot go to Annotation yet: legal approval is open since Mon 23 Nov: "
        "`/data clear DATA-001 legal cleared` when it is; nobody has checked it "
        "for PII: `/data pii DATA-001 clean` or `found why`. `/data DATA-001` shows what is there."
    )
    move(talk, "collection", COLLECTED)
    talk.say("/data pii 1 found phone numbers")
    assert "PII was found (phone numbers)" in talk.say("/data move 1 annotation").text
    talk.say("/data pii 1 clean scrubbed")
    move(talk, "annotation", ACME)
    said = talk.say("/data move 1 qa").text
    assert "the 10% pilot batch: not checked" in said
    assert "the first 100 labels: not checked" in said
    talk.say("/data check 1 pilot ok")
    talk.say("/data check 1 first100 ok")
    move(talk, "qa", {})
    assert "QA lacks Sample checked (rows), Agreement, Issues found" in (
        talk.say("/data move 1 ready").text
    )


def test_no_column_is_jumped_over(talk):
    write(talk)
    assert talk.say("/data move 1 ready").text == (
        "DATA-001 is in Data Needed; it goes to Collection first. "
        "Write `/data move DATA-001 collection`."
    )
    assert "no column of the data board" in talk.say("/data move 1 nowhere").text


def test_data_without_labels_skip_annotation(talk):
    write(talk, needs_labels="no")
    move(talk, "collection", COLLECTED)
    talk.say("/data pii 1 clean")
    assert "skips Annotation" in talk.say("/data move 1 annotation").text
    move(talk, "qa", {"sample_checked": "200", "issues": "none"})
    assert move(talk, "ready", STORED).text.startswith("DATA-001 moved from QA to Ready.")


def test_low_agreement_is_not_ready_until_a_lead_says_why(talk):
    talk.say("/exp setup", by="ULEE")
    talk.submit_open({"team_channel": "CTEAM"}, by="ULEE")
    write(talk)
    road(talk, "qa")
    move(talk, "qa", CHECKED | {"agreement": "0.7"})
    talk.say("/data move 1 ready")
    refused = talk.submit_open(STORED)
    assert "the agreement is 0.70, at least 0.8 is needed" in str(refused.errors)
    talk.say("/data move 1 ready")
    refused = talk.submit_open(STORED | {"accept": "the task is this hard"})
    assert "Only a lead" in str(refused.errors)
    talk.say("/data move 1 ready", by="ULEE")
    done = talk.submit_open(STORED | {"accept": "the task is this hard"}, by="ULEE")
    assert done.text.startswith("DATA-001 moved")
    assert "accepted by a lead" in str(talk.sent("dataset:1:DATA-001")[-1].payload)


def test_going_back_needs_a_reason_and_asks_for_the_checks_again(talk):
    talk.say("/exp setup")
    talk.submit_open({"team_channel": "CTEAM"})
    number = bring(talk, "hypothesis")
    write(talk, experiments=str(number))
    road(talk)
    talk.say("/data move 1 annotation")
    assert "Why does DATA-001 go back" in str(talk.submit_open({"why": ""}).errors)
    talk.say("/data move 1 annotation")
    talk.submit_open({"why": "200 labels are wrong"})
    assert "first 100 labels: not checked" in talk.say("/data move 1 qa").text
    assert "Dataset not ready any more: EXP-001" in str(talk.sent("DATA-001")[-2:])
    assert "the dataset is not ready" in talk.say("/exp move 1 experiment").text


def test_two_who_move_at_once_the_second_hears_who_was_first(talk):
    write(talk)
    talk.say("/data move 1 collection", by="UBEN")
    form = talk.replies[-1].modal
    move(talk, "collection", COLLECTED, by="UANA")
    late = talk.send(form["callback_id"], COLLECTED, "UBEN",
                     meta=json.loads(form["private_metadata"]))  # fmt: skip
    assert "DATA-001 was changed by UANA meanwhile (moved to Collection)." in str(late.errors)


def test_a_closed_form_is_offered_again(talk):
    write(talk)
    talk.say("/data move 1 collection")
    meta = {"number": 1, "to": "collection"}
    talk.close("data_move", {"source": "Zendesk"}, meta=meta)
    assert "Zendesk" in str(talk.say("/data move 1 collection").modal)
    talk.close("data_new", {"title": "Half a thought"})
    assert "Half a thought" in str(talk.say("/data new").modal)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("/data DATA-009", "There is no DATA-009. `/data` shows the board."),
        ("/data move", "Which card? Write `/data move DATA-003 annotation`"),
        ("/data move x qa", "“x” is no dataset id. Write it like DATA-003 or 3."),
        ("/data pii 1", "Is it clean, or was PII found?"),
        ("/data pii 1 found", "What was found?"),
        ("/data check 1 pilot", "What was checked, and how did it go?"),
        ("/data check 1 pilot ok", "DATA-001 is in Data Needed; this is checked in Annotation."),
        ("/data link 1", "Which experiments?"),
        ("/data link 1 EXP-099", "There is no EXP-099."),
        ("/data link 1 what", "“what” is no experiment id."),
        ("/data gpus none", "“none” is no number."),
        ("/data gpus 0", "That is no number of GPUs."),
        ("/data nwe", "Did you mean `/data new`?"),
        ("/data list attic", "is no column of the data board"),
        ("/data 1 documents", "I don't know “documents” there."),
    ],
)
def test_wrong_input_is_one_sentence_with_what_to_type(talk, line, said):
    write(talk)
    assert said in talk.say(line).text


@pytest.mark.parametrize("id_", ["DATA-001", "data1", "Data-1", "1", "data 1", "dataset 1", "001"])
def test_ids_are_forgiving(talk, id_):
    write(talk)
    assert "Support tickets" in blocks(talk.say(f"/data show {id_}"))


def test_wrong_fields_are_told_under_the_field(talk):
    talk.say("/data new")
    assert "experiments" in talk.submit_open(NEED | {"experiments": "EXP-077"}).errors
    talk.say("/data new")
    assert "title" in talk.submit_open(NEED | {"title": " "}).errors
    write(talk)
    talk.say("/data move 1 collection")
    late = COLLECTED | {"collection_from": "2026-12-09", "collection_to": "2026-12-01"}
    assert "cannot end before it begins" in talk.submit_open(late).errors["collection_to"]


def test_the_same_answer_twice_changes_nothing(talk):
    write(talk)
    move(talk, "collection", COLLECTED)
    talk.say("/data pii 1 clean")
    assert talk.say("/data pii 1 clean").text == "DATA-001 is marked so already: PII clean."
    talk.say("/data link 1 EXP-1")
    assert "4 changes" not in talk.say("/data history 1").text
    assert (
        talk.say("/data unlink 1 EXP-5").text
        == "Nothing to change: DATA-001 blocks no experiment."
    )


def test_many_cards_come_ten_at_a_time(talk):
    for n in range(13):
        write(talk, title=f"Card {n}")
    reply = talk.say("/data")
    assert blocks(reply).count("needed by") == 10
    assert "3 more" in blocks(reply)
    page = talk.press("data_page", "all|10")
    assert page.replace
    assert blocks(page).count("needed by") == 3
    assert talk.say("/data list needed").text == "Data board: Data Needed 13"


def test_foreign_words_cannot_ping(talk):
    write(talk, title="<!channel> <@UBEN>", kind="<!here>", volume="<!everyone>")
    for reply in (talk.say("/data"), talk.say("/data 1"), talk.say("/data history 1")):
        assert "<!channel" not in blocks(reply)
        assert "<!here" not in blocks(reply)
        assert "<@UBEN" not in blocks(reply)


def test_a_card_has_its_source_and_its_own_quality_gate(talk):
    talk.say("/exp setup", by="ULEE")
    talk.submit_open({"team_channel": "CTEAM"}, by="ULEE")
    reply = write(talk, source="Zendesk export", quality_gate="Inter-annotator agreement > 0.85")
    assert "from Zendesk export" in blocks(reply)
    assert "quality gate: agreement at least 0.85" in blocks(reply)
    assert "Zendesk export" in str(talk.say("/data move 1 collection").modal)
    road(talk, "qa")
    move(talk, "qa", CHECKED | {"agreement": "0.82"})
    talk.say("/data move 1 ready")
    refused = talk.submit_open(STORED)
    assert "the agreement is 0.82, at least 0.85 is needed" in str(refused.errors)
    assert "Only a lead can lower" in talk.say("/data gate 1 0.8 rare classes").text
    assert "Why is a lower agreement enough?" in talk.say("/data gate 1 0.8", by="ULEE").text
    said = talk.say("/data gate 1 0.8 rare classes", by="ULEE").text
    assert said == "DATA-001 needs an agreement of at least 0.8 (was 0.85)."
    told = talk.sent("dataset:1:DATA-001")[-1].payload["text"]
    assert told == "DATA-001: quality gate lowered from 0.85 to 0.8 (by <@ULEE>)"
    assert "Nothing to change" in talk.say("/data gate 1 80%").text
    assert talk.say("/data gate 1 0,9").text.startswith("DATA-001 needs an agreement of at least")
    talk.say("/data gate 1 0.8 rare classes", by="ULEE")
    assert move(talk, "ready", STORED).text.startswith("DATA-001 moved from QA to Ready.")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("/data gate 1", "How much agreement must its labels show?"),
        ("/data gate 1 high", "“high” is no agreement between 0 and 1. Write it like 0.8."),
        ("/data gate 1 8", "“8” is no agreement between 0 and 1."),
    ],
)
def test_a_quality_gate_that_is_none_is_told(talk, line, said):
    write(talk)
    assert said in talk.say(line).text
    talk.say("/data new")
    assert "quality_gate" in talk.submit_open(NEED | {"quality_gate": "high"}).errors
