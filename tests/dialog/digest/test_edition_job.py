"""The clock and the digest's draft: two hours before, once, and never in the way of the post."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import Session, select

from models.occurrence import Occurrence
from tests import seeded
from tests.editions import FRIDAY_FOUR, FRIDAY_TWO, at, digests, drafted, scene, shown, the_draft
from tests.weeks import killed


def test_leads_get_the_draft_two_hours_before_and_once(talk):
    scene(talk)
    at(talk, FRIDAY_TWO - timedelta(seconds=1))
    assert talk.sent("edition:") == []
    at(talk, FRIDAY_TWO)
    at(talk, FRIDAY_TWO + timedelta(minutes=1))
    (row,) = talk.sent("edition:")
    assert row.channel == "CLEADS"
    assert row.payload["text"].startswith(
        "Draft of the digest of Fri 27 Nov: posts itself <!date^"
    )
    assert "88.3% / 92% accuracy" in str(row.payload["blocks"])
    assert [b for b in ("Preview", "Edit…", "Hold", "Post now") if b in shown(talk)] == [
        "Preview", "Edit…", "Hold", "Post now",
    ]  # fmt: skip


def test_without_a_leads_channel_each_lead_gets_it_by_direct_message(talk):
    scene(talk, leads_channel="")
    at(talk, FRIDAY_TWO)
    assert [row.channel for row in talk.sent("edition:")] == ["UANA", "UBEN"]


def test_it_posts_by_itself_when_nobody_holds_it_and_the_draft_links_to_it(talk):
    drafted(talk)
    at(talk, FRIDAY_FOUR)
    (row,) = talk.sent("digest:")
    assert row.channel == "CEXEC"
    (edit,) = talk.sent("edit:edition:")
    assert edit.payload["link_to"] == row.key
    assert edit.payload["text"].startswith("Digest of Fri 27 Nov: <assay:link|posted> in <#CEXEC>")
    assert "button" not in str(edit.payload["blocks"])


@pytest.mark.parametrize(
    ("hours", "minutes_before"), [(1, 60), (24, 24 * 60), (0, None)], ids=["1h", "24h", "none"]
)
def test_a_team_chooses_how_long_before(talk, hours, minutes_before):
    scene(talk)
    talk.now = FRIDAY_FOUR - timedelta(days=3)
    assert "draft" in talk.say(f"/digest rhythm draft={hours}").text
    if minutes_before is None:
        at(talk, FRIDAY_FOUR - timedelta(minutes=1))
        assert talk.sent("edition:") == []
    else:
        at(talk, FRIDAY_FOUR - timedelta(minutes=minutes_before, seconds=1))
        assert talk.sent("edition:") == []
        at(talk, FRIDAY_FOUR - timedelta(minutes=minutes_before))
        assert len(talk.sent("edition:")) == 1
    at(talk, FRIDAY_FOUR)
    assert len(talk.sent("digest:")) == 1


def test_after_an_outage_over_the_draft_there_is_none_and_it_posts(talk):
    scene(talk)
    at(talk, FRIDAY_FOUR + timedelta(minutes=1))
    assert talk.sent("edition:") == []
    assert len(talk.sent("digest:")) == 1


def test_a_late_start_brings_a_late_draft(talk):
    scene(talk)
    at(talk, FRIDAY_FOUR - timedelta(minutes=10))
    assert len(talk.sent("edition:")) == 1
    at(talk, FRIDAY_FOUR)
    assert len(talk.sent("digest:")) == 1


@pytest.mark.parametrize("day", [date(2027, 3, 26), date(2027, 4, 2), date(2026, 10, 30)])
def test_clock_changes_move_neither_draft_nor_digest(talk, day):
    scene(talk, created_at=datetime(2026, 1, 1, tzinfo=UTC))
    offset = 2 if date(2027, 3, 28) <= day else 1
    due = datetime(day.year, day.month, day.day, 16 - offset, tzinfo=UTC)
    at(talk, due - timedelta(hours=2, seconds=1))
    assert talk.sent("edition:") == []
    at(talk, due - timedelta(hours=2))
    assert len(talk.sent("edition:")) == 1
    assert the_draft(talk).due_at == due
    at(talk, due)
    assert len([row for row in talk.sent("digest:") if str(day.isocalendar()[1]) in row.key]) == 1


def test_a_draft_over_the_night_of_the_clock_change_is_two_real_hours_before(talk):
    scene(talk, created_at=datetime(2026, 1, 1, tzinfo=UTC),
          settings={"digest_day": 6, "digest_hour": 4})  # fmt: skip
    due = datetime(2027, 3, 28, 2, 0, tzinfo=UTC)  # 04:00 in summer; 02:00 to 03:00 is missing
    at(talk, due - timedelta(hours=2, seconds=1))
    assert talk.sent("edition:") == []
    at(talk, due - timedelta(hours=2))
    assert len(talk.sent("edition:")) == 1


def test_without_a_digest_channel_there_is_no_draft(talk):
    scene(talk, digest_channel="")
    at(talk, FRIDAY_TWO)
    assert talk.sent("edition:") == []


def test_facts_that_changed_since_the_draft_are_in_the_post(talk):
    drafted(talk)
    assert "1 stopped" in shown(talk)
    seeded.tickets(talk.engine, killed(9, "Too slow", decided_at=FRIDAY_TWO))
    at(talk, FRIDAY_FOUR)
    assert "2 stopped" in talk.sent("digest:")[0].payload["text"]


def test_a_held_digest_does_not_post_and_is_asked_about_once_on_monday(talk):
    drafted(talk)
    talk.say("/digest hold", by="UBEN")
    at(talk, FRIDAY_FOUR)
    at(talk, FRIDAY_FOUR + timedelta(days=1))
    assert talk.sent("digest:") == []
    assert talk.sent("edition-held") == []
    monday_nine = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)
    at(talk, monday_nine - timedelta(seconds=1))
    assert talk.sent("edition-held") == []
    at(talk, monday_nine)
    at(talk, monday_nine + timedelta(days=1))
    (row,) = talk.sent("edition-held")
    assert (row.channel, row.thread_of) == ("CLEADS", "edition:1:CLEADS")
    assert "still waits: held by <@UBEN> since" in row.payload["text"]


def test_a_held_digest_released_late_posts_with_its_day_on_it(talk):
    drafted(talk)
    talk.say("/digest hold", by="UBEN")
    at(talk, FRIDAY_FOUR + timedelta(hours=17))
    talk.say("/digest release", by="UANA")
    at(talk, FRIDAY_FOUR + timedelta(hours=17))
    (row,) = talk.sent("digest:")
    assert "As of Fri 27 Nov 2026, figures read on Sat 28 Nov" in row.payload["text"]
    assert "posted late> in <#CEXEC>" in shown(talk)


def test_a_digest_held_until_the_next_is_due_is_missed_and_says_so(talk):
    drafted(talk)
    talk.say("/digest hold", by="UBEN")
    at(talk, FRIDAY_FOUR + timedelta(days=7))
    assert [row.key for row in talk.sent("digest:")] == ["digest:1:2026-W49"]
    assert "never posted, held by UBEN until the next digest was due" in shown(talk)
    with Session(talk.engine) as session:
        missed = session.exec(select(Occurrence).where(Occurrence.state == "missed")).all()
    assert [(o.kind, o.local_date) for o in missed] == [("digest", date(2026, 11, 23))]
    heard = talk.press("edition_release", "1", by="UBEN").text
    assert "was never posted: held by UBEN" in heard


def test_moving_the_hour_moves_the_draft_with_it(talk):
    drafted(talk)
    talk.say("/digest rhythm 18", by="UANA")
    at(talk, FRIDAY_TWO + timedelta(minutes=5))
    assert f"<!date^{int((FRIDAY_FOUR + timedelta(hours=2)).timestamp())}" in shown(talk)
    at(talk, FRIDAY_FOUR)
    assert talk.sent("digest:") == []
    at(talk, FRIDAY_FOUR + timedelta(hours=2))
    assert len(talk.sent("digest:")) == 1


def test_a_channel_taken_away_leaves_no_draft_that_still_promises(talk):
    drafted(talk)
    seeded.team(talk.engine, digest_channel="")
    at(talk, FRIDAY_FOUR)
    assert "never posted, no digest channel was set up" in shown(talk)


def test_posted_now_on_wednesday_it_is_not_posted_again_on_friday(talk):
    scene(talk)
    talk.now = FRIDAY_FOUR - timedelta(days=2)
    talk.say("/digest hold", by="UANA")
    talk.say("/digest post", by="UANA")
    at(talk, talk.now)
    for hours in (46, 48, 49):
        at(talk, FRIDAY_FOUR - timedelta(days=2) + timedelta(hours=hours))
    assert len(talk.sent("digest:")) == 1
    assert len(digests(talk)) == 1


def test_a_draft_that_cannot_be_made_does_not_keep_the_digest_from_being_posted(talk, caplog):
    scene(talk, settings={"digest_draft": "broken"})
    at(talk, FRIDAY_TWO)
    at(talk, FRIDAY_FOUR)
    assert len(talk.sent("digest:")) == 1
    assert "digest of team 1 failed" in caplog.text
