"""Which teams a question about "us" is for, and the team that somebody names first."""

import re

from sqlmodel import Session

from models import team as table
from services import which
from services.ports import Lab
from services.which import Known, Spot


def readable(lab: Lab, spot: Spot) -> list[int]:
    """All teams at work that this person reads, where neither the place nor their being in one
    team says which is meant; [] where one is.

    Where several are read together, as in the channel of their digests, being in one of them does
    not say it.
    """
    with lab.begin() as session:
        known = _known(session, spot)
        if known is None:
            return []
        there = [team for team in known.at_work.values() if team.digest_channel == spot.channel]
        alone = () if len(there) > 1 else (which.only_own,)
        if any(
            case(known) for case in (which.by_mark, which.by_message, which.by_channel, *alone)
        ):
            return []
        return list(known.at_work) if len(known.at_work) > 1 else []


def named(lab: Lab, spot: Spot, text: str) -> tuple[int, str]:
    """The team whose name the text begins with, of those this person reads, and what follows; 0
    and the text when it begins with none.
    """
    with lab.begin() as session:
        known = _known(session, spot)
        if known is None:
            return 0, text
        named = [team for team in known.at_work.values() if team.name]
        for team in sorted(named, key=lambda one: -len(one.name)):
            form = rf"\s*(?:team\s+)?{re.escape(team.name)}(?:\s*[:,]\s*|\s+|$)"
            if found := re.match(form, text, re.IGNORECASE):
                return team.pk, text[found.end() :]
    return 0, text


def _known(session: Session, spot: Spot) -> Known | None:
    """What is known there; None with one team at work, which needs no more looking up."""
    every = table.ever_of(session, spot.workspace)
    if sum(team.archived_at is None for team in every) < 2:
        return None
    return which.known_of(session, spot, every)
