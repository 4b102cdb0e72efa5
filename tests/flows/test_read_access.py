"""Who sees what over HTTP: a token sees its team, or its owner's teams, and nothing else."""

import json
from datetime import UTC, datetime

import pytest
import pytest_asyncio
from sqlmodel import select

from core.workspace.token import SCOPES, NewToken
from ingest.api.routes import READS
from ingest.entries import DECISIONS, DEPLOYMENTS, ENTRIES, READINGS
from models import db
from models.blockers.blocker import Blocker
from models.experiments.learning import Learning
from models.people import Profile
from models.team import Team
from services.workspace import token
from tests import databases
from tests.conversation import TEAM
from tests.pushing import NOW, Served, serving
from tests.tickets import experiment as ticket
from tests.tickets import person, person_of, stored, team_of

SECRETS = {"Vision": "vision-secret", "Else": "elsewhere-secret"}
QUERY = {"/v1/ask": "?question=how%20are%20we%20doing"}


@pytest_asyncio.fixture
async def door(tmp_path) -> Served:
    """Ana's open team; a private one of others with 43; another workspace with 44."""
    engine = db.open_engine(databases.file(tmp_path / "access.db"))
    stored(engine, ticket((0.7,)), name="Language")
    person(engine, "UANA", name="Ana", role="lead")
    person(engine, "UBEN", name="Ben")
    with db.transaction(engine) as session:
        theirs = Team(workspace="T0LAB", name="Vision", visibility="private", created_at=NOW)
        session.add(theirs)
        session.flush()
        person_of(session, theirs, "UDORA", role="lead", name="Dora")
        private = theirs.pk
        other = team_of(session, "T1ELSE", {"name": "Else"}).pk
        for team_id, name in ((private, "Vision"), (other, "Else")):
            _secrets(session, team_id, SECRETS[name])
    stored(engine, ticket((0.1,), number=43, title=SECRETS["Vision"]), team_id=private)
    stored(engine, ticket((0.1,), number=44, title=SECRETS["Else"]), team_id=other)
    async with serving(engine) as served:
        yield served
    engine.dispose()


def _secrets(session, team_id: int, text: str) -> None:
    at = datetime(2026, 11, 20, tzinfo=UTC)
    told = {"team_id": team_id, "user_id": "UDORA", "text": text, "at": at}
    session.add(Learning(source="logged", origin="x", about=",43,", **told))
    session.add(Blocker(number=7 + team_id, kind="data", moved_at=at, **told))


def _addresses() -> list[tuple[str, str]]:
    """Every route as an address that names the team's own experiment."""
    ways = [("GET", path) for path in (*READS, *READINGS)]
    ways += [("POST", path) for path in (*ENTRIES, *DECISIONS, *DEPLOYMENTS)]
    return [(way, _address(path)) for way, path in ways]


def _address(path: str) -> str:
    named = path.replace("{id}", "EXP-042").replace("{source:.+}", "x")
    return named + QUERY.get(path, "")


async def test_without_a_good_token_every_route_says_the_same(door):
    gone = token.issue(door.lab, TEAM, NewToken("old", ("read", "push")), by="UANA")
    token.revoke(door.lab, TEAM, gone.number, by="UANA")
    for way, address in _addresses():
        for secret in ("", "assay_wrong", gone.secret):
            headers = {"Authorization": f"Bearer {secret}"}
            status, answer, _ = await door.send(way, address, b"{", **headers)
            assert (status, answer["type"]) == (401, "urn:assay:problem:unauthorized"), address


