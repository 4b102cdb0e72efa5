"""Help: short, by role, with the team's own ids."""

import pytest

from tests.experiments import write


def _lines(reply):
    return reply.blocks[0]["text"]["text"].splitlines()


@pytest.mark.parametrize("command", ["/exp", "/kill", "/standup", "/digest"])
def test_every_command_has_help_of_at_most_twelve_lines(talk, command):
    if command not in talk.table.commands():
        pytest.skip(f"{command} is not in the table")
    reply = talk.say(f"{command} help")
    assert 2 <= len(_lines(reply)) <= 12
    assert f"`{command}" in "\n".join(_lines(reply))


def test_the_overview_names_every_verb_and_the_other_commands(talk):
    shown = "\n".join(_lines(talk.say("/exp help")))
    for verb in talk.table.of("/exp"):
        if verb.verb not in ("", "help"):
            assert f"`/exp {verb.verb}" in shown
    for command in talk.table.commands():
        assert f"`{command}" in shown


def test_leads_verbs_are_shown_to_leads_only(talk):
    assert "promote" in str(talk.say("/exp help", by="UBEN").blocks)
    talk.say("/exp leads add <@ULEE>", by="ULEE")
    assert "promote" not in str(talk.say("/exp help", by="UBEN").blocks)
    assert "promote" in str(talk.say("/exp help", by="ULEE").blocks)


def test_examples_use_the_readers_own_ticket(talk):
    assert "EXP-042" in str(talk.say("/exp help").blocks)
    write(talk, by="UANA")
    write(talk, by="UBEN", title="Second")
    assert "EXP-001" in str(talk.say("/exp help", by="UANA").blocks)
    assert "EXP-002" in str(talk.say("/exp help", by="UBEN").blocks)


def test_the_help_button_answers_too(talk):
    assert _lines(talk.press("help", "/exp")) == _lines(talk.say("/exp help"))
