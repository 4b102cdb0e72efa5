"""Which teams wait for a message that somebody wrote to the bot, where nothing else tells."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from core.standups import absence
from core.standups import early as rules
from core.standups import standup as reading
from core.workspace.help import spoken
from models.standups import answer as answers
from models.standups import early, message
from models.standups.standup import Standup
from services.standups.early import value

EVENING_FOR = timedelta(hours=14)  # a plain message until the next morning still belongs to it


@dataclass(frozen=True)
class Written:
    """What somebody wrote in the bot's DM. pause: how long they may take between two messages of
    one answer.
    """

    user: str
    channel: str
    text: str
    now: datetime
    pause: timedelta


def teams(session: Session, among: Collection[int], said: Written) -> list[int]:
    """Those of these teams that wait for it; none for what no team has to wait for (`ooo`,
    thanks), and for what nobody asked.
    """
    if absence.word(said.text) or reading.is_chatter(said.text) or spoken(said.text) is not None:
        return []
    day, rest = rules.word(said.text) or ("", "")
    found = [] if day == "tomorrow" else _owed(session, among, said, bare=bool(day) and not rest)
    asks = set() if found or not day else message.members_of(session, among, said.user)
    return sorted(found or asks)


def is_going_on(session: Session, round_id: int, said: Written) -> bool:
    """People answer question by question, message by message: the next one still belongs to it."""
    row = answers.of_person(session, round_id, said.user)
    if row is None or row.withdrawn or row.form or "" not in row.replies:
        return False
    recent = said.now - (row.edited_at or row.at) <= said.pause
    return recent and any(one.channel == said.channel for one in answers.said_for(session, row.pk))


def _owed(session: Session, among: Collection[int], said: Written, *, bare: bool) -> set[int]:
    """Teams that a message may answer. bare: it is `report`, which also opens what is to come."""
    skips = reading.is_skip(said.text)
    states = {"asked", "due"} if skips or bare else {"asked"}
    places = message.places(session, among, said.user, said.now)
    found = {place.team_id for place in places if place.state in states}
    for place in places:
        if place.state == "answered" and is_going_on(session, place.round_id, said):
            found.add(place.team_id)
    found |= message.evenings(session, among, said.user, said.now - EVENING_FOR)
    return found if skips else found | _ahead(session, among, said)


def _ahead(session: Session, among: Collection[int], said: Written) -> set[int]:
    """Teams whose coming round that person has begun to answer, and not to the end."""
    found = set()
    for row in early.of_person(session, said.user):
        standup = session.get_one(Standup, row.standup_id)
        begun = row.at >= said.now - said.pause and standup.team_id in among
        if begun and "" in value(standup, row.on, row).replies:
            found.add(standup.team_id)
    return found
