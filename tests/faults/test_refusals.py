"""What Slack refuses for a reason that can be mended waits, and comes when it is mended."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import Session

from models import outbox as table
from sandbox.play import Play
from services import say
from services.unsent import LOOK_EVERY
from tests import seeded
from tests.sandboxed import opened

SHUT_OUT = (
    "token_revoked",
    "invalid_auth",
    "account_inactive",
    "org_login_required",
    "ekm_access_denied",
    "accesslimited",
    "team_access_not_granted",
)


@pytest.fixture
async def play(tmp_path) -> AsyncIterator[Play]:
    """Assay in a fresh sandbox, with a lead."""
    async with opened(tmp_path) as running:
        await running.sandbox.command("lena", "#standup", "/exp", "leads add @lena")
        await running.settle()
        yield running


def _voice(session: Session, play: Play) -> say.Voice:
    theirs = seeded.team_row(session, "T0ASSAY")
    return say.Voice(session, "T0ASSAY", play.assay.lab.clock(), theirs.pk)


def _put(play: Play, key: str, channel: str, **more: str) -> None:
    with play.assay.lab.begin() as session:
        voice = _voice(session, play)
        voice.post(key, channel, (f"said {key}", []), **more)


def _edit(play: Play, key: str, text: str, **more: str) -> None:
    with play.assay.lab.begin() as session:
        _voice(session, play).edit(key, (text, []), **more)


def _said(play: Play, channel: str, who: str = "lena") -> list[str]:
    """Without the welcome of who was invited."""
    texts = [message["text"] for message in play.sandbox.messages(who, channel)]
    return [text for text in texts if not text.startswith("Assay is here")]


def _told(play: Play, who: str = "lena") -> list[str]:
    return [t for t in _said(play, f"D0{who.upper()}", who) if "could not post" in t]


def _state(play: Play, key: str) -> str:
    with play.assay.lab.begin() as session:
        row = table.find(session, key)
        return row.state if row else ""


async def _secret(play: Play) -> str:
    await play.sandbox.channel("create", name="secret", user="lena", is_private=True)
    return next(c["id"] for c in play.sandbox.state("lena")["channels"] if c["name"] == "secret")


async def test_what_was_said_to_a_private_channel_comes_when_the_bot_is_invited(play):
    secret = await _secret(play)
    for key in ("a", "b"):
        _put(play, key, secret)
    _put(play, "below", secret, thread_of="a")
    _edit(play, "b", "said b again")
    await play.settle()
    assert len(_told(play)) == 1
    assert "channel_not_found" in _told(play)[0]
    assert "Nothing is lost" in _told(play)[0]
    assert _said(play, "#secret") == []
    await play.sandbox.channel("invite", channel=secret, user="assay")
    await play.settle()
    assert _said(play, "#secret") == ["said a", "said b again"]
    parent = play.sandbox.messages("lena", "#secret")[0]
    thread = play.sandbox.messages("lena", "#secret", thread_ts=parent["ts"])
    assert [m["text"] for m in thread] == ["said a", "said below"]
    assert len(_told(play)) == 1


async def test_a_channel_that_is_opened_again_without_a_word_is_found_by_looking(play):
    await play.sandbox.channel("archive", channel="C0STANDUP")
    _put(play, "a", "C0STANDUP")
    await play.settle()
    assert "archived" in _told(play)[0]
    await play.sandbox.channel("unarchive", channel="C0STANDUP")
    play.sandbox.clock.advance(LOOK_EVERY.total_seconds())
    await play.settle()
    assert _said(play, "#standup")[-1] == "said a"


async def test_a_closed_channel_is_tried_with_one_call_at_a_time_and_given_up_after_a_week(play):
    secret = await _secret(play)
    for key in ("a", "b", "c", "d"):
        _put(play, key, secret)
    await play.settle()
    calls = [v for v in play.sandbox.violations if v["name"] == "channel_not_found"]
    assert len(calls) == 1
    play.sandbox.clock.advance(timedelta(days=7, minutes=1).total_seconds())
    for _ in range(4):
        await play.settle()
        play.sandbox.clock.advance(LOOK_EVERY.total_seconds())
    assert {_state(play, key) for key in "abcd"} == {"dead"}


async def test_each_lead_hears_again_when_the_channel_closes_again(play):
    for _ in range(2):
        await play.sandbox.channel("kick", channel="C0LEADS", user="assay")
        _put(play, f"said {len(_told(play))}", "C0LEADS")
        await play.settle()
        await play.sandbox.channel("invite", channel="C0LEADS", user="assay")
        await play.settle()
    assert len(_told(play)) == 2
    assert len(_said(play, "#ml-leads")) == 2


async def test_a_message_that_links_to_one_that_waits_comes_after_it_with_its_link(play):
    secret = await _secret(play)
    _put(play, "digest", secret)
    _put(play, "draft", "C0LEADS")
    await play.settle()
    _edit(play, "draft", f"<{say.LINK}|posted>", link_to="digest")
    await play.settle()
    assert _said(play, "#ml-leads") == ["said draft"]
    await play.sandbox.channel("invite", channel=secret, user="assay")
    await play.settle()
    assert "/archives/" in _said(play, "#ml-leads")[0]


@pytest.mark.parametrize("error", SHUT_OUT)
async def test_while_slack_refuses_the_app_everything_waits_and_one_call_tries(play, error):
    await play.sandbox.shut_out(error)
    for user in ("U0ANA", "U0BEN", "U0ZOE"):
        _put(play, f"to {user}", user)
    for _ in range(20):
        await play.assay.poster.drain()
        await play.assay.poster.answered()
    tried = [e for e in play.sandbox.seen.entries if e.kind == "api" and e.error == error]
    assert len(tried) <= 3  # those that were begun before the first was refused
    play.sandbox.clock.advance(400)
    for _ in range(20):
        await play.assay.poster.drain()
        await play.assay.poster.answered()
    tried_later = [e for e in play.sandbox.seen.entries if e.kind == "api" and e.error == error]
    assert len(tried_later) == len(tried) + 1
    await play.sandbox.shut_out("")
    play.sandbox.clock.advance(400)
    await play.settle()
    for who in ("ana", "ben", "zoe"):
        assert _said(play, f"D0{who.upper()}", who) == [f"said to U0{who.upper()}"]


async def test_what_was_due_a_day_ago_is_given_up_when_slack_refuses_the_app(play):
    await play.sandbox.shut_out("token_revoked")
    for user in ("U0ANA", "U0BEN"):
        _put(play, user, user)
    await play.settle()
    play.sandbox.clock.advance(timedelta(hours=24, minutes=1).total_seconds())
    await play.settle()
    assert [_state(play, user) for user in ("U0ANA", "U0BEN")] == ["dead", "dead"]


async def test_a_missing_scope_stops_only_what_needs_it(play):
    office = play.sandbox.office
    whole = office.manifest
    office.manifest = replace(whole, scopes=whole.scopes - {"usergroups:read"})
    with play.assay.lab.begin() as session:
        _voice(session, play).ask_group("S0LEADS")
    _put(play, "a", "C0STANDUP")
    for _ in range(3):
        await play.assay.poster.drain()
        await play.assay.poster.answered()
    assert "said a" in _said(play, "#standup")
    assert not play.assay.poster.is_shut_out
    assert _state(play, "group:T0ASSAY:S0LEADS") == "failed"
    office.manifest = whole
    play.sandbox.clock.advance(301)
    await play.settle()
    assert _state(play, "group:T0ASSAY:S0LEADS") == "sent"


async def test_a_channel_chosen_where_the_bot_is_not_is_said_at_once(play):
    secret = await _secret(play)
    await play.sandbox.command("lena", "#standup", "/exp", "setup")
    view = play.sandbox.views("lena")[-1]
    await play.sandbox.submit("lena", view["id"], {"digest_channel": secret})
    await play.settle()
    assert len(_told(play)) == 1
    assert secret in _told(play)[0]


async def test_what_waits_goes_to_the_channel_that_is_chosen_instead(play):
    secret = await _secret(play)
    for channel in (secret, "C0DIGEST"):
        await play.sandbox.command("lena", "#standup", "/exp", "setup")
        view = play.sandbox.views("lena")[-1]
        await play.sandbox.submit("lena", view["id"], {"digest_channel": channel})
        if channel == secret:
            _put(play, "digest", secret)
            _put(play, "below", secret, thread_of="digest")
        await play.settle()
    parent = next(m for m in play.sandbox.messages("lena", "#exec-digest"))
    thread = play.sandbox.messages("lena", "#exec-digest", thread_ts=parent["ts"])
    assert [m["text"] for m in thread] == ["said digest", "said below"]
