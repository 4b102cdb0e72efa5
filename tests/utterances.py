"""Sentences in ten people's manners with what is wished: ours, written before the router, and a
stranger's, who has not read the code.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.assay import said
from core.assay.about import Id
from core.assay.intent import Meaning

HERE = Path(__file__).parent / "data" / "assay"
OWN, STRANGER = HERE / "utterances_own.json", HERE / "utterances_stranger.json"
MORE = HERE / "utterances_more.json"  # ours, written after
# These have one answer where they are about an experiment: its card.
SAME = ({"card", "status", "when", "why_late"},)


@dataclass(frozen=True)
class Wished:
    """where: dm | mention | slash | thread (below a message that names an id) | thread_prompt."""

    text: str
    where: str
    prompt_open: bool
    intent: str
    about: str
    who: str

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
        return said.read(said.Said(self.text, self.thread, waits=waits, below=below))

    @property
    def is_right(self) -> bool:
        """True when it is read as wished, about what is wished."""
        found = self.meant
        named = not self.about.startswith("EXP") or f"EXP-{found.experiment:03d}" == self.about
        alike = any({found.intent, self.intent} <= one and found.experiment for one in SAME)
        return named and (found.intent == self.intent or alike)


def read(path: Path) -> Iterator[Wished]:
    """The sentences of a file."""
    rows: list[dict[str, Any]] = json.loads(path.read_text())
    for row in rows:
        names = ("text", "where", "prompt_open", "intent", "who")
        yield Wished(about=row["about"] or "", **{name: row[name] for name in names})
