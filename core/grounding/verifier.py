"""The free-text verifier: does every sentence say only what the fact sheet says?

For text that nobody's placeholders vouch for: a model's free wording, or a lead's own edit of the
digest, whose sheet is read here as facts. Deterministic; rules in core/grounding. What it cannot
see: true numbers used for a claim in words it has no rule for.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.facts import TEXT, Fact, Sheet
from core.grounding import claims, figures, people
from core.grounding.claims import against_target as targets
from core.grounding.ground import PROJECT, Ground, read
from core.grounding.sentence import Scene, sentences
from core.privacy import injection

_QUOTED = re.compile(r"“([^“”\n]*)”")


@dataclass(frozen=True)
class SentenceVerdict:
    """One sentence. reasons: why it is unsupported, empty when the sheet supports it."""

    sentence: str
    reasons: tuple[str, ...]

    @property
    def supported(self) -> bool:
        """True when the sheet says everything in it."""
        return not self.reasons


def verify(text: str, sheet: Mapping[str, Any] | Ground) -> tuple[SentenceVerdict, ...]:
    """A verdict for every sentence of the text.

    sheet: {as_of, title, people, facts: [{id, kind, subject, label, value, unit, …}]}.
    """
    ground = sheet if isinstance(sheet, Ground) else read(sheet)
    unsafe = injection.unfit(text)
    found: list[SentenceVerdict] = []
    before: tuple[str, ...] = ()
    for sentence in sentences(injection.visible(text)):
        scene = Scene(sentence, ground, before)
        found.append(SentenceVerdict(sentence, (*unsafe, *_reasons(scene))))
        before = tuple(dict.fromkeys(s for _, _, s in scene.ids)) or before
    return tuple(found) or (SentenceVerdict(text, unsafe),)


def unsupported(text: str, sheet: Mapping[str, Any] | Ground) -> tuple[SentenceVerdict, ...]:
    """The sentences that may not be posted, with why."""
    return tuple(v for v in verify(text, sheet) if not v.supported)


def _reasons(scene: Scene) -> Sequence[str]:
    found = [
        *claims.unsupported(scene),
        *people.unsupported(scene),
        *figures.unsupported(scene),
        *targets(scene),
    ]
    return list(dict.fromkeys(found))


def ground_of(sheet: Sheet) -> Ground:
    """The sheet's facts as the verifier reads them; a fact may say several things."""
    listed = [{**said, "label": _plain(str(said.get("label", "")))}
              for fact in sheet.facts for said in _says(fact)]  # fmt: skip
    return read({"as_of": sheet.on, "title": "", "facts": listed})


def findings(text: str, sheet: Sheet) -> tuple[SentenceVerdict, ...]:
    """The sentences of the text that the sheet does not support, each with why; empty when it
    may be posted.

    Words that somebody wrote and that stand in the text exactly as the sheet shows them are
    theirs, not a claim of the digest.
    """
    for name in {str(said.get("label", "")) for fact in sheet.facts for said in fact.says}:
        if name != _plain(name) and re.search(r"[^\W\d_]", name):
            text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", _plain(name).replace("\\", ""), text)
    return unsupported(without_quotes(text, sheet), ground_of(sheet))


def _plain(name: str) -> str:
    """A metric's name without its digits: the 10 of "F1 @ 10" is no figure. Labels that the
    program makes of figures ("reaches 92% accuracy") keep them.
    """
    return name if "%" in name else re.sub(r"\d+", "", name)


def without_quotes(text: str, sheet: Sheet) -> str:
    """The text without what people wrote, as far as it stands there as on the sheet."""
    whole = [f.shown for f in sheet.facts if f.unit == TEXT]
    for shown in sorted(whole, key=len, reverse=True):
        form = rf"^(?:• )?{re.escape(shown)}(?=$| — and )"
        text = re.sub(form, "", text, flags=re.MULTILINE)
    known = {said["value"] for fact in sheet.facts for said in _says(fact)
             if said.get("kind") == "text"}  # fmt: skip
    return _QUOTED.sub(lambda hit: "it" if hit.group(1) in known else hit.group(0), text)


def _says(fact: Fact) -> Iterator[Mapping[str, Any]]:
    for said in fact.says:
        yield {"subject": fact.subject or PROJECT, **said, "id": fact.id}
    if fact.unit == TEXT and not fact.says:
        yield {"id": fact.id, "kind": "text", "subject": fact.subject or PROJECT,
               "label": fact.label or fact.kind, "value": str(fact.value)}  # fmt: skip
