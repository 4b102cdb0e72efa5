"""The dry run of a standup's first round, which the lead sees before anybody is asked."""

import pytest
from sqlmodel import Session, select

from jobs.standups import standup
from jobs.workspace import onboarding as job
from models.standups.standup import Round
from models.standups.standup import Standup as StandupRow
from models.workspace.onboarding import Rehearsal
from tests.standups import arrange

WORLD = {"UANA": ("Ana", "Europe/Berlin"), "UBEN": ("Ben", "Europe/Berlin"),
         "UCY": ("Cy", "Asia/Tokyo")}  # fmt: skip


@pytest.fixture
def new(talk_on_both):
    """A team nobody has set up, on both databases."""
    return talk_on_both


def _count(talk, table):
    with Session(talk.engine) as session:
        return len(session.exec(select(table)).all())


def _rehearse(talk):
    talk.run(job.rehearse)
    talk.deliver()


def _plan(talk):
    return str((talk.sent("edit:rehearsal:1") or talk.sent("rehearsal:1"))[0].payload)


def test_before_the_first_round_the_lead_sees_who_will_be_asked_what_and_when(new):
    arrange(new, WORLD, days=["1"])
    _rehearse(new)
    (row,) = new.sent("rehearsal:1")
    assert row.channel == "UANA"
    assert row.payload["text"].startswith("Dry run of Standup, first round Tue 24 Nov.")
    plan = str(row.payload)
    assert "09:30 Asia/Tokyo → Cy" in plan
    assert "09:30 Europe/Berlin → Ana, Ben" in plan
    assert "What did you learn?" in plan
    assert "begins by itself" in plan
    new.run(job.rehearse)
    assert len(new.sent("rehearsal:1")) == 1


def test_it_follows_every_change_until_the_round_begins_by_itself(new):
    arrange(new, WORLD, days=["1"])
    _rehearse(new)
    new.press("rehearsal_change", "CTEAM")
    new.submit_open({"at": "11:00", "people": ["UANA"]})
    _rehearse(new)
    assert "11:00 Europe/Berlin → Ana" in _plan(new)
    assert "Cy" not in _plan(new)
    new.later(days=1, hours=3)
    new.run(standup.run)
    _rehearse(new)
    assert "The first round of Standup, Tue 24 Nov, has begun" in _plan(new)
    assert _count(new, Round) == 1
    assert "has begun already" in new.press("rehearsal_stop", "1").text
    new.run(job.rehearse)
    assert len(new.sent("rehearsal:1")) == 2


def test_stop_keeps_the_round_from_beginning_and_start_lets_it(new):
    arrange(new, WORLD, days=["1", "2"])
    _rehearse(new)
    assert "waits: it is paused" in new.press("rehearsal_stop", "1").text
    assert "Nobody is asked" in _plan(new)
    new.later(days=1, hours=3)
    new.run(standup.run)
    assert _count(new, Round) == 0
    assert "starts on Wed 25 Nov" in new.press("rehearsal_start", "1").text
    assert "Ana said Start" in _plan(new)
    new.later(days=1)
    new.run(standup.run)
    assert _count(new, Round) == 1


def test_stop_twice_and_resume_in_the_channel_are_followed(new):
    arrange(new, WORLD, days=["1"])
    _rehearse(new)
    new.press("rehearsal_stop", "1")
    assert "waits" in new.press("rehearsal_stop", "1").text
    new.say("/standup resume")
    _rehearse(new)
    assert "Dry run of Standup" in _plan(new)


def test_only_leads_start_or_stop_a_first_round(new):
    arrange(new, WORLD, days=["1"])
    _rehearse(new)
    for action in ("rehearsal_start", "rehearsal_stop", "rehearsal_change"):
        assert "Only a lead" in new.press(action, "1", by="UBEN").text
    assert "That standup is gone" in new.press("rehearsal_start", "9").text


def test_a_standup_that_has_had_rounds_gets_no_dry_run(new):
    arrange(new, WORLD)
    new.later(hours=3)
    new.run(standup.run)
    _rehearse(new)
    assert new.sent("rehearsal:") == []
    assert _count(new, Rehearsal) == 1


def test_who_is_away_is_named_as_not_asked(new):
    arrange(new, WORLD, days=["1"])
    new.say("/standup ooo until Friday", by="UBEN")
    _rehearse(new)
    assert "Not asked that day (away, or their hour is over): Ben" in _plan(new)


def test_a_standup_whose_people_are_all_gone_says_so(new):
    arrange(new, {"UANA": ("Ana", "UTC")}, days=["1"])
    with Session(new.engine) as session:
        row = session.exec(select(StandupRow)).one()
        row.people = []
        session.commit()
    _rehearse(new)
    assert "nobody is left to ask" in _plan(new)
