"""Direct messages to somebody in several teams say which team they come from."""

from jobs.standups import standup as job
from sandbox.blocks.rules import message_errors
from services import outbox
from services.outbox import Busy
from tests.standups import arrange
from tests.statements import watched
from tests.two_teams import standups


def sent(talk):
    """What goes to Slack now, by key; everything is on its way then."""
    found, calls = {}, outbox.claim(talk.lab, "w", Busy(), limit=100)
    while calls:
        found |= {call.key: call.payload for call in calls}
        for call in calls:
            channel = f"D{call.channel[1:]}" if call.channel[0] == "U" else call.channel
            outbox.settle_sent(talk.lab, call, channel=channel, ts=f"{call.id}.000001")
        calls = outbox.claim(talk.lab, "w", Busy(), limit=100)
    return found


def head(payload):
    assert message_errors(payload["blocks"]) == []
    return payload["text"], payload["blocks"][0]


def asked(talk):
    talk.later(minutes=91)
    talk.run(job.run)
    return sent(talk)


def test_who_is_in_two_teams_reads_which_one_asks(talk):
    standups(talk)
    found = asked(talk)
    text, first = head(found["prompt:1:UBEN"])
    assert text == "Language: Standup Mon 23 Nov: your turn"
    assert first["elements"][0]["text"] == "Team Language"
    text, first = head(found["prompt:2:UBEN"])
    assert text == "Vision standup Mon 23 Nov: your turn"
    assert first["elements"][0]["text"] == "Team Vision"


def test_what_became_of_it_says_so_too(talk):
    standups(talk)
    asked(talk)
    talk.press("standup_skip", "2", "UBEN", team_id=2)
    text, first = head(sent(talk)["edit:prompt:2:UBEN"])
    assert text == "Vision standup Mon 23 Nov: skipped."
    assert first["elements"][0]["text"] == "Team Vision"


def test_who_is_in_one_team_and_channels_read_no_name(talk):
    standups(talk)
    found = asked(talk)
    assert found["prompt:1:UCY"]["text"] == "Standup Mon 23 Nov: your turn"
    assert found["round:2"]["text"].startswith("Vision standup Mon 23 Nov: 0/2 in")


def test_where_there_is_one_team_nothing_is_said_of_it_and_one_statement_tells(talk):
    arrange(talk)
    talk.later(minutes=91)
    talk.run(job.run)
    with watched(talk.engine) as work:
        calls = outbox.claim(talk.lab, "w", Busy(), limit=100)
    prompts = [call for call in calls if call.key.startswith("prompt:")]
    assert [call.payload["text"] for call in prompts] == ["Standup Mon 23 Nov: your turn"] * 3
    assert work.asked <= 2 + 1
