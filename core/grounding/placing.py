"""A number where it stands in its sentence, and what the words around it make of it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from core.grounding.numbers import WrittenNumber
from core.grounding.sentence import Scene
from core.grounding.vocabulary import BASELINE, TARGET, TARGET_NOUN

_BY = re.compile(
    r"(?:\b(?:by|down|up|fell|rose|dropped|grew|improved|gained|increased|decreased|cut|another|"
    r"climbed|declined|reduced|jumped|lost|lifted|shrank|slipped|worsened|a)\s{0,9}"
    r"(?:about|around|roughly|nearly|almost|only|just"
    r"|over|more than)?)\s{0,9}(?:of\s{1,9})?[$€£]?$",
    re.IGNORECASE,
)
_HIGHER = re.compile(
    r"^\s*(?:higher|lower|faster|slower|more|less|better|worse|drop|rise|gain|cut"
    r"|increase|decrease|reduction|improvement|fewer|longer|shorter|cheaper)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Place:
    """A number where it stands: the words before it since the last number, and those after."""

    said: WrittenNumber
    clause: str
    before: str
    after: str
    chained: bool  # the second number of "from A to B"
    sentence: str = ""
    sentence_with_ids: str = ""
    others: tuple[WrittenNumber, ...] = ()  # the other numbers of the sentence
    after_all: str = ""  # as `after`, not cut at the next number

    @property
    def is_per(self) -> bool:
        """An amount per something: "$2.40 per request"."""
        return bool(re.match(r"^\s*(?:per\b|/)", self.after))

    @property
    def is_target(self) -> bool:
        """Named as a target, right before or right after."""
        tail = " ".join(self.before.split()[-6:])
        head = re.match(r"^[\s-]*(?:GPU-hour\s+|GPU\s+|it\s+|we\s+)?([a-z-]+)", self.after)
        return (
            bool(TARGET.search(tail) or self.side or _ACTS_AT.search(tail))
            or bool(_HELD_TO.search(self.before) or _NEEDED.match(self.after))
            or bool(
                CHANCE_OF.match(self.before) or re.fullmatch(r"\s*(?:/|vs\.?)\s*", self.before)
            )
            or bool(
                head and TARGET.fullmatch(head.group(1)) and head.group(1) not in _PREPOSITIONS
            )
        )

    @property
    def side(self) -> str:
        """ "above", "below" or "missed" right before it, said of the value; else ""."""
        found = _SIDE.search(self.before)
        if not found:
            return ""
        if found.group(1).lower().startswith(("miss", "short")):
            return "missed"
        return (
            "above"
            if re.match(r"over|above|exceed|past|beyond", found.group(1), re.I)
            else "below"
        )

    @property
    def is_surely_target(self) -> bool:
        """So named that it can be nothing else: "target of 92%", "the 92% target"."""
        tail = " ".join(self.before.split()[-4:])
        near = re.search(
            rf"(?:{TARGET_NOUN.pattern})\W*(?:of|is|was|at|:)?\W*(?:[$€£]|the)?\s*$",
            tail,
            re.IGNORECASE,
        )
        head = re.match(r"^[\s-]*(?:GPU-hour\s+|alert\s+|warning\s+)?([a-z-]+)", self.after)
        return bool(near) or bool(head and TARGET_NOUN.fullmatch(head.group(1)))

    @property
    def is_start(self) -> bool:
        """Named as where it came from."""
        tail = " ".join(self.before.split()[-4:])
        leads = re.match(r"^\s*(?:to|→|->)\s*$", self.after)
        return bool(BASELINE.search(tail) or leads) or bool(
            re.match(r"^\s*(?:before|previously|baseline|earlier|at the start|last)\b", self.after)
        )

    @property
    def is_surely_start(self) -> bool:
        """ "from 84%", "a baseline of 84%"."""
        tail = re.search(
            r"(?<!way )(?<!far )(?<!away )\b(?:from|baseline(?: of)?|previously)\W*$",
            self.before,
        )
        return bool(tail) and not self.chained

    @property
    def is_surely_value(self) -> bool:
        """ "now 87%", "currently at 87%", "reached 87%"."""
        return bool(_NOW.search(self.before))

    @property
    def is_change(self) -> bool:
        """A distance moved, not a level: "by 3", "fell 24 points", "3 lower"."""
        return bool(_BY.search(self.before)) or bool(_HIGHER.match(self.after))


_NOW = re.compile(
    r"\b(?:now|currently|today|reach(?:ed|es)|stands|already)\s{0,9}(?:at|is|are|only|just|to)?\s{0,9}$",
    re.IGNORECASE,
)
_SIDE = re.compile(
    r"\b(short of|below|under|above|over|past|beyond|exceed\w*|miss(?:es|ed|ing)?)\s*"
    r"(?:the\s+|its\s+|our\s+|an?\s+)?"
    r"(?:(?:allowed|agreed|planned|permitted|required|target|maximum|minimum|goal|limit"
    r"|alert level)"
    r"\s+(?:of\s+)?)?$",
    re.IGNORECASE,
)
_ACTS_AT = re.compile(
    r"\b(?:act|acts|alert|alerts|warn|warns|stop|stops|fail|fails)\s(?:at|above|below|over|under|from)$"
)
CHANCE_OF = re.compile(
    r"^[\s-]*(?:chance|probability|likelihood|likely|confident)\b[\w\s]{0,40}$", re.IGNORECASE
)
_HELD_TO = re.compile(
    r"\b(?:of|times|x|against|beyond|over)\s+(?:its|our|their|the)\s*$"
    r"|\b(?:away|far|way) from\s*$",
    re.IGNORECASE,
)
_NEEDED = re.compile(
    r"^\s*(?:is|was|are|being)\s+(?:what\s+(?:we|it|they|is)\s*)?(?:need\w*|want\w*|required"
    r"|ask\w*|allowed|planned|aimed|expected|the (?:target|goal|bar|limit|aim|threshold))\b"
    r"|^\s*(?:we|it)\s+(?:need|want|aim|hope|ask)",
    re.IGNORECASE,
)
_PREPOSITIONS = {"against", "versus", "vs", "needs", "need", "needed", "reach", "reaches"}


def places(scene: Scene) -> Iterator[Place]:
    """Every number of the sentence where it stands."""
    last_end = 0
    previous: WrittenNumber | None = None
    for said in scene.numbers:
        clause = scene.clause(said.start)
        start = max(clause.start, last_end)
        end = min([n.start for n in scene.numbers if n.start >= said.end] + [clause.end])
        before = scene.plain[start : said.start]
        if re.fullmatch(r"\s*[:(]\s*", before):  # "before: 12.5%": the words that lead up to it
            before = scene.plain[last_end : said.start]
        between = scene.plain[last_end : said.start].strip().lower()
        opened = previous is not None and re.search(
            r"\bfrom\W*(?:about\W*|roughly\W*|1 in\W*|one in\W*)?$",
            scene.plain[: previous.start],
            re.IGNORECASE,
        )
        chained = bool(opened) and between in (
            "to",
            "down to",
            "up to",
            "→",
            "to about",
            "to just",
        )
        place = Place(
            said,
            scene.plain[clause.start : clause.end],
            before,
            scene.plain[said.end : end],
            chained,
            scene.plain,
            scene.text,
            tuple(n for n in scene.numbers if n is not said),
            scene.plain[said.end : clause.end],
        )
        unit = said.noun and place.is_surely_target  # "the 0.2 alert level" counts nothing
        yield replace(place, said=replace(said, dim="", noun="")) if unit else place
        last_end, previous = said.end, said
