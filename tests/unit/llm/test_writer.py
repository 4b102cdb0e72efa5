"""Who words the digest: nobody without a key, an OpenAI-compatible endpoint with one."""

import json
import subprocess
import sys

import pytest
from freezegun import freeze_time

from bot import llm_eval
from bot.clock import clock
from bot.config import BadConfig, read
from bot.writer import OpenAIWriter, PlainWriter, writer_for
from core.llm import endpoint as llm
from core.llm import sample_weeks
from core.llm.endpoint import Endpoint, LlmQuestion, Rung
from tests.worded import answer, worded

GOOD = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}
KEY = {"OPENAI_API_KEY": "sk-x"}


def test_without_a_key_the_templates_stand():
    assert isinstance(writer_for(read(GOOD)), PlainWriter)
    assert not read(GOOD | {"OPENAI_API_KEY": " ", "OPENAI_BASE_URL": ""}).llm.is_on
    with pytest.raises(LookupError):
        PlainWriter().write(LlmQuestion((), {}, 1.0))


@pytest.mark.parametrize("env", [{}, KEY], ids=["no key", "a key, nothing asked"])
def test_openai_is_not_even_imported_before_a_model_is_asked(env):
    code = (
        "import sys, bot.__main__\n"
        "from bot.config import read\n"
        "from bot.writer import writer_for\n"
        f"writer_for(read({GOOD | env!r}))\n"
        "sys.exit('openai' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_settings_of_a_model_are_read_and_blank_is_unset():
    names = "BASE_URL MODE DEADLINE_S SHARE_VALUES MONTHLY_TOKEN_CAP MAX_OUTPUT_TOKENS MODEL"
    blank = {f"LLM_{name}": " " for name in names.split()} | {"OPENAI_BASE_URL": " "}
    usual = Endpoint("placeholder", llm.DEFAULT_ADDRESS, "gpt-4o-mini")
    assert read(GOOD | KEY | blank).llm == usual
    assert usual.deadline_s == 45
    given = {
        "OPENAI_BASE_URL": "http://localhost:11434/v1", "LLM_MODEL": "qwen",
        "LLM_DEADLINE_S": "9.5", "LLM_SHARE_VALUES": "true", "LLM_SHARE_NAMES": "1",
        "LLM_MONTHLY_TOKEN_CAP": "200_000", "LLM_MAX_OUTPUT_TOKENS": "900",
    }  # fmt: skip
    assert read(GOOD | KEY | given).llm == Endpoint(
        "placeholder", "http://localhost:11434/v1", "qwen", 9.5, True, True, 200_000, 900
    )
    assert not read(GOOD | KEY | {"LLM_MODE": "off"}).llm.is_on


@pytest.mark.parametrize(
    ("name", "value"),
    [("LLM_MODE", "free"), ("LLM_DEADLINE_S", "0"), ("LLM_DEADLINE_S", "9999"),
     ("LLM_SHARE_VALUES", "maybe"), ("LLM_SHARE_NAMES", "2"), ("LLM_MONTHLY_TOKEN_CAP", "many"),
     ("LLM_MAX_OUTPUT_TOKENS", "-1"), ("OPENAI_BASE_URL", "localhost:1234")],
)  # fmt: skip
def test_a_bad_setting_of_a_model_is_said_in_words(name, value):
    with pytest.raises(BadConfig) as bad:
        read(GOOD | KEY | {"LLM_MODEL": "m"} | {name: value})
    (told,) = bad.value.faults
    assert told.startswith(f"{name} is “{value}”")


@pytest.mark.parametrize(
    ("complaint", "limited", "lower"),
    [
        ("response_format.type must be text", False, Rung("json_object")),
        ("failed to parse grammar", False, Rung("json_object")),
        ("use max_completion_tokens", True, Rung(limit="max_tokens")),
        ("use max_completion_tokens", False, None),
        ("no such model", True, None),
    ],
)
def test_an_endpoint_gets_less_only_when_it_names_what_it_lacks(complaint, limited, lower):
    assert Rung().below(complaint, limited=limited) == lower
    assert Rung("none", "none").below(complaint, limited=limited) is None


@pytest.mark.parametrize(
    ("address", "policy", "asked"),
    [
        ("https://api.openai.com/v1", "local_only", False),
        ("https://api.openai.com/v1", "redacted", True),
        ("http://10.1.2.3:8000/v1", "local_only", True),
        ("http://localhost:8080/v1", "never", False),
    ],
)
def test_a_policy_decides_by_the_host(address, policy, asked):
    assert llm.allowed(policy, Endpoint("placeholder", address)) is asked


def test_the_trial_without_a_key_is_one_sentence_and_exit_code_2(capsys):
    assert llm_eval.run({}) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_the_trial_measures_a_real_endpoint(llmock, capsys):
    env = {**KEY, "OPENAI_BASE_URL": llmock.base_url("openai"), "LLM_MODEL": "m"}
    for sheet in sample_weeks.sheets().values():
        llmock.reply(json.dumps(answer(sheet)))
    assert llm_eval.run(env) == 0
    told = capsys.readouterr().out
    assert "- a good week: digest ok; taken from the model: headline, progress, learned" in told
    assert f"digests from template     1 of {len(sample_weeks.sheets())}" in told


def test_the_trial_of_an_endpoint_that_is_away_says_so(llmock, capsys):
    llmock.outage()
    env = {**KEY, "OPENAI_BASE_URL": llmock.base_url("openai"), "LLM_MODEL": "m"}
    assert llm_eval.run(env) == 1
    assert "digest server; taken from the model: nothing" in capsys.readouterr().out


def test_every_built_in_week_can_be_worded_with_the_templates_own_words():
    for name, sheet in sample_weeks.sheets().items():
        done = worded(sheet, json.dumps(answer(sheet)))
        assert set(done.asked) == set(done.taken), (name, done.calls)


def test_a_writer_keeps_its_seconds_when_the_model_does_not(llmock):
    llmock.delay(5.0)
    endpoint = Endpoint("placeholder", llmock.base_url("openai"), "m")
    said = OpenAIWriter(endpoint, "sk-x").write(LlmQuestion((("user", "x"),), {}, 0.2))
    assert said.outcome == "timeout"


@freeze_time("2026-11-27 15:00:00")
def test_the_clock_is_the_machines_when_there_is_no_offset():
    assert clock("0")().isoformat() == "2026-11-27T15:00:00+00:00"
