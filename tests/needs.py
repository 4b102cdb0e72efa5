"""Asks of leadership for tests: a team that asks, its digest, and its clock."""

from datetime import UTC, datetime

from jobs.digest import digest, need
from tests import seeded
from tests.conversation import Conversation
from tests.tickets import person

TYPED = (
    "Approve 4 more A100s owner=<@UDANA> by=2026-12-04 amount=$12k "
    "otherwise=“launch slips to January”"
)
FRIDAY_FOUR = datetime(2026, 11, 27, 15, 0, tzinfo=UTC)  # 16:00 in Berlin
DUE = datetime(2026, 12, 4, 9, 0, tzinfo=UTC)  # Friday 10:00 in Berlin


def asking(talk: Conversation) -> Conversation:
    """A team in Berlin with a digest channel; Ana leads and asked, Dana owns need 1."""
    talk.say("/exp leads add <@UANA>", by="UANA")
    seeded.team(talk.engine, zone="Europe/Berlin", digest_channel="CEXEC")
    person(talk.engine, "UDANA")
    talk.say(f"/need add {TYPED}")
    return talk


def tick(talk: Conversation, when: datetime | None = None) -> None:
    """Let the clock do what is due at that moment."""
    talk.now = when or talk.now
    talk.run(digest.post_due)
    talk.run(need.carry)
    talk.deliver()


def decide(talk: Conversation, label: str = "Approve", by: str = "UDANA", why: str = ""):
    """Press a button of need 1 and confirm."""
    talk.press("need_decide_0", f"1|{label}", by=by, channel="CEXEC")
    return talk.submit_open({"why": why}, by=by)


def left(talk: Conversation, user: str) -> None:
    """That person is no longer in the workspace."""
    gone = {"id": user, "deleted": True, "profile": {"display_name": "gone"}}
    talk.event("user_change", {"user": gone}, by=user)
