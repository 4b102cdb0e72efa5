"""/digest: what leads and readers type, and what they hear."""

import pytest

from core.errors import NotFound
from services.project import note
from tests import seeded
from tests.weeks import experiment, killed, live


@pytest.fixture
def led(talk):
    """A team whose lead is Ana."""
    talk.say("/exp leads add <@UANA>", by="UANA")
    return talk


def test_before_the_first_digest_one_hears_what_to_do(led):
    heard = led.say("/digest", by="UBEN").text
    assert "no digest yet" in heard
    assert "`/exp setup` sets its channel" in heard


def test_the_preview_says_what_would_be_posted_and_posts_nothing(led):
    seeded.tickets(led.engine, killed(2, "Rank 32 overfits"), live(3, 0.883))
    led.now = led.now.replace(day=27, hour=15)
    heard = led.say("/digest preview", by="UANA")
    assert heard.text.startswith("88.3% / 92% accuracy — not enough data")
    assert "“Rank 32 overfits” — EXP-002" in heard.text
    assert heard.text.rstrip().endswith("Discovery, week 3 of 16.")
    assert "nothing was posted" in str(heard.blocks[0])
    assert led.sent("digest:") == []


@pytest.mark.parametrize(
    "said",
    ["/digest preview", "/digest add need Approve it", "/digest done 1"],
)
def test_only_leads_make_the_digest(led, said):
    heard = led.say(said, by="UBEN").text
    assert heard.startswith("Only a lead can")
    assert "Ask UANA" in heard


def test_a_need_is_added_listed_shown_and_done(led):
    typed = "/digest add need Approve $3K for labels? by=2026-12-04 owner=<@ULEE|lee>"
    assert "Note 1 is in the digest until it is done" in led.say(typed).text
    assert "*1* need: Approve $3K for labels?" in led.say("/digest notes", by="UBEN").text
    assert (
        "• UANA asks ULEE: “Approve $3K for labels”, by Fri 4 Dec. Otherwise: not stated."
        in led.say("/digest preview").text
    )
    assert led.say("/digest done 1").text.startswith("Note 1 is out of the digest")
    assert "was taken out of the digest before" in led.say("/digest done #1").text
    assert "No decision needed this week" in led.say("/digest preview").text


def test_notes_are_shown_escaped_and_quoted_as_written(led):
    led.say("/digest add risk &lt;!channel&gt; *late* impact=A&amp;B")
    listed = led.say("/digest notes").text
    assert "&lt;!channel&gt; *late*" in listed
    assert "<!channel>" not in listed
    heard = led.say("/digest preview")
    assert "<!channel>" not in heard.text
    shown = "Not rated, says UANA: “(group) late”. Impact: “A&B”. Mitigation: none yet. "
    shown += "Owner: not named."
    assert {"type": "text", "text": shown} in _texts(heard.blocks)


def test_what_is_certain_already_is_told_as_certain(led):
    led.say("/digest add risk GPU shortage impact=2 weeks later likelihood=certain")
    told = led.say("/digest preview").text
    assert "• Certain, says UANA: “GPU shortage”. Impact: “2 weeks later”. " in told


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("/digest add", "I did not understand what to add"),
        ("/digest add need", "There is no need in it"),
        ("/digest add risk Late data likelihood=perhaps", "It is low, medium, high or certain"),
        ("/digest done", "I need the number of one note"),
        ("/digest done 99", "There is no note 99"),
        ("/digest done ²", "I need the number of one note"),
        ("/digest preveiw", "Did you mean `/digest preview`?"),
    ],
)
def test_what_is_wrong_is_refused_with_what_to_type(led, said, heard):
    assert heard in led.say(said).text


def test_the_same_note_twice_is_refused_with_its_number(led):
    led.say("/digest add need Approve it")
    heard = led.say("/digest add need approve IT").text
    assert "is in the digest already, as note 1" in heard


def test_notes_of_another_team_cannot_be_touched(led):
    led.say("/digest add need Approve it")
    with pytest.raises(NotFound, match="There is no note 1"):
        note.done(led.lab, seeded.team(led.engine, "T0OTHER"), 1, by="UEVE")


def test_without_notes_the_list_says_so(led):
    assert led.say("/digest notes").text.startswith("No notes")


def test_help_lists_the_verbs(led):
    heard = str(led.say("/digest help", by="UANA").blocks)
    assert all(f"/digest {verb}" in heard for verb in ("preview", "add", "done", "notes"))
    assert "/digest add" not in str(led.say("/digest help", by="UBEN").blocks)


def test_a_preview_by_a_team_that_chose_its_metric_has_no_hint(led):
    seeded.tickets(led.engine, experiment(1))
    assert "`/exp setup` sets it" in str(led.say("/digest preview").blocks[0])
    seeded.team(led.engine, metric_name="accuracy", metric_target=0.9)
    heard = led.say("/digest preview")
    assert "`/exp setup` sets it" not in str(heard.blocks[0])
    assert heard.text.startswith("Not measured yet / target 90% accuracy")


def _texts(blocks):
    return [
        {"type": "text", "text": part["elements"][0]["text"]}
        for block in blocks if block["type"] == "rich_text"
        for holder in block["elements"]
        for part in (holder["elements"] if holder["type"] == "rich_text_list" else [holder])
    ]  # fmt: skip
