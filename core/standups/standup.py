"""What a standup asks and how replies are read onto its questions."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from core.text import clean, says_nothing

# What a question is for, by words in it; and what people write before a colon instead of numbers.
_ROLES = {
    "stuck": re.compile(r"\b(stuck|block\w*|hindr\w*|imped\w*|in (the|your) way)\b", re.I),
    "learned": re.compile(r"\b(learn\w*|find out|found out|discover\w*|insights?)\b", re.I),
    "next": re.compile(r"\b(next|will you|plans?|planning|going to)\b", re.I),
}
_NUMBERED = re.compile(r"^\s*[*_]*q?(\d{1,2})\s*[.):]+[*_]*\s+(.*)$", re.I)
# A label ends with a colon and a space, or with the line: what goes on is a link, or "a:b".
_LABELLED = re.compile(r"^\s*[*_]*([a-z][a-z ]{2,20})[*_]*\s*:[*_]*(?:\s+(.*))?$", re.I)
_LABEL_WORDS = set("i we my our what have has the is are am things thing steps step today".split())  # noqa: SIM905
_BULLET = re.compile(r"^\s*[-•*◦]\s+(.*)$")
_LINK = re.compile(r"<((?:https?|mailto)[^|<>]*)(?:\|([^<>]*))?>")
_USER = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>")
_CHANNEL = re.compile(r"<#([CGD][A-Z0-9]+)(?:\|([^>]*))?>")
_SKIP = {"skip", "skip today"}
_CHATTER = {
    "thanks", "thank you", "thx", "ty", "ok", "okay", "k", "cool", "great", "nice", "sure",
    "got it", "will do", "done", "hi", "hello", "hey", "good morning", "morning", "help", "?",
}  # fmt: skip


@dataclass(frozen=True)
class Answer:
    """One person's answer in a round. replies: one per question, "" where nothing was said.

    reported: the result given with it, in words. id: of the row; kept_by: who keeps what was
    learned in it, "" for nobody yet.
    """

    user: str
    name: str
    questions: tuple[str, ...]
    replies: tuple[str, ...]
    experiments: tuple[int, ...] = ()
    reported: str = ""
    late: bool = False
    edited: bool = False
    withdrawn: bool = False
    shapes: Mapping[str, Any] = field(default_factory=dict)
    id: int = 0
    kept_by: str = ""

    @property
    def learned(self) -> str:
        """What was learned according to it; "" for nothing."""
        return learnings(self.questions, self.replies)


@dataclass(frozen=True)
class Due:
    """An answer somebody owes. closes_at: UTC."""

    round_id: int
    name: str
    on: date
    questions: tuple[str, ...]
    closes_at: datetime


def place_of(role: str, questions: Sequence[str]) -> int | None:
    """Index of the first question with that role (learned | next | stuck), or None."""
    return next((n for n, question in enumerate(questions) if _role(question) == role), None)


def reply_to(role: str, questions: Sequence[str], replies: Sequence[str]) -> str | None:
    """What was replied to the question with that role; None when there is no such question."""
    place = place_of(role, questions)
    return None if place is None else (replies[place] if place < len(replies) else "")


def read(questions: Sequence[str], text: str) -> tuple[str, ...] | None:
    """The text split onto the questions; None when nothing in it says what belongs where.

    Understood: numbers (`1. …`), labels (`Learned: …`), and as many bullets, paragraphs or lines
    as there are questions.
    """
    body = clean(text)
    return _by_mark(questions, body) or _by_count(questions, body)


def combine(
    questions: Sequence[str], texts: Sequence[str], base: Sequence[str] = ()
) -> tuple[str, ...]:
    """Several messages of one person as one answer, on top of what a form said (`base`).

    A text that says where it belongs replaces what stood there; any other goes to the first
    question still empty, and once all have something, below the first: nothing typed is lost.
    """
    replies = [*base, *[""] * len(questions)][: len(questions)]
    for text in texts:
        found = read(questions, text)
        if found:
            replies = [new or old for new, old in zip(found, replies, strict=True)]
        elif "" in replies:
            replies[replies.index("")] = clean(text)
        else:
            replies[0] = f"{replies[0]}\n{clean(text)}"
    return tuple(replies)


def is_chatter(text: str) -> bool:
    """True for thanks, greetings and the like, which are no answer."""
    plain = clean(text).casefold().strip(" .!,:)")
    return plain in _CHATTER or bool(re.fullmatch(r"(:[a-z0-9_+-]+:\s*)+", clean(text) or "-"))


def is_skip(text: str) -> bool:
    """True for the word that skips."""
    return clean(text).casefold().strip(" .!") in _SKIP


def is_talk(questions: Sequence[str], text: str) -> bool:
    """True for what people say to each other in the round's thread rather than to the questions:
    it addresses somebody, asks, or is a few words only.
    """
    body = clean(text)
    if is_chatter(body) or _USER.match(body):
        return True
    if read(questions, body) and "\n" in body:
        return False
    return body.endswith("?") or len(body.split()) < 4


def readable(text: str, names: Mapping[str, str]) -> str:
    """A message as Slack sends it, as people read it: links bare, mentions as names (by id)."""
    plain = _USER.sub(lambda found: f"@{names.get(found[1], found[1])}", text)
    plain = _CHANNEL.sub(lambda found: f"#{found[2] or found[1]}", plain)
    return clean(_LINK.sub(lambda found: found[1], plain))


def learnings(questions: Sequence[str], replies: Sequence[str]) -> str:
    """What was learned according to these replies; "" for nothing."""
    told = reply_to("learned", questions, replies) or ""
    return "" if says_nothing(told) else told


def _role(question: str) -> str:
    return next((role for role, words in _ROLES.items() if words.search(question)), "")


def _by_mark(questions: Sequence[str], body: str) -> tuple[str, ...] | None:
    replies: list[list[str]] = [[] for _ in questions]
    place = None
    for line in body.splitlines():
        marked = _numbered(questions, line) or _labelled(questions, line)
        if marked:
            place, line = marked
        if place is None:
            if line.strip():
                return None  # words before the first mark: we would guess where they belong
            continue
        replies[place].append(line.strip())
    return tuple("\n".join(lines).strip() for lines in replies) if place is not None else None


def _numbered(questions: Sequence[str], line: str) -> tuple[int, str] | None:
    found = _NUMBERED.match(line)
    if not found or not 1 <= int(found[1]) <= len(questions):
        return None
    return int(found[1]) - 1, found[2]


def _labelled(questions: Sequence[str], line: str) -> tuple[int, str] | None:
    found = _LABELLED.match(line)
    role = _role(found[1]) if found else ""
    place = place_of(role, questions) if role else None
    if found is None or place is None:
        return None
    known = _LABEL_WORDS | set(questions[place].casefold().strip("?").split())
    words = _ROLES[role].sub(" ", found[1].casefold()).split()
    # "I learned something odd: …" says more than where it belongs.
    return place, (found[2] or "") if known.issuperset(words) else line


def _by_count(questions: Sequence[str], body: str) -> tuple[str, ...] | None:
    lines = [line.strip() for line in body.splitlines() if line.strip()]
    bullets = [found[1] for line in lines if (found := _BULLET.match(line))]
    paragraphs = [part.strip() for part in re.split(r"\n\s*\n", body) if part.strip()]
    for parts in (bullets, paragraphs, lines):
        if len(parts) == len(questions):
            return tuple(parts)
    return None
