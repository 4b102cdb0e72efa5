"""One change of a ticket, as its history tells it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Entry:
    """When, who, what, from → to by field name, why; undone: it was taken back later."""

    at: datetime
    who: str
    action: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    why: str
    undone: bool
