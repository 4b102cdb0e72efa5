"""The question about a Slack status that looks away."""

from datetime import UTC, datetime

from tests.standups import arrange, open_round, parent

FRIDAY_NIGHT = int(datetime(2026, 11, 27, 22, 59, tzinfo=UTC).timestamp())


def _set(talk, user="UBEN", *, text="Vacationing", emoji=":palm_tree:", ends=FRIDAY_NIGHT, **more):
    profile = {"status_text": text, "status_emoji": emoji, "status_expiration": ends}
    event = {"user": {"id": user, "tz": "UTC", "name": user, "profile": profile} | more}
    return talk.event("user_change", event, by=user)


def test_a_status_that_looks_away_is_asked_about_once_and_changes_nothing_by_itself(talk):
    open_round(talk)
    _set(talk)
    _set(talk)
    [asked] = talk.sent("status:")
    assert asked.channel == "UBEN"
    assert asked.payload["text"] == (
        "You look away until Fri 27 Nov by your Slack status: skip you?"
    )
    assert "0/3 in, 3 to go" in parent(talk)
    _set(talk, ends=FRIDAY_NIGHT + 86400)
    assert len(talk.sent("status:")) == 2


def test_yes_is_an_absence_and_twice_is_once(talk):
    open_round(talk)
    _set(talk)
    for _ in range(2):
        reply = talk.press("absence_yes", "2026-11-27", by="UBEN")
        assert reply.replace
        assert "You are away from Mon 23 Nov to Fri 27 Nov" in reply.text
    assert "0/2 in, 1 away, 2 to go" in parent(talk)
    _set(talk, text="Vacation!")
    assert len(talk.sent("status:")) == 1  # it is known


def test_no_leaves_everything_as_it_was(talk):
    open_round(talk)
    _set(talk)
    reply = talk.press("absence_no", "2026-11-27", by="UBEN")
    assert (reply.replace, "asked as always" in reply.text) == (True, True)
    assert "0/3 in, 3 to go" in parent(talk)


def test_yes_pressed_too_late_is_refused(talk):
    open_round(talk)
    _set(talk)
    talk.later(days=10)
    assert "over already" in talk.press("absence_yes", "2026-11-27", by="UBEN").text


def test_others_are_left_alone(talk):
    arrange(talk)
    _set(talk, "UZOE")  # in no standup
    _set(talk, text="In a meeting", emoji=":calendar:")
    _set(talk, ends=0)
    _set(talk, is_bot=True)
    _set(talk, deleted=True)
    assert talk.sent("status:") == []
