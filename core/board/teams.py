"""The teams that somebody may read, a line each."""

from dataclasses import dataclass

from core.experiments.headline import Headline


@dataclass(frozen=True)
class TeamLine:
    """One team: how many experiments are open, and of these stale; how many decisions wait
    (proposals, kill requests, approvals); where its headline metric stands. own: the reader is in
    it.
    """

    name: str
    own: bool
    open: int
    stale: int
    waiting: int
    headline: Headline
