"""A sentence laid out for checking: its clauses, its numbers, its dates, what each is about."""

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from core.grounding.dates import When, dates
from core.grounding.ground import PROJECT, Ground, Known
from core.grounding.numbers import WrittenNumber, numbers
from core.grounding.vocabulary import concepts

ID = re.compile(r"(?<![\w-])[A-Z][A-Z]+-\d+(?![\w])")
_CODE = re.compile(
    r"\b(?:[pP]\d{2,3}|F\d|[A-Za-z_-]{1,60}@\d{1,20}|top-\d{1,20}|[A-Za-z]{1,60}[-_]\d{1,20}[A-Za-z]\w{0,60}|[A-Z]{1,3}\d{1,20})\b"
)
_BREAK = re.compile(
    r"[;:()]|\s[—–-]\s|,(?!\d)|\.(?=\s)"
    r"|\s(?:and|but|while|whereas|which|so|then|though|although|with|after|yet)\s",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"(?:(?<=^)|(?<=[.!?;:,]\s)|(?<=\n))\s{0,9}(?:[(]?(\d{1,2})[.)]|#?(\d{1,2})[:/])\s{1,9}(?=\S)"
    r"|(?<=\s)(?:\((\d{1,2})\)|(\d{1,2})[/)])\s{1,9}(?=[A-Z])"
)
_LEADS_IN = re.compile(
    r"^\W*(?:with|at|after|where|by|despite|having|on|in|for|although|though|when|while|as|since|from"
    r"|under|over|its|owned|led|because|even)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Clause:
    """A part of the sentence between its commas and conjunctions."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Scene:
    """One sentence against one sheet. before: subjects the previous sentence was about."""

    text: str
    ground: Ground
    before: tuple[str, ...] = ()

    @cached_property
    def ids(self) -> list[tuple[int, int, str]]:
        """Where each subject of the sheet, and anything shaped like an id, is named."""
        found = [(h.start(), h.end(), h.group(0)) for h in ID.finditer(self.text)]
        for subject in self.ground.subjects:
            for shape in {subject, subject.replace("_", " ").replace("-", " ")}:
                pattern = rf"(?<![\w-]){re.escape(shape)}(?![\w])"
                for hit in re.finditer(pattern, self.text, re.IGNORECASE):
                    if not any(s < hit.end() and hit.start() < e for s, e, _ in found):
                        found.append((hit.start(), hit.end(), subject))
        return sorted(found)

    @cached_property
    def dates(self) -> list[When]:
        """The dates in it."""
        return dates(_blank(self.text, [(s, e) for s, e, _ in self.ids]), self.ground.as_of)

    @cached_property
    def plain(self) -> str:
        """The sentence with ids, dates and names that hold digits blanked; same length."""
        spans = [(s, e) for s, e, _ in self.ids] + [(w.start, w.end) for w in self.dates]
        spans += [h.span() for h in _CODE.finditer(self.text)]
        return _blank(self.text, spans)

    @cached_property
    def numbers(self) -> list[WrittenNumber]:
        """The numbers in it that are no part of an id or a date."""
        return numbers(self.plain)

    @cached_property
    def clauses(self) -> list[Clause]:
        """Its parts, in order; a break inside a range or an id is none."""
        breaks: list[int] = []
        for hit in _BREAK.finditer(self.plain):
            if not self._in_range(hit) and not self._is_heading(hit, breaks):
                breaks.append(hit.start())
        cuts = [0, *breaks, len(self.text)]
        return [Clause(a, b, self.text[a:b]) for a, b in pairwise(cuts) if b > a]

    def _is_heading(self, hit: re.Match[str], breaks: list[int]) -> bool:
        """True for the colon of "Posts missed: 2.3%": the words before it name the number."""
        head = self.plain[breaks[-1] if breaks else 0 : hit.start()]
        return (
            hit.group(0) == ":"
            and len(head.split()) <= 4
            and "_" not in head
            and not any(n.start < hit.start() and n.end > hit.start() - len(head)
                        for n in self.numbers)
        )  # fmt: skip

    def _in_range(self, hit: re.Match[str]) -> bool:
        """True for the "and" of "between 80 and 85" or "one and a half"."""
        before = self.plain[: hit.start()]
        if any(n.start < hit.start() and hit.end() <= n.end for n in self.numbers):
            return True
        return "and" in hit.group(0).lower() and bool(re.search(r"between [^,;]{1,25}$", before))

    def clause(self, at: int) -> Clause:
        """The clause that holds this place."""
        return next((c for c in self.clauses if c.start <= at < c.end), self.clauses[-1])

    def subjects(self, at: int) -> tuple[str, ...]:
        """What is spoken of at this place: the ids before it, else the first after it nearby."""
        earlier = [i for i in self.ids if i[0] <= at]
        if earlier:
            return self._joined(earlier)
        clause = self.clause(at)
        later = [i for i in self.ids if clause.start <= i[0] < clause.end]
        if not later and _LEADS_IN.match(self.text):
            later = [i for i in self.ids if i[0] > at]
        if not later and self.text[clause.end : clause.end + 1] == ":":
            later = [i for i in self.ids if i[0] == clause.end + 2]  # "One is stale: EXP-021"
        return (later[0][2],) if later else ()

    def _joined(self, ids: list[tuple[int, int, str]]) -> tuple[str, ...]:
        """The last id, with those that are joined to it by comma or "and" alone."""
        group = [ids[-1]]
        for one in reversed(ids[:-1]):
            between = self.text[one[1] : group[-1][0]]
            if not re.fullmatch(r"\s*(?:,|and|,\s*and|&|or)\s*", between):
                break
            group.append(one)
        return tuple(i[2] for i in group)

    def about(self, at: int) -> list[Known]:
        """The facts that may be meant at this place, by subject alone."""
        facts = list(self.ground.facts)
        named = self.subjects(at)
        if named:
            return [f for f in facts if f.subject in named]
        if self.before:
            own = [f for f in facts if f.subject in self.before]
            return own + [f for f in facts if self.ground.ambient(f) and f not in own]
        return facts

    def named(self, at: int, facts: list[Known]) -> list[Known]:
        """Those of the facts whose label is named in this clause, or else last before it."""
        for clause in reversed([c for c in self.clauses if c.start <= at]):
            said = concepts(self._without_ids(clause))
            found = [f for f in facts if f.names & said]
            if found:
                return _own_names(found, said)
        return []

    @cached_property
    def retold(self) -> list[Known]:
        """The text facts that the sentence tells again in most of its words."""
        said = concepts(self.plain)
        texts = [f for f in self.ground.facts if f.kind == "text"]
        return [f for f in texts if len(concepts(f.word) & said) >= max(3, 0.5 * len(said))]

    def _without_ids(self, clause: Clause) -> str:
        spans = [(s, e) for s, e, subject in self.ids if subject != PROJECT]
        return _blank(self.text, spans)[clause.start : clause.end]


def _own_names(facts: list[Known], said: set[str]) -> list[Known]:
    """Without those whose name holds a rival's: "error rate" is not "error rate on speech"."""
    return [f for f in facts if not any(_outdone(f, g, said) for g in facts)]


def _outdone(one: Known, rival: Known, said: set[str]) -> bool:
    """The rival of the same subject is named better."""
    if one.subject != rival.subject:
        return False
    longer = rival.names < one.names and not (one.names - rival.names) & said
    return longer or one.names & said < rival.names & said


def sentences(text: str) -> list[str]:
    """The sentences of a text, without the numbers of a numbered list."""
    plain = _unnumbered(text)
    parts = re.split(
        r"(?<=[.!?])(?<!\bMr\.)(?<!\bDr\.)(?<!\bvs\.)\s+(?=[A-Z0-9$€\"“(<@])|\n+", plain
    )
    return [p.strip() for p in parts if p.strip(" .•*-–\t")]


def _unnumbered(text: str) -> str:
    """List numbers go only where they count 1, 2, 3 …"""
    hits = list(_NUMBERED.finditer(text))
    if [int(h[1] or h[2] or h[3] or h[4]) for h in hits] != list(range(1, len(hits) + 1)):
        return text
    for hit in reversed(hits):
        text = text[: hit.start()] + "\n" + text[hit.end() :]
    return text


def _blank(text: str, spans: list[tuple[int, int]]) -> str:
    chars = list(text)
    for start, end in spans:
        chars[start:end] = ["_"] * (end - start)
    return "".join(chars)
