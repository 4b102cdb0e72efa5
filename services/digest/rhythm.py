"""When a team's digest is due: by its own rhythm, or together with the others of its channel."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from core import calendar
from models import team as table
from models.team import Team


@dataclass(frozen=True)
class Rhythm:
    """weekday: 0 = Monday; hour: wall time in `where`. since: what was due earlier is not made up
    for. others: the teams whose digests are one message with this one.
    """

    weekday: int
    hour: int
    where: ZoneInfo
    since: datetime
    others: tuple[Team, ...] = ()

    @property
    def at(self) -> time:
        """The wall time."""
        return time(self.hour)


def of(session: Session, theirs: Team, now: datetime) -> Rhythm:
    """The team's own; in a channel that several share the one that is latest in the week."""
    own = _own(theirs)
    others = sharing(session, theirs)
    known = [own, *filter(None, map(_readable, others))]
    latest = max(known, key=lambda one: _place(one, now))
    since = max([own.since, *filter(None, map(_set_on, others))])
    return Rhythm(latest.weekday, latest.hour, latest.where, since, others)


def sharing(session: Session, theirs: Team) -> tuple[Team, ...]:
    """The other teams of the workspace whose digest goes to the same channel."""
    if not theirs.digest_channel:
        return ()
    there = table.of_workspace(session, theirs.workspace)
    return tuple(
        team
        for team in there
        if team.digest_channel == theirs.digest_channel and team.pk != theirs.pk
    )


def _own(theirs: Team) -> Rhythm:
    chosen = theirs.chosen
    since = chosen.digest_from or theirs.created_at
    return Rhythm(chosen.digest_day, chosen.digest_hour, calendar.zone(theirs.zone), since)


def _readable(other: Team) -> Rhythm | None:
    """None for settings that cannot be read: they must not keep the other teams' digests."""
    try:
        return _own(other)
    except (TypeError, ValueError):
        return None


def _set_on(other: Team) -> datetime | None:
    """When its rhythm was last changed; None where it never was."""
    return other.chosen.digest_from if _readable(other) else None


def _place(one: Rhythm, now: datetime) -> datetime:
    """When it is due in the week of that instant."""
    monday = calendar.monday(now.astimezone(one.where).date())
    return calendar.instant(monday + timedelta(days=one.weekday), one.at, one.where)
