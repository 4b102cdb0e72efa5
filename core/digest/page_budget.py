"""How much of a week goes on one page: what does not fit is counted instead of told."""

from dataclasses import dataclass

from core.text import shorten

WORDS, BULLETS = 250, 12  # of a whole digest (docs/handbook.md, "What a digest has to be")


@dataclass(frozen=True)
class Room:
    """How many lines of a kind are told, and how long people's own words may be.

    named: experiments named for each way of being late; share: of the usual length of words;
    extras: also what is good to know and no more; decisions: of leadership that are told, the
    others wait for the next digest.
    """

    learnings: int
    risks: int
    needs: int
    named: int
    share: float
    extras: bool = True
    decisions: int = 2

    def fit(self, text: str, limit: int) -> str:
        """The text in what is left of its usual length, without a full stop at its end."""
        return shorten(" ".join(text.split()), int(limit * self.share)).rstrip(" .;,?!")


ROOMS = (
    Room(2, 2, 3, 2, 1.0),
    Room(2, 2, 2, 1, 1.0),
    Room(2, 1, 2, 1, 0.8),
    Room(1, 1, 2, 1, 0.6),
    Room(1, 1, 1, 1, 0.5, extras=False, decisions=1),
    Room(1, 1, 1, 0, 0.5, extras=False, decisions=1),
    Room(1, 1, 1, 0, 0.35, extras=False, decisions=1),
    Room(1, 1, 1, 0, 0.2, extras=False, decisions=1),
    Room(1, 1, 1, 0, 0.15, extras=False, decisions=0),
)
