"""What a missed round leaves in somebody's DM: one line, and nothing that is over."""

from datetime import timedelta

from jobs.standups import standup as job
from tests.standups import EIGHT, PEOPLE, know, open_round, said

ANSWER = {"q0": "The reranker hurts", "q1": "Distil it", "q2": "none"}


def _until_over(talk, day=0):
    """From the morning of that day until its round is wrapped up, with its reminders."""
    for hours in (1.5, 3.5, 5.2, 6.5):
        talk.now = EIGHT + timedelta(days=day, hours=hours)
        talk.run(job.run)
        talk.deliver()


def _left(talk, user="UCY"):
    """What stands in that person's DM now, oldest first."""
    rows = talk.sent()
    gone = {row.target for row in rows if row.kind == "delete"}
    here = [row.key for row in rows if row.kind == "post" and row.channel == user]
    return [said(talk, key) for key in here if key not in gone]


def _buttons(talk, key):
    row = next(row for row in talk.sent(key) if row.key == f"edit:{key}")
    return [
        (element["text"]["text"], element["value"])
        for block in row.payload["blocks"] if block["type"] == "actions"
        for element in block["elements"]
    ]  # fmt: skip


def test_a_missed_round_leaves_one_line_and_its_reminders_are_deleted(talk):
    open_round(talk)
    _until_over(talk)
    assert [row.key for row in talk.sent("nudge:1:UCY") if row.kind == "post"]
    assert _left(talk) == ["Standup Mon 23 Nov: not answered."]
    assert _buttons(talk, "prompt:1:UCY") == [("Answer late", "1")]


def test_several_missed_days_are_one_line_that_names_them(talk):
    open_round(talk)
    for day in range(3):
        _until_over(talk, day)
    assert _left(talk) == ["Standup Mon 23 Nov, Tue 24 Nov, Wed 25 Nov: not answered."]
    assert _buttons(talk, "prompt:3:UCY") == [("Answer late", "3")]
    _until_over(talk, 3)
    assert _left(talk) == ["Standup: 4 not answered since Mon 23 Nov."]


def test_an_answer_between_two_missed_days_ends_the_line(talk):
    open_round(talk)
    _until_over(talk)
    talk.now = EIGHT + timedelta(days=1, hours=1.5)
    talk.run(job.run)
    talk.deliver()
    talk.press("standup_answer", "2", "UCY")
    talk.submit_open(ANSWER, "UCY")
    _until_over(talk, 1)
    _until_over(talk, 2)
    assert _left(talk)[-1] == "Standup Wed 25 Nov: not answered."
    assert "Standup Mon 23 Nov: not answered." in _left(talk)


def test_a_late_answer_takes_the_place_of_the_line(talk):
    open_round(talk)
    _until_over(talk)
    talk.press("standup_answer", "1", "UCY")
    talk.submit_open(ANSWER, "UCY")
    assert _left(talk) == ["Standup Mon 23 Nov: your answer is in, late. Thank you."]


def test_a_round_nobody_could_be_asked_in_takes_no_line_away(talk):
    know(talk, PEOPLE)
    open_round(talk)
    _until_over(talk)
    for hours in (1.5, 6.5):  # the second day Slack takes nothing
        talk.now = EIGHT + timedelta(days=1, hours=hours)
        talk.run(job.run)
    assert _left(talk) == ["Standup Mon 23 Nov: not answered."]


def test_the_reminder_of_who_skips_is_deleted(talk):
    open_round(talk)
    talk.now = EIGHT + timedelta(hours=3.5)
    talk.run(job.run)
    talk.deliver()
    assert len(_left(talk)) == 2
    talk.press("standup_skip", "1", "UCY")
    assert _left(talk) == ["Standup Mon 23 Nov: skipped."]
