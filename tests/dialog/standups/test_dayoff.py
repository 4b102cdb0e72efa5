"""Company days off, and pauses that end by themselves."""

from datetime import timedelta

from jobs.standups import standup as job
from tests.standups import EIGHT, arrange, open_round, parent, prompts


def _rounds(talk):
    return [row.key for row in talk.sent("round:") if row.kind == "post"]


def _day(talk, days):
    talk.now = EIGHT + timedelta(days=days, minutes=91)
    talk.run(job.run)
    talk.deliver()


def test_on_a_day_off_nobody_is_asked(talk):
    arrange(talk)
    assert "No company day off is coming." in talk.say("/standup off").text
    heard = talk.say("/standup off 24 Nov company party").text
    assert heard == ("The team is off on Tue 24 Nov 2026 (company party): no standup. Set by Ana.")
    public = talk.sent("dayoff:")[0]
    assert (public.channel, public.payload["text"]) == ("CTEAM", heard)
    assert "company party" in str(talk.say("/standup off list", by="UBEN").blocks)
    _day(talk, 0)
    _day(talk, 1)
    assert _rounds(talk) == ["round:1"]
    assert "next Wed 25 Nov" in str(talk.say("/standup list").blocks)
    _day(talk, 2)
    assert _rounds(talk) == ["round:1", "round:2"]


def test_a_day_off_set_while_a_round_is_open_and_taken_back(talk):
    open_round(talk)
    talk.say("/standup off today flood")
    assert "0/0 in, 3 away, 0 to go" in parent(talk)
    assert (
        "not off on Mon 23 Nov 2026 (flood) after all"
        in talk.say("/standup off remove today").text
    )
    assert "0/3 in, 3 to go" in parent(talk)
    assert "is not a day off" in talk.say("/standup off remove today").text
    assert set(prompts(talk).values()) == {"asked"}


def test_what_cannot_be_off_is_refused(talk):
    arrange(talk)
    assert "says no days I understand" in talk.say("/standup off someday").text
    assert "Only a lead can set days off" in talk.say("/standup off today", by="UBEN").text
    assert "Only a lead can" in talk.say("/standup off remove today", by="UBEN").text
    talk.say("/standup off 2026-12-24..2026-12-31 winter")
    assert "off already" in talk.say("/standup off 24 Dec to 31 Dec").text
    talk.now = EIGHT + timedelta(days=33)
    assert "have begun" in talk.say("/standup off remove 2026-12-30").text


def test_a_pause_with_an_end_ends_by_itself(talk):
    arrange(talk)
    heard = talk.say("/standup pause until Wednesday").text
    assert heard == "Standup is paused by Ana to Wed 25 Nov. Next round: Thu 26 Nov."
    assert talk.sent("standup:1:")[-1].payload["text"] == heard
    assert "paused until then already" in talk.say("/standup pause until Wednesday").text
    assert "paused to Wed 25 Nov, next Thu 26 Nov" in str(talk.say("/standup list").blocks)
    for day in (0, 1, 2):
        _day(talk, day)
    assert _rounds(talk) == []
    assert "Next: Standup Thu 26 Nov" in talk.say("/standup").text
    _day(talk, 3)
    assert _rounds(talk) == ["round:1"]


def test_a_pause_is_ended_early_or_changed(talk):
    arrange(talk)
    talk.say("/standup pause until Wednesday")
    assert "to Fri 27 Nov" in talk.say("/standup pause until Friday").text
    assert "runs again, by Ana. Next round: Mon 23 Nov." in talk.say("/standup resume").text
    assert "running already" in talk.say("/standup resume").text
    _day(talk, 0)
    assert _rounds(talk) == ["round:1"]
    assert "says no days" in talk.say("/standup pause for ever").text
    assert "begins now" in talk.say("/standup pause 2026-12-24").text
    assert "Only a lead can pause" in talk.say("/standup pause until Friday", by="UBEN").text
