"""What a team may be called, and which one a name means."""

import difflib
from collections.abc import Mapping

from core.errors import Refused
from core.text import clean, shorten, straighten

LONGEST = 40
NAMELESS = "the first team"  # stands for a team that has no name yet


def checked(typed: str, taken: Mapping[int, str], *, field: str = "") -> str:
    """The name as typed, without quotes around it. Raises Refused: empty, too long, not for one.

    taken: the names of the workspace's teams, archived ones too.
    """
    name = _plain(typed)
    if not name:
        raise Refused("A team needs a name.", "Write `/team new Vision`.", field=field)
    if len(name) > LONGEST:
        raise Refused("That name is too long.", f"Say it in {LONGEST} characters.", field=field)
    if "<" in name or name.casefold() == NAMELESS or " into " in f" {name.casefold()} ":
        raise Refused(f"“{shorten(name, 30)}” is no name for a team.", "Use a word.", field=field)
    if found(name, taken) is not None:
        raise Refused(f"There is a team called {name} already.", "Take another.", field=field)
    return name


def found(typed: str, names: Mapping[int, str]) -> int | None:
    """The team that is called so, by its id; None when there is none."""
    wanted = _plain(typed).casefold()
    return next((n for n, name in names.items() if shown(name).casefold() == wanted), None)


def near(typed: str, names: Mapping[int, str]) -> str:
    """The name that was probably meant, or ""."""
    known = {shown(name).casefold(): shown(name) for name in names.values()}
    close = difflib.get_close_matches(_plain(typed).casefold(), known, n=1, cutoff=0.6)
    return known[close[0]] if close else ""


def shown(name: str) -> str:
    """The name, or what stands for none."""
    return name or NAMELESS


def pair(typed: str) -> tuple[str, str]:
    """What is merged and what it becomes part of, from `A into B`. Raises Refused."""
    first, into, second = straighten(typed).partition(" into ")
    if not into or not first.strip() or not second.strip():
        raise Refused("Which team into which?", "Write `/team merge Audio into Speech`.")
    return first.strip(), second.strip()


def _plain(typed: str) -> str:
    return " ".join(straighten(clean(typed)).split()).strip("\"'` ")
