"""The question which team an input is for."""

from collections.abc import Mapping, Sequence
from typing import Any

from core.teams.name import NAMELESS
from core.text import shorten
from views import kit
from views.kit import Message

ACTION = "team_meant"
START = "team_new"  # opens the form that starts a team in this channel
MOST_BUTTONS = 20
MOST_QUOTED = 200  # characters of a message that waits
MOST_BLOCKS = 50  # of a message
Choices = Sequence[tuple[int, str]]  # teams by id and name


def question(number: int, choices: Choices, *, channel: str = "", said: str = "") -> Message:
    """Which of these teams? number: of the input that goes on then. channel: one that is nobody's,
    where a team can be started instead. said: the message that waits, as people read it.
    """
    text = "Which team is this for? I go on with what you typed."
    start = [_start(channel)] if channel else []
    quoted = [kit.quote(shorten(said, MOST_QUOTED))] if said else []
    return Message(
        text, [kit.section(text), *quoted, kit.actions(*_picks(number, choices), *start)]
    )


def unclaimed(number: int, channel: str, choices: Choices) -> Message:
    """This channel is no team's, and who typed is in none."""
    text = "This channel belongs to no team, and you are in none, so nothing was changed."
    hint = "Start a team here, or say whom this is for." if choices else "Start a team here."
    picks = [
        kit.button(f"It is for {_named(name)}", f"{ACTION}_{n}", f"{number}:{team_id}")
        for n, (team_id, name) in enumerate(choices)
    ]
    blocks = [kit.section(f"{text} {hint}"), kit.actions(_start(channel), *picks)]
    return Message(f"{text} {hint}", blocks)


def _picks(number: int, choices: Choices) -> list[kit.Block]:
    named = [(f"{number}:{team_id}", _named(name)) for team_id, name in choices]
    if len(named) <= MOST_BUTTONS:
        return [kit.button(name, f"{ACTION}_{n}", value) for n, (value, name) in enumerate(named)]
    return [menu(number, choices, "Team")]


def menu(number: int, choices: Choices, label: str) -> kit.Block:
    """A menu of teams, with which the input of that number goes on."""
    options = [kit.option(_named(name), f"{number}:{team_id}") for team_id, name in choices]
    placeholder = kit.plain(label, 150)
    return kit.choice(options) | {"action_id": f"{ACTION}_menu", "placeholder": placeholder}


def _start(channel: str) -> kit.Block:
    return kit.button("Start a team here", START, channel)


def _named(name: str) -> str:
    return shorten(name, 60) or NAMELESS.capitalize()


def signed(said: Mapping[str, Any], name: str) -> dict[str, Any]:
    """The text and blocks of a direct message with the team that says it; a text that begins with
    its name (`Vision standup …`) does not say it twice.
    """
    text, blocks = str(said.get("text", "")), list(said.get("blocks") or ())
    named = kit.escape(name, 80)
    if 0 < len(blocks) < MOST_BLOCKS:
        blocks = [kit.context(f"Team {named}"), *blocks]
    first = "" if text.startswith(f"{named} ") else f"{named}: "
    return {"text": first + text, "blocks": blocks}


def went(name: str, *, taken: bool) -> Message:
    """What became of a message once its author has said which team it is for."""
    late = f"{name} does not wait for an answer any more: `/standup` in its channel answers late."
    text = f"That went to {name}." if taken else late
    return Message(text, [kit.section(kit.escape(text))])
