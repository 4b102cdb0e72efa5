"""Arranging standups: set up, changed, paused, resumed, listed."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from core import holiday
from core.errors import NotFound, Refused
from core.faults import Faults
from core.standups import absence as days
from core.standups.setup import Arrangement, Person, Settings
from models import team as people
from models.standups import standup as table
from models.standups.standup import Standup
from services import channels, unsent
from services import team as teams
from services.desk import Desk, desk
from services.ports import Lab
from services.standups import agenda, roster
from services.standups.absence import Note, today_of
from views.kit import Message
from views.standups import forms as view


def look(lab: Lab, team_id: int, user_id: str, channel: str) -> Arrangement:
    """What the setup form starts with in that channel. Raises NotAllowed."""
    with desk(lab, team_id, lock=False) as here:
        teams.require_lead(here.session, here.team, user_id, "set up standups")
        found = table.in_channel(here.session, here.team_id, channel)
        if found is not None:
            return value(here, found)
        place = channel if channel[:1] in {"C", "G"} else ""
        return Arrangement(0, Settings(channel=place, people=(user_id,)))


def save(
    lab: Lab, team_id: int, wish: Arrangement, *, by: str, key: str
) -> tuple[Arrangement, bool]:
    """Set a standup up (wish.id 0) or change it; it, and whether anything changed,
    which is said in its channel, once per key.

    Whoever does it in a team without leads becomes its lead; a team without a channel gets this
    one. Raises NotAllowed, NotFound, and Refused with the field (another team's channel).
    """
    settings = wish.settings
    require_whole(settings)
    with desk(lab, team_id, lock=False) as here:
        teams.require_lead(here.session, here.team, by, "set up standups")
        people.hold(here.session, here.team_id)
        row = _own(here, settings, wish.id)
        channels.require_free(here.session, here.team, settings.channel, field="channel")
        first = {"team_channel": settings.channel} if not here.team.team_channel else {}
        teams.configure(lab.within(here.session), team_id, first, by=by)
        for user in (by, *settings.people, *settings.optional):
            teams.member(here.session, here.team, user, now=here.now)
        before = _settings(row) if row else None
        place = row.channel if row else ""
        row = _applied(here, row, settings, by)
        channels.settle(here.session, here.team)
        unsent.rehouse(here.session, here.team, [(place, row.channel)], here.now)
        now = replace(value(here, row), by=here.name(by))
        if before != settings:
            _say(here, now, view.announced(now), key)
        return now, before != settings


def pause(lab: Lab, team_id: int, channel: str, *, by: str, key: str) -> Arrangement:
    """Pause that channel's standup, or the only one; said there, once per key. An open round
    runs to its end.

    Raises NotAllowed, NotFound, Refused (it is so already, or which one is unclear).
    """
    with desk(lab, team_id, lock=False) as here:
        return _turned(here, switch(here, channel, by, active=False), key)


def pause_until(lab: Lab, team_id: int, said: Note, *, channel: str, key: str) -> Arrangement:
    """Pause it for the days the text begins with, from today on; raises as `pause` does."""
    with desk(lab, team_id, lock=False) as here:
        teams.require_lead(here.session, here.team, said.by, "pause standups")
        row = meant(here, channel, "pause")
        today = today_of(here, said.by)
        span, _ = days.read(said.text, today)
        if span.first != today:
            raise Refused("A pause begins now.", "Write `/standup pause until 2 Jan`.")
        if row.active and row.paused_to == span.last:
            raise Refused(
                f"{row.name} is paused until then already.", "`/standup list` shows all."
            )
        row.active, row.paused_to = True, span.last
        here.session.flush()
        return _turned(here, replace(value(here, row), by=here.name(said.by)), key)


def resume(lab: Lab, team_id: int, channel: str, *, by: str, key: str) -> Arrangement:
    """Start it again from the next round on; raises as `pause` does."""
    with desk(lab, team_id, lock=False) as here:
        return _turned(here, switch(here, channel, by, active=True), key)


def every(lab: Lab, team_id: int) -> list[Arrangement]:
    """All standups of the team, oldest first. Raises NotFound when there is none."""
    with desk(lab, team_id, lock=False) as here:
        found = table.of_team(here.session, here.team_id)
        if not found:
            raise NotFound("There is no standup here yet.", "A lead starts one: `/standup setup`.")
        return [value(here, row) for row in found]


def _turned(here: Desk, now: Arrangement, key: str) -> Arrangement:
    _say(here, now, view.turned(now), key)
    return now


def _say(here: Desk, now: Arrangement, message: Message, key: str) -> None:
    here.post(f"standup:{now.id}:{key}", now.settings.channel, message)


def switch(here: Desk, channel: str, by: str, *, active: bool) -> Arrangement:
    """Start or pause it, saying nothing; raises as `pause` does."""
    verb = "resume" if active else "pause"
    teams.require_lead(here.session, here.team, by, f"{verb} standups")
    row = meant(here, channel, verb)
    ends = row.paused_to is not None and row.paused_to >= today_of(here, by)
    if row.active == active and not ends:
        state = "running" if active else "paused"
        raise Refused(f"{row.name} is {state} already.", "`/standup list` shows all.")
    row.active, row.paused_to = active, None
    if active:
        row.set_at = here.now
        row.starts_on = agenda.first_date_of(here, row)
    here.session.flush()
    return replace(value(here, row), by=here.name(by))


_NEEDED = {
    "channel": "Choose the channel for the answers.",
    "people": "A standup needs people: choose at least one.",
    "days": "Choose at least one day of the week.",
    "name": "Give the standup a name.",
}


def require_whole(settings: Settings) -> None:
    """Pass when nothing is missing. Raises Refused for each field that is empty."""
    with Faults() as each:
        for name in _NEEDED:
            each(_require, settings, name)


def _require(settings: Settings, name: str) -> None:
    if not getattr(settings, name):
        raise Refused(_NEEDED[name], field=name)


def _own(here: Desk, settings: Settings, standup_id: int) -> Standup | None:
    there = table.in_channel(here.session, here.team_id, settings.channel)
    if there is not None and there.id != standup_id:
        raise Refused(
            f"That channel has a standup already ({there.name}).",
            "Type `/standup setup` there to change it.",
            field="channel",
        )
    row = table.lock(here.session, standup_id) if standup_id else None
    if standup_id and (row is None or row.team_id != here.team_id):
        raise NotFound("That standup is gone.", "`/standup setup` starts a new one.")
    return row


def _applied(here: Desk, row: Standup | None, settings: Settings, by: str) -> Standup:
    today = here.now.date()
    when = (settings.days, settings.at, settings.weeks)
    if row is None:
        row = Standup(
            team_id=here.team_id,
            channel=settings.channel,
            starts_on=today,
            set_at=here.now,
            created_by=by,
            created_at=here.now,
        )
        here.session.add(row)
        when_before = None
    else:
        when_before = (tuple(row.days), row.at, row.weeks)
    for name, value in vars(settings).items():
        setattr(row, name, list(value) if isinstance(value, tuple) else value)
    row.set_at = here.now
    here.session.flush()
    if when != when_before:
        row.weeks_from = None  # of the coming weeks the first is the first it asks in
        first = agenda.first_date_of(here, row)
        row.weeks_from = first - timedelta(days=first.weekday())
        row.starts_on = agenda.first_date_of(here, row)
    return row


def meant(here: Desk, channel: str, verb: str) -> Standup:
    """That channel's standup, or the only one. Raises NotFound, Refused (unclear which)."""
    standups = table.of_team(here.session, here.team_id)
    local = [standup for standup in standups if standup.channel == channel]
    if not standups:
        raise NotFound("There is no standup here yet.", "A lead starts one: `/standup setup`.")
    if not local and len(standups) > 1:
        names = ", ".join(standup.name for standup in standups)
        raise Refused(f"Which one: {names}?", f"Type `/standup {verb}` in its channel.")
    return (local or standups)[0]


def _settings(row: Standup) -> Settings:
    return Settings(
        channel=row.channel,
        name=row.name,
        people=tuple(row.people),
        optional=tuple(row.optional),
        weeks=row.weeks,
        days=tuple(row.days),
        at=row.at,
        close_after=row.close_after,
        questions=tuple(row.questions),
    )


def value(here: Desk, row: Standup) -> Arrangement:
    """The standup as it stands."""
    coming = agenda.next_of(here, row)
    people = [
        _person(here, row, user, coming.due_at if coming else {}) for user in table.everyone(row)
    ]
    next_on = coming.on if coming and row.active else None
    paused_to = row.paused_to if row.paused_to and row.paused_to >= here.now.date() else None
    return Arrangement(
        row.pk,
        _settings(row),
        row.active,
        tuple(people),
        next_on,
        paused_to=paused_to,
        shapes=row.shapes or {},
    )


def _person(here: Desk, row: Standup, user: str, due_at: Mapping[str, datetime]) -> Person:
    teams.member(here.session, here.team, user, now=here.now)
    known = bool(here.people.get(user).zone)
    zone = teams.zone_of(here.session, here.team, user)
    country = roster.call(here, [user]).countries[user]
    holidays = "" if country == holiday.NONE else country
    free = user not in row.people
    return Person(user, here.name(user), zone, known, due_at.get(user), holidays, free)
