"""/exp llm: what a language model may be sent, and what its calls came to."""

import pytest

from core.llm.endpoint import Call, Endpoint, LlmAnswer, Rung
from services.llm import llm

ON = Endpoint("placeholder", address="https://models.example/v1", model="m", monthly_cap=5000)


@pytest.fixture
def led(talk):
    """A team whose lead is Ana, with a model set up."""
    talk.llm = ON
    talk.say("/exp leads add <@UANA>", by="UANA")
    return talk


def test_without_a_model_one_hears_that_the_template_writes(talk):
    heard = talk.say("/exp llm", by="UBEN").text
    assert heard.startswith("Language model: redacted")
    assert "every digest is written from the template" in heard


def test_everybody_sees_policy_endpoint_and_tokens(led):
    heard = led.say("/exp llm", by="UBEN")
    assert "m at models.example; values stay here, names stay here." in heard.text
    assert "Tokens this month: 0 of 5,000." in heard.text


@pytest.mark.parametrize("policy", ["never", "local_only", "redacted"])
def test_a_lead_sets_the_policy(led, policy):
    heard = led.say(f"/exp llm {policy}", by="UANA").text
    how = "already" if policy == "redacted" else "from now on"
    assert heard.startswith(f"Language model: {policy} {how} —")
    assert led.say("/exp llm", by="UBEN").text.startswith(f"Language model: {policy} —")
    assert f"{policy} already" in led.say(f"/exp llm {policy.upper()}", by="UANA").text


def test_a_policy_that_forbids_the_endpoint_says_so(led):
    assert "the policy forbids this address" in led.say("/exp llm local_only", by="UANA").text


def test_others_may_not_set_it_and_a_word_that_is_none_is_answered(led):
    assert led.say("/exp llm never", by="UBEN").text.startswith("Only a lead can")
    heard = led.say("/exp llm sometimes", by="UANA").text
    assert heard.startswith("“sometimes” is no policy")
    assert "/exp llm local_only" in heard


def test_the_last_calls_and_what_was_wrong_are_listed(led):
    bad = LlmAnswer("ok", rung=Rung(), prompt_tokens=900, completion_tokens=100, seconds=1.24)
    calls = [
        Call("digest", bad, ("progress:figure", "progress:own_words")),
        Call("repair", LlmAnswer("timeout", prompt_tokens=4100, estimated=True, seconds=20.0)),
    ]
    llm.keep(led.lab, 1, "2026-W48", calls)
    heard = led.say("/exp llm", by="UBEN")
    shown = str(heard.blocks)
    assert "Tokens this month: 5,100 of 5,000. Used up" in heard.text
    assert "digest: answered, 2 findings · 1,000 tokens · 1.2 s" in shown
    assert "repair: took too long · about 4,100 tokens · 20.0 s" in shown
    assert "progress:figure 1, progress:own_words 1" in shown


def test_a_new_month_starts_at_nothing(led):
    llm.keep(led.lab, 1, "2026-W48", [Call("digest", LlmAnswer("ok", prompt_tokens=4999))])
    led.later(days=9)
    assert "Tokens this month: 0 of 5,000." in led.say("/exp llm").text


def test_what_an_endpoint_understands_is_tried_anew_after_a_month(led):
    seen = Rung("none", "max_tokens")
    llm.keep(led.lab, 1, "2026-W48", [Call("digest", LlmAnswer("ok", rung=seen))])
    assert llm.brief(led.lab, 1).rung == seen
    led.later(days=31)
    assert llm.brief(led.lab, 1).rung == Rung()
