"""/track team: what a Scrum master looks at, and the message of it that lives in a channel."""

import pytest

from jobs.tracking.team import keep_fresh
from tests.tickets import experiment, person, stored


@pytest.fixture
def led(talk):
    stored(talk.engine, experiment((0.8,), number=42, stage="evaluation"), team_channel="CTEAM",
           metric_name="accuracy", metric_target=0.9)  # fmt: skip
    stored(talk.engine, experiment((0.7,), number=43), team_id=1)
    person(talk.engine, "UANA", name="Ana", role="admin")
    person(talk.engine, "UBEN", name="Ben")
    return talk


def shown(reply):
    return str(list(reply.blocks))


def living(talk):
    """What stands in the channel: as posted, and as edited last."""
    posts = [row for row in talk.sent("track:team:") if row.kind == "post"]
    edits = {row.target: row for row in talk.sent("edit:track:team:")}
    return [(row.channel, str((edits.get(row.key) or row).payload)) for row in posts]


def test_it_says_experiments_best_compute_and_data(led):
    reply = led.say("/track team")
    assert reply.text.endswith("2 experiments, 0 completed (0 killed, 0 promoted), 2 active.")
    said = shown(reply)
    assert "80% (EXP-042), target 90%, gap 10 points" in said
    assert "GPU-hours" in said
    assert "no data card yet" in said
    assert said.count(":large_yellow_square:") == 15
    assert "EXP-042 active" in said


def test_what_was_killed_is_red_and_completed(led):
    led.say("/kill EXP-043 it overfits on short tickets")
    led.submit_open({}) if led.replies[-1].modal else None
    reply = led.say("/track team")
    assert "1 completed (1 killed, 0 promoted), 1 active" in reply.text
    said = shown(reply)
    assert "EXP-043 killed" in said
    assert said.count(":large_red_square:") == 7
    assert "killed, " in said


def test_a_team_without_experiments_hears_how_to_begin(talk):
    stored(talk.engine, experiment(stage="backlog"))
    reply = talk.say("/track team")
    assert reply.text.endswith("no experiment is under way, and none was finished.")
    assert "/exp new" in shown(reply)


def test_the_message_in_the_channel_is_edited_every_hour(led):
    assert led.press("track_keep", by="UBEN").text == (
        "The team's experiments stand in <#CTEAM> now, edited every hour."
    )
    led.say("/exp update EXP-042 acc=0.85")
    for minutes in (30, 29):
        led.later(minutes=minutes)
        led.run(keep_fresh)
    assert led.sent("edit:track:team:") == []
    led.later(minutes=1)
    led.run(keep_fresh)
    [(channel, said)] = living(led)
    assert channel == "CTEAM"
    assert "85%" in said
    assert "edited every hour" in said


def test_kept_twice_it_is_one_message_and_elsewhere_it_moves(led):
    led.press("track_keep")
    led.later(minutes=5)
    assert led.press("track_keep").text.startswith("They stand in <#CTEAM> already")
    assert len(living(led)) == 1
    led.press("track_keep", channel="COTHER")
    first, second = living(led)
    assert "shown elsewhere now" in first[1]
    assert second[0] == "COTHER"


def test_it_is_stopped_and_edited_no_more(led):
    assert led.press("track_stop").text == "No such message is edited any more."
    led.press("track_keep")
    assert "Stop it there" in shown(led.say("/track team"))
    assert led.press("track_stop").text == "The message in <#CTEAM> is edited no more."
    led.later(hours=3)
    led.run(keep_fresh)
    [(_, said)] = living(led)
    assert "it is edited no more" in said


def test_an_observer_reads_it_and_keeps_nothing(led):
    person(led.engine, "UEYE", name="Eve", role="observer")
    assert "2 active" in led.say("/track team", by="UEYE").text
    assert led.press("track_keep", by="UEYE").text.startswith("You are an observer here")
    assert living(led) == []


def test_another_team_has_its_own(led):
    stored(led.engine, experiment((0.6,), number=7), workspace="T1OTHER")
    led.workspace = "T1OTHER"
    assert "1 experiment, 0 completed" in led.say("/track team").text
