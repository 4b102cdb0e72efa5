"""The part of the configuration that is about a language model."""

import re
from collections.abc import Mapping

from core.llm.endpoint import DEFAULT_ADDRESS, Endpoint

DEFAULT_MODEL = "gpt-4o-mini"
_MODES = ("off", "placeholder")
_YES, _NO = ("true", "1", "yes", "on"), ("", "false", "0", "no", "off")


def key_of(env: Mapping[str, str]) -> str:
    """The API key; blank is unset (a compose file hands blank variables on)."""
    return env.get("OPENAI_API_KEY", "").strip()


def read_llm(env: Mapping[str, str], faults: list[str]) -> Endpoint:
    """The endpoint the environment asks for; sentences about what is wrong are added to faults."""
    address = env.get("OPENAI_BASE_URL", "").strip() or DEFAULT_ADDRESS
    model = env.get("LLM_MODEL", "").strip()
    if not re.match(r"https?://[^\s/]", address):
        faults.append(f"OPENAI_BASE_URL is “{address}”; it must be an http(s) address.")
    if address != DEFAULT_ADDRESS and not model:
        faults.append("OPENAI_BASE_URL is set but LLM_MODEL is not; name the model to use.")
    return Endpoint(
        mode=_mode(env, faults),
        address=address,
        model=model or DEFAULT_MODEL,
        deadline_s=_seconds(env, faults),
        share_values=_flag(env, "LLM_SHARE_VALUES", faults),
        share_names=_flag(env, "LLM_SHARE_NAMES", faults),
        monthly_cap=_whole(env, "LLM_MONTHLY_TOKEN_CAP", faults),
        max_output=_whole(env, "LLM_MAX_OUTPUT_TOKENS", faults),
    )


def _mode(env: Mapping[str, str], faults: list[str]) -> str:
    given = env.get("LLM_MODE", "").strip().lower() or "placeholder"
    if given not in _MODES:
        faults.append(f"LLM_MODE is “{given}”; set it to off or placeholder.")
    return given if key_of(env) else "off"


def _seconds(env: Mapping[str, str], faults: list[str]) -> float:
    text = env.get("LLM_DEADLINE_S", "").strip() or "45"
    if re.fullmatch(r"\d{1,4}(\.\d+)?", text) and 0 < float(text) <= 600:
        return float(text)
    faults.append(f"LLM_DEADLINE_S is “{text}”; it must be seconds, more than 0 and at most 600.")
    return 45.0


def _flag(env: Mapping[str, str], name: str, faults: list[str]) -> bool:
    text = env.get(name, "").strip().lower()
    if text not in (*_YES, *_NO):
        faults.append(f"{name} is “{text}”; set it to true or false.")
    return text in _YES


def _whole(env: Mapping[str, str], name: str, faults: list[str]) -> int:
    """A number of tokens; 0, which is also blank, for no limit."""
    text = env.get(name, "").strip().replace("_", "") or "0"
    if re.fullmatch(r"\d{1,12}", text):
        return int(text)
    faults.append(f"{name} is “{text}”; it must be a whole number of tokens, or blank for none.")
    return 0
