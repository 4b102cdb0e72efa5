"""Zone and country: followed, chosen, and what they do to rounds."""

from datetime import timedelta

import pytest

from jobs.standups import standup as job
from services import team
from services.team import SlackProfile
from tests.conversation import WORKSPACE
from tests.standups import EIGHT, PEOPLE, arrange, open_round, parent, prompts


def _asked(talk, user):
    return [row.key for row in talk.sent("prompt:") if row.kind == "post" and user in row.key]


def test_a_chosen_zone_holds_from_the_next_round_on_until_auto(talk):
    open_round(talk)
    heard = talk.say("/standup zone new york", by="UBEN").text
    assert "Your zone is now America/New_York (chosen), with public holidays of US." in heard
    assert "Thanksgiving" in heard
    assert "(for Tue 24 Nov)" in heard
    assert len(_asked(talk, "UBEN")) == 1
    talk.now = EIGHT + timedelta(days=1, minutes=91)
    talk.run(job.run)
    assert prompts(talk, 2) == {"UANA": "asked", "UBEN": "due", "UCY": "asked"}
    talk.later(hours=5)
    talk.run(job.run)
    assert prompts(talk, 2)["UBEN"] == "asked"
    assert "already" in talk.say("/standup zone America/New_York", by="UBEN").text
    team.record_profile(
        talk.lab, WORKSPACE, SlackProfile("UBEN", "Ben", "Europe/Paris", active=True)
    )
    assert "America/New_York (chosen)" in talk.say("/standup zone", by="UBEN").text
    assert "now Europe/Paris (from Slack)" in talk.say("/standup zone auto", by="UBEN").text


def test_a_change_of_zone_asks_nobody_twice_and_nobody_never(talk):
    open_round(talk)
    places = ("Pacific/Auckland", "America/Los_Angeles", "Asia/Tokyo", "Europe/Berlin")
    for hour in range(24 * 4):
        talk.later(hours=1)
        if hour % 5 == 0:
            talk.say(f"/standup zone {places[hour // 5 % 4]}", by="UBEN")
            talk.say("/standup country none", by="UBEN")
        talk.run(job.run)
        talk.deliver()
    rounds = [row.key for row in talk.sent("round:") if row.kind == "post"]
    assert len(rounds) == 5
    assert len(_asked(talk, "UBEN")) == len(set(_asked(talk, "UBEN")))
    assert len(_asked(talk, "UANA")) == len(_asked(talk, "UCY")) == 5


def test_a_lead_sets_somebody_elses_zone_and_they_are_told(talk):
    arrange(talk)
    assert "Ben's zone is now Asia/Tokyo" in talk.say("/standup zone <@UBEN> Tokyo").text
    told = talk.sent("locale:UBEN")[0]
    assert told.payload["text"].startswith("Ana changed it. Your zone is now Asia/Tokyo")
    assert "Only a lead can" in talk.say("/standup zone <@UANA> Tokyo", by="UBEN").text
    assert "Only a lead can" in talk.say("/standup country <@UANA> JP", by="UBEN").text
    assert "Ben's zone is Asia/Tokyo" in talk.say("/standup zone <@UBEN>", by="UCY").text


@pytest.mark.parametrize(
    ("line", "heard"),
    [
        ("/standup zone Mars", "“Mars” is no time zone I know. Write it like Europe/Berlin"),
        ("/standup country Mars", "I know no holidays of “MARS”."),
        ("/standup country DE-XX", "Its parts: "),
    ],
)
def test_what_is_not_known_is_refused(talk, line, heard):
    arrange(talk)
    assert heard in talk.say(line).text


def test_who_has_a_public_holiday_is_away_that_day(talk):
    who = PEOPLE | {"ULEE": ("Lee", "America/New_York")}
    reply = arrange(talk, who=who)
    assert "09:30 America/New_York" in reply.blocks[1]["text"]["text"]
    assert "· US holidays" in reply.blocks[1]["text"]["text"]
    talk.now = EIGHT + timedelta(days=3, minutes=91)  # Thanksgiving
    talk.run(job.run)
    assert "0/3 in, 1 away, 3 to go" in parent(talk)
    assert "no public holidays" in talk.say("/standup country none", by="ULEE").text
    assert "0/4 in, 4 to go" in parent(talk)
    assert "Next: Standup Fri 27 Nov" not in talk.say("/standup", by="ULEE").text
    talk.say("/standup country auto", by="ULEE")
    assert "1 away" in parent(talk)


def test_a_part_of_a_country_has_its_own_holidays(talk):
    arrange(talk, who={"UANA": ("Ana", "Europe/Berlin")})
    assert "public holidays of DE." in talk.say("/standup country").text
    heard = talk.say("/standup country de-be").text
    assert "public holidays of DE-BE." in heard
    assert "The next one: Christmas Day, Fri 25 Dec." in heard
