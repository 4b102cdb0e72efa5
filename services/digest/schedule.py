"""When a team's digest is posted and drafted: looked at and changed."""

from dataclasses import replace

from core.digest import schedule as rules
from core.digest.schedule import CommonHour, DigestRhythm
from core.errors import Refused
from models.team import Team
from services import standing, team
from services.desk import Desk, desk
from services.digest import digest, draft_schedule, rhythm
from services.ports import Lab


def of(theirs: Team) -> DigestRhythm:
    """The team's rhythm."""
    day, hour = digest.rhythm(theirs)
    return DigestRhythm(day, hour, draft_schedule.hours_of(theirs), theirs.zone)


def _common(here: Desk) -> CommonHour | None:
    """When it posts with the others of its channel; None where it is alone."""
    found = rhythm.of(here.session, here.team, here.now)
    names = tuple(standing.name_of(team) for team in found.others)
    if not names:
        return None
    zone, channel = str(found.where), here.team.digest_channel
    return CommonHour(found.weekday, found.hour, zone, channel, names)


def current(lab: Lab, team_id: int) -> DigestRhythm:
    """The rhythm of that workspace's team."""
    with desk(lab, team_id, lock=False) as here:
        return replace(of(here.team), common=_common(here))


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
        set_to = {"digest_day": wanted.day, "digest_hour": wanted.hour}
        theirs.choose(digest_draft=wanted.draft, **set_to, **fresh)
        here.session.flush()
        return replace(wanted, common=_common(here))


def copy(lab: Lab, team_id: int, typed: str, *, by: str) -> str:
    """`on` or `off`: is the team's page posted in its own channel too? What holds now, in words.

    Raises NotAllowed, Refused (another word, no channel of its own).
    """
    with desk(lab, team_id) as here:
        team.require_lead(here.session, here.team, by, "change where the digest is posted")
        wanted = rules.read_switch(typed)
        own = here.team.team_channel
        if wanted and (not own or own == here.team.digest_channel):
            said = "The digest is posted in the team's channel already."
            raise Refused(said if own else "The team has no channel.", "`/exp setup` sets it.")
        here.team.choose(digest_copy=wanted)
        if wanted:
            return f"From the next one on the team's page is posted in <#{own}> too."
        return "The team's page is posted in the digest's channel only."
