"""Which channels are a team's: what is typed there is meant for it."""

from sqlmodel import Session, col, select

from core.errors import Refused
from models.standups import standup as standups
from models.team import Team, TeamChannel


def settle(session: Session, team: Team) -> None:
    """Give the team the channels it uses, and let go of those it does not use any more.

    The digest's channel stays everybody's: several teams are read there. Raises Refused for a
    channel that is another team's.
    """
    standing = [standup.channel for standup in standups.of_team(session, team.pk)]
    used = {*standing, team.team_channel, team.leads_channel, team.alerts_channel}
    wanted = {channel for channel in used if channel[:1] in {"C", "G"}}
    theirs = TeamChannel.workspace == team.workspace
    asked = col(TeamChannel.channel).in_(wanted) | (col(TeamChannel.team_id) == team.pk)
    known = {row.channel: row for row in session.exec(select(TeamChannel).where(theirs, asked))}
    for channel in sorted(wanted):
        row = known.get(channel)
        if row is None:
            row = TeamChannel(workspace=team.workspace, channel=channel, team_id=team.pk)
            session.add(row)
        elif row.team_id != team.pk:
            raise _taken(session, row)
    for channel, row in known.items():
        if channel not in wanted:
            session.delete(row)
    session.flush()


def _taken(session: Session, row: TeamChannel) -> Refused:
    owner = session.get_one(Team, row.team_id)
    name = owner.name if owner.name and owner.visibility == "open" else "another team"
    return Refused(
        f"<#{row.channel}> is the channel of {name}.",
        "A channel belongs to one team: take another, or have that team give it up.",
    )
