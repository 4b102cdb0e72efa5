"""Friday's digest against a real OpenAI-compatible server (llmock): what is asked and posted."""

import json
from dataclasses import replace

import pytest
from sqlmodel import Session, select

from models.digest.digest import Digest
from models.llm.llm import LlmCall, LlmRung
from models.team import workspace
from prompts import loader
from tests import seeded
from tests.fridays import AI, BAD, FRIDAY_FOUR, SILENT, Friday


@pytest.fixture
def friday(sqlite_engine, llmock) -> Friday:
    """A due digest and llmock as the model."""
    return Friday(sqlite_engine, llmock.base_url("openai"))


def test_a_good_answer_is_posted_and_paid_for(engine, llmock):
    friday = Friday(engine, llmock.base_url("openai"))
    llmock.reply(friday.good())
    said = friday.publish()
    assert "The best result: EXP-003 “Hard negatives”: from 86% to 88.3%" in said
    assert AI in said
    (call,) = friday.calls()
    assert (call.outcome, call.purpose, call.findings) == ("ok", "digest", [])
    assert call.rung == "json_schema/max_completion_tokens"
    assert call.prompt == loader.digest().version
    assert min(call.prompt_tokens, call.completion_tokens) > 0
    with Session(engine) as session:
        assert session.exec(select(Digest)).one().prompt == loader.digest().version


def test_only_what_is_needed_is_sent_and_no_value(friday, llmock):
    llmock.reply(friday.good())
    friday.publish()
    sent = llmock.last_request.body
    assert set(sent) == {"model", "messages", "response_format"}
    form = sent["response_format"]
    assert (form["type"], form["json_schema"]["strict"]) == ("json_schema", True)
    asked = json.dumps(sent["messages"][-1])
    assert not any(value in asked for value in ("88.3", "EXP-003", "accuracy", "86"))


def test_json_in_a_fence_is_taken(friday, llmock):
    llmock.reply(f"Sure!\n```json\n{friday.good()}\n```")
    assert AI in friday.publish()


def test_a_repaired_answer_is_posted(friday, llmock):
    llmock.reply(friday.good(progress=[{"text": "All 12 are done", "refs": []}]))
    llmock.reply(friday.good())
    assert AI in friday.publish()
    assert [call.purpose for call in friday.calls()] == ["digest", "repair"]
    assert "progress:figure" in friday.calls()[0].findings


def test_twice_bad_is_the_template_and_says_why(friday, llmock):
    bad = [{"text": "All 12 are done", "refs": []}]
    llmock.reply(friday.good(progress=bad, headline=bad), times=2)
    assert BAD in friday.publish()


def test_broken_json_twice_is_the_template(friday, llmock):
    llmock.reply('{"headline": [', times=2)
    assert BAD in friday.publish()


def test_too_many_requests_are_waited_for_once(friday, llmock):
    llmock.rate_limit(times=1, retry_after=0.01).reply(friday.good())
    assert AI in friday.publish()


@pytest.mark.parametrize(
    ("status", "outcome"), [(429, "busy"), (500, "server"), (503, "server"), (401, "unauthorised"),
                            (403, "unauthorised"), (400, "refused"), (404, "refused")],
)  # fmt: skip
def test_an_endpoint_that_keeps_refusing_leaves_the_template(friday, llmock, status, outcome):
    llmock.fail(status, times=None, retry_after=0.01)
    assert SILENT in friday.publish()
    assert [call.outcome for call in friday.calls()] == [outcome]


@pytest.mark.parametrize("status", [400, 422])
def test_an_endpoint_without_schemas_is_asked_without_and_remembered(friday, llmock, status):
    llmock.fail(status, message="'response_format.json_schema' is not supported here")
    llmock.fail(status, message="Unknown parameter: response_format")
    llmock.reply(friday.good())
    assert AI in friday.publish()
    forms = [r.body.get("response_format", {}).get("type") for r in llmock.requests]
    assert forms == ["json_schema", "json_object", None]
    with Session(friday.engine) as session:
        assert session.exec(select(LlmRung)).one().format == "none"
        session.delete(session.exec(select(Digest)).one())
        session.commit()
    assert friday.calls()[0].rung == "none/max_completion_tokens"


def test_the_remembered_rung_is_where_the_next_digest_starts(friday, llmock):
    with Session(friday.engine) as session:
        one = friday.lab.llm
        session.add(LlmRung(address=one.address, model="m", format="json_object",
                            limit_name="none", at=FRIDAY_FOUR))  # fmt: skip
        session.commit()
    llmock.reply(friday.good())
    assert AI in friday.publish()
    assert [r.body["response_format"] for r in llmock.requests] == [{"type": "json_object"}]


def test_the_length_is_called_what_the_endpoint_calls_it(sqlite_engine, llmock):
    friday = Friday(sqlite_engine, llmock.base_url("openai"), LLM_MAX_OUTPUT_TOKENS="900")
    llmock.fail(422, message="extra inputs are not permitted: max_completion_tokens")
    llmock.fail(400, message="max_tokens: unsupported parameter")
    llmock.reply(friday.good())
    assert AI in friday.publish()
    sent = [set(r.body) & {"max_tokens", "max_completion_tokens"} for r in llmock.requests]
    assert sent == [{"max_completion_tokens"}, {"max_tokens"}, set()]


def test_a_used_up_budget_asks_nothing(friday, llmock):
    capped = replace(friday.lab.llm, monthly_cap=100)
    friday.lab = replace(friday.lab, llm=capped)
    with Session(friday.engine) as session:
        session.add(LlmCall(team_id=friday.team_id, week="2026-W47", purpose="digest", model="m",
                            host="h", rung="", prompt="", prompt_tokens=100, outcome="ok",
                            at=FRIDAY_FOUR))  # fmt: skip
        session.commit()
    assert "AI budget is used up" in friday.publish()
    assert llmock.requests == []


@pytest.mark.parametrize(("policy", "asked"), [("never", 0), ("local_only", 1), ("redacted", 1)])
def test_the_workspaces_policy_decides_whether_a_model_is_asked(friday, llmock, policy, asked):
    with friday.lab.begin() as session:
        place = session.get_one(seeded.Team, friday.team_id).workspace
        workspace(session, place).llm_policy = policy
    llmock.reply(friday.good())
    friday.publish()
    assert len(llmock.requests) == asked
