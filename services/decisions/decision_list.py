"""The leads' list of what waits for a decision: one message a place, edited while it stands.

It is posted anew at most once a day, and only when something waits that the standing one did not
say when it was posted (an edit notifies nobody); the old one then becomes a link to it. A lead
also gets it by direct message once a week while something has been waiting for a week.
"""

import json
from collections.abc import Mapping
from datetime import date

from core import calendar
from core.decisions.proposal import RETOLD_AFTER, Waiting
from models import occurrence, outbox, people
from models.decisions import proposal as table
from services.decisions import waiting
from services.decisions.proposal_notices import LIST, Reader, leads, person
from services.desk import Desk
from services.say import LINK
from views.decisions import waiting as view

_KIND = "decisions"  # of the occurrences: the days on which a list was posted


def refresh(here: Desk) -> None:
    """Bring every standing list up to date at once, after a decision."""
    if standing := _standing(here):
        found = waiting.of_team(here.session, here.team, here.now, policy=here.policy)
        _edit(here, found, standing)


def keep(here: Desk, found: Waiting) -> None:
    """Bring every standing list up to date, and post it anew where that is due."""
    standing = _standing(here)
    _edit(here, found, standing)
    if not found.rows:
        return
    shared = {reader.place for reader in leads(here)}
    for reader in _readers(here):
        last = standing.get(reader.place)
        due = _is_due if reader.place in shared else _is_late
        if calendar.is_working_hour(here.now, reader.zone) and due(here, reader, found, last):
            _post(here, reader, found, last)


def _post(here: Desk, reader: Reader, found: Waiting, last: date | None) -> None:
    place, day = reader.place, reader.day(here.now)
    if not occurrence.claim(here.session, _KIND, _subject(here, place), day, now=here.now):
        return
    key = _key(here, place, day)
    here.post(key, place, view.waiting(found))
    if last:
        here.edit(_key(here, place, last), view.moved(LINK), link_to=key)
    for episode in table.awake(table.asking(here.session, here.team_id), here.now):
        episode.told = episode.told | {place: [key]}


def _is_due(here: Desk, reader: Reader, found: Waiting, last: date | None) -> bool:
    """True where the leads hear of it first: something waits that the standing one did not say."""
    if all(one.ticket.owner == reader.place for one in found.rows):
        return False  # a lead's own, of which they hear as the owner
    if last is None or last >= reader.day(here.now):
        return last is None
    said = _key(here, reader.place, last)
    asking = table.awake(table.asking(here.session, here.team_id), here.now)
    news = any(said not in episode.told.get(reader.place, []) for episode in asking)
    return news or (_is_direct(here, reader) and _is_late(here, reader, found, last))


def _is_direct(here: Desk, reader: Reader) -> bool:
    return reader.place not in (here.team.leads_channel, here.team.team_channel)


def _is_late(here: Desk, reader: Reader, found: Waiting, last: date | None) -> bool:
    """True once a week while something has been waiting for a week."""
    waits = found.oldest >= RETOLD_AFTER and any(
        one.ticket.owner != reader.place for one in found.rows
    )
    return waits and (last is None or (reader.day(here.now) - last).days >= RETOLD_AFTER)


def _readers(here: Desk) -> list[Reader]:
    """Whoever has or may get a list: where the leads hear of it, and each lead."""
    every = leads(here) + [person(here, lead) for lead in people.leads(here.session, here.team)]
    return list({reader.place: reader for reader in every}.values())


def _standing(here: Desk) -> Mapping[str, date]:
    """The day on which the newest list was posted, by place."""
    subjects = {_subject(here, reader.place): reader.place for reader in _readers(here)}
    found = occurrence.latest_of_each(here.session, _KIND, list(subjects))
    return {subjects[subject]: day for subject, day in found.items()}


def _edit(here: Desk, found: Waiting, standing: Mapping[str, date]) -> None:
    keys = [_key(here, place, day) for place, day in standing.items()]
    if not keys:
        return
    said = outbox.payloads(here.session, [*keys, *(f"edit:{key}" for key in keys)])
    message = view.waiting(found)
    wanted = json.dumps([message.text, list(message.blocks)])
    for key in keys:
        now = said.get(f"edit:{key}") or said.get(key) or {}
        if json.dumps([now.get("text"), now.get("blocks")]) != wanted:
            here.edit(key, message)


def _subject(here: Desk, place: str) -> str:
    return f"{here.team_id}:{place}"


def _key(here: Desk, place: str, day: date) -> str:
    return f"{LIST}{_subject(here, place)}:{day}"
