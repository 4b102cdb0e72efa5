"""What is shown of the project's phase, and what a gate decision changed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from core.phase import Phase
from core.phase_place import Gate, Place, Ratio
from core.symptom import Symptom


@dataclass(frozen=True)
class Page:
    """What `/phase` shows. place: None while there is no experiment; gates: decisions so far;
    snoozed: until when symptoms are silent, by kind.
    """

    place: Place | None
    ratio: Ratio
    symptoms: tuple[Symptom, ...]
    gates: tuple[Gate, ...]
    leads: bool
    snoozed: Mapping[str, datetime] = field(default_factory=dict)


@dataclass(frozen=True)
class Decided:
    """A gate decision. before: the phase it left; phase: the one it opened."""

    gate: Gate
    before: Phase
    phase: Phase
