"""Portfolios in both databases, and with two processes."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

from sqlmodel import Session, select

from bot.writer import PlainWriter
from models import db
from models.digest import digest as digests
from models.digest import portfolio as table
from models.digest.digest import Digest
from models.digest.portfolio import Portfolio
from models.outbox import Outbox
from services.digest import portfolio, posting
from services.ports import Lab
from tests import seeded
from tests.conversation import WORKSPACE
from tests.portfolios import FRIDAY_FOUR, KEY, MONDAY, another

WEEK = date(2026, 11, 23)


def _lab(engine) -> Lab:
    return Lab(engine=engine, clock=lambda: FRIDAY_FOUR, writer=PlainWriter())


def _written(engine) -> Lab:
    """Two teams whose digests of the week are written and wait for their portfolio."""
    seeded.team(engine, name="Support", zone="Europe/Berlin", digest_channel="CEXEC",
                created_at=MONDAY)  # fmt: skip
    another(engine, "Vision")
    lab = _lab(engine)
    assert [posting.publish(lab, team, FRIDAY_FOUR) for team in (1, 2)] == [True, True]
    return lab


def test_the_newest_way_it_stands_is_found_by_channel_and_week(engine):
    with db.transaction(engine) as session:
        for channel, week, number in (("CA", 0, 1), ("CA", 0, 2), ("CA", -7, 1), ("CB", 7, 1)):
            on = WEEK + timedelta(days=week + 4)
            session.add(Portfolio(workspace=WORKSPACE, channel=channel, on=on, number=number,
                                  week=WEEK + timedelta(days=week), at=FRIDAY_FOUR))  # fmt: skip
        session.flush()
        assert table.newest(session, WORKSPACE, "CA").number == 2
        assert table.newest(session, WORKSPACE, "CA", WEEK - timedelta(days=7)).number == 1
        assert table.newest(session, WORKSPACE, "CB", WEEK) is None
        assert table.newest(session, "T0B", "CA") is None


def test_a_digest_of_its_own_is_in_no_portfolio(engine):
    team_id = seeded.team(engine)
    with db.transaction(engine) as session:
        for week, channel in ((47, ""), (48, "CEXEC")):
            on = date.fromisocalendar(2026, week, 5)
            session.add(Digest(team_id=team_id, week=f"2026-W{week}", on=on, at=FRIDAY_FOUR,
                               channel=channel))  # fmt: skip
        session.flush()
        found = digests.carried(session, FRIDAY_FOUR - timedelta(days=8))
        assert found == [(WORKSPACE, "CEXEC", date(2026, 11, 27))]
        assert digests.carried(session, FRIDAY_FOUR + timedelta(days=1)) == []
        assert [row.week for row in digests.pages_of(session, team_id)] == ["2026-W48"]


def test_it_is_stored_with_its_facts_and_posted_before_the_pages(engine):
    lab = _written(engine)
    (spot,) = portfolio.news(lab, FRIDAY_FOUR)
    assert spot.key == KEY
    assert portfolio.bring(lab, spot, FRIDAY_FOUR) is True
    assert portfolio.news(lab, FRIDAY_FOUR) == []
    with Session(engine) as session:
        (row,) = session.exec(select(Portfolio)).all()
        assert row.states == {"1": "posted", "2": "posted"}
        said = session.exec(select(Outbox).where(Outbox.channel == "CEXEC")).all()
        assert [(one.key, one.thread_of) for one in sorted(said, key=lambda o: o.pk)] == [
            (KEY, ""), ("digest:1:2026-W48", KEY), ("digest:2:2026-W48", KEY),
        ]  # fmt: skip


def test_two_processes_at_once_post_it_once(postgres_engine):
    lab = _written(postgres_engine)
    together = threading.Barrier(2)

    def bring(_):
        (spot,) = portfolio.news(lab, FRIDAY_FOUR)
        together.wait(timeout=10)
        return portfolio.bring(lab, spot, FRIDAY_FOUR)

    with ThreadPoolExecutor(2) as both:
        assert True in list(both.map(bring, range(2)))
    with Session(postgres_engine) as session:
        assert len(session.exec(select(Portfolio)).all()) == 1
        said = session.exec(select(Outbox.key).where(Outbox.channel == "CEXEC")).all()
        assert sorted(said) == ["digest:1:2026-W48", "digest:2:2026-W48", KEY]
