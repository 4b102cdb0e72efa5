"""Which of the things Assay can do does somebody want? (The table is core/assay/rules.)"""

import re
from dataclasses import dataclass, replace

from core.assay import about, doubt, rules
from core.assay.about import Id, Told
from core.assay.doubt import DONE_TO
from core.assay.signs import seen
from core.assay.spelling import ideas, mended, plain, words

MOST_SENTENCES = 12
_SENTENCES = re.compile(r"(?<=[.!?\n])\s+")


@dataclass(frozen=True)
class Meaning:
    """What a sentence wants. ids: those in it, or the thread's. asks: it has the form of a
    question; orders: of an order. negated: what it names is not to be done. span: a length of
    time in it, as `3d`. told: a result in it. words: how many there are; left: how many of them
    are from elsewhere. guesses: what an unknown one may be, the likeliest first. ruled:
    what the rules took it for, though it is asked about.
    """

    intent: str
    ids: tuple[Id, ...] = ()
    score: int = 0
    asks: bool = False
    orders: bool = False
    negated: bool = False
    span: str = ""
    told: Told | None = None
    words: int = 0
    left: int = 0
    guesses: tuple[str, ...] = ()
    ruled: str = ""

    @property
    def experiment(self) -> int:
        """The number of the experiment it is about, 0 for none."""
        return about.first(self.ids)


def read(text: str, thread: Id | None = None) -> Meaning:
    """What is wanted. thread: the id that the message it stands below names."""
    whole = _read(text, thread)
    parts = [part for part in _SENTENCES.split(text) if len(part.split()) > 1]
    if len(parts) < 2 or len(parts) > MOST_SENTENCES:
        return whole
    about_ = whole.ids[0] if whole.ids else thread
    best = max((_read(part, about_) for part in parts), key=lambda one: one.score)
    if best.score <= whole.score or (whole.negated and best.intent in DONE_TO):
        return whole
    return replace(
        whole, intent=best.intent, score=best.score, asks=best.asks, orders=best.orders,
        ruled=best.ruled, guesses=(),
    )  # fmt: skip


def _read(text: str, thread: Id | None) -> Meaning:
    line = plain(text)
    said = words(line)
    found, left = ideas(said)
    named = about.ids(line) or about.ids(mended(line))
    told = about.told(line)
    if told and not told.gpu and told.value in {str(number) for _, number in named}:
        told = None  # `recall 36?` asks about EXP-036
    length = about.span(line) or about.span(mended(line))
    signs = set(found) | seen(line, said, found, left)
    signs |= {"ID"} if about.first(named) else {"OTHER"} if named else set()
    signs |= {"THREAD"} if thread and thread[0] == "EXP" and not named else set()
    signs |= {"VALUE"} if told and told.value else set()
    signs |= {"METRIC"} if told and told.metric else set()
    signs |= {"GPUTOLD"} if told and told.gpu else set()
    signs |= {"SPAN"} if length else set()
    ruled, score = rules.best(signs, len(left))
    if not said and line.strip(" ?¿") == "" and "?" in line:
        ruled, score = "help", rules.ENOUGH
    guesses = doubt.guesses(ruled, score, signs, said, len(left))
    intent, score = ("unknown", 0) if guesses else (ruled, score)
    ids = tuple(named) or ((thread,) if thread else ())
    return Meaning(
        intent, ids, score, "ASKS" in signs, "ORDER" in signs, "NEGATED" in signs, length, told,
        len(said), len(left), guesses, ruled,
    )  # fmt: skip
