"""One workspace with three teams, and any input said to one of them, or to one that is not there.

What belongs to team n has numbers and channels that end in the same way for every n, so that two
answers can be compared word for word.
"""

import json
import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from handlers import edge, envelope
from handlers.ask import Ask, Reply
from models import db
from models.tables import metadata
from services import channels
from services.team import begin
from tests import databases, matrix
from tests.conversation import START, WORKSPACE, Conversation
from tests.tickets import experiment, person_of, stored

WAYS = ("named", "marked", "message", "channel")  # how an input says whose it is


@dataclass(frozen=True)
class Place:
    """One team of the workspace, by how its things are called. n: its number there."""

    n: int

    @property
    def ending(self) -> str:
        """What its channels end in: the first team's have no ending."""
        return "" if self.n == 1 else str(self.n)

    def number(self, number: int) -> int:
        """The experiment that the first team calls 42, 8 or 7."""
        return number + 100 * (self.n - 1)

    def words(self, said: str) -> str:
        """What is said to the first team, said to this one."""
        said = re.sub(r"\b(?:EXP-0*)?(42|8|7)\b(?= |$)", lambda m: self._id(m[0], int(m[1])), said)
        return said.replace("ENG-001", f"ENG-00{self.n}")

    def _id(self, said: str, number: int) -> str:
        return f"EXP-{self.number(number)}" if said[0] == "E" else str(self.number(number))


OWN, OPEN, PRIVATE, NOWHERE = Place(1), Place(2), Place(3), Place(9)


@dataclass
class World:
    """The three teams. Each use begins with the same rows; `touched` is what the last one wrote:
    the tables, but for the inputs themselves and what only the asker sees.
    """

    talk: Conversation
    rows: sqlite3.Connection
    begun: sqlite3.Connection
    posts: Mapping[int, str]  # by team: where a message of it with buttons stands (ts)
    touched: list[str] = field(default_factory=list)

    def use(
        self, name: str, by: str, place: Place, ways: tuple[str, ...] = WAYS, *, carried: int = 0
    ) -> Reply:
        """That person uses that route on that team, which these parts of the input tell. carried:
        the number of a row, instead of the place's own.
        """
        self.restore()
        ask = self.ask(name, by, place, ways)
        if carried:
            ask = replace(ask, value=str(carried), meta=ask.meta | {"id": carried})  # type: ignore[operator]
        reply = edge.answer(self.talk.lab, self.talk.table, ask, {})
        self.touched = self.changed()
        return reply

    def changed(self) -> list[str]:
        """The tables written to since the rows were kept or restored."""
        return [name for (name,) in self.rows.execute("SELECT DISTINCT name FROM touched")]

    def ask(self, name: str, by: str, place: Place, ways: tuple[str, ...] = WAYS) -> Ask:
        """What is said."""
        plain = matrix.asked(name, by)
        named = place if "named" in ways else OWN
        meta = plain.meta | {"number": named.number(plain.meta["number"]), "id": named.n}  # type: ignore[operator]
        meta = meta | {"channel": f"CTEAM{place.ending}"}
        channel = f"CTEAM{place.ending}" if "channel" in ways else ""
        ts = self.posts.get(place.n, "9.9") if "message" in ways else ""
        asked = replace(
            plain, text=named.words(plain.text), value=named.words(plain.value), meta=meta,
            channel=f"CLEADS{place.ending}" if ts else channel or "CELSE",
            team_id=place.n if "marked" in ways and plain.kind in MARKED else 0,
        )  # fmt: skip
        if plain.kind == "action":
            return replace(asked, message_ts=ts)
        if plain.name == "app_home_opened":
            return replace(plain, channel="D1")
        if plain.name == "message":
            event = {"type": "message", "user": by, "channel": asked.channel, "ts": "1.2"}
            event |= {"channel_type": "channel", "thread_ts": ts, "files": [FILE]}
            return replace(asked, event=event, **envelope.message_parts(event))
        return asked

    def keep(self) -> None:
        """Each use begins with the rows as they are now."""
        self.rows.execute("DELETE FROM touched")
        self.rows.execute("DELETE FROM inbox")
        self.rows.commit()
        self.rows.backup(self.begun)

    def restore(self) -> None:
        """All rows as they were."""
        self.rows.execute("DELETE FROM inbox")
        self.rows.execute(_PICTURES)  # they touch nothing, so they would stay
        self.rows.commit()
        if self.touched:
            self.begun.backup(self.rows)
            self.rows.execute("DELETE FROM touched")
            self.rows.commit()

    def written(self) -> list[str]:
        """The rows now in the tables that the last use wrote to, as text."""
        return [
            json.dumps(row, default=str, ensure_ascii=False)
            for name in sorted(self.touched)
            for row in self.rows.execute(f'SELECT * FROM "{name}"')
        ]


_PICTURES = "DELETE FROM outbox WHERE kind = 'picture' AND channel LIKE 'U%'"
NAMES = {OPEN: ("Vision", "Walrus"), PRIVATE: ("Quagga", "Zebra")}  # its name and its topic
MARKED = {"action", "submit", "closed", "suggest"}
FILE = {"id": "F1", "name": "EXP-042.json", "size": 9, "mimetype": "application/json"}


