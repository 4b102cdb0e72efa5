"""Reminders, people who need not answer, and standups of every so many weeks."""

from datetime import timedelta

from jobs.standups import standup as job
from tests.conversation import prefilled
from tests.standups import EIGHT, PEOPLE, arrange, open_round, parent, place, prompts, said

ANSWER = {"q0": "The reranker hurts", "q1": "Distil it", "q2": "none"}


def _nudged(talk, user=""):
    return [row.key for row in talk.sent("nudge:") if row.kind == "post" and user in row.key]


def _tick(talk, hours, minutes=10):
    for _ in range(int(hours * 60 / minutes)):
        talk.later(minutes=minutes)
        talk.run(job.run)
        talk.deliver()


def test_only_who_owes_an_answer_is_reminded_and_at_most_twice(talk):
    open_round(talk)
    talk.say("/standup")
    talk.submit_open(ANSWER)
    talk.press("standup_skip", "1", by="UBEN")
    _tick(talk, 6)
    assert _nudged(talk) == ["nudge:1:UCY:1", "nudge:1:UCY:2"]
    assert (
        "Your answer for Standup Mon 23 Nov is still to come"
        in talk.sent("nudge:1:UCY:1")[0].payload["text"]
    )
    assert [row.key for row in talk.sent("delete:")] == [
        "delete:nudge:1:UCY:1",
        "delete:nudge:1:UCY:2",
    ]


def test_the_reminder_follows_the_answer_and_takes_one_in_its_thread(talk):
    open_round(talk)
    _tick(talk, 2.5)
    channel, ts = place(talk, "nudge:1:UBEN:1")
    talk.write("lr matters\nsweep it\nnone", by="UBEN", channel=channel, thread_ts=ts)
    assert "your answer is in" in said(talk, "nudge:1:UBEN:1")
    assert "1/3 in, 2 to go" in parent(talk)
    _tick(talk, 2)
    assert _nudged(talk, "UBEN") == ["nudge:1:UBEN:1"]


def test_reminders_stop_when_they_are_not_wanted(talk):
    open_round(talk)
    _tick(talk, 2.5)
    for _ in range(2):
        assert "I don't remind you" in talk.press("standup_nudges_off", by="UBEN").text
    assert "I don't remind you" in talk.say("/standup nudges", by="UBEN").text
    _tick(talk, 3)
    assert (len(_nudged(talk, "UBEN")), len(_nudged(talk, "UCY"))) == (1, 2)
    assert "at most twice" in talk.say("/standup nudges on", by="UBEN").text
    assert "Write `/standup nudges off` or `on`." in talk.say("/standup nudges maybe").text


def test_who_was_not_reached_by_the_prompt_is_not_reminded(talk):
    arrange(talk)
    for _ in range(20):
        talk.later(minutes=15)
        talk.run(job.run)  # nothing is delivered: Slack is down
    assert _nudged(talk) == []


def test_who_is_away_is_not_reminded(talk):
    open_round(talk)
    talk.say("/standup ooo today", by="UBEN")
    _tick(talk, 5)
    assert _nudged(talk, "UBEN") == []


def test_who_need_not_answer_is_asked_but_never_reminded_missing_or_to_go(talk):
    open_round(talk, who=PEOPLE | {"UDEE": ("Dee", "UTC")}, people=["UANA", "UBEN"],
               optional=["UCY", "UDEE", "UBEN"])  # fmt: skip
    assert set(prompts(talk).values()) == {"asked"}
    assert "0/2 in, 2 to go" in parent(talk)
    status = talk.say("/standup status").blocks[0]["text"]["text"]
    assert "To go: Ana, Ben\nNeed not answer: Cy, Dee" in status
    talk.say("/standup", by="UDEE")
    talk.submit_open(ANSWER, by="UDEE")
    assert "1/3 in, 2 to go" in parent(talk)
    _tick(talk, 5)
    assert _nudged(talk, "UCY") == []
    assert len(_nudged(talk, "UBEN")) == 2
    wrapped = parent(talk)
    assert "1 of 3 answered" in wrapped
    assert "No answer: Ana, Ben\n" in wrapped
    filled = prefilled(talk.say("/standup setup").modal)
    assert (filled["people"], filled["optional"]) == (["UANA", "UBEN"], ["UCY", "UDEE"])


def test_the_summary_says_who_need_not_answer(talk):
    reply = arrange(talk, people=["UANA"], optional=["UBEN"])
    assert "Ben: 09:30 UTC" in reply.blocks[1]["text"]["text"]
    assert "need not answer" in reply.blocks[1]["text"]["text"]
    assert "2 people" in talk.sent("standup:1:")[0].payload["text"]


def test_a_standup_of_every_second_week(talk):
    reply = arrange(talk, weeks="2", days=["0"])
    assert "Standup is set: Mon every 2 weeks 09:30 local time" in reply.text
    opened = []
    for day in range(36):
        talk.now = EIGHT + timedelta(days=day, minutes=91)
        talk.run(job.run)
        talk.deliver()
        count = len([row for row in talk.sent("round:") if row.kind == "post"])
        opened += [day] * (count - len(opened))
    assert opened == [0, 14, 28]
    assert prefilled(talk.say("/standup setup").modal)["weeks"] == "2"
    assert "Mon every 2 weeks" in str(talk.say("/standup list").blocks)
