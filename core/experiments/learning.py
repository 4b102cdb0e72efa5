"""What the team has learned: confirmed by a decision, by who logged it, or by one press on what
somebody said in a standup. One sentence is one learning, however often it is said (ADR 32).
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

_KEY = 200  # characters of a sentence that tell it from others
_ID = re.compile(
    r"\s{0,9}[*_`]{0,3}exp[ _-]{0,3}0{0,9}(\d{1,6})\b[*_`]{0,3}\s{0,9}[:,;.–—-]{0,3}\s{0,9}",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Learning:
    """One thing learned. source: decision | standup | evening | logged. name: who wrote it.

    logged_by: display name of who kept it, when that is somebody else. confirmed: it counts; what
    was only said in a standup does not. team: what the team is
    called that learned it, when it is not the reader's.
    """

    id: int
    user: str
    name: str
    text: str
    experiments: tuple[int, ...]
    at: datetime
    source: str
    logged_by: str = ""
    team: str = ""
    confirmed: bool = True


def bare(text: str, numbers: Collection[int]) -> str:
    """The text without the id it begins with, where that id is told beside it."""
    found = _ID.match(text)
    if found is None or int(found[1]) not in numbers or not text[found.end() :].strip():
        return text
    return text[found.end() :]


def sentence(text: str) -> str:
    """What two that say the same have in common: the words, whatever case, marks and id."""
    found = _ID.match(text)
    rest = text[found.end() :] if found else text
    words = re.findall(r"\w+", (rest if rest.strip() else text).casefold())
    return " ".join(words)[:_KEY]
