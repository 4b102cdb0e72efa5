"""The few types and errors every part of the sandbox shares."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]


class SlackError(Exception):
    """A refused Web API call: the error name Slack uses, plus further answer fields.

    ``violation`` names the broken rule when the refusal is the bot's own fault.
    """

    def __init__(self, error: str, *, violation: str | None = None, **answer: Any) -> None:
        super().__init__(error)
        self.error = error
        self.violation = violation
        self.answer = answer


class ControlError(Exception):
    """A control call that makes no sense: shown to the person or test that made it."""

    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.message = message
        self.status = status
