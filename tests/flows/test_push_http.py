"""Pushing over real HTTP: what is taken, once, and what is refused in a sentence."""

import asyncio
import gzip
import io
import json
import zlib

import pytest
import pytest_asyncio
from sqlalchemy import Engine

from models import db
from services.experiments import experiment, history
from services.workspace import token
from tests import databases
from tests.conversation import TEAM
from tests.pushing import EVALS, Served, serving
from tests.tickets import experiment as ticket
from tests.tickets import stored

USAGE = "experiment,source,source_id,gpu_hours\nEXP-042,slurm,7,6.5\n"


@pytest.fixture
def files(tmp_path) -> Engine:
    engine = db.open_engine(databases.file(tmp_path / "push.db"))
    yield engine
    engine.dispose()


@pytest_asyncio.fixture
async def door(files) -> Served:
    stored(files, ticket())
    async with serving(files) as served:
        yield served


def _used(served: Served, number: int = 42) -> float:
    return experiment.seen(served.lab, TEAM, number).ticket.gpu_used


async def test_gpu_hours_are_totals_and_leave_an_audit_row(door):
    status, answer, _ = await door.send("POST", "/v1/usage", USAGE)
    assert (status, answer["experiments"][0]["gpu_used"]) == (200, 6.5)
    await door.send("POST", "/v1/usage", USAGE)
    await door.send("POST", "/v1/usage", USAGE.replace("6.5", "8"))
    assert _used(door) == 8
    entries = history.history(door.lab, TEAM, 42)[1]
    assert [(one.action, one.who) for one in entries] == [("usage", "CI for UANA")] * 2
    assert entries[0].why == "slurm 7: 8 h"


async def test_a_job_that_moves_to_another_experiment_takes_its_hours_along(door):
    stored(door.lab.engine, ticket(number=43, title="Other"))
    await door.send("POST", "/v1/usage", USAGE)
    await door.send("POST", "/v1/usage", USAGE.replace("EXP-042", "EXP-043"))
    assert (_used(door), _used(door, 43)) == (0, 6.5)


async def test_one_unknown_experiment_and_nothing_is_taken(door):
    both = USAGE + "EXP-999,slurm,8,1\n"
    status, answer, headers = await door.send("POST", "/v1/usage", both)
    assert (status, _used(door)) == (404, 0)
    assert answer["detail"].startswith("There is no EXP-999.")
    assert headers["Content-Type"].startswith("application/problem+json")


async def test_the_same_key_and_body_get_the_same_answer_another_body_is_refused(door):
    first = await door.send("POST", "/v1/usage", USAGE, Idempotency_Key="run-1")
    again = await door.send("POST", "/v1/usage", USAGE, Idempotency_Key="run-1")
    assert first[1] == again[1]
    assert "Idempotent-Replay" not in first[2]
    assert again[2]["Idempotent-Replay"] == "true"
    other = await door.send(
        "POST", "/v1/usage", USAGE.replace("6.5", "9"), Idempotency_Key="run-1"
    )
    assert (other[0], other[1]["type"]) == (422, "urn:assay:problem:key-reused")
    assert _used(door) == 6.5


@pytest.mark.parametrize("key", ["ä", "x" * 201])
async def test_an_odd_key_is_refused(door, key):
    status, answer, _ = await door.send("POST", "/v1/usage", USAGE, Idempotency_Key=key)
    assert (status, answer["type"]) == (409, "urn:assay:problem:refused")


async def test_a_refused_push_may_be_sent_again_with_its_key(door):
    odd = USAGE.replace("042", "043")
    assert (await door.send("POST", "/v1/usage", odd, Idempotency_Key="k"))[0] == 404
    stored(door.lab.engine, ticket(number=43, title="Other"))
    assert (await door.send("POST", "/v1/usage", odd, Idempotency_Key="k"))[0] == 200


async def test_twice_at_once_has_one_effect_on_both_databases(engine):
    stored(engine, ticket())
    async with serving(engine) as served:
        sent = [served.send("POST", "/v1/usage", USAGE, Idempotency_Key="k") for _ in range(6)]
        answers = await asyncio.gather(*sent)
        assert [answer[0] for answer in answers] == [200] * 6
        assert len({json.dumps(answer[1]) for answer in answers}) == 1
        assert sum("Idempotent-Replay" in answer[2] for answer in answers) == 5
        totals = [USAGE.replace("slurm,7", f"slurm,{n}") for n in range(6)]
        await asyncio.gather(*(served.send("POST", "/v1/usage", body) for body in totals))
        assert _used(served) == 6.5 * 7


async def test_several_sides_at_once_are_all_judged_on_both_databases(engine):
    stored(engine, ticket())
    body = (EVALS / "long.csv").read_bytes()
    places = [f"/v1/experiments/42/evals?gate=1&role={role}" for role in ("candidate", "baseline")]
    async with serving(engine) as served:
        sent = [
            served.send("POST", place, body, Idempotency_Key=f"k{number % 3}{place[-3:]}")
            for number in range(6)
            for place in places
        ]
        answers = await asyncio.gather(*sent)
    assert {answer[0] for answer in answers} == {200}, answers
    assert sum("Idempotent-Replay" in answer[2] for answer in answers) == 6


