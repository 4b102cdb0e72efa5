"""Claiming and settling outbox rows, on both databases."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session, select

from models import outbox as table
from models.team import Team
from services import outbox, say, unsent
from services.outbox import Busy
from services.ports import Lab
from tests.conversation import PlainTestWriter

START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@dataclass
class Desk:
    lab: Lab
    now: datetime = START

    def put(self, key: str, channel: str = "C1", **more: str) -> None:
        with self.lab.begin() as session:
            say.Voice(session, "T1", self.now).post(key, channel, (key, []), **more)

    def claim(self, worker: str = "w1", busy: Busy | None = None) -> list[str]:
        self.calls = outbox.claim(self.lab, worker, busy or Busy())
        return [call.key for call in self.calls]

    def row(self, key: str) -> table.Outbox:
        with Session(self.lab.engine) as session:
            found = table.find(session, key)
            assert found is not None
            return found


@pytest.fixture
def desk(engine):
    holder: list[Desk] = []
    lab = Lab(engine=engine, clock=lambda: holder[0].now, writer=PlainTestWriter())
    holder.append(Desk(lab))
    return holder[0]


def test_a_row_is_claimed_by_one_worker_only(desk):
    desk.put("a")
    assert desk.claim("w1") == ["a"]
    assert desk.claim("w2") == []


def test_a_channel_gets_one_post_per_claim_and_others_do_not_wait(desk):
    for key, channel in (("a", "C1"), ("b", "C1"), ("c", "C2")):
        desk.put(key, channel)
    assert desk.claim() == ["a", "c"]
    assert desk.claim(busy=Busy(channels={"C1"})) == []
    assert desk.claim() == ["b"]


def test_a_thread_reply_waits_for_its_parent_and_takes_its_place(desk):
    desk.put("reply", "C1", thread_of="parent")
    with desk.lab.begin() as session:
        session.delete(table.find(session, "reply"))
    desk.put("parent")
    desk.put("reply", "C1", thread_of="parent")
    assert desk.claim() == ["parent"]
    assert desk.claim() == []
    call = outbox.Call(desk.row("parent").id, "parent", "T1", 0, "post", "C1", {}, "n")
    outbox.settle_sent(desk.lab, call, channel="C1", ts="17.1")
    assert desk.claim() == ["reply"]
    assert desk.calls[0].thread_ts == "17.1"


def test_an_expired_lease_comes_back_as_uncertain(desk):
    desk.put("a")
    desk.claim()
    desk.now += timedelta(seconds=61)
    assert desk.claim("w2") == ["a"]
    assert desk.calls[0].uncertain
    assert desk.calls[0].age == timedelta(seconds=61)


def test_who_dies_while_looking_for_a_post_leaves_the_next_one_looking_as_far_back(desk):
    desk.put("a")
    desk.claim()
    for times in (1, 2):  # the second worker died, too
        desk.now += timedelta(seconds=61)
        desk.claim("w2")
        assert desk.calls[0].uncertain
        assert desk.calls[0].age == timedelta(seconds=61 * times)


def test_an_expired_lease_in_flight_here_is_left_alone(desk):
    desk.put("a")
    desk.claim()
    desk.now += timedelta(days=1)
    assert desk.claim(busy=Busy(ids={desk.calls[0].id})) == []


def test_a_rate_limited_row_waits_as_long_as_slack_says(desk):
    desk.put("a")
    desk.claim()
    outbox.settle_failed(desk.lab, desk.calls[0], "ratelimited", retry_after=7)
    desk.now += timedelta(seconds=6)
    assert desk.claim() == []
    desk.now += timedelta(seconds=2)
    assert desk.claim() == ["a"]
    assert not desk.calls[0].uncertain


def test_a_failing_row_is_given_up_after_a_day(desk):
    desk.put("a")
    for _ in range(40):
        if desk.claim():
            outbox.settle_failed(desk.lab, desk.calls[0], "internal_error")
        desk.now += timedelta(hours=1)
    assert desk.row("a").state == "dead"


def test_an_edit_renewed_in_flight_is_sent_again(desk):
    desk.put("a")
    desk.claim()
    outbox.settle_sent(desk.lab, desk.calls[0], channel="C1", ts="1.1")
    with desk.lab.begin() as session:
        say.Voice(session, "T1", desk.now).edit("a", ("one", []))
    desk.claim()
    flying = desk.calls[0]
    with desk.lab.begin() as session:
        say.Voice(session, "T1", desk.now).edit("a", ("two", []))
    outbox.settle_sent(desk.lab, flying)
    assert desk.claim() == ["edit:a"]
    assert desk.calls[0].payload["text"] == "two"


def test_a_reply_to_a_dead_parent_dies_too(desk):
    desk.put("parent")
    desk.put("reply", thread_of="parent")
    desk.claim()
    outbox.settle_dead(desk.lab, desk.calls[0], "is_archived")
    assert desk.claim() == []
    assert desk.row("reply").state == "dead"


@pytest.mark.parametrize(("other_use", "went_to"), [("", "C2"), ("C1", "C1")])
def test_what_waits_leaves_a_channel_only_when_nothing_else_is_said_there(
    desk, other_use, went_to
):
    with desk.lab.begin() as session:
        session.add(Team(workspace="T1", alerts_channel=other_use, created_at=desk.now))
    desk.put("a")
    desk.claim()
    outbox.settle_held(desk.lab, desk.calls[0], "not_in_channel")
    assert desk.claim() == []
    with desk.lab.begin() as session:
        team = session.exec(select(Team)).one()
        team.digest_channel = "C2"
        unsent.rehouse(session, team, [("C1", "C2")], desk.now)
    assert desk.row("a").channel == went_to
    assert ("a" in desk.claim()) is (went_to == "C2")


def test_a_held_row_that_somebody_wants_now_is_tried_now_and_a_dead_one_too(desk):
    desk.put("a")
    desk.claim()
    for settle in (outbox.settle_held, outbox.settle_dead):
        settle(desk.lab, desk.calls[0], "not_in_channel")
        assert desk.claim() == []
        with desk.lab.begin() as session:
            assert table.refused(session, "a") == ("C1", "not_in_channel")
            table.try_again(session, "a", desk.now)
        assert desk.claim() == ["a"]


def test_a_kind_of_call_that_is_spent_for_this_minute_does_not_hide_the_others(desk):
    with desk.lab.begin() as session:
        for user in ("UA", "UB", "UC"):
            say.Voice(session, "T1", desk.now).ask_profile(user)
    desk.put("post")
    assert len(desk.claim(busy=Busy(rooms={"profile": 1}))) == 2
    assert [call.kind for call in desk.calls] == ["profile", "post"]
    assert desk.claim(busy=Busy(rooms={"profile": 0})) == []
    assert len(desk.claim(busy=Busy(rooms={"profile": 9}))) == 2
