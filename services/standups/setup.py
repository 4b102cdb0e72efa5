"""Arranging standups: set up, changed, paused, resumed, listed."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from core.errors import NotFound, Refused
from core.standups import absence as days
from core.standups import holiday
from core.standups.setup import Arrangement, Person, Settings
from models import team as people
from models.standups import standup as table
from models.standups.standup import Standup
from services import team as teams
from services import unsent
from services.ports import Lab
from services.standups import agenda, roster
from services.standups.absence import Note, today_of
from services.standups.desk import Desk, Words, sit_down


def look(lab: Lab, workspace: str, user_id: str, channel: str, words: Words) -> Arrangement:
    """What the setup form starts with in that channel. Raises NotAllowed."""
    with sit_down(lab, workspace, words) as desk:
        teams.require_lead(desk.session, desk.team, user_id, "set up standups")
        found = table.in_channel(desk.session, desk.team.id or 0, channel)
        if found is not None:
            return value(desk, found)
        place = channel if channel[:1] in {"C", "G"} else ""
        return Arrangement(0, Settings(channel=place, people=(user_id,)))


def save(
    lab: Lab, workspace: str, wish: Arrangement, words: Words, *, by: str
) -> tuple[Arrangement, bool]:
    """Set a standup up (wish.id 0) or change it; it, and whether anything changed.

    Whoever does it in a team without leads becomes its lead; a team without a channel gets this
    one. Raises NotAllowed, NotFound, and Refused with the field.
    """
    settings = wish.settings
    _check(settings)
    with sit_down(lab, workspace, words) as desk:
        teams.require_lead(desk.session, desk.team, by, "set up standups")
        people.hold(desk.session, desk.team.id or 0)
        row = _own(desk, settings, wish.id)
        first = {"team_channel": settings.channel} if not desk.team.team_channel else {}
        teams.configure(lab.within(desk.session), workspace, first, by=by)
        for user in (by, *settings.people, *settings.optional):
            teams.member(desk.session, desk.team, user, now=desk.now)
        before = _settings(row) if row else None
        place = row.channel if row else ""
        row = _applied(desk, row, settings, by)
        unsent.rehouse(desk.session, desk.team, [(place, row.channel)], desk.now)
        return replace(value(desk, row), by=desk.name(by)), before != settings


def pause(lab: Lab, workspace: str, channel: str, words: Words, *, by: str) -> Arrangement:
    """Pause that channel's standup, or the only one. An open round runs to its end.

    Raises NotAllowed, NotFound, Refused (it is so already, or which one is unclear).
    """
    with sit_down(lab, workspace, words) as desk:
        return _switch(desk, channel, by, active=False)


def pause_until(
    lab: Lab, workspace: str, said: Note, words: Words, *, channel: str
) -> Arrangement:
    """Pause it for the days the text begins with, from today on; raises as `pause` does."""
    with sit_down(lab, workspace, words) as desk:
        teams.require_lead(desk.session, desk.team, said.by, "pause standups")
        row = meant(desk, channel, "pause")
        today = today_of(desk, said.by)
        span, _ = days.read(said.text, today)
        if span.first != today:
            raise Refused("A pause begins now.", "Write `/standup pause until 2 Jan`.")
        if row.active and row.paused_to == span.last:
            raise Refused(
                f"{row.name} is paused until then already.", "`/standup list` shows all."
            )
        row.active, row.paused_to = True, span.last
        desk.session.flush()
        return replace(value(desk, row), by=desk.name(said.by))


def resume(lab: Lab, workspace: str, channel: str, words: Words, *, by: str) -> Arrangement:
    """Start it again from the next round on; raises as `pause` does."""
    with sit_down(lab, workspace, words) as desk:
        return _switch(desk, channel, by, active=True)


def every(lab: Lab, workspace: str, words: Words) -> list[Arrangement]:
    """All standups of the team, oldest first. Raises NotFound when there is none."""
    with sit_down(lab, workspace, words) as desk:
        found = table.of_team(desk.session, desk.team.id or 0)
        if not found:
            raise NotFound("There is no standup here yet.", "`/standup setup` starts one.")
        return [value(desk, row) for row in found]


def _switch(desk: Desk, channel: str, by: str, *, active: bool) -> Arrangement:
    verb = "resume" if active else "pause"
    teams.require_lead(desk.session, desk.team, by, f"{verb} standups")
    row = meant(desk, channel, verb)
    ends = row.paused_to is not None and row.paused_to >= today_of(desk, by)
    if row.active == active and not ends:
        state = "running" if active else "paused"
        raise Refused(f"{row.name} is {state} already.", "`/standup list` shows all.")
    row.active, row.paused_to = active, None
    if active:
        row.set_at = desk.now
        row.starts_on = agenda.first_date_of(desk, row)
    desk.session.flush()
    return replace(value(desk, row), by=desk.name(by))


def _check(settings: Settings) -> None:
    if not settings.channel:
        raise Refused("Choose the channel for the answers.", field="channel")
    if not settings.people:
        raise Refused("A standup needs people: choose at least one.", field="people")
    if not settings.days:
        raise Refused("Choose at least one day of the week.", field="days")
    if not settings.name:
        raise Refused("Give the standup a name.", field="name")


def _own(desk: Desk, settings: Settings, standup_id: int) -> Standup | None:
    there = table.in_channel(desk.session, desk.team.id or 0, settings.channel)
    if there is not None and there.id != standup_id:
        raise Refused(
            f"That channel has a standup already ({there.name}).",
            "Type `/standup setup` there to change it.",
            field="channel",
        )
    row = table.lock(desk.session, standup_id) if standup_id else None
    if standup_id and (row is None or row.team_id != desk.team.id):
        raise NotFound("That standup is gone.", "`/standup setup` starts a new one.")
    return row


def _applied(desk: Desk, row: Standup | None, settings: Settings, by: str) -> Standup:
    assert desk.team.id is not None
    today = desk.now.date()
    when = (settings.days, settings.at, settings.weeks)
    if row is None:
        row = Standup(
            team_id=desk.team.id,
            channel=settings.channel,
            starts_on=today,
            set_at=desk.now,
            created_by=by,
            created_at=desk.now,
        )
        desk.session.add(row)
        when_before = None
    else:
        when_before = (tuple(row.days), row.at, row.weeks)
    for name, value in vars(settings).items():
        setattr(row, name, list(value) if isinstance(value, tuple) else value)
    row.set_at = desk.now
    desk.session.flush()
    if when != when_before:
        row.weeks_from = None  # of the coming weeks the first is the first it asks in
        first = agenda.first_date_of(desk, row)
        row.weeks_from = first - timedelta(days=first.weekday())
        row.starts_on = agenda.first_date_of(desk, row)
    return row


def meant(desk: Desk, channel: str, verb: str) -> Standup:
    """That channel's standup, or the only one. Raises NotFound, Refused (unclear which)."""
    standups = table.of_team(desk.session, desk.team.id or 0)
    here = [standup for standup in standups if standup.channel == channel]
    if not standups:
        raise NotFound("There is no standup here yet.", "`/standup setup` starts one.")
    if not here and len(standups) > 1:
        names = ", ".join(standup.name for standup in standups)
        raise Refused(f"Which one: {names}?", f"Type `/standup {verb}` in its channel.")
    return (here or standups)[0]


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


def value(desk: Desk, row: Standup) -> Arrangement:
    """The standup as it stands."""
    assert row.id is not None
    coming = agenda.next_of(desk, row)
    people = [
        _person(desk, row, user, coming.due_at if coming else {}) for user in table.everyone(row)
    ]
    next_on = coming.on if coming and row.active else None
    paused_to = row.paused_to if row.paused_to and row.paused_to >= desk.now.date() else None
    return Arrangement(
        row.id,
        _settings(row),
        row.active,
        tuple(people),
        next_on,
        paused_to=paused_to,
        shapes=row.shapes or {},
    )


def _person(desk: Desk, row: Standup, user: str, due_at: Mapping[str, datetime]) -> Person:
    member = teams.member(desk.session, desk.team, user, now=desk.now)
    known = bool(member.zone or member.zone_override)
    zone = teams.zone_of(desk.session, desk.team, user)
    country = roster.call(desk, [user]).countries[user]
    holidays = "" if country == holiday.NONE else country
    free = user not in row.people
    return Person(user, desk.name(user), zone, known, due_at.get(user), holidays, free)
