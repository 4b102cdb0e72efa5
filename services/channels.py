"""Which channels are a team's: what is typed there is meant for it."""

from sqlmodel import Session, col, select

from core.errors import Refused
from core.workspace.settings import CHANNELS
from models.standups import standup as standups
from models.team import Team, TeamChannel, owner_of

_USES = tuple(use for use in CHANNELS if use != "digest_channel")


def settle(session: Session, team: Team) -> None:
    """Give the team the channels it uses, and let go of those it does not use any more.

    The digest's channel stays everybody's: several teams are read there. Raises Refused for a
    channel that is another team's, with the setting's name as the form's field.
    """
    standing = [standup.channel for standup in standups.of_team(session, team.pk)]
    used = {*standing, *team.chosen.also_in, *(getattr(team, use) for use in _USES)}
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
            field = next((use for use in _USES if getattr(team, use) == channel), "channel")
            raise _taken(session, row.team_id, channel, field)
    for channel, row in known.items():
        if channel not in wanted:
            session.delete(row)
    session.flush()


def release(session: Session, team: Team, channel: str) -> None:
    """Let go of a channel that came with a merged team. Raises Refused for one that is no such, or
    that the team's settings or a standup name.
    """
    if channel not in team.chosen.also_in:
        raise Refused(
            f"<#{channel}> is not a channel that came with another team.",
            "What it is used for is changed with `/exp setup` or `/standup setup`.",
        )
    team.choose(also_in=[one for one in team.chosen.also_in if one != channel])
    settle(session, team)
    if owner_of(session, team.workspace, channel) == team.pk:
        raise Refused(
            f"<#{channel}> is still used.", "Choose another with `/exp setup` or `/standup setup`."
        )


def require_free(session: Session, team: Team, channel: str, *, field: str) -> None:
    """Pass for a channel that is the team's or nobody's. Raises Refused, under that field."""
    owner = owner_of(session, team.workspace, channel)
    if owner is not None and owner != team.pk:
        raise _taken(session, owner, channel, field)


def _taken(session: Session, team_id: int, channel: str, field: str) -> Refused:
    owner = session.get_one(Team, team_id)
    name = owner.name if owner.name and owner.visibility == "open" else "another team"
    return Refused(
        f"<#{channel}> is the channel of {name}.",
        "A channel belongs to one team: take another, or have that team give it up.",
        field=field,
    )