@pytest.mark.parametrize("secret", ["", "assay_wrong", "Ünknown"])
async def test_without_a_good_token_nothing_is_read(door, secret):
    status, answer, headers = await door.send(
        "POST", "/v1/usage", USAGE, Authorization=f"Bearer {secret}"
    )
    assert (status, answer["type"]) == (401, "urn:assay:problem:unauthorized")
    assert headers["WWW-Authenticate"] == "Bearer"
    assert _used(door) == 0


async def test_a_revoked_token_is_refused(door):
    token.revoke(door.lab, TEAM, 1, by="UANA")
    status, answer, _ = await door.send("POST", "/v1/usage", USAGE)
    assert status == 401
    assert "unknown or revoked" in answer["detail"]


async def _stream(content: bytes):
    for start in range(0, len(content), 65536):
        yield content[start : start + 65536]


@pytest.mark.parametrize("is_streamed", [False, True])
async def test_eleven_megabytes_are_too_large(door, is_streamed):
    large = b"x" * (11 * 1024 * 1024)
    body = _stream(large) if is_streamed else io.BytesIO(large)
    status, answer, _ = await door.send("POST", "/v1/usage", body)
    assert (status, answer["type"]) == (413, "urn:assay:problem:too-large")


async def test_a_gzip_bomb_is_stopped_at_its_limit(door):
    packer = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    bomb = b"".join(packer.compress(b"\0" * 1_000_000) for _ in range(400)) + packer.flush()
    assert len(bomb) < 1_000_000
    status, answer, _ = await door.send("POST", "/v1/usage", bomb, Content_Encoding="gzip")
    assert (status, answer["type"]) == (413, "urn:assay:problem:too-large")
    status, answer, _ = await door.send("POST", "/v1/usage", bomb)  # packed, and not told so
    assert (status, "unpacks to more than" in answer["detail"]) == (422, True)


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (b"", {}, 422),
        (b"\xff\xfe\x00", {}, 422),
        (b"{", {}, 422),
        (b"[" * 100_000, {}, 422),
        (b'{"schema": "eval/1"}', {}, 422),
        (b"not gzip", {"Content_Encoding": "gzip"}, 422),
        (gzip.compress(USAGE.encode(), mtime=0)[:-9], {"Content_Encoding": "gzip"}, 422),
        (USAGE.encode(), {"Content_Encoding": "br"}, 415),
    ],
)
async def test_what_is_not_understood_is_told_in_a_sentence(door, body, headers, status):
    found, answer, _ = await door.send("POST", "/v1/usage", body, **headers)
    assert (found, answer["status"]) == (status, status)
    assert "Traceback" not in answer["detail"]
    assert len(answer["detail"]) < 400


async def test_nothing_else_is_here_and_the_description_says_what_is(door):
    assert (await door.send("GET", "/v1/nothing"))[0] == 404
    status, description, _ = await door.send("GET", "/openapi.json", Authorization="")
    assert status == 200
    text = json.dumps(description)
    named = {part for part in text.split('"') if part.startswith("#/components/schemas/")}
    assert {part.rsplit("/", 1)[1] for part in named} <= set(description["components"]["schemas"])
    for path in description["paths"]:
        method = "GET" if "get" in description["paths"][path] else "POST"
        asked = path.replace("{id}", "EXP-042").replace("{source}", "nobody")
        assert (await door.send(method, asked, b"{", Authorization=""))[0] == 401, path


async def test_results_are_pushed_and_judged_and_the_poster_is_woken(door):
    body = (EVALS / "long.csv").read_bytes()
    for role in ("baseline", "candidate"):
        place = f"/v1/experiments/EXP-042/evals?role={role}&gate=1"
        status, answer, _ = await door.send("POST", place, body)
        assert (status, answer["experiment"], answer["role"]) == (200, "EXP-042", role)
    assert answer["gate"]["decision"] == "NO-GO"
    status, gate, _ = await door.send("GET", "/v1/experiments/42/gate")
    assert (gate["decision"], gate["current"]) == ("NO-GO", True)
    assert len(door.woken) == 2


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/v1/experiments/EXP-042/evals", 422, "candidate or the baseline?"),
        ("/v1/experiments/EXP-042/evals?role=boss", 422, "is no role"),
        ("/v1/experiments/EXP-999/evals?role=candidate", 404, "There is no EXP-999."),
        ("/v1/experiments/a%20b/evals?role=candidate", 404, "is no experiment id"),
        ("/v1/experiments/EXP-042/evals?role=candidate&variant=B", 422, "no variant “B”"),
    ],
)
async def test_results_that_belong_nowhere_are_refused(door, path, status, said):
    found, answer, _ = await door.send("POST", path, (EVALS / "long.csv").read_bytes())
    assert (found, said in answer["detail"]) == (status, True), answer
