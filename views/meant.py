"""The question which team an input is for."""

from collections.abc import Sequence

from views import kit
from views.kit import Message

ACTION = "team_meant"
_MOST = 20


def question(number: int, choices: Sequence[tuple[int, str]]) -> Message:
    """Which of these teams? number: of the input that goes on then."""
    text = "Which team is this for? I go on with what you typed."
    buttons = [
        kit.button(name or "The first team", f"{ACTION}_{n}", f"{number}:{team_id}")
        for n, (team_id, name) in enumerate(choices[:_MOST])
    ]
    return Message(text, [kit.section(text), kit.actions(*buttons)])


def went(name: str, *, taken: bool) -> Message:
    """What became of a message once its author has said which team it is for."""
    late = f"{name} does not wait for an answer any more: `/standup` in its channel answers late."
    text = f"That went to {name}." if taken else late
    return Message(text, [kit.section(kit.escape(text))])
