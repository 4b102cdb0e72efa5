"""Warnings about data, by the clock; labels on the card; vendors."""

from datetime import UTC, datetime

from sqlalchemy import text

from jobs.data.dataset import warn
from models import db
from services.data.label_batch import Batch, push
from tests import seeded
from tests.conversation import TEAM
from tests.databoard import ACME, move, road, write
from tests.datasets import card, labels, stored_card
from tests.experiments import bring


def setup(talk):
    talk.say("/exp setup")
    talk.submit_open({"team_channel": "CTEAM", "alerts_channel": "CALERT"})


def warned(talk):
    return [row for row in talk.sent("readiness:") if row.kind == "post"]


def test_a_card_that_cannot_work_is_told_when_it_is_written(talk):
    setup(talk)
    bring(talk, "hypothesis")
    reply = write(talk, needed_by="2026-12-04", experiments="EXP-001")
    assert "13–41 working days; 9 left (needed by Fri 4 Dec" in str(reply.blocks)
    (post,) = warned(talk)
    assert (post.channel, post.payload["text"]) == (
        "CALERT",
        "DATA-001: the math doesn't work for EXP-001",
    )
    assert "start collection two sprints before experiments need it" in str(post.payload)


def test_a_link_warns_too_and_naming_the_experiment_later_puts_the_warning_right(talk):
    setup(talk)
    bring(talk, "experiment", time_box="3d")
    write(talk, needed_by="2027-02-26")
    assert warned(talk) == []
    talk.say("/data link 1 EXP-001")
    assert len(warned(talk)) == 1
    talk.say("/data unlink 1 EXP-001")
    assert [row.payload["text"] for row in talk.sent("readiness:")][-1] == "DATA-001: it fits now"


def test_a_week_of_ticks_warns_once_a_working_day_in_working_hours(talk):
    setup(talk)
    write(talk, needed_by="2026-12-04")
    talk.now = datetime(2026, 11, 24, 0, 0, tzinfo=UTC)
    for _ in range(7 * 24 * 2):
        talk.run(warn)
        talk.later(minutes=30)
    days = [row.key.rpartition(":")[2] for row in warned(talk)]
    assert days == [f"2026-11-{day}" for day in (23, 24, 25, 26, 27, 30)]
    assert {row.created_at.hour for row in warned(talk)} == {9}
    assert [row for row in talk.sent("readiness:") if row.kind == "update"] == []


def test_what_is_ready_or_fits_is_not_mentioned(talk):
    setup(talk)
    write(talk)
    road(talk)
    write(talk, title="Much later", needed_by="2027-11-26")
    talk.later(days=1)
    talk.run(warn)
    assert warned(talk) == []


def test_a_team_that_fails_does_not_stop_the_others(talk, caplog):
    setup(talk)
    write(talk, needed_by="2026-12-04")
    stored_card(talk.engine, card(needed_by=datetime(2026, 12, 4, tzinfo=UTC).date()))
    with db.transaction(talk.engine) as session:
        bad = seeded.team_row(session, "T0BAD").pk
        session.connection().execute(text(f"UPDATE dataset SET team_id = {bad} WHERE number = 3"))
        session.connection().execute(text("UPDATE dataset SET fields = '[]' WHERE number = 3"))
    talk.later(days=1)
    talk.run(warn)
    assert len(warned(talk)) == 2
    assert [r.getMessage() for r in caplog.records] == [f"data readiness of {bad} failed"]


def test_pushed_labels_stand_on_the_card_and_beside_the_document_s_kappa(talk):
    setup(talk)
    write(talk)
    road(talk, "annotation")
    assert "No labels have been pushed" in str(talk.say("/data 1 document").blocks)
    pushed = labels(60, 60, apart=80)
    push(talk.lab, TEAM, Batch(1, "", pushed, "ci", name="pilot"))
    assert "pilot: FAIL · Cohen's kappa 0.20" in str(talk.say("/data 1").blocks)
    said = str(talk.say("/data DATA-001 document").blocks)
    assert "The document's kappa: 0.20 (LOW, below 0.6 is low)" in said
    assert "pilot: FAIL" in said
    assert "UTC> ci labels pushed (pilot): FAIL" in str(talk.say("/data history 1").blocks)
    refused = talk.say("/data check 1 pilot ok").text
    assert refused.startswith("The pushed labels of the pilot are FAIL. Agreement 0.20")
    assert "What was wrong?" in talk.say("/data check 1 pilot bad").text
    assert talk.say("/data check 1 pilot bad guidelines are vague").text == (
        "DATA-001: the 10% pilot batch marked bad."
    )
    assert "The pilot comes first." in talk.say("/data check 1 first100 ok").text


def test_vendors_show_promised_against_delivered_and_agreement(talk):
    assert talk.say("/data vendors").text == "No vendor yet."
    setup(talk)
    write(talk)
    road(talk, "annotation")
    push(talk.lab, TEAM, Batch(1, "", labels(200, 200, apart=9), "ci"))
    talk.later(days=12)
    said = str(talk.say("/data vendors").blocks)
    assert "promised 3–8, still out, 4 days late" in said
    assert "DATA-001 labels: PASS · Cohen's kappa 0.96" in said
    talk.say("/data check 1 pilot ok")
    talk.say("/data check 1 first100 ok")
    move(talk, "qa", {})
    assert "1 delivered, 1 of them late" in str(talk.say("/data vendors").blocks)


def test_pii_found_late_is_told_at_once(talk):
    setup(talk)
    write(talk)
    road(talk, "annotation")
    talk.say("/data pii 1 found names in the bodies")
    last = talk.sent("dataset:")[-1]
    assert last.payload["text"] == "DATA-001: PII was found in Annotation (by <@UANA>)"
    assert "PII was found" in talk.say("/data move 1 qa").text


def test_gpus_are_a_lead_s_to_set_and_shorten_the_sum(talk):
    setup(talk)
    talk.say("/exp leads add <@ULEE>")
    bring(talk, "experiment", gpu_budget="240h", time_box="3d")
    write(talk, experiments="1")
    assert "training 10 (240 GPU-h on 1 GPU)" in str(talk.say("/data 1").blocks)
    assert "Only a lead" in talk.say("/data gpus 4", by="UBEN").text
    talk.say("/data gpus 4")
    assert "training 3 (240 GPU-h on 4 GPUs)" in str(talk.say("/data 1").blocks)


def test_edited_fields_are_saved_where_the_card_is(talk):
    write(talk)
    road(talk, "annotation")
    reply = move(talk, "annotation", ACME | {"cost": "$3,000"})
    assert reply.text == "DATA-001 saved in Annotation."
    assert "$2,400 → $3,000" in str(talk.say("/data history 1").blocks)


def test_everything_at_its_longest_still_fits_slack(talk):
    setup(talk)
    talk.say("/board limits hypothesis=none")
    for number in range(12):
        bring(talk, "hypothesis", title=f"{number}" + "<" * 140)
    every = " ".join(str(n) for n in range(1, 13))
    long = "&" * 150
    for _ in range(11):
        write(talk, title=long, kind=long, volume=long, needed_by="2026-11-27", experiments=every)
    fields = {"source": "&" * 500, "method": "<" * 500}
    dates = {"collection_from": "2026-11-30", "collection_to": "2026-12-30"}
    move(talk, "collection", fields | dates | {"legal_approval": "pending"})
    talk.say(f"/data pii 1 found {'>' * 900}")
    shown = [talk.say(line) for line in ("/data", "/data 1", "/data history 1", "/data move 1")]
    assert "and 7 more" in str(shown[1].blocks)
    assert all(reply.blocks for reply in shown)
