"""Is it sure what a sentence wants? If not: what it may want, to be asked about with buttons."""

from collections.abc import Sequence
from itertools import zip_longest

from core.assay import likely, rules

DONE_TO = frozenset({"kill", "promote", "extend"})
SURE = 3  # rules that agree
VERY_LIKE = 0.2
# Up to which score of its rule an intent is asked about where typical sentences say otherwise;
# the two that are done without a press always are.
_READS = ("mine", "board", "status", "why_late", "when", "accuracy", "add", "blocked", "history",
          "spent", "decisions", "help", "blocker")  # fmt: skip
_UP_TO = dict.fromkeys(_READS, 80) | {"away": 99, "back": 99}
_UNPRESSED = frozenset({"away", "back"})
_UNDONE = frozenset({"NOTOWN", "ASKS"})
_CARDS = frozenset({"status", "when", "why_late"})  # of an experiment its card answers them
# What is named here is of our world; what may be said beside anything else.
_OURS = frozenset({"ID", "THREAD", "EXPERIMENT"})
_HELD_UP = frozenset({"blocked", "blocker"})  # offices are named as what holds work up
_OF_PEOPLE = frozenset({"away", "back", "hello", "thanks"})


def guesses(
    ruled: str, score: int, signs: set[str], said: Sequence[str], left: int
) -> tuple[str, ...]:
    """What a sentence may want, the likeliest first; () where it is sure, or nothing is like it.
    ruled, score: what the rules take it for. left: how many words are from elsewhere.
    """
    if ruled == "unknown":
        return _near(signs, said, left)
    if _is_elsewhere(ruled, signs, said) or (
        ruled in _UNPRESSED and {"NOTOWN"} == signs & _UNDONE
    ):
        return (ruled,)
    card = "ID" in signs and ruled in _CARDS
    if card or score > _UP_TO.get(ruled, 0) or rules.support(ruled, signs, left) >= SURE:
        return ()
    like = likely.ranked(said)[:2]
    if ruled in like or not likely.ranked(said, VERY_LIKE):
        return ()
    return (ruled, *[one for one in like if one != likely.ELSEWHERE])


def _is_elsewhere(ruled: str, signs: set[str], said: Sequence[str]) -> bool:
    """True for words of ours about what is none of ours: `how much did the party cost`."""
    talk = ruled in _OF_PEOPLE and "ASKS" not in signs
    held = ruled in _HELD_UP and "OFFICES" in signs
    away = "ELSEWHERE" in signs or ("OFFICES" in signs and not held)
    number = ruled == "card" and likely.ranked(said)[:1] == [likely.ELSEWHERE]
    return away and not signs & (_OURS - {"ID"} if number else _OURS) and not talk


def _near(signs: set[str], said: Sequence[str], left: int) -> tuple[str, ...]:
    """What rules nearly take and what typical sentences are like it, by turns; what a program
    printed is like nothing, and what is denied is not to be done.
    """
    if "MACHINE" in signs:
        return ()
    barred = {likely.ELSEWHERE, "thanks", *(DONE_TO if "NEGATED" in signs else ())}
    like = [one for one in likely.ranked(said) if one not in barred]
    pairs = zip_longest(rules.guesses(signs, left), like)
    return tuple(dict.fromkeys(one for pair in pairs for one in pair if one))[: rules.MOST_GUESSES]
