"""Which rows go along when a team becomes part of another, on both databases."""

from datetime import UTC, date, datetime

from sqlmodel import Session, select

from models import db, tables
from models.board.engineering import Engineering
from models.data.dataset import Dataset
from models.digest.digest import Digest
from models.drift.drift import DriftSource
from models.experiments.experiment import Experiment
from models.experiments.learning import Learning, latest
from models.form_draft import Draft
from models.outbox import Outbox
from models.people import Profile
from models.sprints.retro import RetroAction
from models.team import Team, TeamChannel
from models.teams import merge
from models.workspace.token import Token
from services.team import begin
from tests.tickets import FIELDS, experiment

NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)


def test_every_table_with_a_team_says_what_becomes_of_it():
    named = sorted((*merge.MOVES, *merge.RENUMBERED, *merge.STAYS))
    having = {t.name for t in tables.metadata.sorted_tables if "team_id" in t.c}
    assert named == sorted(having)


def _two(engine):
    with db.transaction(engine) as session:
        audio, speech = (begin(session, "T1", name, now=NOW).pk for name in ("Audio", "Speech"))
        return audio, speech


def _of(engine, kind, team_id, name):
    with Session(engine) as session:
        rows = session.exec(select(kind).where(kind.team_id == team_id)).all()
        return sorted(getattr(row, name) for row in rows)


def _ticket(team_id, number):
    value = experiment((), number=number)
    return Experiment(team_id=team_id, **{name: getattr(value, name) for name in FIELDS})


def _move(engine, *rows):
    with db.transaction(engine) as session:
        session.add_all(rows)
    audio, speech = 1, 2
    with db.transaction(engine) as session:
        merge.move(session, audio, speech)


def test_tickets_keep_their_numbers(engine):
    audio, speech = _two(engine)
    plain = {"title": "x", "stage": "sourcing", "since": NOW, "created_at": NOW}
    _move(
        engine, _ticket(audio, 41), _ticket(speech, 42),
        Dataset(team_id=audio, number=7, kind="corpus", volume="1k", needed_by=NOW, **plain),
        Engineering(team_id=audio, number=3, kind="infra", owner="UA", box_days=5, title="y",
                    since=NOW, created_at=NOW),
    )  # fmt: skip
    assert _of(engine, Experiment, speech, "number") == [41, 42]
    assert _of(engine, Dataset, speech, "number") == [7]
    assert _of(engine, Engineering, speech, "number") == [3]
    assert _of(engine, Experiment, audio, "number") == []


def test_what_is_numbered_in_its_team_stands_behind_what_is_there(engine):
    audio, speech = _two(engine)
    token = {"created_by": "UA", "created_at": NOW}
    action = {"sprint": 1, "owner": "UA", "by": "UA", "at": NOW}
    _move(
        engine,
        Token(team_id=audio, number=1, label="a", sha256="a", **token),
        Token(team_id=audio, number=2, label="b", sha256="b", **token),
        Token(team_id=speech, number=1, label="c", sha256="c", **token),
        RetroAction(team_id=audio, number=1, text="x", **action),
    )
    assert _of(engine, Token, speech, "number") == [1, 2, 3]
    assert _of(engine, Token, speech, "sha256") == ["a", "b", "c"]
    assert _of(engine, RetroAction, speech, "number") == [1]


def test_of_what_both_have_the_others_stands(engine):
    audio, speech = _two(engine)
    draft = {"user_id": "UA", "form": "setup", "at": NOW}
    source = {"profile": {}, "reference_at": NOW, "reference_by": "UA", "created_at": NOW}
    source |= {"reference_sha256": ""}
    _move(
        engine,
        Draft(team_id=audio, values={"zone": "A"}, **draft),
        Draft(team_id=speech, values={"zone": "B"}, **draft),
        DriftSource(team_id=audio, name="Calls", key="calls", **source),
        DriftSource(team_id=speech, name="Calls", key="calls", **source),
        DriftSource(team_id=audio, name="Mails", key="mails", **source),
    )
    assert _of(engine, Draft, speech, "values") == [{"zone": "B"}]
    assert _of(engine, DriftSource, speech, "key") == ["calls", "mails"]
    assert _of(engine, DriftSource, audio, "key") == ["calls"]


def test_what_a_team_told_in_its_weeks_stays_its_own(engine):
    audio, speech = _two(engine)
    kept = {"on": date(2026, 11, 27), "sheet": {}, "sha256": "", "text": "", "at": NOW}
    _move(engine, Digest(team_id=audio, week="2026-W48", **kept))
    assert _of(engine, Digest, audio, "week") == ["2026-W48"]
    assert _of(engine, Digest, speech, "week") == []


def test_channels_posts_and_what_people_chose_follow(engine):
    audio, speech = _two(engine)
    _move(
        engine,
        TeamChannel(workspace="T1", channel="CAUDIO", team_id=audio),
        Outbox(key="k", workspace="T1", team_id=audio, created_at=NOW),
        Profile(workspace="T1", user_id="UA", team_id=audio),
    )
    assert _of(engine, TeamChannel, speech, "channel") == ["CAUDIO"]
    assert _of(engine, Outbox, speech, "key") == ["k"]
    assert _of(engine, Profile, speech, "user_id") == ["UA"]


def test_learnings_are_found_in_the_other_team(engine):
    audio, speech = _two(engine)
    plain = {"source": "logged", "user_id": "UA", "text": "adapters overfit", "at": NOW}
    _move(engine, Learning(team_id=audio, origin="x", **plain))
    with Session(engine) as session:
        assert len(latest(session, [speech], words=["adapters"])) == 1


def test_what_was_read_before_is_read_anew(engine):
    audio, speech = _two(engine)
    with db.transaction(engine) as session:
        session.add(_ticket(audio, 41))
        session.flush()
        ticket = session.exec(select(Experiment)).one()
        merge.move(session, audio, speech)
        assert ticket.team_id == speech
        assert session.get_one(Team, audio).name == "Audio"


def test_nothing_of_another_team_moves(engine):
    audio, speech = _two(engine)
    with db.transaction(engine) as session:
        third = begin(session, "T1", "Vision", now=NOW).pk
    _move(engine, _ticket(third, 50), _ticket(audio, 41))
    assert _of(engine, Experiment, third, "number") == [50]
    assert _of(engine, Experiment, speech, "number") == [41]