async def test_a_token_does_only_what_it_may(door):
    may = dict.fromkeys(READS, ("read",)) | dict.fromkeys(READINGS, ("read", "push"))
    tells = dict.fromkeys(ENTRIES, ("push",)) | dict.fromkeys(DECISIONS, ("decide",))
    tells |= dict.fromkeys(DEPLOYMENTS, ("deploy",))
    walked = [("GET", path, scopes) for path, scopes in may.items()]
    walked += [("POST", path, scopes) for path, scopes in tells.items()]
    who = {scope: door.issued(scope) for scope in SCOPES}
    for way, path, scopes in walked:
        for scope in SCOPES:
            status, answer, _ = await door.send(way, _address(path), b"{", **who[scope])
            assert (status == 403) == (scope not in scopes), (path, scope)
            assert scope in scopes or "may=" in answer["detail"]


async def test_tokens_of_before_push_and_do_not_read(door):
    assert (await door.send("GET", "/v1/experiments"))[0] == 403
    assert (await door.send("GET", "/v1/experiments/42/gate"))[0] == 200


@pytest.mark.parametrize("wide", [False, True])
async def test_what_others_have_is_answered_like_what_nobody_has(door, wide):
    who = door.issued(*SCOPES, wide=wide)
    for way, address in _addresses():
        if "EXP-042" not in address:
            continue
        told = (
            {"learnings": "it is slow"} if address.endswith(("kill", "promote")) else {"value": 1}
        )
        body = json.dumps(told).encode()
        answers = [
            (await door.send(way, address.replace("EXP-042", number), body, **who))[:2]
            for number in ("EXP-043", "EXP-044", "EXP-099")
        ]
        said = [(status, json.dumps(answer)) for status, answer in answers]
        same = {(s, text.replace("EXP-043", "X").replace("EXP-044", "X").replace("EXP-099", "X"))
                for s, text in said}  # fmt: skip
        assert len(same) == 1, address
        assert said[0][0] in {404, 422}, address  # 422: the body is none of that route


@pytest.mark.parametrize("wide", [False, True])
async def test_no_list_shows_what_others_have(door, wide):
    who = door.issued("read", wide=wide)
    for address in [address for way, address in _addresses() if way == "GET"]:
        for more in ("", "&q=secret" if "learnings" in address else ""):
            glue = "?" if more and "?" not in address else ""
            _, answer, _ = await door.send("GET", address + glue + more.lstrip("&"), **who)
            text = json.dumps(answer)
            assert not any(word in text for word in (*SECRETS.values(), *SECRETS)), address


async def test_a_team_one_may_not_read_has_no_name(door):
    who = door.issued("read", wide=True)
    answers = [
        (await door.send("GET", f"/v1/experiments?team={name}", **who))[:2]
        for name in ("Vision", "Else", "Nobody")
    ]
    assert answers[0] == answers[1] == answers[2]
    assert answers[0][0] == 404


async def test_a_wide_token_sees_what_its_owner_may_read_as_it_is_now(door):
    door.lab.engine.dispose()
    who = door.issued("read", "push", wide=True)
    assert (await door.send("GET", "/v1/me", **who))[1]["teams"] == ["Language"]
    with door.lab.begin() as session:
        theirs = session.get_one(Team, 2)
        theirs.visibility = "open"
    assert (await door.send("GET", "/v1/me", **who))[1]["teams"] == ["Language", "Vision"]
    found = (await door.send("GET", "/v1/experiments", **who))[1]["items"]
    assert [(one["id"], one["team"]) for one in found] == [
        ("EXP-043", "Vision"), ("EXP-042", "Language")
    ]  # fmt: skip
    status, answer, _ = await door.send("GET", "/v1/digest", **who)
    assert (status, "Which team is this about?" in answer["detail"]) == (422, True)
    body = json.dumps({"value": 0.2})
    assert (await door.send("POST", "/v1/experiments/43/results", body, **who))[0] == 200


async def test_who_has_left_leaves_no_wide_token_behind(door):
    who = door.issued("read", wide=True)
    own = door.issued("read")
    with door.lab.begin() as session:
        found = session.exec(select(Profile).where(Profile.user_id == "UANA")).one()
        found.active = False
    assert (await door.send("GET", "/v1/experiments", **who))[0] == 401
    assert (await door.send("GET", "/v1/experiments", **own))[0] == 200
