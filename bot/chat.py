"""One question to an OpenAI-compatible endpoint: OpenAI, Azure v1, vLLM, Ollama, llama.cpp …

Only model, messages, response_format and, if asked for, a length are sent; what an endpoint does
not understand is left out step by step (core/llm/endpoint.Rung). Nothing but a whole answer is
taken.
Imported only when a model is asked: openai costs half a second and 40 MB.
"""

import asyncio
import logging
import time
from dataclasses import replace
from typing import Any

import openai
from openai import AsyncOpenAI
from openai.types.chat import ChatCompletion

from core.llm.endpoint import CHARACTERS_PER_TOKEN, Endpoint, LlmAnswer, LlmQuestion, Rung

log = logging.getLogger(__name__)

TIMEOUT_S = 20.0  # for one read; the question's own seconds are for everything together
RETRIES = 1
_OUTCOMES: tuple[tuple[type[Exception], str], ...] = (
    (openai.APITimeoutError, "timeout"),
    (openai.APIConnectionError, "unreachable"),
    (openai.RateLimitError, "busy"),
    (openai.AuthenticationError, "unauthorised"),
    (openai.PermissionDeniedError, "unauthorised"),
    (openai.InternalServerError, "server"),
    (openai.APIStatusError, "refused"),
    (TimeoutError, "timeout"),
    (ValueError, "malformed"),  # a body that is no JSON, or not of the shape
)


def talk(endpoint: Endpoint, key: str, asked: LlmQuestion) -> LlmAnswer:
    """What came of the question within its seconds; every failure is an outcome."""
    started = time.monotonic()
    said = asyncio.run(_within(endpoint, key, asked))
    log.info("model %s: %s, request %s", endpoint.model, said.outcome, said.request_id or "–")
    return replace(said, seconds=time.monotonic() - started)


async def _within(endpoint: Endpoint, key: str, asked: LlmQuestion) -> LlmAnswer:
    client = AsyncOpenAI(
        api_key=key, base_url=endpoint.address, timeout=TIMEOUT_S, max_retries=RETRIES
    )
    seen = [asked.rung]
    try:
        async with asyncio.timeout(asked.seconds):
            return _read(await _answer(client, endpoint, asked, seen), asked, seen[-1])
    except Exception as fault:  # noqa: BLE001 - whatever it is, the template stands
        return _failed(fault, asked, seen[-1])
    finally:
        await client.close()


async def _answer(
    client: AsyncOpenAI, endpoint: Endpoint, asked: LlmQuestion, seen: list[Rung]
) -> object:
    """The endpoint's answer on the highest rung it takes; `seen` ends with that rung."""
    create: Any = client.chat.completions.create
    while True:
        try:
            return await create(**_sent(endpoint, asked, seen[-1]))
        except (openai.BadRequestError, openai.UnprocessableEntityError) as refused:
            complaint = f"{refused.param} {refused.code} {refused.message} {refused.body}"
            lower = seen[-1].below(complaint, limited=bool(endpoint.max_output))
            if lower is None:
                raise
            seen.append(lower)


def _sent(endpoint: Endpoint, asked: LlmQuestion, rung: Rung) -> dict[str, Any]:
    messages = [{"role": role, "content": text} for role, text in asked.messages]
    sent: dict[str, Any] = {"model": endpoint.model, "messages": messages}
    if rung.format == "json_schema":
        # The nested form: llama.cpp ignores the flat one without a word.
        schema = {"name": "digest", "strict": True, "schema": asked.schema}
        sent["response_format"] = {"type": "json_schema", "json_schema": schema}
    elif rung.format == "json_object":
        sent["response_format"] = {"type": "json_object"}
    if endpoint.max_output and rung.limit != "none":
        sent[rung.limit] = endpoint.max_output
    return sent


def _read(answer: object, asked: LlmQuestion, rung: Rung) -> LlmAnswer:
    if not isinstance(answer, ChatCompletion):  # a gateway's HTML page comes as a str
        return LlmAnswer("malformed", rung=rung)
    request = getattr(answer, "_request_id", None) or ""
    choices = answer.choices or []
    text = (choices[0].message.content or "") if len(choices) == 1 else ""
    outcome = _outcome(answer, text)
    said = LlmAnswer(outcome, text if outcome == "ok" else "", rung, request_id=str(request))
    return _counted(said, answer, asked, text)


def _outcome(answer: ChatCompletion, text: str) -> str:
    if len(answer.choices or []) != 1:
        return "empty"
    ended = answer.choices[0].finish_reason
    if ended != "stop":
        return {"length": "cut", "content_filter": "filtered"}.get(ended or "", "malformed")
    return "ok" if text.strip() else "empty"


def _counted(said: LlmAnswer, answer: ChatCompletion, asked: LlmQuestion, text: str) -> LlmAnswer:
    usage = answer.usage
    if usage is None:
        here = _estimate(asked)
        there = len(text) // CHARACTERS_PER_TOKEN
        return replace(said, prompt_tokens=here, completion_tokens=there, estimated=True)
    details = usage.completion_tokens_details
    return replace(
        said,
        prompt_tokens=usage.prompt_tokens or 0,
        completion_tokens=usage.completion_tokens or 0,
        reasoning_tokens=(details.reasoning_tokens or 0) if details else 0,
    )


def _failed(fault: Exception, asked: LlmQuestion, rung: Rung) -> LlmAnswer:
    outcome = next((name for kind, name in _OUTCOMES if isinstance(fault, kind)), "error")
    request = getattr(fault, "request_id", None) or ""
    said = LlmAnswer(outcome, rung=rung, request_id=str(request))
    if outcome in {"timeout", "malformed"}:  # it may well have been read, and be billed
        return replace(said, prompt_tokens=_estimate(asked), estimated=True)
    return said


def _estimate(asked: LlmQuestion) -> int:
    return sum(len(text) for _, text in asked.messages) // CHARACTERS_PER_TOKEN
