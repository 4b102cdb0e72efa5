"""What a rule says about an experiment."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

RULES_VERSION = "2"
ACTIONS = ("kill", "decide", "promote", "update", "warn")


@dataclass(frozen=True)
class Verdict:
    """One rule that fired. text shows its arithmetic; inputs are the figures it used."""

    rule: str
    action: str  # one of ACTIONS
    text: str
    inputs: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Silent:
    """One rule that did not fire, and why."""

    rule: str
    why: str


Finding = Verdict | Silent
