"""Sentences in ten people's manners with what is wished: ours, written before the router, and a
stranger's, who has not read the code.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.assay import away, said
from core.assay.about import Id
from core.assay.follow import Before
from core.assay.intent import Meaning
from views.assay import offers

HERE = Path(__file__).parent / "data" / "assay"
OWN, STRANGER = HERE / "utterances_own.json", HERE / "utterances_stranger.json"
MORE = HERE / "utterances_more.json"  # ours, written after
# A newcomer's, written before the table was read: an open half, one that stayed blind till it was
# run once (61 of 67 right), and 40 more, written and run then (29 right at first).
FRESH = HERE / "utterances_fresh.json"
FOURTH = HERE / "utterances_fourth.json"  # thirty of another author, 21 right at first
# A stranger's 400 who read no code, with all that a sentence may wish: an open half (148 of 200
# right at first) and one that stayed blind till it was run once (177 right).
OPEN, BLIND = HERE / "labelled_open.json", HERE / "labelled_blind.json"
# Another stranger's 240: an open half (106 of 120 right at first), and a blind one (106 of 120 on
# its only run).
THIRD_OPEN, THIRD_BLIND = HERE / "labelled_third_open.json", HERE / "labelled_third_blind.json"
LABELLED = {"open": OPEN, "blind": BLIND, "third open": THIRD_OPEN, "third blind": THIRD_BLIND}
# These have one answer where they are about an experiment: its card.
SAME = ({"card", "status", "when", "why_late"},)


@dataclass(frozen=True)
class Wished:
    """where: dm | mention | slash | thread (below a message that names an id) | thread_prompt.
    before: what was said before it; alike: other intents that are as right.
    """

    text: str
    where: str
    prompt_open: bool
    intent: str
    about: str
    who: str
    before: str = ""
    alike: tuple[str, ...] = ()

    @property
    def thread(self) -> Id | None:
        """The id that the message above names."""
        if not self.where.startswith("thread") or self.where == "thread_prompt":
            return None
        letters, _, number = self.about.partition("-")
        return (letters, int(number)) if number else None

    @property
    def meant(self) -> Meaning:
        """How it is read."""
        waits = self.prompt_open and self.where in {"dm", "thread_prompt"}
        below = self.where == "thread_prompt"
        said_ = said.Said(self.text, self.thread, waits=waits, below=below, before=self.earlier)
        return said.read(said_)

    @property
    def earlier(self) -> Before | None:
        """What was wanted before it."""
        found = said.read(said.Said(self.before)) if self.before else None
        return Before(found.intent, found.ids[0] if found.ids else None) if found else None

    @property
    def is_right(self) -> bool:
        """True when it is read as wished, about what is wished, or asked about with that first."""
        found = self.meant
        wished = {self.intent, *self.alike}
        named = not self.about.startswith("EXP") or f"EXP-{found.experiment:03d}" == self.about
        alike = any({found.intent, self.intent} <= one and found.experiment for one in SAME)
        asked = found.intent == "unknown" and wished & set(found.guesses[:1])
        return named and (found.intent in wished or alike or bool(asked))


# What a stranger calls what we can do, where our name is another.
_OURS = {
    "late": {"why_late"}, "killed": {"history"}, "promoted": {"history"}, "learned": {"history"},
    "waiting": {"decisions"}, "unknown": {"unknown", "thanks", "hello", "help"},
}  # fmt: skip


@dataclass(frozen=True)
class Labelled:
    """A sentence with all that it may wish, in our names."""

    text: str
    wished: frozenset[str]

    @property
    def verdict(self) -> str:
        """taken; offered among the buttons that come first; wrong; or missed (none of these)."""
        found = said.read(said.Said(self.text))
        alike = any(
            {found.intent} <= one and one & self.wished and found.experiment for one in SAME
        )
        if found.intent in self.wished or alike:
            return "taken"
        if found.intent != "unknown":
            return "wrong"
        shown = [name for name in found.guesses if offers.has_button(name, found.ids)]
        return "offered" if self.wished.intersection(shown) else "missed"

    @property
    def is_done(self) -> bool:
        """True for what happens without a press: only an absence or a return can."""
        found = said.read(said.Said(self.text))
        gone = found.intent == "away" and not found.asks and bool(away.days(self.text))
        return gone or found.intent == "back"


def labelled(path: Path) -> list[Labelled]:
    """The sentences of a stranger's file."""
    rows: list[dict[str, Any]] = json.loads(path.read_text())
    named = [(row["said"], [_OURS.get(one, {one}) for one in row["wished"]]) for row in rows]
    return [Labelled(text, frozenset().union(*wished)) for text, wished in named]


def read(path: Path) -> Iterator[Wished]:
    """The sentences of a file."""
    rows: list[dict[str, Any]] = json.loads(path.read_text())
    for row in rows:
        names = ("text", "where", "prompt_open", "intent", "who")
        more = {"before": row.get("before", ""), "alike": tuple(row.get("ok", ()))}
        yield Wished(about=row["about"] or "", **more, **{name: row[name] for name in names})
