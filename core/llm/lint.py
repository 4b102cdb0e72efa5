"""The check of a model's raw lines, before any value goes in: codes for what must not stand.

Closed vocabulary: beside placeholders a line may hold joining words, the template's own, and
words of movement and status where the facts beside them say the same. A shortened note is its own
words in their order, nothing turned round, nothing added.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise

from core.digest.page import placeholders
from core.facts import Fact, Sheet
from core.llm.word_lists import (
    CAUSE,
    DATES,
    GLUE,
    JARGON,
    JOINING,
    KEPT,
    MOVES,
    NUMBERS,
    SIGNIFICANT,
    STATUS,
    WEASEL,
)
from core.llm.wording import LEARNED, Answer, Finding, Sentence, Task, bare, doubled, ids_in
from core.privacy import injection

NOTE_LONGEST, NOTE_SHORTEST, NOTE_WORDS = 200, 3, 30
CUT = 3  # words that may go in the middle; more, or a joint between clauses, may turn it round
_JOINTS = frozenset(
    ["and", "or", "so", "while", "whereas", "when", "where", "which", "who", "then", "because",
     "since", "as", "until", "after", "before", ",", ":", "–", "—", "("]
)  # fmt: skip

# What follows these says where or when it holds; without it the note would claim more.
_SCOPE = frozenset(["in", "for", "on", "with", "under", "during", "among", "when", "at", "by"])
UNSAFE = re.compile(r"[<>@{}|`*~\\\[\]#\n]|://|www\.|[\u200b-\u200f\u202a-\u202e\u2066-\u2069]")
LONGEST, WORDS = 200, 20
_MOVED = ("movement", "best")


def note_codes(text: str, note: str) -> Iterator[str]:
    """Codes for what makes `text` no fair shortening of one sentence of the note; none if fair."""
    said = [word for word in _words(text) if word not in GLUE and word[0].isalpha()]
    if not NOTE_SHORTEST <= len(said) <= NOTE_WORDS or len(text) > NOTE_LONGEST:
        yield "length"
    reasons = [_reason(said, _words(sentence)) for sentence in re.split(r"[.!?;\n]+\s*", note)]
    if "" not in reasons:
        yield "turned_round" if "turned_round" in reasons else "own_words"
    if _capitals(text) - _capitals(note):
        yield "name"


def _reason(said: Sequence[str], theirs: Sequence[str]) -> str:
    places = _followed(said, theirs)
    if places is None:
        return "own_words"
    left = [word for n, word in enumerate(theirs) if n not in places]
    gaps = [theirs[a + 1 : b] for a, b in pairwise(places)]
    rest = theirs[places[-1] + 1 :][:1] if places else []
    turned = any(_parts(gap) for gap in gaps) or not _SCOPE.isdisjoint(rest)
    return "turned_round" if turned or not KEPT.isdisjoint(left) else ""


def _parts(gap: Sequence[str]) -> bool:
    """True when what is left out in the middle may join what did not belong together."""
    gone = [word for word in gap if word not in GLUE and word[0].isalpha()]
    return len(gone) > CUT or (bool(gone) and not _JOINTS.isdisjoint(gap))


def _followed(said: Sequence[str], theirs: Sequence[str]) -> list[int] | None:
    """Where each word stands in the sentence; None when one does not, or not in this order."""
    places: list[int] = []
    at = 0
    for word in said:
        where = next((n for n in range(at, len(theirs)) if theirs[n] == word), None)
        if where is None:
            return None
        places.append(where)
        at = where + 1
    return places


def _words(text: str) -> list[str]:
    """Words and the signs that part clauses, in small letters."""
    plain = text.casefold().replace("’", "'")
    return re.findall(r"[^\W\d_]+(?:[-'][^\W\d_]+)*|[,:–—(]", plain)


def _capitals(text: str) -> set[str]:
    """Capitalised words, but for the first."""
    return {w.casefold() for w in re.findall(r"[^\W\d_]+", text)[1:] if w[0].isupper()}


def findings(task: Task, answer: Answer, section: str) -> list[Finding]:
    """Why that section of the answer must not be used; empty when it may."""
    if section == LEARNED:
        return _learned(task, answer)
    return [*_section(task, answer, section), *_sentences(task, answer, section)]


def movement(fact: Fact, sheet: Sheet) -> tuple[str, ...]:
    """`("up", "better")` of a fact that is a change, `("same",)`, or nothing."""
    if fact.kind == "weeks":
        return ("same",)
    if fact.kind not in _MOVED or not _is_number(fact.value) or not _is_number(fact.other):
        return ()
    change = float(fact.value or 0) - float(fact.other or 0)
    if not change:
        return ("same",)
    good = (change > 0) == (sheet.headline.get("direction", "higher") == "higher")
    return ("up" if change > 0 else "down", "better" if good else "worse")


def of_note(text: str, note: str) -> list[str]:
    """Why that text must not stand for that note; empty when it may."""
    return list(dict.fromkeys([*unsafe(text), *note_codes(text, note)]))


def words(text: str) -> list[str]:
    """Every run of letters, whatever its script, in small letters."""
    return [word.casefold() for word in re.findall(r"[^\W\d_]+(?:['’][a-z]+)?", text)]


def _section(task: Task, answer: Answer, section: str) -> list[Finding]:
    ours, said = task.lines(section), answer.of(section)
    codes = []
    if not 1 <= len(said) <= len(ours):
        codes.append("count")
    if sorted(i for s in said for i in ids_in(s.text)) != placeholders(ours):
        codes.append("facts")
    plain = [line for line in ours if not placeholders([line])]
    if any(line not in [s.text for s in said] for line in plain):
        codes.append("dropped_line")
    if section == "headline":
        opening = doubled(ours[0].partition(":")[0])  # where we stand, and whether on track
        if said and not said[0].text.startswith(opening):
            codes.append("first_line")
        kept = set(words(bare(" ".join(s.text for s in said))))
        if set(words(_glue(ours))) - JOINING - kept:
            codes.append("dropped_word")
    return [Finding(section, 0, code) for code in codes]


def _sentences(task: Task, answer: Answer, section: str) -> Iterator[Finding]:
    for number, sentence in enumerate(answer.of(section), 1):
        if not ids_in(sentence.text) and sentence.text in task.lines(section):
            continue  # the template's own line, word for word
        for code in dict.fromkeys(_codes(task, sentence, section)):
            yield Finding(section, number, code)


def _codes(task: Task, sentence: Sentence, section: str) -> Iterator[str]:
    known = {fact.id: fact for fact in task.sheet.facts}
    used = ids_in(sentence.text)
    if any(i not in known for i in used):
        yield "unknown_fact"
        return
    if not used:
        yield "no_fact"
    if sorted(set(sentence.refs)) != sorted(set(used)):
        yield "refs"
    if len({known[i].subject for i in used} - {""}) > 1:
        yield "subjects"
    glue = bare(sentence.text)
    yield from unsafe(glue)
    if len(glue) > LONGEST or len(words(glue)) > WORDS:
        yield "length"
    yield from _claims(task, [known[i] for i in used], glue, section)


def unsafe(text: str) -> Iterator[str]:
    """Codes for figures and markup, wherever a line comes from."""
    plain = unicodedata.normalize("NFKC", text)
    if any(unicodedata.category(c).startswith("N") for c in text + plain) or NUMBERS.search(plain):
        yield "figure"
    if DATES.search(plain):
        yield "date"
    if UNSAFE.search(text) or UNSAFE.search(plain) or injection.unfit(text):
        yield "markup"


def _claims(task: Task, facts: Sequence[Fact], glue: str, section: str) -> Iterator[str]:
    ours = _glue(task.lines(section))
    own = set(words(ours))
    for code, form in (("cause", CAUSE), ("significance", SIGNIFICANT), ("weasel", WEASEL),
                       ("jargon", JARGON)):  # fmt: skip
        if {h.casefold() for h in form.findall(glue)} - {h.casefold() for h in form.findall(ours)}:
            yield code
    said = words(glue)
    for word in said:
        if word in MOVES and not _moves(task, facts, word, section):
            yield "movement"
        if word in STATUS and not _stands(task, facts, word, section):
            yield "status"
    if _names(glue) - own:
        yield "name"
    if set(said) - JOINING - own - MOVES.keys() - STATUS.keys():
        yield "own_words"


def _moves(task: Task, facts: Sequence[Fact], word: str, section: str) -> bool:
    moves = {move for fact in facts for move in movement(fact, task.sheet)}
    against = {"up": "down", "down": "up", "better": "worse", "worse": "better"}
    kind = MOVES[word]
    agrees = kind in moves and against.get(kind) not in moves
    return agrees or _with_its_facts(task, facts, word, section)


def _stands(task: Task, facts: Sequence[Fact], word: str, section: str) -> bool:
    kinds = {fact.kind for fact in facts} & set(STATUS.values())
    return kinds == {STATUS[word]} or _with_its_facts(task, facts, word, section)


def _with_its_facts(task: Task, facts: Sequence[Fact], word: str, section: str) -> bool:
    """True when a line of the template says this of facts that are all in this sentence."""
    here = {fact.id for fact in facts}
    for line in task.lines(section):
        if word in words(_glue([line])) and set(placeholders([line])) <= here:
            return True
    return False


def _names(glue: str) -> set[str]:
    """Capitalised words that begin no sentence."""
    inside = re.findall(r"(?<=[\w,;:)(–—-])\s+([A-ZÀ-Þ][\w'’]*)", glue)
    return {word.casefold() for word in inside}


def _glue(lines: Sequence[str]) -> str:
    return re.sub(r"\{F\d+\}", " ", "\n".join(lines))


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _learned(task: Task, answer: Answer) -> list[Finding]:
    notes = {note.id: note for note in task.notes}
    said = answer.learned
    found = []
    refs = [ref for sentence in said for ref in sentence.refs]
    if len(said) != task.to_learn or len(set(refs)) != len(refs):
        found.append(Finding(LEARNED, 0, "count"))
    for number, sentence in enumerate(said, 1):
        one = notes.get(sentence.refs[0]) if len(sentence.refs) == 1 else None
        if one is None:
            found.append(Finding(LEARNED, number, "refs"))
            continue
        if one.id in answer.suspicious:
            found.append(Finding(LEARNED, number, "suspicious"))
        found += [Finding(LEARNED, number, code) for code in of_note(sentence.text, one.text)]
    return found
