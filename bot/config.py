"""Configuration from the environment only; every fault reported at once, in plain words."""

import base64
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.config_llm import key_of, read_llm
from core.llm.endpoint import NO_MODEL, Endpoint
from core.workspace.tracker import keys
from core.workspace.webhook import checked_nets

_MODES = ("socket", "http")


class BadConfig(Exception):
    """Something in the environment is wrong; `faults` are sentences."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True)
class Config:
    """What the process was told. Secrets are kept out of repr, so they cannot reach a log."""

    bot_token: str
    app_token: str
    signing_secret: str
    mode: str
    host: str
    port: int
    api_url: str
    database_url: str
    clock_offset: str
    tick_seconds: float
    openai_key: str = ""
    llm: Endpoint = NO_MODEL
    push_port: int = 0  # 0: no port of its own for pushes
    push_keys: tuple[bytes, ...] = ()
    webhook_nets: tuple[str, ...] = ()  # private networks that webhooks may reach
    tracker_nets: tuple[str, ...] = ()  # and trackers
    tracker_keys: Mapping[str, str] = field(default_factory=dict)  # of trackers, by host
    tracker_hook: str = ""  # the secret with which trackers sign their webhooks

    def __repr__(self) -> str:
        """Only what may stand in a log."""
        return f"Config(mode={self.mode}, port={self.port}, api_url={self.api_url})"


def read(env: Mapping[str, str]) -> Config:
    """The configuration in `env`. Raises BadConfig naming everything that is wrong."""
    faults: list[str] = []
    mode = env.get("SLACK_MODE", "").strip().lower() or _guess_mode(env)
    if mode not in _MODES:
        faults.append(f"SLACK_MODE is “{mode}”; set it to socket or http.")
    faults += _token_faults(env, mode)
    port = _number(env, "PORT", "3000", faults)
    tick_seconds = _number(env, "TICK_SECONDS", "5", faults)
    push_port = _number(env, "PUSH_PORT", "0", faults) if env.get("PUSH_PORT") else 0
    push_keys = _signing_keys(env, faults)
    webhook_nets, tracker_nets = (
        _nets(env, name, faults) for name in ("WEBHOOK_NETS", "TRACKER_NETS")
    )
    tracker_keys, tracker_hook = _tracker_keys(env, faults), _hook_secret(env, faults)
    llm = read_llm(env, faults)
    api_url = env.get("SLACK_API_URL", "https://slack.com/api/").strip()
    faults += [f"{fault}" for fault in _url_faults(env, api_url)]
    if faults:
        raise BadConfig(faults)
    return Config(
        bot_token=env["SLACK_BOT_TOKEN"].strip(),
        app_token=env.get("SLACK_APP_TOKEN", "").strip(),
        signing_secret=env.get("SLACK_SIGNING_SECRET", "").strip(),
        mode=mode,
        host=env.get("HOST", "").strip() or "0.0.0.0",  # noqa: S104 - a container must be reachable
        port=int(port),
        api_url=api_url if api_url.endswith("/") else api_url + "/",
        database_url=database_url(env),
        clock_offset=env.get("CLOCK_OFFSET", "0"),
        tick_seconds=tick_seconds,
        openai_key=key_of(env),
        llm=llm,
        push_port=int(push_port),
        push_keys=push_keys,
        webhook_nets=webhook_nets,
        tracker_nets=tracker_nets,
        tracker_keys=tracker_keys,
        tracker_hook=tracker_hook,
    )


def database_url(env: Mapping[str, str]) -> str:
    """Where the state is kept."""
    return env.get("DATABASE_URL", "").strip() or "sqlite:///assay.db"


def _guess_mode(env: Mapping[str, str]) -> str:
    has_secret = bool(env.get("SLACK_SIGNING_SECRET", "").strip())
    return "http" if has_secret and not env.get("SLACK_APP_TOKEN") else "socket"


def _token_faults(env: Mapping[str, str], mode: str) -> list[str]:
    faults = []
    if not env.get("SLACK_BOT_TOKEN", "").strip().startswith("xoxb-"):
        faults.append(
            "SLACK_BOT_TOKEN is missing or no bot token; copy the “Bot User OAuth Token” "
            "(xoxb-…) from your app's OAuth & Permissions page."
        )
    if mode == "socket" and not env.get("SLACK_APP_TOKEN", "").strip().startswith("xapp-"):
        faults.append(
            "SLACK_APP_TOKEN is missing or no app-level token; create one (xapp-…) with scope "
            "connections:write under Basic Information, or set SLACK_MODE=http."
        )
    secret = env.get("SLACK_SIGNING_SECRET", "").strip()
    if mode == "http" and not re.fullmatch(r"[0-9a-f]{32}", secret):
        faults.append(
            "SLACK_SIGNING_SECRET is missing or not 32 hex digits; copy it from Basic Information."
        )
    return faults


def _url_faults(env: Mapping[str, str], api_url: str) -> list[str]:
    faults = []
    if not api_url.startswith(("http://", "https://")):
        faults.append(f"SLACK_API_URL is “{api_url}”; it must be an http(s) address.")
    if not database_url(env).startswith(("sqlite:", "postgres:", "postgresql:")):
        faults.append("DATABASE_URL must begin with sqlite:///, or postgresql://.")
    return faults


def _signing_keys(env: Mapping[str, str], faults: list[str]) -> tuple[bytes, ...]:
    """Keys of PUSH_SECRET: one, or several while they are being exchanged."""
    keys = []
    for secret in env.get("PUSH_SECRET", "").split():
        try:
            keys.append(base64.b64decode(secret.removeprefix("whsec_"), validate=True))
        except ValueError:
            keys.append(b"")
    if any(len(key) < 24 for key in keys):
        faults.append(
            "PUSH_SECRET is no Standard-Webhooks secret; write whsec_ and base64 of 24 to 64 "
            "random bytes."
        )
    return tuple(keys)


def _nets(env: Mapping[str, str], name: str, faults: list[str]) -> tuple[str, ...]:
    try:
        return checked_nets(env.get(name, "").replace(",", " ").split())
    except ValueError:
        faults.append(f"{name} are no networks; write them like 10.0.0.0/8,127.0.0.0/8.")
        return ()


def _tracker_keys(env: Mapping[str, str], faults: list[str]) -> Mapping[str, str]:
    """Keys of trackers by their host, with which each is used and no other."""
    try:
        return keys(env.get("TRACKER_TOKENS", ""))
    except ValueError:
        faults.append("TRACKER_TOKENS is not understood; write each as mlflow.example.com=TOKEN.")
        return {}


def _hook_secret(env: Mapping[str, str], faults: list[str]) -> str:
    secret = env.get("TRACKER_HOOK_SECRET", "").strip()
    if secret and len(secret) < 24:
        faults.append("TRACKER_HOOK_SECRET is too short; write 24 random characters or more.")
    return secret


def _number(env: Mapping[str, str], name: str, default: str, faults: list[str]) -> float:
    text = env.get(name, "").strip() or default
    if re.fullmatch(r"\d+(\.\d+)?", text) and float(text) > 0:
        return float(text)
    faults.append(f"{name} is “{text}”; it must be a positive number.")
    return float(default)
