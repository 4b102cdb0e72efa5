"""A team renamed, opened or closed to the others, archived and brought back."""

from collections.abc import Sequence

from sqlalchemy import delete
from sqlmodel import col

from core.errors import Refused
from core.quantity import blocker_id, experiment_id
from core.teams import name as names
from core.teams.team import Renamed, StillOpen, TeamCard
from models import audited as rows
from models import team as table
from models.blockers import blocker as blockers
from models.board import engineering
from models.board.engineering import Engineering
from models.digest import digest as digests
from models.standups import standup as standups
from models.team import Team, TeamChannel
from services import channels, standing
from services import team as teams
from services.desk import Desk, desk
from services.experiments import experiment
from services.ports import Lab
from services.teams import team as directory
from services.teams.team import Reader
from views.teams import change as view


def rename(lab: Lab, team_id: int, typed: str, *, by: str) -> Renamed:
    """Call it otherwise. Raises NotAllowed (leads and admins), Refused (no name, taken)."""
    with desk(lab, team_id) as here:
        teams.require_lead(here.session, here.team, by, "rename the team")
        table.hold_workspace(here.session, here.team.workspace)
        taken = directory.taken(here.session, here.team.workspace, but=team_id)
        before, after = here.team.name, names.checked(typed, taken, field="team_name")
        here.team.name = after
        directory.record(here, by, "team renamed", subject="name", before=before, after=after)
        return Renamed(names.shown(before), after)


def show_to(lab: Lab, team_id: int, visibility: str, *, by: str) -> Renamed:
    """Open it (the workspace reads) or make it private (members and admins do); what it was before
    and is now. Raises NotAllowed (leads and admins).
    """
    with desk(lab, team_id) as here:
        teams.require_lead(here.session, here.team, by, "say who sees the team")
        before, here.team.visibility = here.team.visibility, visibility
        if before != visibility:
            said = {"subject": "visibility", "before": before, "after": visibility}
            directory.record(here, by, "setting", **said)
        return Renamed(before, visibility)


def release(lab: Lab, team_id: int, channel: str, *, by: str) -> str:
    """Give up a channel that came with a merged team; its name. Raises NotAllowed (leads and
    admins), Refused (no such channel, or still used).
    """
    with desk(lab, team_id) as here:
        teams.require_lead(here.session, here.team, by, "give up the team's channels")
        channels.release(here.session, here.team, channel)
        directory.record(here, by, "setting", subject="channel", before=channel)
        return names.shown(here.team.name)


def to_archive(lab: Lab, team_id: int, *, by: str) -> StillOpen:
    """What is still open in it. Raises NotAllowed (leads and admins), Refused (the only team)."""
    with desk(lab, team_id, lock=False) as here:
        return _closable(here, by)


def archive(lab: Lab, team_id: int, *, by: str) -> StillOpen:
    """Archive it: nothing of it is asked or posted any more, its channels are free, its tickets
    are read by their ids. Raises as `to_archive`.
    """
    with desk(lab, team_id) as here:
        table.hold_workspace(here.session, here.team.workspace)
        left = _closable(here, by)
        if here.team.team_channel:
            key = f"team:{team_id}:archived:{here.now:%Y%m%d%H%M%S}"
            said = view.archived_here(left.team, by)
            here.post(key, here.team.team_channel, said)
        here.team.archived_at = here.now
        here.session.execute(delete(TeamChannel).where(col(TeamChannel.team_id) == team_id))
        directory.record(here, by, "team archived", subject="name", after=here.team.name)
        return left


def reopen(lab: Lab, reader: Reader, typed: str) -> tuple[TeamCard, Sequence[str]]:
    """Bring an archived team back; it, and its channels that are another team's by now.

    Raises NotFound, NotAllowed (its leads and admins), Refused (a standup's channel is taken).
    """
    with lab.begin() as session:
        team = directory.named(session, reader, typed, archived=True)
        teams.require_lead(session, team, reader.user, "bring the team back")
        if team.chosen.merged_into:
            into = names.shown(session.get_one(Team, team.chosen.merged_into).name)
            raise Refused(f"{team.name} became part of {into}.", "Start a new one: `/team new`.")
        with desk(lab.within(session), team.pk) as here:
            here.team.archived_at = None
            lost = _let_go(here)
            channels.settle(session, here.team)
            directory.record(here, reader.user, "team reopened", subject="name", after=team.name)
        return directory.card_of(session, reader, team), lost


def _let_go(here: Desk) -> list[str]:
    """Its settings forget the channels that are another team's by now."""
    lost = []
    for use in ("team_channel", "leads_channel", "alerts_channel"):
        channel = getattr(here.team, use)
        if table.owner_of(here.session, here.team.workspace, channel) not in (None, here.team_id):
            setattr(here.team, use, "")
            lost.append(channel)
    return list(dict.fromkeys(lost))


def _closable(here: Desk, by: str) -> StillOpen:
    teams.require_lead(here.session, here.team, by, "archive the team")
    seen = standing.readable(here.session, here.team.workspace, by)
    at_work = table.of_workspace(here.session, here.team.workspace)
    if sum(team.pk in seen for team in at_work) < 2:
        raise Refused(
            "It is the only team here; without one I have nowhere to keep anything.",
            "Start another first: `/team new NAME` in its channel.",
        )
    return _still_open(here)


def _still_open(here: Desk) -> StillOpen:
    session, team_id = here.session, here.team_id
    needs = [note for note in digests.open_notes(session, team_id) if note.kind == "need"]
    running = [one for one in standups.of_team(session, team_id) if one.active]
    return StillOpen(
        team=names.shown(here.team.name),
        experiments=[experiment_id(e.number) for e in experiment.open_of(session, here.team)],
        blockers=[blocker_id(row.number) for row in blockers.open_of(session, team_id)],
        engineering=len(rows.all_of(session, Engineering, team_id, engineering.is_open())),
        needs=len(needs),
        standups=[one.name for one in running],
    )
