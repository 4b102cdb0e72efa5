"""Which experiments somebody asked to see."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from core.errors import NotFound, Refused
from core.experiments.experiment import STAGES, Experiment
from core.text import mentioned_users
from models import team as people
from models.team import Team
from services.desk import desk
from services.experiments import experiment
from services.ports import Lab

_WORDS = ("open", "all", "mine", "stale")


@dataclass(frozen=True)
class Listing:
    """The tickets found, by number. wanted: what was asked for, in one word. stale: numbers."""

    wanted: str
    found: tuple[Experiment, ...]
    stale: frozenset[int]
    today: date


def listed(lab: Lab, workspace: str, wanted: str, *, by: str) -> Listing:
    """The tickets that are `open` (or nothing), `all`, `mine`, `stale`, in a stage, or somebody's.

    Raises Refused for any other word, NotFound for an unknown person.
    """
    with desk(lab, workspace, lock=False) as here:
        tickets = experiment.all_of(here.session, here.team)
        stale = experiment.stale_of(here.session, here.team, here.now, policy=here.policy)
        numbers = frozenset(e.number for e in stale)
        word = _word(here.session, here.team, wanted.strip(), by)
        found = tuple(e for e in tickets if _belongs(e, word, numbers))
        return Listing(word, found, numbers, experiment.today_of(here.team, here.now))


def _belongs(ticket: Experiment, word: str, stale: frozenset[int]) -> bool:
    if word.startswith("@"):
        return ticket.is_open and ticket.owner == word[1:]
    answers = {"open": ticket.is_open, "all": True, "stale": ticket.number in stale}
    return answers.get(word, ticket.stage == word)


def _word(session: Session, theirs: Team, wanted: str, by: str) -> str:
    people_named = mentioned_users(wanted)
    if people_named:
        return f"@{people_named[0]}"
    if wanted.startswith("@"):
        return f"@{_person(session, theirs, wanted[1:])}"
    plain = wanted.lower().strip("`'\" ") or "open"
    if plain in ("mine", "my", "me"):
        return f"@{by}"
    found = [w for w in (*_WORDS, *STAGES) if w.startswith(plain)]
    if plain in found or len(found) == 1:
        return plain if plain in found else found[0]
    raise Refused(
        f"I cannot list “{wanted[:30]}”.",
        f"Write `/exp list` and one of mine, stale, all, @name, {', '.join(STAGES)}.",
    )


def _person(session: Session, theirs: Team, name: str) -> str:
    assert theirs.id is not None
    near = name.casefold()
    if near in ("me", ""):
        raise NotFound("Whom do you mean?", "Write `/exp list mine` or `/exp list @name`.")
    members = people.people(session, theirs.id).here()
    found = [m for m in members if m.name.casefold().startswith(near)]
    if len(found) != 1:
        raise NotFound(f"I don't know who @{name[:30]} is.", "Pick the name from Slack's list.")
    return found[0].user_id
