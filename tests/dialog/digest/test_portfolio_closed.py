"""A portfolio on its way: what belongs to it waits for it, and its thread has one level."""

from datetime import timedelta

from jobs.digest import digest as job
from models import outbox as table
from services import outbox, unsent
from services.digest import portfolio
from services.outbox import Busy
from services.say import Voice
from tests.conversation import WORKSPACE
from tests.portfolios import FRIDAY_FOUR, FRIDAY_TWO, KEY, VISION, another, at, scene
from views.kit import Message

PAGE = "digest:2:2026-W48"


def _refused(talk):
    """The portfolio is due, and its channel does not take it."""
    scene(talk).now = FRIDAY_FOUR
    talk.run(job.post_due)
    with talk.lab.begin() as session:
        unsent.hold(session, table.find(session, KEY), "not_in_channel", talk.now)
    outbox.claim(talk.lab, "w", Busy())


def test_a_closed_channel_is_told_to_the_leads_of_every_team_that_is_read_there(talk):
    _refused(talk)
    assert {row.channel for row in talk.sent("held:")} == {"UANA", "ULENA"}


def test_a_page_that_waits_for_its_portfolio_says_why_it_does_not_stand_there(talk):
    _refused(talk)
    with talk.lab.begin() as session:
        assert table.refused(session, PAGE) == ("CEXEC", "not_in_channel")
    heard = talk.say("/digest", by="ULENA", channel="CVISION").text
    assert "is not posted yet" in heard
    assert "not_in_channel" in heard


def test_a_page_that_comes_while_its_portfolio_is_refused_says_the_same(talk):
    at(scene(talk), FRIDAY_TWO)
    talk.say("/digest hold", by="ULENA", channel="CVISION")
    talk.now = FRIDAY_FOUR
    talk.run(job.post_due)
    with talk.lab.begin() as session:
        unsent.hold(session, table.find(session, KEY), "is_archived", talk.now)
    talk.say("/digest release", by="ULENA", channel="CVISION")
    talk.run(job.post_due)
    outbox.claim(talk.lab, "w", Busy())
    with talk.lab.begin() as session:
        assert table.find(session, PAGE).error == f"waits for {KEY}"
        assert table.refused(session, PAGE) == ("CEXEC", "is_archived")


def test_a_lead_who_posts_again_tries_the_portfolio(talk):
    _refused(talk)
    talk.say("/digest post", by="ULENA", channel="CVISION")
    with talk.lab.begin() as session:
        assert table.find(session, KEY).not_before == FRIDAY_FOUR


def test_what_is_said_below_a_page_goes_into_the_portfolios_thread(talk):
    at(scene(talk), FRIDAY_FOUR)
    with talk.lab.begin() as session:
        voice = Voice(session, WORKSPACE, talk.now, VISION)
        voice.post("below", "CEXEC", Message("below", []), thread_of=PAGE)
        root = table.find(session, KEY).slack_ts
    (call,) = [one for one in outbox.claim(talk.lab, "w", Busy()) if one.key == "below"]
    assert call.thread_ts == root


def test_a_team_that_posts_elsewhere_is_no_news_for_a_portfolio(talk):
    scene(talk, digest_channel="CVISION")
    another(talk.engine, "Speech")
    at(talk, FRIDAY_FOUR)
    assert portfolio.news(talk.lab, talk.now + timedelta(minutes=1)) == []


def test_one_teams_new_rhythm_makes_up_for_nothing_of_the_others(talk):
    """Support stays on Friday; Vision, which was Sunday's, moves to Monday, which is past."""
    scene(talk, settings={"digest_day": 6})
    talk.now = FRIDAY_FOUR + timedelta(hours=1)
    talk.say("/digest rhythm monday 9", by="ULENA", channel="CVISION")
    at(talk, talk.now)
    assert talk.sent("portfolio:") == []
    at(talk, FRIDAY_FOUR + timedelta(days=7))
    assert [row.key for row in talk.sent("portfolio:")] == ["portfolio:T0LAB:CEXEC:2026-W49"]
