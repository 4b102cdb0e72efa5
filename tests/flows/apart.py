"""What of one team was said where only the other is, in everything Assay said and Slack got."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from sqlmodel import Session, select

from models.experiments.experiment import Experiment
from models.outbox import Outbox
from models.people import Member
from models.standups.answer import Answer
from models.standups.standup import Round, Standup
from models.team import Team, TeamChannel
from sandbox.play import Play

_OF_NOBODY = {"profile", "group", "home"}  # of a person, in whichever team
_PORTFOLIO = "portfolio:"  # of several teams, and so of none


@dataclass(frozen=True)
class Own:
    """By team: where it may speak (channels, DMs, people) and what is said of it alone (ids of
    tickets, learnings); told: whose the message at (channel, ts) is; shared: the portfolios, in
    which several teams are read because they chose to.
    """

    places: dict[int, set[str]]
    words: dict[int, set[str]]
    told: dict[tuple[str, str], int]
    shared: set[tuple[str, str]]


def strays(play: Play) -> list[str]:
    """Every row of the outbox and every message in Slack that is where it does not belong, or
    that tells something of a team it is not of; a sentence each.
    """
    with play.assay.lab.begin() as session:
        rows = list(session.exec(select(Outbox)))
        own = _own(session, rows)
        return [*_misplaced(rows, own), *_mixed(play, own)]


def _own(session: Session, rows: list[Outbox]) -> Own:
    places: dict[int, set[str]] = defaultdict(set)
    words: dict[int, set[str]] = defaultdict(set)
    for owned in session.exec(select(TeamChannel)):
        places[owned.team_id].add(owned.channel)
    for team in session.exec(select(Team)):
        places[team.pk].add(team.digest_channel)
    for one in session.exec(select(Member)):
        places[one.team_id] |= {one.user_id, f"D{one.user_id[1:]}"}
    for ticket in session.exec(select(Experiment)):
        words[ticket.team_id] |= {f"EXP-{ticket.number:03d}", ticket.title}
    given = select(Standup.team_id, Answer.replies).select_from(Standup).join(Round).join(Answer)
    for team_id, replies in session.exec(given):
        words[team_id] |= set(filter(None, replies[:1]))
    told = {(r.slack_channel, r.slack_ts): r.team_id for r in rows if r.slack_ts and r.team_id}
    shared = {(r.slack_channel, r.slack_ts) for r in rows if r.key.startswith(_PORTFOLIO)}
    return Own(places, words, told, shared)


def _misplaced(rows: list[Outbox], own: Own) -> Iterator[str]:
    targets = {row.key: row.team_id for row in rows}
    for row in rows:
        of_several = (row.target or row.key).startswith(_PORTFOLIO)
        if row.team_id is None and row.kind not in _OF_NOBODY and not of_several:
            yield f"{row.key} is of no team"
        where = row.slack_channel or row.channel
        if row.team_id and where and where not in own.places[row.team_id]:
            yield f"{row.key} of team {row.team_id} went to {where}"
        for other in filter(None, (row.target, row.thread_of)):
            if other.startswith(_PORTFOLIO):
                continue
            if targets.get(other, row.team_id) != row.team_id:
                yield f"{row.key} belongs to {other} of another team"


def _mixed(play: Play, own: Own) -> Iterator[str]:
    for place in play.sandbox.office.space.channels.values():
        for message in place.public():
            if message.body.get("user") != play.sandbox.office.space.bot.id:
                continue
            if (place.id, message.ts) in own.shared:
                continue
            text = f"{message.body['text']} {message.body.get('blocks', '')}"
            found = {team for team, words in own.words.items() if _any(words, text, own, team)}
            team_id = own.told.get((place.id, message.ts))
            # Without a row: a picture, or what somebody was answered in their DM with Assay.
            if team_id is None and not message.body.get("files") and place.kind != "im":
                yield f"nobody knows whose {message.body['text']!r} in {place.id} is"
            if found - {team_id} if team_id else len(found) > 1:
                yield f"team {team_id} tells of {found} in {place.id}: {message.body['text']}"


def _any(words: set[str], text: str, own: Own, team: int) -> bool:
    shared = set().union(*(said for other, said in own.words.items() if other != team))
    return any(word in text for word in words - shared)
