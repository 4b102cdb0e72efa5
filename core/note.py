"""What leads add to the digest: risks, needs and milestones, as typed in one line."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from core.errors import Refused
from core.text import clean, mentioned_users, says_nothing, straighten

KINDS = ("risk", "need", "milestone")
LIKELIHOODS = ("low", "medium", "high")
LIMITS = {"text": 140, "impact": 60, "mitigation": 80}
_KEYS = {
    "risk": ("impact", "likelihood", "mitigation", "owner", "by"),
    "need": ("owner", "by"),
    "milestone": ("owner", "by"),
}
_KEY = re.compile(r"(?:^|\s)(impact|likelihood|mitigation|owner|by)\s*=\s*", re.IGNORECASE)
_USAGE = "Write `/digest add risk|need|milestone text…`, e.g. "
_EXAMPLES = {
    "risk": "`/digest add risk Data vendor is late impact=1 sprint likelihood=medium "
    "mitigation=synthetic data`",
    "need": "`/digest add need Approve the labelling budget by=2026-12-04 owner=@name`",
    "milestone": "`/digest add milestone Demo of the new ranking by=2026-12-11`",
}


@dataclass(frozen=True)
class Note:
    """A line for the digest. owner: user id or ""; by: due day; likelihood: one of the three."""

    kind: str
    text: str
    impact: str = ""
    likelihood: str = ""
    mitigation: str = ""
    owner: str = ""
    by: date | None = None
    number: int = 0


def read(typed: str, today: date) -> Note:
    """The note in `risk text… impact=… likelihood=… by=2026-12-04`. Raises Refused."""
    kind, _, rest = straighten(typed).strip().partition(" ")
    kind = kind.lower().rstrip("s:")
    if kind not in KINDS:
        raise Refused("I did not understand what to add.", _USAGE + _EXAMPLES["need"] + ".")
    parts = _KEY.split(rest)
    given: dict[str, str] = {}
    for key, value in zip(parts[1::2], parts[2::2], strict=True):
        _take(given, kind, key.lower(), value)
    text = _words("text", parts[0])
    if says_nothing(text) or len(re.findall(r"[^\W\d_]", text)) < 3:
        raise Refused(f"There is no {kind} in it.", f"Write {_EXAMPLES[kind]}.")
    return Note(
        kind,
        text,
        impact=_words("impact", given.get("impact", "")),
        likelihood=_likelihood(given.get("likelihood", "")),
        mitigation=_words("mitigation", given.get("mitigation", "")),
        owner=_owner(given.get("owner", "")),
        by=_due(given.get("by", ""), today),
    )


def details(note: Note) -> dict[str, str]:
    """What goes with the text, as plain JSON."""
    by = note.by.isoformat() if note.by else ""
    given = {
        "impact": note.impact,
        "likelihood": note.likelihood,
        "mitigation": note.mitigation,
        "owner": note.owner,
        "by": by,
    }
    return {key: value for key, value in given.items() if value}


def from_details(kind: str, text: str, detail: Mapping[str, str], number: int = 0) -> Note:
    """The note that was kept with those details."""
    given = dict(detail)
    by = given.pop("by", "")
    return Note(kind, text, by=date.fromisoformat(by) if by else None, number=number, **given)


def _take(given: dict[str, str], kind: str, key: str, value: str) -> None:
    if key not in _KEYS[kind]:
        known = ", ".join(f"`{k}=`" for k in _KEYS[kind])
        raise Refused(f"A {kind} has no `{key}=`.", f"It knows {known}.")
    if key in given:
        raise Refused(f"`{key}=` is in it twice.", "Give it once.")
    given[key] = value.strip().strip('"').strip()


def _words(name: str, value: str) -> str:
    text = " ".join(clean(value).split()).strip('"').strip()
    if len(text) > LIMITS[name]:
        what = "text" if name == "text" else f"{name}="
        raise Refused(
            f"The {what} is too long for a digest: {len(text)} characters.",
            f"Say it in {LIMITS[name]}.",
        )
    return text


def _likelihood(value: str) -> str:
    word = value.lower()
    if word and word not in LIKELIHOODS:
        raise Refused(f"“{value[:30]}” is no likelihood.", "It is low, medium or high.")
    return word


def _owner(value: str) -> str:
    people = mentioned_users(value)
    if value and len(people) != 1:
        raise Refused(f"“{value[:30]}” is not one person I know.", "Mention them: `owner=@name`.")
    return people[0] if people else ""


def _due(value: str, today: date) -> date | None:
    if not value:
        return None
    try:
        by = date.fromisoformat(value)
    except ValueError:
        raise Refused(
            f"“{value[:30]}” is no day.", f"Write it like by={today + timedelta(days=7)}."
        ) from None
    if by < today:
        raise Refused(f"{by} is in the past.", f"Write it like by={today + timedelta(days=7)}.")
    if by > today + timedelta(days=730):
        raise Refused(f"{by} is more than two years away.", "Give a nearer day.")
    return by
