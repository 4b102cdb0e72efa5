"""The free-text verifier: does every sentence say only what the fact sheet says?

For text that nobody's placeholders vouch for: a model's free wording, or a lead's own edit.
Deterministic; rules in grounding_*.py. What it cannot see: true numbers used for a claim in
words it has no rule for.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core import grounding_claims, grounding_figures, grounding_people, injection
from core.grounding_facts import Ground, read
from core.grounding_scene import Scene, sentences
from core.grounding_targets import unsupported as targets


@dataclass(frozen=True)
class Verdict:
    """One sentence. reasons: why it is unsupported, empty when the sheet supports it."""

    sentence: str
    reasons: tuple[str, ...]

    @property
    def supported(self) -> bool:
        """True when the sheet says everything in it."""
        return not self.reasons


def verify(text: str, sheet: Mapping[str, Any] | Ground) -> tuple[Verdict, ...]:
    """A verdict for every sentence of the text.

    sheet: {as_of, title, people, facts: [{id, kind, subject, label, value, unit, …}]}.
    """
    ground = sheet if isinstance(sheet, Ground) else read(sheet)
    unsafe = injection.unfit(text)
    found: list[Verdict] = []
    before: tuple[str, ...] = ()
    for sentence in sentences(injection.visible(text)):
        scene = Scene(sentence, ground, before)
        found.append(Verdict(sentence, (*unsafe, *_reasons(scene))))
        before = tuple(dict.fromkeys(s for _, _, s in scene.ids)) or before
    return tuple(found) or (Verdict(text, unsafe),)


def unsupported(text: str, sheet: Mapping[str, Any] | Ground) -> tuple[Verdict, ...]:
    """The sentences that may not be posted, with why."""
    return tuple(v for v in verify(text, sheet) if not v.supported)


def _reasons(scene: Scene) -> Sequence[str]:
    found = [
        *grounding_claims.unsupported(scene),
        *grounding_people.unsupported(scene),
        *grounding_figures.unsupported(scene),
        *targets(scene),
    ]
    return list(dict.fromkeys(found))