@contextmanager
def world(*others: Place) -> Iterator[World]:
    """A team of five roles, and these beside it, in a database in memory."""
    engine = db.open_engine("sqlite://")
    raw = engine.raw_connection()
    rows = raw.driver_connection
    raw.close()
    assert isinstance(rows, sqlite3.Connection)  # there is one for all
    rows.deserialize(databases.template())
    talk = matrix.lab(engine)
    for place in others:
        _another(talk, place)
    talk.deliver()
    asks = {one.team_id: one.slack_ts for one in talk.sent("approval:") if one.team_id}
    _watch(rows)
    here = World(talk, rows, sqlite3.connect(":memory:", check_same_thread=False), asks)
    here.keep()
    yield here
    engine.dispose()


def _another(talk: Conversation, place: Place) -> None:
    """The same again as matrix.lab has, of another team, whose words all begin with its topic."""
    name, topic = NAMES[place]
    lead, member, end = f"ULEE{place.n}", f"UANA{place.n}", place.ending
    with db.transaction(talk.engine) as session:
        team = begin(session, WORKSPACE, name, now=START)
        team.visibility = "private" if place == PRIVATE else "open"
        team.team_channel, team.leads_channel = f"CTEAM{end}", f"CLEADS{end}"
        team.alerts_channel, team.digest_channel = f"CALERTS{end}", "CEXEC"
        channels.settle(session, team)
        person_of(session, team, lead, role="lead", name=f"{topic} lead")
        person_of(session, team, member, name=f"{topic} member")
        team_id = team.pk
    mine: dict[str, Any] = {"owner": member, "hypothesis": f"{topic} hypothesis"}
    mine |= {"learnings": f"{topic} labels were wrong"}
    for number, stage in ((42, "experiment"), (8, "evaluation"), (7, "killed")):
        outcome = "killed" if stage == "killed" else ""
        named = {"number": place.number(number), "title": f"{topic} {stage}"}
        ticket = experiment((0.8,), stage=stage, outcome=outcome, **named, **mine)
        stored(talk.engine, ticket, team_id=team_id)
    there = f"CTEAM{end}"
    due = matrix.DUE.replace("UANA", member)
    talk.say(f"/need add {topic} need {due}", by=lead, channel=there)
    talk.say(f"/digest add risk {topic} risk", by=lead, channel=there)
    talk.say(f"/eng new {topic} serving type=infra", by=member, channel=there)
    talk.say(f"/learn add {topic} labels", by=member, channel=there)
    talk.say(f"/blocker new {topic} labels are missing", by=member, channel=there)
    talk.say(f"/data new {topic} calls owner=<@{member}>", by=member, channel=there)
    talk.say(f"/exp update {place.number(42)} 0.81 {topic}", by=member, channel=there)
    talk.say(f"/exp token new {topic} CI", by=lead, channel=there)
    talk.say(f"/exp extend {place.number(42)} 15d {topic} needs it", by=member, channel=there)
    form = {"channel": there, "name": f"{topic} standup", "people": [member], "days": ["0"]}
    talk.send("standup_setup", form, by=lead, meta={"team": team_id})


def _watch(rows: sqlite3.Connection) -> None:
    """Note the name of every table that is written from now on."""
    rows.execute("CREATE TEMP TABLE touched (name TEXT)")
    for one in metadata.sorted_tables:
        if one.name == "inbox":
            continue
        for what, row in (("INSERT", "NEW"), ("UPDATE", "NEW"), ("DELETE", "OLD")):
            when = f"WHEN NOT ({OWN_ROW.format(row=row)})" if one.name == "outbox" else ""
            rows.execute(
                f"CREATE TEMP TRIGGER {what}_{one.name} AFTER {what} ON main.{one.name} {when} "
                f"BEGIN INSERT INTO touched VALUES ('{one.name}'); END"
            )
    rows.commit()


# Looked up, or shown to the one person who asked for it (tests/matrix.kept).
OWN_ROW = (
    "{row}.kind IN ('profile', 'group', 'home') OR "
    "({row}.kind IN ('picture', 'upload') AND {row}.channel LIKE 'U%')"
)


def said(reply: Reply) -> str:
    """The whole answer, as text to be compared."""
    return json.dumps(asdict(reply), default=str, sort_keys=True, ensure_ascii=False)


def without_secrets(told: str) -> str:
    """The same text without secrets and marks, which are random."""
    told = re.sub(r"whsec_[\w+/=-]+", "whsec_#", told)
    return re.sub(r'"(?:[0-9a-f]{8}-)?[0-9a-f]{8}"', '"mark"', told)


def alike(told: str) -> str:
    """The same text, whichever team's things it names."""
    told = without_secrets(told)
    for place in (PRIVATE, NOWHERE):
        for number in (42, 8, 7):
            told = re.sub(rf"(\bEXP-|\b){place.number(number)}\b", rf"\g<1>#{number}", told)
        told = re.sub(rf"(ENG-00|CTEAM|CLEADS|id\W+){place.n}\b", r"\g<1>#", told)
    return told
