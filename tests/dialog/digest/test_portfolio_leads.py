"""What leads do to their own part of a portfolio: draft, edit, copy, correct."""

from datetime import timedelta

import pytest

from core.facts import fingerprint
from models.team import Team
from tests.portfolios import (
    FRIDAY_FOUR,
    FRIDAY_TWO,
    VISION,
    at,
    kept,
    now_says,
    pages,
    posted,
    scene,
)
from tests.tickets import person_of


def test_a_lead_hears_when_the_common_hour_is_and_why(talk):
    scene(talk, settings={"digest_day": 1, "digest_hour": 9})
    heard = str(talk.say("/digest rhythm", by="ULENA", channel="CVISION").blocks)
    assert "posts on Tuesday at 09:00" in heard
    assert "one message with the digest of Support" in heard
    assert "Friday at 16:00" in heard


def test_a_lead_may_not_post_a_part_before_the_others(talk):
    at(scene(talk), FRIDAY_TWO)
    heard = talk.say("/digest post", by="ULENA", channel="CVISION").text
    assert heard.startswith("This digest is one message with that of Support")
    assert talk.sent("digest:2") == []


def test_a_leads_edit_of_the_first_line_stands_in_the_line_with_its_figures(talk):
    at(scene(talk), FRIDAY_TWO)
    talk.say("/digest edit", by="ULENA", channel="CVISION")
    said = "71% / 80% mAP — not enough data: the first report, from one experiment."
    talk.submit_open({"headline": said, "own": ["headline"]}, by="ULENA")
    at(talk, FRIDAY_FOUR)
    line = "Vision — 71% / 80% mAP — not enough data: the first report, from one experiment."
    assert f"{line} (in the words of Lena)" in posted(talk).payload["text"]
    assert "Support — 88.3%" in posted(talk).payload["text"]


def test_a_correction_edits_page_and_line_and_keeps_how_it_stood(talk):
    at(scene(talk), FRIDAY_FOUR)
    talk.say("/digest correct", by="ULENA", channel="CVISION")
    said = "71% / 80% mAP — not enough data: measured on the old set."
    talk.submit_open({"headline": said, "own": ["headline"]}, by="ULENA")
    talk.deliver()
    assert "Vision — 71% / 80% mAP — not enough data: measured on the old set." in now_says(talk)
    (edit,) = talk.sent("edit:digest:2")
    assert edit.payload["text"].startswith("Vision\n")
    assert [row.number for row in kept(talk)] == [1, 2]
    assert kept(talk)[1].sha256 == fingerprint(kept(talk)[1].sheet)
    (note,) = talk.sent("digest-correction:")
    assert note.thread_of == "digest:2:2026-W48"


def test_the_draft_says_that_it_is_posted_and_links_to_the_page(talk):
    at(scene(talk), FRIDAY_TWO)
    at(talk, FRIDAY_FOUR)
    (edit,) = talk.sent("edit:edition:2:CVLEADS")
    assert edit.payload["link_to"] == "digest:2:2026-W48"
    assert "posted> in <#CEXEC>" in edit.payload["text"]


def test_a_team_may_have_its_page_in_its_own_channel_too_and_corrections_follow(talk):
    scene(talk)
    heard = talk.say("/digest copy on", by="ULENA", channel="CVISION").text
    assert heard == "From the next one on the team's page is posted in <#CVISION> too."
    at(talk, FRIDAY_FOUR)
    (copy,) = [row for row in talk.sent("digest:") if row.channel == "CVISION"]
    assert copy.payload["text"].startswith("71% / 80% mAP")
    assert (copy.thread_of, pages(talk)) == ("", ["digest:1:2026-W48", "digest:2:2026-W48"])
    talk.say("/digest correct", by="ULENA", channel="CVISION")
    talk.submit_open({"headline": "Measured anew", "own": ["headline"]}, by="ULENA")
    assert [row.target for row in talk.sent(":copy") if row.kind == "update"] == [copy.key]
    heard = talk.say("/digest copy off", by="ULENA", channel="CVISION").text
    assert heard == "The team's page is posted in the digest's channel only."
    at(talk, FRIDAY_FOUR + timedelta(days=7))
    assert len([row for row in talk.sent("digest:") if row.channel == "CVISION"]) == 1


@pytest.mark.parametrize(
    ("said", "by", "heard"),
    [
        ("/digest copy", "ULENA", "On or off?"),
        ("/digest copy perhaps", "ULENA", "On or off?"),
        ("/digest copy on", "UMIA", "Only a lead can"),
    ],
)
def test_a_copy_is_a_leads_and_on_or_off(talk, said, by, heard):
    scene(talk)
    with talk.lab.begin() as session:
        person_of(session, session.get_one(Team, VISION), "UMIA")
    assert talk.say(said, by=by, channel="CVISION").text.startswith(heard)


def test_the_draft_says_with_whom_it_is_one_message_and_has_no_button_to_post_it_alone(talk):
    at(scene(talk), FRIDAY_TWO)
    (row,) = talk.sent("edition:2:CVLEADS")
    assert row.payload["text"].endswith("in <#CEXEC>, as one message with Support")
    assert "edition_post" not in str(row.payload["blocks"])
    assert "edition_hold" in str(row.payload["blocks"])
