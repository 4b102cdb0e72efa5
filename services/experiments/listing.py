"""Which experiments somebody asked to see."""

from dataclasses import replace

from sqlmodel import Session, col

from core.errors import NotFound, Refused
from core.experiments.experiment import STAGES, Experiment
from core.experiments.listing import ALL, ROWS, Listing, Mine, page_with
from core.text import mentioned_users
from models import people
from models.experiments import across
from models.experiments import experiment as table
from models.experiments import measurement as measurements
from models.experiments.experiment import Which
from models.team import Team
from models.team import of_workspace as teams_of
from services import standing
from services.desk import desk
from services.experiments import experiment
from services.ports import Lab

_WORDS = ("open", "all", "mine", "stale")


def listed(lab: Lab, team_id: int, wanted: str, *, by: str, first: int = 0) -> Listing:
    """The tickets that are `open` (or nothing), `all`, `mine`, `stale`, in a stage, or somebody's:
    the page with that one on it.

    Raises Refused for any other word, NotFound for an unknown person.
    """
    with desk(lab, team_id, lock=False) as here:
        session, theirs, now = here.session, here.team, here.now
        word = _word(session, theirs, wanted.strip(), by)
        if word == "stale":
            every = experiment.open_of(session, theirs)
            numbers = experiment.stale_among(every, theirs, now, policy=here.policy)
            which = [table.numbered(numbers)]
        else:
            which = _which(word)
        count = table.count(session, here.team_id, *which)
        start = page_with(first, count)
        page = experiment.some_of(session, theirs, *which, first=start, most=ROWS)
        stale = experiment.stale_among(page, theirs, now, policy=here.policy)
        today = experiment.today_of(theirs, now)
        return Listing(word, tuple(page), stale, today, count, start)


def of_team(lab: Lab, team: Team, wanted: str, *, by: str, first: int = 0) -> Listing:
    """The same of another team."""
    found = listed(lab, team.pk, wanted, by=by, first=first)
    name = standing.name_of(team)
    whose = {one.number: (team.pk, name) for one in found.found}
    return replace(found, team=name, whose=whose)


def of_all(lab: Lab, team_id: int, wanted: str, *, by: str, first: int = 0) -> Listing:
    """The same of every team at work that `by` may read."""
    with desk(lab, team_id, lock=False) as here:
        session, now, policy = here.session, here.now, here.policy
        seen = standing.readable(session, here.team.workspace, by)
        teams = [one for one in teams_of(session, here.team.workspace) if one.pk in seen]
        ids = [one.pk for one in teams]
        word = _word(session, here.team, wanted.strip(), by)
        stale = {
            number
            for one in teams
            for number in experiment.stale_among(
                experiment.open_of(session, one), one, now, policy=policy
            )
        }
        which = [table.numbered(stale)] if word == "stale" else _which(word)
        count = across.count(session, ids, *which)
        start = page_with(first, count)
        rows = across.chosen(session, ids, *which, first=start, most=ROWS)
        looks = measurements.of_each(session, [row.id for row in rows])
        page = tuple(row.snapshot(looks.get(row.pk, [])) for row in rows)
        names = {one.pk: standing.name_of(one) for one in teams}
        whose = {row.number: (row.team_id, names[row.team_id]) for row in rows}
        today = experiment.today_of(here.team, now)
        return Listing(word, page, frozenset(stale), today, count, start, ALL, whose)


def mine(lab: Lab, team_id: int, user_id: str) -> Mine:
    """That person's open tickets."""
    with desk(lab, team_id, lock=False) as here:
        session, theirs, now = here.session, here.team, here.now
        found = experiment.mine(session, theirs, user_id)
        others = table.count(session, here.team_id, table.is_open()) - len(found)
        stale = experiment.stale_among(found, theirs, now, policy=here.policy)
        return Mine(tuple(found), stale, experiment.today_of(theirs, now), others)


def to_update(lab: Lab, team_id: int, user_id: str, *, most: int) -> list[Experiment]:
    """What that person may report on: their own open tickets, else everybody's; by number."""
    with desk(lab, team_id, lock=False) as here:
        own = experiment.mine(here.session, here.team, user_id)
        return own or experiment.some_of(here.session, here.team, table.is_open(), most=most)


def _which(word: str) -> list[Which]:
    if word == "all":
        return []
    if word.startswith("@"):
        return [table.is_open(), col(table.Experiment.owner) == word[1:]]
    return [table.is_open() if word == "open" else col(table.Experiment.stage) == word]


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
    near = name.casefold()
    if near in ("me", ""):
        raise NotFound("Whom do you mean?", "Write `/exp list mine` or `/exp list @name`.")
    members = people.people(session, theirs.pk).here()
    found = [m for m in members if m.name.casefold().startswith(near)]
    if len(found) != 1:
        raise NotFound(f"I don't know who @{name[:30]} is.", "Pick the name from Slack's list.")
    return found[0].user_id
