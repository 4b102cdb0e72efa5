"""What a request brings to a route, and what a route hands to the door."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from core.errors import Refused
from core.workspace.token import Pusher
from ingest.file import File
from services.ports import Lab

Answer = dict[str, Any]
Work = Callable[[Lab, Pusher], Answer]


@dataclass(frozen=True)
class Given:
    """A request: its body, what its path names, its query."""

    body: bytes
    named: Mapping[str, str]
    query: Mapping[str, str]

    @property
    def file(self) -> File:
        """The body as a file; what it is called nobody knows."""
        return File("the body", self.body)

    def asked(self, name: str, example: str) -> str:
        """That part of the query. Raises Refused when it is missing."""
        if not self.query.get(name):
            raise Refused(f"The address names no {name}.", f"Add `{name}={example}` to it.")
        return self.query[name]


Entry = Callable[[Given], Work]
Reading = Callable[[Lab, Pusher, Mapping[str, str]], Answer]


def finite(value: float | None) -> float | None:
    """The figure, or None for one that JSON cannot hold."""
    return value if value is not None and math.isfinite(value) else None
