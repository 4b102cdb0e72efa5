"""When a team's digest is posted and drafted: looked at and changed."""

from core.digest import schedule as rules
from core.digest.schedule import DigestRhythm
from models.team import Team
from services import team
from services.desk import desk
from services.digest import digest, draft_schedule
from services.ports import Lab


def of(theirs: Team) -> DigestRhythm:
    """The team's rhythm."""
    day, hour = digest.rhythm(theirs)
    return DigestRhythm(day, hour, draft_schedule.hours_of(theirs), theirs.zone)


def current(lab: Lab, team_id: int) -> DigestRhythm:
    """The rhythm of that workspace's team."""
    with desk(lab, team_id, lock=False) as here:
        return of(here.team)


def change(lab: Lab, team_id: int, text: str, *, by: str) -> DigestRhythm:
    """Set what is named in the text. A digest that is only due by it is not made up for.

    Raises NotAllowed, Refused.
    """
    with desk(lab, team_id, lock=False) as here:
        session, theirs, now = here.session, here.team, here.now
        team.require_lead(session, theirs, by, "change when the digest comes")
        before = of(theirs)
        wanted = rules.read(text, before)
        moved = (wanted.day, wanted.hour) != (before.day, before.hour)
        fresh = {"digest_from": now} if moved else {}
        rhythm = {"digest_day": wanted.day, "digest_hour": wanted.hour}
        theirs.choose(digest_draft=wanted.draft, **rhythm, **fresh)
        return wanted
