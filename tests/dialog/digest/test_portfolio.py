"""Several teams in one channel: one message, a line each, their pages in its thread."""

from datetime import timedelta

import pytest

from core.digest.page import untraced
from core.facts import fingerprint, thaw
from models import db
from models.team import Team
from services.digest import portfolio
from tests import seeded
from tests.portfolios import (
    FRIDAY_FOUR,
    FRIDAY_TWO,
    KEY,
    VISION,
    another,
    at,
    kept,
    now_says,
    pages,
    posted,
    scene,
)
from tests.statements import watched


def test_two_teams_of_a_channel_are_one_message_with_both_pages_in_its_thread(talk):
    at(scene(talk), FRIDAY_FOUR)
    lines = posted(talk).payload["text"].splitlines()
    assert lines[0] == "2 teams: 2 without enough data. No decision is needed."
    assert any(line.startswith("• Support — 88.3% / 92% accuracy — not enough") for line in lines)
    assert (
        "• Vision — 71% / 80% mAP — not enough data: there is no earlier report to compare with."
        in lines
    )
    assert pages(talk) == ["digest:1:2026-W48", "digest:2:2026-W48"]
    page = talk.sent("digest:2:2026-W48")[0]
    assert page.payload["text"].startswith("Vision\n71% / 80% mAP")


def test_its_frozen_sheet_vouches_for_it_and_names_the_teams_facts(talk):
    at(scene(talk), FRIDAY_FOUR)
    (row,) = kept(talk)
    assert row.sha256 == fingerprint(row.sheet)
    sheet = thaw(row.sheet)
    assert untraced(posted(talk).payload["text"].replace("&amp;", "&"), sheet) == []
    known = {fact.id for fact in sheet.facts}
    for fact in sheet.facts:
        for parent in fact.parents:
            assert parent in known or len(parent.partition(":")[0]) == 8
    assert row.sha256[:8] in str(posted(talk).payload["blocks"][-1])


def test_it_is_posted_once_however_often_the_clock_looks(talk):
    scene(talk)
    for minutes in (0, 0, 1, 60, 60 * 24):
        at(talk, FRIDAY_FOUR + timedelta(minutes=minutes))
    assert posted(talk).key == KEY
    assert len(kept(talk)) == 1
    assert talk.sent(f"edit:{KEY}") == []


def test_before_the_common_hour_nothing_is_posted(talk):
    at(scene(talk), FRIDAY_FOUR - timedelta(seconds=1))
    assert [row for row in talk.sent() if row.channel == "CEXEC"] == []


def test_the_latest_hour_of_the_week_is_the_common_one(talk):
    scene(talk, settings={"digest_day": 1, "digest_hour": 9})
    at(talk, FRIDAY_FOUR - timedelta(days=3))
    assert talk.sent("digest:") == []
    at(talk, FRIDAY_FOUR)
    assert pages(talk) == ["digest:1:2026-W48", "digest:2:2026-W48"]


def test_a_team_alone_in_its_channel_posts_as_before(talk):
    scene(talk, digest_channel="CVISION")
    at(talk, FRIDAY_FOUR)
    keys = {row.key: row.channel for row in talk.sent("digest:")}
    assert keys == {"digest:1:2026-W48": "CEXEC", "digest:2:2026-W48": "CVISION"}
    assert talk.sent("portfolio:") == []
    assert kept(talk) == []


def test_a_held_team_has_its_line_and_its_page_follows_when_it_is_released(talk):
    at(scene(talk), FRIDAY_TWO)
    talk.say("/digest hold", by="ULENA", channel="CVISION")
    at(talk, FRIDAY_FOUR)
    assert "Vision — held by Lena until it is released" in posted(talk).payload["text"]
    assert "1 not posted" in posted(talk).payload["text"]
    assert pages(talk) == ["digest:1:2026-W48"]
    talk.say("/digest release", by="ULENA", channel="CVISION")
    at(talk, FRIDAY_FOUR + timedelta(hours=2))
    assert pages(talk) == ["digest:1:2026-W48", "digest:2:2026-W48"]
    assert "Vision — 71% / 80% mAP" in now_says(talk)
    assert "held by" not in now_says(talk)
    assert [row.number for row in kept(talk)] == [1, 2]
    assert posted(talk)


def test_while_all_are_held_nothing_is_posted(talk):
    at(scene(talk), FRIDAY_TWO)
    talk.say("/digest hold", by="ULENA", channel="CVISION")
    talk.say("/digest hold", by="UANA", channel="CSUPPORT")
    at(talk, FRIDAY_FOUR)
    assert [row for row in talk.sent() if row.channel == "CEXEC"] == []


def test_a_held_one_that_is_missed_says_so(talk):
    at(scene(talk), FRIDAY_TWO)
    talk.say("/digest hold", by="ULENA", channel="CVISION")
    at(talk, FRIDAY_FOUR)
    at(talk, FRIDAY_FOUR + timedelta(days=7))
    assert "Vision — was not posted this week." in now_says(talk)
    assert [r.key for r in talk.sent("portfolio:") if r.kind == "post"] == [
        KEY, "portfolio:T0LAB:CEXEC:2026-W49",
    ]  # fmt: skip


