"""What is a person's holds in all their teams, is told once, and seen by whom it concerns."""

import pytest

from jobs.standups import standup as job
from services import team
from tests.standups import place, prompts
from tests.two_teams import LANGUAGE, VISION, open_rounds, set_team, standups, vision


def states(talk):
    """Ben's place in the round of either team."""
    return {n: prompts(talk, n)["UBEN"] for n in (1, 2)}


@pytest.mark.parametrize(
    ("by", "channel"), [("UBEN", "CTEAM"), ("UBEN", "CVIS"), ("UBEN", "DBEN")]
)
def test_away_is_said_once_and_no_team_asks(talk, by, channel):
    standups(talk)
    said = talk.say("/standup ooo until Wednesday", by=by, channel=channel)
    assert said.text == (
        "You are away from Mon 23 Nov to Wed 25 Nov 2026, both included. The next standups that "
        "ask you: Thu 26 Nov in Language, Thu 26 Nov in Vision. `/standup back` ends it."
    )
    talk.later(minutes=91)
    talk.run(job.run)
    assert states(talk) == {1: "away", 2: "away"}


def test_open_rounds_of_all_teams_follow_who_goes_and_comes_back(talk_on_both):
    talk = talk_on_both
    open_rounds(talk, LANGUAGE, VISION)
    talk.write("ooo until Friday", by="UBEN", channel="DBEN")
    assert states(talk) == {1: "away", 2: "away"}
    assert "is back" not in talk.write("back", by="UBEN", channel="DBEN").text
    assert "Mon 23 Nov in Language, Mon 23 Nov in Vision" not in talk.replies[-1].text
    assert "Tue 24 Nov in Language, Tue 24 Nov in Vision" in talk.replies[-1].text
    assert states(talk) == {1: "asked", 2: "asked"}


def test_in_another_teams_channel_one_is_away_as_well_and_joins_nothing(talk):
    standups(talk)
    assert talk.say("/standup ooo today", by="UCY", channel="CVIS").text.startswith("You are away")
    assert "only" not in talk.say("/standup nudges off", by="UCY", channel="CVIS").text
    with talk.lab.begin() as session:
        assert list(team.people.teams_of(session, "T0LAB", "UCY")) == [LANGUAGE]


def test_a_lead_notes_it_for_their_own_people_and_names_no_other_team(talk):
    standups(talk)
    set_team(talk, VISION, visibility="private")
    said = talk.say("/standup ooo <@UBEN> today", by="UANA", channel="CTEAM").text
    assert "Vision" not in said
    assert "Tue 24 Nov" in said
    told = next(row for row in talk.sent("away:UBEN")).payload["text"]
    assert "Tue 24 Nov in Language, Tue 24 Nov in Vision" in told
    back = talk.say("/standup back <@UBEN>", by="UANA", channel="CTEAM").text
    assert "Vision" not in back
    refused = talk.say("/standup ooo <@UCY> today", by="UDORA", channel="CVIS").text
    assert refused == "Cy is not in Vision. A lead of their team can do this."


def test_each_team_lists_its_own_people_who_are_away(talk):
    standups(talk)
    for user in ("UBEN", "UCY"):
        talk.say("/standup ooo today", by=user, channel="CTEAM")
    assert str(talk.say("/standup ooo", channel="CTEAM").blocks).count("on Mon 23 Nov") == 2
    theirs = str(talk.say("/standup ooo", by="UDORA", channel="CVIS").blocks)
    assert ("Ben" in theirs, "Cy" in theirs) == (True, False)


def test_a_status_is_asked_about_once_and_a_yes_holds_in_all_teams(talk_on_both):
    talk = talk_on_both
    standups(talk)
    ends = int(talk.now.timestamp()) + 2 * 86400
    profile = {"status_text": "Vacation", "status_emoji": ":palm_tree:", "status_expiration": ends}
    talk.event("user_change", {"user": {"id": "UBEN", "profile": profile}}, by="UBEN")
    [asked] = talk.sent("status:")
    yes = asked.payload["blocks"][1]["elements"][0]
    talk.deliver()
    channel, ts = place(talk, asked.key)
    talk.press(yes["action_id"], yes["value"], by="UBEN", channel=channel, message_ts=ts)
    talk.later(minutes=91)
    talk.run(job.run)
    assert states(talk) == {1: "away", 2: "away"}
    talk.event("user_change", {"user": {"id": "UBEN", "profile": profile}}, by="UBEN")
    assert len(talk.sent("status:")) == 1


def test_reminders_holidays_and_the_clock_are_a_persons(talk):
    standups(talk)
    off = talk.say("/standup nudges off", by="UBEN", channel="CVIS").text
    assert off.startswith("I don't remind you of answers you owe in Language and Vision.")
    talk.say("/standup country DE-BE", by="UBEN", channel="CVIS")
    talk.say("/standup zone Asia/Tokyo", by="UBEN", channel="CVIS")
    told = talk.say("/standup zone", by="UBEN", channel="CTEAM").text
    assert told.startswith("Your zone is Asia/Tokyo (chosen), with public holidays of DE-BE.")
    talk.later(minutes=91)
    talk.run(job.run)
    talk.deliver()
    for _ in range(20):
        talk.later(minutes=30)
        talk.run(job.run)
        talk.deliver()
    reminded = {row.channel for row in talk.sent("nudge:")}
    assert ("UBEN" in reminded, "UCY" in reminded) == (False, True)


def test_a_holiday_of_ones_own_country_keeps_both_teams_from_asking(talk):
    standups(talk)
    talk.say("/standup country US", by="UBEN", channel="CVIS")
    talk.later(days=3, minutes=91)  # Thanksgiving
    talk.run(job.run)
    assert states(talk) == {1: "away", 2: "away"}


def test_who_is_in_one_team_hears_of_no_team(talk):
    standups(talk)
    vision(talk, name="Speech", channel="CSPEECH")
    said = talk.say("/standup ooo today", by="UCY", channel="CTEAM").text
    assert "The next standup that asks you: Tue 24 Nov. " in said
