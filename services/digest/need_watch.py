"""Needs by the clock: shown beside the digest that carries them, and reminded of when due."""

from collections.abc import Iterator

from core import calendar
from core.digest.need import Need, reminder
from models import outbox, people
from models.digest import digest as table
from models.digest import need as steps
from models.digest.digest import Note as Row
from services import team as teams
from services.desk import Desk, desk
from services.digest import need
from services.ports import Lab
from views.digest import need as view


def carry(lab: Lab, team_id: int) -> None:
    """Post each need once after the first digest since it was asked; later digests get one line
    in their thread about what still waits. What stands in a portfolio is shown there.
    """
    with desk(lab, team_id) as here:
        last = table.last_of(here.session, here.team_id)
        if last is None or last.channel or not here.team.digest_channel:
            return  # a portfolio shows them itself, with their buttons
        waiting = []
        for row in _open(here):
            found, posted = need.value(here, row), outbox.find(here.session, need.key_of(row))
            if posted is None and row.at <= last.at:
                here.post(need.key_of(row), here.team.digest_channel, view.card(found))
            elif posted is not None and posted.created_at < last.at:
                waiting.append(found)
        digest = f"digest:{here.team_id}:{last.week}"
        if waiting and outbox.find(here.session, digest):
            key, again = f"need-again:{here.team_id}:{last.week}", view.still_open(waiting)
            here.post(key, here.team.digest_channel, again, thread_of=digest)


def remind(lab: Lab, team_id: int) -> None:
    """In their working hours: remind owner and asker on the due day, and once after it."""
    with desk(lab, team_id) as here:
        for row in _open(here):
            found = need.value(here, row)
            for person in _reminded(here, row, found):
                _remind(here, found, person)


def hush(lab: Lab, act: need.NeedRequest) -> Need:
    """That person wants no further reminder of it. Raises NotFound."""
    with desk(lab, act.team_id) as here:
        row = need.find(here, act.number)
        if act.by not in steps.quiet(here.session, row.pk):
            need.step(here, row, act.by, "quiet")
        return need.value(here, row)


def _open(here: Desk) -> Iterator[Row]:
    for row in table.open_notes(here.session, here.team_id):
        if row.kind == "need" and not row.detail.get("decision"):
            yield row


def _reminded(here: Desk, row: Row, found: Need) -> list[str]:
    """Owner and asker; when one of them has left, a lead instead."""
    if found.note.by is None:
        return []
    leads = people.leads(here.session, here.team)
    wanted = [found.note.owner, row.by]
    there = [user for user in wanted if user and not _left(here, user)]
    if len(there) < len(wanted):
        there += leads[:1]
    hushed = steps.quiet(here.session, row.pk)
    return [user for user in dict.fromkeys(there) if user not in hushed]


def _left(here: Desk, user: str) -> bool:
    return not here.people.get(user).active


def _remind(here: Desk, found: Need, person: str) -> None:
    zone = here.zone_of(person)
    assert found.note.by is not None
    which = reminder(found.note.by, calendar.local(here.now, zone).date())
    if not which or not calendar.is_working_hour(here.now, zone):
        return
    decides = person == found.note.owner or teams.is_lead(here.session, here.team, person)
    key = f"need:{found.note.number}:{found.note.by}:{which}:{person}"
    here.post(key, person, view.reminder(found, decides=decides, last=which == "after"))
