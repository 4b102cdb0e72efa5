"""Who may decide."""

import pytest


@pytest.mark.parametrize(
    ("said", "by", "heard"),
    [
        ("/exp leads", "UANA", "Nobody is a lead yet"),
        ("/exp leads add <@UANA|ana>", "UANA", "Leads: <@UANA>."),
        ("/exp leads add ben", "UANA", "Write `/exp leads add @name`"),
        ("/exp leeds", "UANA", "Did you mean `/exp leads`?"),
    ],
)
def test_leads_are_listed_and_added(talk, said, by, heard):
    assert heard in talk.say(said, by=by).text


def test_only_a_lead_adds_leads_once_there_is_one(talk):
    talk.say("/exp leads add <@UANA>", by="UANA")
    assert "Only a lead can add leads" in talk.say("/exp leads add <@UBEN>", by="UBEN").text


def test_the_last_lead_cannot_be_removed(talk):
    talk.say("/exp leads add <@UANA>", by="UANA")
    assert "last lead" in talk.say("/exp leads remove <@UANA>", by="UANA").text


def test_the_same_command_sent_twice_has_one_effect_and_one_answer(talk):
    first = talk._ask("command", "/exp", "UANA", text="leads add <@UANA>", key="trig:1")
    again = talk._ask("command", "/exp", "UANA", text="leads add <@UANA>", key="trig:1")
    assert first.text == again.text == "Leads: <@UANA>."
