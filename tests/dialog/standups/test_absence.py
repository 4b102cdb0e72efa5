"""Being away: noted by oneself or by a lead, counted nowhere, ended early."""

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from jobs.standups import standup as job
from models.outbox import Outbox
from models.standups.absence import Absence
from tests.standups import PEOPLE, arrange, know, open_round, parent, prompts, said

ANSWER = {"q0": "The reranker hurts", "q1": "Distil it", "q2": "none"}


def _absences(talk):
    with Session(talk.engine) as session:
        rows = session.exec(select(Absence).order_by(Absence.id)).all()
        return [(r.user_id, str(r.first_day), str(r.last_day), r.reason) for r in rows]


def _asked(talk, user):
    return [row.key for row in talk.sent("prompt:") if row.kind == "post" and user in row.key]


def test_who_is_away_is_not_asked_not_missing_and_in_no_count(talk):
    arrange(talk)
    heard = talk.say("/standup ooo until Wednesday conference", by="UBEN").text
    assert "You are away from Mon 23 Nov to Wed 25 Nov 2026, both included (conference)." in heard
    assert "asks you: Thu 26 Nov. `/standup back` ends it." in heard
    talk.later(minutes=91)
    talk.run(job.run)
    assert prompts(talk) == {"UANA": "asked", "UBEN": "away", "UCY": "asked"}
    assert _asked(talk, "UBEN") == []
    assert "0/2 in, 1 away, 2 to go" in parent(talk)
    assert "Away: Ben" in talk.say("/standup status").blocks[0]["text"]["text"]
    talk.later(hours=5)
    talk.run(job.run)
    wrapped = parent(talk)
    assert "0 of 2 answered" in wrapped
    assert "No answer: Ana, Cy" in wrapped
    assert "1 away: Ben" in wrapped
    talk.now += timedelta(days=3) - timedelta(hours=5)  # Thursday
    talk.run(job.run)
    assert len(_asked(talk, "UBEN")) == 1


def test_an_open_round_follows_in_place(talk):
    open_round(talk)
    talk.say("/standup ooo today", by="UBEN")
    assert "0/2 in, 1 away, 2 to go" in parent(talk)
    assert "you are away, so nobody waits" in said(talk, "prompt:1:UBEN")
    assert talk.say("/standup skip", by="UBEN").text.startswith("You owe no answer")
    assert "You are away" in talk.press("standup_skip", "1", by="UBEN").text
    assert "Welcome back." in talk.say("/standup back", by="UBEN").text
    assert "0/3 in, 3 to go" in parent(talk)
    assert "your turn" in said(talk, "prompt:1:UBEN")
    talk.later(minutes=1)
    talk.run(job.run)
    assert len(_asked(talk, "UBEN")) == 1


def test_who_answered_before_leaving_stays_answered_and_who_is_away_may_answer(talk):
    open_round(talk)
    talk.say("/standup")
    talk.submit_open(ANSWER)
    talk.say("/standup ooo 2w")
    assert "1/3 in, 2 to go" in parent(talk)
    talk.say("/standup ooo 2w", by="UBEN")
    talk.press("standup_answer", "1", by="UBEN")
    talk.submit_open(ANSWER, by="UBEN")
    assert "2/3 in, 1 to go" in parent(talk)


def test_coming_back_before_ones_hour_is_asked_and_after_it_is_left_alone(talk):
    who = {"UANA": ("Ana", "UTC"), "UBEN": ("Ben", "UTC"), "ULEE": ("Lee", "America/New_York")}
    arrange(talk, who=who)
    talk.say("/standup ooo until Friday", by="ULEE")
    talk.say("/standup ooo until Friday", by="UBEN")
    talk.later(minutes=95)
    talk.run(job.run)
    talk.say("/standup back", by="ULEE")
    talk.say("/standup back", by="UBEN")
    assert prompts(talk) == {"UANA": "asked", "UBEN": "away", "ULEE": "due"}
    talk.later(hours=5)
    talk.run(job.run)
    assert prompts(talk)["ULEE"] == "asked"
    assert _asked(talk, "UBEN") == []
    with Session(talk.engine) as session:
        assert session.exec(select(Absence)).all() == []


def test_coming_back_leaves_past_rounds_as_they_were(talk):
    arrange(talk)
    talk.say("/standup ooo until Friday", by="UBEN")
    talk.later(hours=7)
    for hours in (0, 20, 4):
        talk.later(hours=hours)
        talk.run(job.run)
    before = parent(talk)
    assert "1 away: Ben" in before or "1 away" in before
    talk.say("/standup back", by="UBEN")
    assert _absences(talk) == [("UBEN", "2026-11-23", "2026-11-23", "")]
    assert parent(talk) == before


