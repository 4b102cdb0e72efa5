"""Who is reading a help text, and what of theirs can serve as an example."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session

from core.data.dataset import dataset_id
from core.quantity import blocker_id, experiment_id
from core.workspace.home import looks_on
from models import audited as rows
from models import people
from models.blockers import blocker as blockers
from models.data.dataset import Dataset
from models.digest import digest as digests
from models.standups import standup as standups
from models.team import Team
from services import standing
from services import team as teams
from services.desk import Desk, desk
from services.experiments import experiment
from services.ports import Lab


@dataclass(frozen=True)
class Reader:
    """role: member | lead | admin | executive. leads: sees the leads' verbs.

    examples: what usages say (`EXP-042`) → one of the reader's or their team's own. channel: the
    team's, or "". team: its name, when the reader is in several.
    """

    role: str
    leads: bool
    examples: Mapping[str, str]
    channel: str
    team: str = ""


def reader(lab: Lab, team_id: int, user_id: str) -> Reader:
    """The reader of a help text; without any lead in the team everyone may do what leads do."""
    with desk(lab, team_id, lock=False) as here:
        session, theirs = here.session, here.team
        may_lead = teams.may_lead(session, theirs, user_id)
        role = "lead" if may_lead else "executive" if _looks_on(session, theirs, user_id) else ""
        if may_lead and not theirs.team_channel:
            role = "admin"  # nobody has set the team up yet
        return Reader(
            role=role or "member",
            leads=may_lead,
            examples=_examples(session, theirs, user_id),
            channel=theirs.team_channel,
            team=standing.name_of(theirs) if _in_several(here, user_id) else "",
        )


def _in_several(here: Desk, user_id: str) -> bool:
    return len(people.teams_of(here.session, here.team.workspace, user_id)) > 1


def _looks_on(session: Session, theirs: Team, user_id: str) -> bool:
    """An observer, or who is asked for a decision and takes part in nothing else."""
    known = people.member(session, theirs.pk, user_id)
    observer = known is not None and known.role == "observer"
    notes = digests.open_notes(session, theirs.pk)
    asked = any(note.detail.get("owner") == user_id for note in notes if note.kind == "need")
    takes_part = user_id in standups.asked(standups.of_team(session, theirs.pk))
    takes_part = takes_part or bool(experiment.mine(session, theirs, user_id))
    return looks_on(observer=observer, is_asked=asked, takes_part=takes_part)


def _examples(session: Session, theirs: Team, user_id: str) -> dict[str, str]:
    team_id = theirs.pk
    opened = experiment.open_of(session, theirs)
    tickets = [e for e in opened if e.owner == user_id] or opened
    found = {"EXP-042": experiment_id(tickets[-1].number)} if tickets else {}
    stuck = blockers.open_of(session, team_id, user_id) or blockers.open_of(session, team_id)
    found |= {"BLK-003": blocker_id(stuck[-1].number)} if stuck else {}
    cards = rows.all_of(session, Dataset, team_id)
    return found | ({"DATA-003": dataset_id(cards[-1].number)} if cards else {})