def test_one_that_fails_keeps_nobody_and_follows_when_it_works_again(talk, caplog):
    scene(talk, settings={"digest_from": "not a date"})
    at(talk, FRIDAY_FOUR)
    assert "digest of team 2 failed" in caplog.text
    assert "Vision — not posted yet" in posted(talk).payload["text"]
    assert pages(talk) == ["digest:1:2026-W48"]
    _columns(talk, settings={})
    at(talk, FRIDAY_FOUR + timedelta(hours=1))
    assert pages(talk) == ["digest:1:2026-W48", "digest:2:2026-W48"]
    assert "Vision — 71% / 80% mAP" in now_says(talk)


def _columns(talk, **given):
    with db.transaction(talk.engine) as session:
        for name, value in given.items():
            setattr(session.get_one(Team, VISION), name, value)


def test_a_team_without_any_work_stands_there_and_says_so(talk):
    scene(talk)
    another(talk.engine, "Speech")
    at(talk, FRIDAY_FOUR)
    text = posted(talk).payload["text"]
    assert "3 teams: 3 without enough data" in text
    assert "• Speech — No headline metric — not enough data: no experiment" in text


def test_a_team_that_comes_late_into_the_week_gets_its_line_and_page(talk):
    at(scene(talk), FRIDAY_FOUR)
    another(talk.engine, "Speech")
    assert "Speech" not in now_says(talk)
    at(talk, FRIDAY_FOUR + timedelta(hours=1))
    assert "• Speech — No headline metric" in now_says(talk)
    assert pages(talk)[-1] == "digest:3:2026-W48"


def test_a_team_that_has_begun_to_post_there_since_waits_for_the_next(talk):
    at(scene(talk, digest_channel="CVISION"), FRIDAY_FOUR)
    _columns(talk, digest_channel="CEXEC")
    at(talk, FRIDAY_FOUR + timedelta(hours=1))
    assert talk.sent("portfolio:") == []
    at(talk, FRIDAY_FOUR + timedelta(days=7))
    (row,) = talk.sent("portfolio:")
    assert row.payload["text"].startswith("2 teams:")


def test_a_change_of_rhythm_makes_up_for_nothing(talk):
    scene(talk)
    talk.now = FRIDAY_FOUR - timedelta(days=1)
    for by, channel in (("ULENA", "CVISION"), ("UANA", "CSUPPORT")):
        talk.say("/digest rhythm tuesday 9", by=by, channel=channel)
    at(talk, FRIDAY_FOUR)
    assert talk.sent("portfolio:") == []
    at(talk, FRIDAY_FOUR + timedelta(days=4))
    assert [row.key for row in talk.sent("portfolio:")] == ["portfolio:T0LAB:CEXEC:2026-W49"]


def test_a_private_team_that_chose_the_channel_is_read_there(talk):
    scene(talk, visibility="private")
    at(talk, FRIDAY_FOUR)
    assert "Vision — 71% / 80% mAP" in posted(talk).payload["text"]


@pytest.mark.parametrize("by", ["UDANA", "UANA"])
def test_in_that_channel_digest_shows_the_portfolio_to_whoever_asks(talk, by):
    scene(talk, visibility="private")
    heard = talk.say("/digest", by=by, channel="CEXEC").text
    assert heard.startswith("There has been no digest here yet.")
    at(talk, FRIDAY_FOUR)
    heard = talk.say("/digest", by=by, channel="CEXEC")
    assert heard.text.startswith("2 teams:")
    assert "Vision — 71%" in heard.text


def test_elsewhere_digest_shows_the_teams_own_and_preview_a_leads_part(talk):
    at(scene(talk), FRIDAY_FOUR)
    assert "71% / 80% mAP" in talk.say("/digest", by="ULENA", channel="CVISION").text
    heard = talk.say("/digest preview", by="ULENA", channel="CEXEC").text
    assert heard.startswith("71% / 80% mAP")
    assert "88.3%" not in heard


def test_another_workspace_with_the_same_channel_id_is_no_part_of_it(talk):
    scene(talk)
    seeded.team(talk.engine, "T0B", name="Others", digest_channel="CEXEC", zone="Europe/Berlin")
    at(talk, FRIDAY_FOUR)
    assert posted(talk).payload["text"].startswith("2 teams:")
    (theirs,) = [row for row in talk.sent("digest:") if row.workspace == "T0B"]
    assert theirs.thread_of == ""


def test_a_look_costs_the_same_with_ten_teams_as_with_two(talk):
    at(scene(talk), FRIDAY_FOUR)
    with watched(talk.engine) as two:
        assert portfolio.news(talk.lab, talk.now) == []
    for number in range(8):
        another(talk.engine, f"Team {number}")
    at(talk, FRIDAY_FOUR + timedelta(hours=1))
    with watched(talk.engine) as ten:
        assert portfolio.news(talk.lab, talk.now) == []
    assert (ten.asked, two.asked) == (5, 5)
