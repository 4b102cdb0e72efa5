"""Digests, notes and readers in both databases."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from sqlmodel import Session

from bot.writer import PlainWriter
from core.llm.endpoint import LlmAnswer, LlmQuestion
from models import db, outbox
from models import people as teams
from models.digest import digest as table
from models.digest.digest import Digest, Note
from models.team import Team
from services import inbox
from services.digest import posting
from services.ports import Lab
from tests import seeded
from tests.conversation import WORKSPACE
from tests.tickets import person_of
from tests.weeks import promoted
from tests.worded import ON

FRIDAY_FOUR = datetime(2026, 11, 27, 16, 0, tzinfo=UTC)


def _lab(engine) -> Lab:
    return Lab(engine=engine, clock=lambda: FRIDAY_FOUR, writer=PlainWriter())


def test_the_newest_digests_come_first_and_only_the_teams_own(engine):
    one, two = seeded.team(engine), seeded.team(engine, "T0B")
    with db.transaction(engine) as session:
        for team_id, week in ((one, 46), (one, 48), (one, 47), (two, 49)):
            on = date.fromisocalendar(2026, week, 5)
            session.add(Digest(team_id=team_id, week=f"2026-W{week}", on=on, at=FRIDAY_FOUR))
        session.flush()
        assert [row.week for row in table.recent(session, one, limit=2)] == [
            "2026-W48",
            "2026-W47",
        ]
        assert table.last_of(session, two).week == "2026-W49"
        assert table.last_of(session, 999) is None


def test_notes_stay_until_done_and_belong_to_one_team(engine):
    one, two = seeded.team(engine), seeded.team(engine, "T0B")
    with db.transaction(engine) as session:
        for team_id in (one, one, two):
            session.add(Note(team_id=team_id, kind="need", text="x", by="U1", at=FRIDAY_FOUR))
        session.flush()
        first, second = table.open_notes(session, one)
        first.done_at = FRIDAY_FOUR
        assert table.open_notes(session, one) == [second]
        assert table.note(session, two, second.id) is None
        assert table.note(session, one, second.id) is second


def test_a_digest_is_stored_with_its_facts_and_posted_through_the_outbox(engine):
    team_id = seeded.team(engine, digest_channel="CEXEC")
    seeded.tickets(engine, promoted(3, 0.883))
    assert posting.publish(_lab(engine), team_id, FRIDAY_FOUR) is True
    assert posting.publish(_lab(engine), team_id, FRIDAY_FOUR) is False
    with Session(engine) as session:
        row = outbox.find(session, f"digest:{team_id}:2026-W48")
        kept = table.last_of(session, team_id)
        assert row.payload["text"] == kept.text
        assert kept.sheet["headline"]["current"] == 0.883


def test_two_processes_writing_the_same_digest_at_once_post_one(postgres_engine):
    team_id = seeded.team(postgres_engine, digest_channel="CEXEC")
    together = threading.Barrier(2)

    class Together:
        def write(self, asked: LlmQuestion) -> LlmAnswer:
            together.wait(timeout=10)
            raise RuntimeError("no words")

    def publish(_):
        lab = replace(_lab(postgres_engine), writer=Together(), llm=ON)
        return posting.publish(lab, team_id, FRIDAY_FOUR)

    with ThreadPoolExecutor(2) as both:
        assert sorted(both.map(publish, range(2))) == [False, True]
    with Session(postgres_engine) as session:
        assert len(table.recent(session, team_id)) == 1


def test_home_readers_are_those_who_looked_lately_and_are_still_there(engine):
    team_id = seeded.team(engine)
    with db.transaction(engine) as session:
        theirs = session.get_one(Team, team_id)
        for user, hours, active in (("UA", 1, True), ("UB", 30, True), ("UC", 1, False)):
            seen = FRIDAY_FOUR - timedelta(hours=hours)
            person_of(session, theirs, user, active=active, home_opened_at=seen)
        person_of(session, theirs, "UD")
        session.flush()
        since = FRIDAY_FOUR - timedelta(days=1)
        assert [m.user_id for m in teams.home_readers(session, WORKSPACE, since)] == ["UA"]


def test_leads_of_the_group_who_left_the_workspace_do_not_count(engine):
    team_id = seeded.team(engine, group_members=["UA", "UB", "UNEW"])
    with db.transaction(engine) as session:
        theirs = session.get_one(Team, team_id)
        person_of(session, theirs, "UA", role="lead")
        person_of(session, theirs, "UB", active=False)
        session.flush()
        assert teams.leads(session, seeded.team_row(session)) == ["UA", "UNEW"]


def test_old_inputs_are_forgotten_once_a_day_and_failed_ones_kept(engine):
    lab = _lab(engine)
    old = FRIDAY_FOUR - timedelta(days=8)
    inbox.keep_refused(lab, inbox.Input("a", old, "command", "T1", "U1"), {})
    failed = inbox.Input("b", old, "command", "T1", "U1")
    inbox.keep_failed(lab, failed, {}, reference="1", body={})
    assert inbox.prune_daily(lab, FRIDAY_FOUR) == 1
    inbox.keep_refused(lab, inbox.Input("c", old, "command", "T1", "U1"), {})
    assert inbox.prune_daily(lab, FRIDAY_FOUR + timedelta(hours=1)) == 0
    assert inbox.prune_daily(lab, FRIDAY_FOUR + timedelta(days=1)) == 1
