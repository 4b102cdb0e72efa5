"""What an experiment was made from: the version of its dataset and the commit of its code."""

import re

from core.errors import Refused
from core.text import clean

KEYS = {
    "trainedon": "trained_on",
    "commit": "code_commit",
    "codecommit": "code_commit",
    "sha": "code_commit",
}
FIELDS = ("trained_on", "code_commit")
_NAMES_DATA = re.compile(r"data(?:set)?[\s_-]*\d", re.IGNORECASE)
_COMMIT = re.compile(r"[0-9a-f]{7,64}", re.IGNORECASE)


def names_data(text: str) -> bool:
    """True for `DATA-003@v2`, what `dataset=` may be followed by instead of ready."""
    return bool(_NAMES_DATA.match(text.strip()))


def read(name: str, text: str, *, field: str = "") -> str:
    """One of FIELDS as typed; "" for nothing. Which version a dataset's name means, its table
    knows. Raises Refused for what is no commit.
    """
    said = clean(text, limit=200)
    if name == "trained_on" or not said:
        return said
    if not _COMMIT.fullmatch(said):
        raise Refused(
            f"“{said[:40]}” is no commit.",
            "Write the first seven characters of its hash or more, like commit=3f2a9c1.",
            field=field,
        )
    return said.casefold()


def told(trained_on: str, code_commit: str) -> str:
    """`trained on DATA-003@v2, code 3f2a9c1`; "" while nobody said either."""
    parts = [f"trained on {trained_on}"] if trained_on else []
    parts += [f"code {code_commit[:12]}"] if code_commit else []
    return ", ".join(parts)
