"""Links to experiments that people post: shown as the experiment's card, to who may read it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_
from sqlmodel import Session, col

from core.assay import links
from core.text import clean
from models import team as teams
from models.experiments import across
from models.experiments.experiment import Experiment
from models.team import Team
from services import standing
from services.experiments import experiment
from services.ports import Lab
from services.say import Voice
from views.assay import links as view

_MOST = 5  # cards below one message


@dataclass(frozen=True)
class Shared:
    """Links that somebody posted at (channel, ts)."""

    workspace: str
    user: str
    channel: str
    ts: str
    urls: Sequence[str]


def show(lab: Lab, shared: Shared) -> int:
    """Have the cards shown below the message, once; how many there are.

    Of an open team's experiment anywhere; of a private team's only in its own channels, and only
    when somebody posts it who may read it.
    """
    with lab.begin() as session:
        readable = standing.readable(session, shared.workspace, shared.user)
        own = teams.owner_of(session, shared.workspace, shared.channel)
        cards: dict[str, Any] = {}
        for url in dict.fromkeys(shared.urls):
            row = _meant(session, readable, url)
            team = session.get_one(Team, row.team_id) if row else None
            if row and team and (team.visibility == "open" or team.pk == own):
                page = experiment.seen(lab.within(session), team.pk, row.number)
                cards[url] = {"blocks": view.card(page.ticket, page.today, stale=page.stale)}
            if len(cards) == _MOST:
                break
        if cards:
            voice = Voice(session, shared.workspace, lab.clock())
            voice.unfurl(shared.channel, shared.ts, cards)
        return len(cards)


def _meant(session: Session, readable: frozenset[int], url: str) -> Experiment | None:
    """The one named in its path, else the one whose ticket keeps that link (its run)."""
    named, run = links.number(url), clean(links.plain(url), limit=500)
    kept = col(Experiment.link)
    same = or_(kept.in_([run, f"{run}/"]), kept.startswith(f"{run}?", autoescape=True))
    which = col(Experiment.number) == named if named else same
    return next(iter(across.chosen(session, readable, which, most=1)), None)
