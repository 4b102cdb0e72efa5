"""Arguments of a Web API call: JSON, form and query alike."""

from __future__ import annotations

import json
from typing import Any

from aiohttp import web

from sandbox.shapes import Json, SlackError

TRUE = ("true", "1", "True")


class Args:
    """The named arguments of one call, read leniently as Slack reads them."""

    def __init__(self, values: Json) -> None:
        self.values = values

    def text(self, name: str, default: str = "") -> str:
        """A string; numbers become strings."""
        value = self.values.get(name)
        if value is None:
            return default
        return value if isinstance(value, str) else str(value)

    def needed(self, name: str, error: str = "invalid_arguments") -> str:
        """A string that must be there; ``error`` is Slack's name for its absence."""
        value = self.text(name)
        if not value:
            raise SlackError(error, violation=error)
        return value

    def flag(self, name: str, default: bool = False) -> bool:
        """True or false, also as the words of a form."""
        value = self.values.get(name)
        if value is None:
            return default
        return value if isinstance(value, bool) else str(value) in TRUE

    def number(self, name: str, default: int) -> int:
        """A whole number."""
        try:
            return int(self.values.get(name) or default)
        except (TypeError, ValueError) as error:
            raise SlackError("invalid_arguments", violation="invalid_arguments") from error

    def json(self, name: str, error: str) -> Any:
        """A structure, also as a JSON string; None when absent."""
        value = self.values.get(name)
        if value is None or value == "":
            return None
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError as broken:
            raise SlackError(error, violation=error) from broken

    def words(self, name: str) -> list[str]:
        """A list, also as a comma-separated string."""
        value = self.values.get(name)
        if isinstance(value, list):
            return [str(one) for one in value]
        return [word.strip() for word in self.text(name).split(",") if word.strip()]


async def read_args(request: web.Request) -> Args:
    """All arguments of a request; the body wins over the query."""
    values: Json = dict(request.query)
    if request.content_type == "application/json":
        try:
            body = await request.json()
        except ValueError as error:
            raise SlackError("invalid_json", violation="invalid_json") from error
        if not isinstance(body, dict):
            raise SlackError("json_not_object", violation="json_not_object")
        return Args(values | body)
    form = await request.post()
    return Args(values | {name: value for name, value in form.items() if isinstance(value, str)})


def page(found: list[Any], args: Args, *, default: int, most: int) -> tuple[list[Any], str]:
    """One page of a list and the cursor of the next ('' at the end)."""
    limit = min(args.number("limit", default), most)
    cursor = args.text("cursor")
    if limit < 1:
        raise SlackError("invalid_limit", violation="invalid_limit")
    if cursor and not cursor.removeprefix("next:").isdigit():
        raise SlackError("invalid_cursor", violation="invalid_cursor")
    start = int(cursor.removeprefix("next:")) if cursor else 0
    end = start + limit
    return found[start:end], f"next:{end}" if end < len(found) else ""