def test_a_day_on_which_everybody_is_away_has_no_round(talk):
    arrange(talk)
    for user in PEOPLE:
        talk.say("/standup ooo today", by=user)
    for _ in range(20):
        talk.later(hours=1)
        talk.run(job.run)
    assert talk.sent("round:") == []
    assert "Next: Standup Tue 24 Nov" in talk.say("/standup").text
    talk.later(hours=6)
    talk.run(job.run)
    assert [row.key for row in talk.sent("round:")] == ["round:1"]


def test_a_lead_notes_somebody_else_and_they_are_told(talk):
    arrange(talk)
    heard = talk.say("/standup ooo <@UBEN|ben> until Friday sick").text
    assert "Ben is away from Mon 23 Nov to Fri 27 Nov 2026, both included (sick)." in heard
    told = talk.sent("away:UBEN")[0]
    assert told.channel == "UBEN"
    assert "Ana noted that you are away" in told.payload["text"]
    assert "Ben is back." in talk.say("/standup back <@UBEN>").text
    assert "Ana ended your absence" in talk.sent("away:UBEN")[1].payload["text"]


def test_only_a_lead_notes_somebody_else(talk):
    arrange(talk)
    for line in ("/standup ooo <@UCY> today", "/standup back <@UCY>"):
        heard = talk.say(line, by="UBEN").text
        assert "Only a lead can do this for somebody else. Ask Ana." in heard
    assert _absences(talk) == []


def test_the_same_absence_twice_is_one_and_a_later_word_changes_it(talk):
    arrange(talk)
    talk.say("/standup ooo until Friday sick")
    assert "That was noted before." in talk.say("/standup ooo until Friday").text
    talk.say("/standup ooo until Thursday")
    talk.say("/standup ooo 2026-12-24..2027-01-03")
    assert _absences(talk) == [
        ("UANA", "2026-11-23", "2026-11-26", "sick"),
        ("UANA", "2026-12-24", "2027-01-03", ""),
    ]
    listed = talk.say("/standup ooo", by="UCY").blocks[0]["text"]["text"]
    assert "Ana: from Mon 23 Nov to Thu 26 Nov 2026, both included (sick)" in listed
    assert "from Thu 24 Dec 2026 to Sun 3 Jan 2027" in listed
    assert "Next: Standup Fri 27 Nov" in talk.say("/standup").text


def test_a_planned_absence_is_called_off_by_back(talk):
    arrange(talk)
    assert "Nobody is away" in talk.say("/standup ooo").text
    talk.say("/standup ooo 2026-12-24..2027-01-03")
    assert "is called off" in talk.say("/standup back").text
    assert "You are not away, and nothing is planned." in talk.say("/standup back").text
    assert _absences(talk) == []


@pytest.mark.parametrize("line", ["/standup ooo someday", "/standup ooo <@UBEN>"])
def test_days_that_cannot_be_read_are_refused(talk, line):
    arrange(talk)
    assert "Write `until Friday`" in talk.say(line).text
    assert _absences(talk) == []


def test_the_words_work_in_a_direct_message_and_are_no_answers(talk):
    open_round(talk)
    heard = talk.write("ooo until Friday", by="UBEN", channel="DBEN")
    assert "You are away from Mon 23 Nov to Fri 27 Nov" in heard.text
    assert "Welcome back." in talk.write("I'm back", by="UBEN", channel="DBEN").text
    assert "Write `until Friday`" in talk.write("ooo soon", by="UBEN", channel="DBEN").text
    assert "You owe no answer" in talk.write("skip", by="UZOE", channel="DZOE").text
    assert talk.sent("answer:") == []
    assert talk.write("back", by="UBEN", channel="CTEAM").text == ""


def test_their_own_date_counts_not_the_teams(talk):
    know(talk, PEOPLE | {"UKIM": ("Kim", "Pacific/Auckland")})
    arrange(talk, who=PEOPLE | {"UKIM": ("Kim", "Pacific/Auckland")})
    talk.later(hours=6)  # Tuesday in Auckland
    talk.say("/standup ooo today", by="UKIM")
    assert _absences(talk) == [("UKIM", "2026-11-24", "2026-11-24", "")]


def test_who_is_away_when_the_prompt_is_still_unsent_gets_none(talk):
    arrange(talk)
    talk.later(minutes=91)
    talk.run(job.run)
    talk.say("/standup ooo today", by="UBEN")
    with Session(talk.engine) as session:
        pending = session.exec(select(Outbox.key).where(Outbox.state == "pending")).all()
    assert "prompt:1:UBEN" not in pending
