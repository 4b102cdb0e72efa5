"""/ticket: connected by admins, never with a key in the command; linked, shown, set right."""

import pytest
from sqlmodel import Session, select

from models import db
from models.inbox import Inbox
from models.tracking.issue import IssueDesk, IssueLink, IssueStep
from tests.tickets import experiment, person, stored

URL = "https://acme.atlassian.net"
CONNECT = f"/ticket connect jira {URL} project=ML"


@pytest.fixture
def led(talk):
    stored(talk.engine, experiment((0.74,), stage="evaluation"), team_channel="CTEAM")
    person(talk.engine, "UANA", name="Ana", role="admin")
    person(talk.engine, "UBEN", name="Ben")
    return talk


def shown(reply):
    return str(list(reply.blocks))


def read_there(talk, status, ours=""):
    """As the clerk does when it has read it."""
    with db.transaction(talk.engine) as session:
        for step in session.exec(select(IssueStep)):
            step.state = "sent"
        [link] = session.exec(select(IssueLink))
        link.theirs, link.ours = status, ours or link.ours


def buttons(reply):
    found = [one for block in reply.blocks for one in block.get("elements", [])]
    found += [block["accessory"] for block in reply.blocks if "accessory" in block]
    return {one["text"]["text"]: (one["action_id"], one["value"])
            for one in found if one["type"] == "button"}  # fmt: skip


def test_without_one_it_says_how_to_connect_one(led):
    reply = led.say("/ticket")
    assert reply.text == "No ticket tracker is connected: decisions stay in Slack."
    assert "/ticket connect jira https://" in shown(reply)


def test_an_admin_connects_one_the_owner_links_a_ticket_and_all_see_it(led):
    assert led.say(CONNECT).text == (
        "I look at Jira (ML) now; a direct message tells you how it went."
    )
    assert led.say("/ticket link EXP-042 ml-17").text == (
        "ML-17 is the ticket of EXP-042 now; decisions on it go there."
    )
    assert led.say("/ticket link EXP-042 ML-17").text == "ML-17 is the ticket of EXP-042 already."
    listed = led.say("/ticket", by="UBEN")
    assert listed.text == "Tickets: 1 linked"
    assert f"EXP-042 → <{URL}/browse/ML-17|ML-17> · on its way" in shown(listed)
    assert led.say("/ticket unlink EXP-042").text == "EXP-042 and ML-17 are not linked any more."
    assert led.say("/ticket unlink EXP-042").text.startswith("EXP-042 has no such ticket.")
    led.say("/ticket link EXP-042 ML-17")
    assert led.say("/ticket disconnect 1").text == (
        "Nothing goes to Jira (ML) any more. What stands there stays."
    )
    assert led.say("/ticket").text.startswith("No ticket tracker is connected")


def test_connecting_again_takes_its_settings_anew(led):
    led.say(CONNECT)
    led.say(f'{CONNECT} killed="Won\'t do" promoted=Done')
    with Session(led.engine) as session:
        [row] = session.exec(select(IssueDesk))
    assert row.statuses == {"killed": "Won't do", "production": "Done"}


def test_who_may_not_is_told(led):
    assert led.say(CONNECT, by="UBEN").text.startswith("Only an admin can connect a ticket")
    led.say(CONNECT)
    refused = led.say("/ticket link EXP-042 ML-17", by="UBEN").text
    assert refused.startswith("Only the owner (Ana) or a lead (Ana) can link a ticket.")
    assert led.say("/ticket disconnect 1", by="UBEN").text.startswith("Only an admin can")
    assert led.say("/ticket disconnect 7").text.startswith("There is no ticket tracker 7.")


