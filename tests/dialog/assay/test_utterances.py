"""Every sentence is answered, nothing is done without a press, no question is published."""

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from handlers.routes import table
from models.blockers.blocker import Blocker
from models.experiments.experiment import Change
from models.experiments.learning import Learning
from models.standups.absence import Absence
from models.standups.answer import Answer
from services.say import Voice
from tests import utterances
from tests.conversation import Conversation
from tests.standups import open_round, ticket
from views.kit import Message, section

PUBLIC = {"answer"}
CLEAR = {"nothing new"}  # what a standup is told every day; a stranger would be asked about it
IDS = (29, 36, 37, 39, 40, 41, 42, 43, 51)


def _people(every):
    waiting = [f"UW{n:03d}" for n, one in enumerate(every) if one.prompt_open]
    return {user: (f"Person {user}", "UTC") for user in ["UANA", *waiting]}


def _lab(engine: Engine, every) -> Conversation:
    talk = Conversation(engine=engine, table=table())
    open_round(talk, who=_people(every))
    for number in IDS:
        ticket(talk, number, "UANA")
    return talk


def _say(talk: Conversation, one, n: int):
    user = f"UW{n:03d}" if one.prompt_open else "UANA"
    if one.where == "slash":
        return talk.say(f"/assay {one.text}", by=user)
    if one.where == "dm":
        return talk.write(one.text, by=user, channel=f"D{user[1:]}")
    if one.where == "thread_prompt":
        row = next(r for r in talk.sent("prompt:") if r.key == f"prompt:1:{user}")
        return talk.write(one.text, by=user, channel=row.slack_channel, thread_ts=row.slack_ts)
    thread = ""
    if one.where.startswith("thread"):
        thread = _parent(talk, one.about, f"parent:{n}")
    return talk.mention(one.text, by=user, thread_ts=thread)


def _parent(talk: Conversation, named: str, key: str) -> str:
    """The ts of a message of ours that names an experiment."""
    text = f"{named}: no update for 5 working days"
    with talk.lab.begin() as session:
        message = Message(text, [section(text)])
        Voice(session, talk.workspace, talk.now, 1).post(key, "CTEAM", message)
    talk.deliver()
    return talk.sent(key)[0].slack_ts


def _counts(talk: Conversation) -> dict[str, int]:
    with Session(talk.engine) as session:
        kept = (Change, Blocker, Learning, Answer)
        return {one.__name__: len(session.exec(select(one)).all()) for one in kept}


@pytest.mark.parametrize(
    "path",
    [utterances.OWN, utterances.STRANGER, utterances.FRESH],
    ids=["own", "stranger", "fresh"],
)
def test_everything_is_answered_and_nothing_is_done_or_published_unasked(sqlite_engine, path):
    every = list(utterances.read(path))
    talk = _lab(sqlite_engine, every)
    silent, done, published, failed = [], [], [], []
    for n, one in enumerate(every):
        before, rows = _counts(talk), len(talk.sent())
        reply = _say(talk, one, n)
        after = _counts(talk)
        told = [row for row in talk.sent()[rows:] if row.kind in {"post", "react", "picture"}]
        if not (reply.text or told):
            silent.append(one.text)
        if "our fault" in reply.text:
            failed.append(one.text)
        if (
            after["Answer"] > before["Answer"]
            and one.intent not in PUBLIC
            and one.text not in CLEAR
        ):
            published.append(one.text)
        if after["Change"] > before["Change"] and one.intent != "answer":
            done.append(one.text)
        assert not reply.modal or one.where == "slash", one.text
    assert (silent, failed, published, done) == ([], [], [], [])


RISKY = [
    "my manager is out of office until Tuesday", "the model is working again", "I'm not sick",
    "Don't mark me as away tomorrow", "um i think we should kill mine (EXP-036)? loss diverged",
    "against all odds 36 works. promote it before it changes its mind", "lmaooo 💀",
    "put 36 out of its misery", "drop table staging.events_tmp", "How much was the office party?",
]  # fmt: skip


def test_what_is_risky_is_answered_and_does_nothing(sqlite_engine):
    talk = _lab(sqlite_engine, [])
    before = _counts(talk)
    for text in RISKY:
        rows = len(talk.sent())
        reply = talk.write(text, by="UANA", channel="DANA")
        assert reply.text or talk.sent()[rows:], text
    assert _counts(talk) == before
    with Session(talk.engine) as session:
        assert session.exec(select(Absence)).all() == []
