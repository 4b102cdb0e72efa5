"""/exp llm: what a language model may have here, and what its calls came to."""

from collections.abc import Mapping
from typing import Any

from core.llm.endpoint import LlmStatus
from views import kit
from views.kit import Message

_POLICIES = {
    "never": "no language model; digests come from the template",
    "local_only": "only a model on this machine or a private address is asked",
    "redacted": "a model is asked, without secrets and customers' data",
}
_OUTCOMES = {
    "ok": "answered", "timeout": "took too long", "unreachable": "not reachable",
    "busy": "too busy", "unauthorised": "refused the key", "refused": "refused the request",
    "server": "failed", "malformed": "answered no completion", "empty": "answered nothing",
    "cut": "answer cut off", "filtered": "answer filtered", "error": "could not be asked",
}  # fmt: skip
_PURPOSES = {"digest": "digest", "repair": "repair", "notes": "notes shortened"}
HINT = (
    "It holds for the whole workspace. An admin chooses: `/exp llm never`, `/exp llm local_only` "
    "or `/exp llm redacted`."
)


def shown(status: LlmStatus) -> Message:
    """Policy, endpoint, tokens of the month, the last calls and what was wrong with answers."""
    now = {True: " from now on", False: " already", None: ""}[status.changed]
    head = f"Language model: {status.policy}{now} — {_POLICIES[status.policy]}."
    parts = [head, _endpoint(status), _tokens(status)]
    blocks = [kit.section(f"*{head}*"), kit.section("\n".join(parts[1:]))]
    if status.calls:
        lines = [_call(call) for call in status.calls]
        blocks.append(kit.section("*The last calls*\n" + "\n".join(lines)))
    if status.findings:
        found = ", ".join(f"{code} {n}" for code, n in list(status.findings.items())[:12])
        blocks.append(kit.context(f"Refused this month, by section and reason: {found}"))
    return Message(" ".join(parts), [*blocks, kit.context(HINT)])


def _endpoint(status: LlmStatus) -> str:
    one = status.endpoint
    if not one.is_on:
        return "No model is set up, so every digest is written from the template."
    sent = "values are sent, too" if one.share_values else "values stay here"
    names = "names are sent, too" if one.share_names else "names stay here"
    where = f"{kit.escape(one.model, 80)} at {kit.escape(one.host, 120)}"
    may = "" if status.may_ask else " It is not asked: the policy forbids this address."
    return f"Model: {where}; {sent}, {names}.{may}"


def _tokens(status: LlmStatus) -> str:
    cap = status.endpoint.monthly_cap
    limit = f"of {cap:,}" if cap else "(no cap)"
    over = (
        " Used up: the template writes until the month ends."
        if cap and status.tokens >= cap
        else ""
    )
    return f"Tokens this month: {status.tokens:,} {limit}.{over}"


def _call(call: Mapping[str, Any]) -> str:
    wrong = len(call["findings"])
    found = f", {wrong} finding{'s' if wrong != 1 else ''}" if wrong else ""
    tokens = call["prompt_tokens"] + call["completion_tokens"]
    about = "about " if call["estimated"] else ""
    took = f"{call['latency_ms'] / 1000:.1f} s"
    said = _OUTCOMES.get(call["outcome"], call["outcome"])
    what = _PURPOSES.get(call["purpose"], call["purpose"])
    return f"{kit.moment(call['at'])} · {what}: {said}{found} · {about}{tokens:,} tokens · {took}"