@pytest.mark.parametrize(
    "typed",
    [
        f"jira {URL} project=ML token=hunter2hunter2",
        "jira https://ana:hunter2hunter2@acme.atlassian.net project=ML",
        "github acme/ml ghp_hunter2hunter2hunter2hunter2hunter2hu",
        "linear project=ML lin_api_hunter2hunter2hunter2hunter2",
    ],
)
def test_a_key_in_the_command_is_refused_told_and_kept_nowhere(led, typed):
    reply = led.say(f"/ticket connect {typed}")
    assert reply.text.startswith("A key does not belong in a command. I have kept nothing of it")
    assert "TRACKER_TOKENS" in reply.text
    with Session(led.engine) as session:
        kept = [(one.reply, one.body) for one in session.exec(select(Inbox))]
        assert session.exec(select(IssueDesk)).all() == []
    assert "hunter2" not in f"{reply} {kept} {[row.payload for row in led.sent()]}"


@pytest.mark.parametrize(
    ("typed", "heard"),
    [
        ("", "Which one?"),
        ("trello https://x.example project=ML", "I don't know the ticket tracker “trello”."),
        (f"jira {URL}", "Which project of it?"),
        ("jira project=ML", "Where is it?"),
        ("jira http://jira.example project=ML", "Over plain http everybody on the way"),
        (f"jira {URL} project=ML killd=Done", "I don't know “killd=” there."),
        (f"jira {URL} project=ML board=5", "`board=` is the number of a board on GitHub."),
        ("github ml", "Which repository?"),
        ("github acme/ml board=five", "`board=` is the number of a board on GitHub."),
    ],
)
def test_what_is_no_place_is_one_sentence(led, typed, heard):
    assert led.say(f"/ticket connect {typed}").text.startswith(heard)


@pytest.mark.parametrize(
    ("typed", "heard"),
    [
        ("EXP-042 XX-17", "That is no ticket of what is connected here. Write one like ML-17."),
        ("EXP-042", "Which ticket?"),
        ("", "Which experiment?"),
        ("EXP-099 ML-17", "There is no EXP-099."),
    ],
)
def test_what_is_no_ticket_is_one_sentence(led, typed, heard):
    led.say(CONNECT)
    assert led.say(f"/ticket link {typed}").text.startswith(heard)


def test_a_kill_that_somebody_made_there_is_taken_with_our_form(led):
    led.say(CONNECT)
    led.say("/ticket link EXP-042 ML-17")
    read_there(led, "Killed")
    listed = led.say("/ticket")
    assert listed.text == "Tickets: 1 linked, 1 with another status there"
    assert "there “Killed”, here evaluation (“Evaluation”)" in shown(listed)
    assert led.press(*buttons(listed)["Take theirs…"]).modal
    led.submit_open({"learnings": "The adapter overfits on short tickets."})
    assert "on its way" in shown(led.say("/ticket"))
    read_there(led, "Killed", "Killed")
    assert led.say("/ticket").text == "Tickets: 1 linked"


def test_another_status_is_taken_or_ours_is_sent_and_reopening_has_its_own_way(led):
    led.say(CONNECT)
    led.say("/ticket link EXP-042 ML-17")
    led.say("/kill EXP-042 The adapter overfits on short tickets.")
    read_there(led, "Evaluation", "Killed")
    found = buttons(led.say("/ticket"))
    assert led.press(*found["Take theirs"]).text == (
        "“Evaluation” there would mean that EXP-042 is open again. `/exp reopen EXP-042 why` does "
        "that; or send ours."
    )
    assert led.press(*found["Send ours"]).text == "ML-17 gets “Killed” in a moment."
    assert led.press(*found["Send ours"]).text == "ML-17 has our status already."
    read_there(led, "Archived", "Killed")
    assert led.press(*found["Take theirs"]).text == (
        "ML-17 stays at “Archived”; nothing differs any more."
    )
    assert led.say("/ticket").text == "Tickets: 1 linked"


def test_another_team_neither_sees_nor_touches_it(led):
    led.say(CONNECT)
    led.say("/ticket link EXP-042 ML-17")
    stored(led.engine, experiment(number=7), workspace="T1OTHER")
    led.workspace = "T1OTHER"
    assert led.say("/ticket").text.startswith("No ticket tracker is connected")
    assert led.say("/ticket link EXP-007 ML-17").text.startswith("No ticket tracker is connected.")
    for action in ("ticket_again", "ticket_ours", "ticket_theirs"):
        assert led.press(action, "1").text.startswith("That ticket is not linked any more.")
