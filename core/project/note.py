"""What leads add to the digest: risks, needs and milestones, as typed in one line."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from core.errors import Refused
from core.faults import Faults
from core.text import clean, mentioned_users, says_nothing, straighten

KINDS = ("risk", "need", "milestone")
LIKELIHOODS = ("low", "medium", "high", "certain")
LIMITS = {"text": 140, "impact": 60, "mitigation": 80, "otherwise": 100, "amount": 40, "why": 200}
CHOICES, CHOICE_LENGTH = (2, 4), 40
_KEYS = {
    "risk": ("impact", "likelihood", "mitigation", "owner", "by"),
    "need": ("owner", "by", "otherwise", "choice", "amount"),
    "milestone": ("owner", "by"),
}
_KEY = re.compile(
    r"(?:^|\s)(impact|likelihood|mitigation|owner|by|due|otherwise|choices?|amount)\s*=\s*", re.I
)
_SAME = {"due": "by", "choices": "choice"}
_BETWEEN = " | "
YES_NO = ("Approve", "Decline")
_USAGE = "Write `/digest add risk|need|milestone text…`, e.g. "
_EXAMPLES = {
    "risk": "`/digest add risk Data vendor is late impact=1 sprint likelihood=medium "
    "mitigation=synthetic data`",
    "need": "`/digest add need Approve the labelling budget by=2026-12-04 owner=@name`",
    "milestone": "`/digest add milestone Demo of the new ranking by=2026-12-11`",
}


_KEPT = (
    *("impact", "likelihood", "mitigation", "owner", "otherwise", "choice", "amount"),
    *("decision", "decided_by", "decided_at", "why"),
)


@dataclass(frozen=True)
class Note:
    """A line for the digest. owner: user id or ""; by: due day; likelihood: one of LIKELIHOODS.

    A need also has: otherwise, what happens without a decision; choice, its options with " | "
    between them ("": approve or decline); amount; and once decided: decision, in words;
    decided_by, a user id; decided_at, an ISO instant; why. author: who wrote the words, a user id
    or "" before it is kept.
    """

    kind: str
    text: str
    impact: str = ""
    likelihood: str = ""
    mitigation: str = ""
    owner: str = ""
    by: date | None = None
    number: int = 0
    otherwise: str = ""
    choice: str = ""
    amount: str = ""
    decision: str = ""
    decided_by: str = ""
    decided_at: str = ""
    why: str = ""
    author: str = ""

    @property
    def choices(self) -> tuple[str, ...]:
        """What can be decided."""
        return tuple(self.choice.split(_BETWEEN)) if self.choice else YES_NO


def read(typed: str, today: date) -> Note:
    """The note in `risk text… impact=… likelihood=… by=2026-12-04`. Raises Refused."""
    kind, _, rest = straighten(typed).strip().partition(" ")
    kind = kind.lower().rstrip("s:")
    if kind not in KINDS:
        raise Refused("I did not understand what to add.", _USAGE + _EXAMPLES["need"] + ".")
    text, given = split(kind, rest)
    return build(kind, text, given, today)


def split(kind: str, typed: str) -> tuple[str, dict[str, str]]:
    """The text before the first `key=`, and what each key was given. Raises Refused."""
    parts = _KEY.split(typed)
    given: dict[str, str] = {}
    for key, value in zip(parts[1::2], parts[2::2], strict=True):
        _take(given, kind, _SAME.get(key.lower(), key.lower()), value)
    return parts[0], given


def build(kind: str, typed: str, given: Mapping[str, str], today: date) -> Note:
    """The note of these texts (owner a mention, by an ISO day). Raises Refused with its field."""
    with Faults() as each:
        return Note(
            kind,
            each(_said, kind, typed),
            impact=each(_words, "impact", given.get("impact", "")),
            likelihood=each(_likelihood, given.get("likelihood", "")),
            mitigation=each(_words, "mitigation", given.get("mitigation", "")),
            owner=each(_owner, given.get("owner", "")),
            by=each(_due, given.get("by", ""), today),
            otherwise=each(_words, "otherwise", given.get("otherwise", "")),
            choice=each(_choice, given.get("choice", "")),
            amount=each(_words, "amount", given.get("amount", "")),
        )


def _said(kind: str, typed: str) -> str:
    text = _words("text", typed)
    if says_nothing(text) or len(re.findall(r"[^\W\d_]", text)) < 3:
        raise Refused(f"There is no {kind} in it.", f"Write {_EXAMPLES[kind]}.", field="text")
    return text


def details(note: Note) -> dict[str, str]:
    """What goes with the text, as plain JSON; a need's day is called due."""
    given = {name: getattr(note, name) for name in _KEPT}
    given["due" if note.kind == "need" else "by"] = note.by.isoformat() if note.by else ""
    return {key: value for key, value in given.items() if value}


def from_details(
    kind: str, text: str, detail: Mapping[str, str], number: int = 0, *, by: str = ""
) -> Note:
    """The note that was kept with those details. by: who added it; its words are theirs unless
    the details name who wrote them since.
    """
    day = detail.get("due") or detail.get("by") or ""
    known = {name: detail[name] for name in _KEPT if name in detail}
    due = date.fromisoformat(day) if day else None
    return Note(kind, text, by=due, number=number, author=detail.get("author") or by, **known)


def rewritten(before: Note, after: Note) -> bool:
    """True when the words of one are not those of the other."""
    words = ("text", "impact", "mitigation", "otherwise", "choice", "amount")
    return any(getattr(before, name) != getattr(after, name) for name in words)


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
            field=name,
        )
    return text


def _likelihood(value: str) -> str:
    word = value.lower()
    if word and word not in LIKELIHOODS:
        raise Refused(f"“{value[:30]}” is no likelihood.", "It is low, medium, high or certain.")
    return word


def _owner(value: str) -> str:
    people = mentioned_users(value)
    if value and len(people) != 1:
        raise Refused(f"“{value[:30]}” is not one person I know.", "Mention them: `owner=@name`.",
                      field="owner")  # fmt: skip
    return people[0] if people else ""


def _choice(value: str) -> str:
    options = [" ".join(clean(part).split()).strip('"') for part in re.split(r"[|\n]", value)]
    options = [option for option in options if option]
    if not options:
        return ""
    few, most = CHOICES
    if not few <= len(options) <= most:
        raise Refused(
            f"A choice has {few} to {most} options, not {len(options)}.",
            "Write it like choice=ship at 90% | wait for 92%.",
            field="choice",
        )
    if len({option.casefold() for option in options}) < len(options):
        raise Refused("Two options are the same.", "Name each once.", field="choice")
    if any(len(option) > CHOICE_LENGTH for option in options):
        raise Refused(
            "An option is too long for a button.", f"Say it in {CHOICE_LENGTH}.", field="choice"
        )
    return _BETWEEN.join(options)


def _due(value: str, today: date) -> date | None:
    if not value:
        return None
    hint = f"Write it like by={today + timedelta(days=7)}."
    try:
        by = date.fromisoformat(value)
    except ValueError:
        raise Refused(f"“{value[:30]}” is no day.", hint, field="by") from None
    if by < today:
        raise Refused(f"{by} is in the past.", hint, field="by")
    if by > today + timedelta(days=730):
        raise Refused(f"{by} is more than two years away.", "Give a nearer day.", field="by")
    return by
