"""`assay doctor`: looks at everything that is usually wrong and says what to do about each."""

import os
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.exc import SQLAlchemyError

from bot import manifest
from bot.clock import clock
from bot.config import BadConfig, Config, read
from bot.doctor_trackers import trackers
from bot.finding import Finding
from bot.wiring import open_lab, open_session, web_client
from core.llm.endpoint import allowed
from services import team
from services.llm import llm


async def examine(env: Mapping[str, str] | None = None) -> list[Finding]:
    """Every finding, good ones too; never raises for what it finds."""
    try:
        config = read(env if env is not None else os.environ)
        clock(config.clock_offset)
    except BadConfig as bad:
        return [Finding("wrong", fault) for fault in bad.faults]
    found = [Finding("ok", f"configuration complete, {config.mode} mode")]
    found += _model(env if env is not None else os.environ, config)
    base = _database(config)
    if not any(finding.is_fatal for finding in base):
        found += _policies(config)
        found += await trackers(config)
    async with open_session() as session:
        client = web_client(config, session, config.bot_token)
        base += await _token(client, config)
        found += base
        if config.mode == "socket":
            found += await _socket(web_client(config, session, config.app_token), config)
        if not any(finding.is_fatal for finding in base):
            found += await _channels(client, config)
    return found


def _database(config: Config) -> list[Finding]:
    try:
        lab = open_lab(config, clock(config.clock_offset))
    except (SQLAlchemyError, OSError) as error:
        remedy = "Check DATABASE_URL, that the folder exists and is writable."
        return [
            Finding("wrong", f"the database does not open ({type(error).__name__})", remedy, True)
        ]
    lab.engine.dispose()
    return [Finding("ok", f"database opens and is up to date ({lab.engine.dialect.name})")]


def _model(env: Mapping[str, str], config: Config) -> list[Finding]:
    """Which language model words the digest; nothing is called."""
    one = config.llm
    if one.is_on:
        kept = [
            n
            for n, sent in (("figures", one.share_values), ("names", one.share_names))
            if not sent
        ]
        stay = f"{' and '.join(kept)} stay here" if kept else "figures and names are sent"
        cap = f", at most {one.monthly_cap:,} tokens a month" if one.monthly_cap else ""
        return [Finding("ok", f"language model {one.model} at {one.host} ({stay}{cap})")]
    named = [n for n in ("OPENAI_BASE_URL", "LLM_MODEL") if env.get(n, "").strip()]
    if named and not config.openai_key:
        remedy = "Set it; a local server takes any word as its key. Or remove the other settings."
        what = f"{' and '.join(named)} set but OPENAI_API_KEY is not: no model is asked"
        return [Finding("warning", what, remedy)]
    return [Finding("ok", "no language model: digests are written from the template")]


def _policies(config: Config) -> list[Finding]:
    """Workspaces whose policy keeps the model from being asked, and the month's tokens."""
    if not config.llm.is_on:
        return []
    lab = open_lab(config, clock(config.clock_offset))
    try:
        used, policies = llm.overview(lab)
    finally:
        lab.engine.dispose()
    found = []
    for name, policy in policies:
        if not allowed(policy, config.llm):
            what = f"{name}: policy {policy} keeps {config.llm.host} from being asked"
            found.append(Finding("warning", what, "An admin changes it with `/exp llm`."))
    cap = config.llm.monthly_cap
    if cap and used >= cap:
        what = f"{used:,} of {cap:,} tokens used this month: the template writes"
        found.append(Finding("warning", what, "Raise LLM_MONTHLY_TOKEN_CAP, or wait."))
    return found or [Finding("ok", f"{used:,} tokens of the language model used this month")]


async def _token(client: AsyncWebClient, config: Config) -> list[Finding]:
    try:
        answer = await client.auth_test()
    except SlackApiError as refused:
        error = refused.response.get("error")
        remedy = "Copy SLACK_BOT_TOKEN again from OAuth & Permissions; reinstall if revoked."
        return [Finding("wrong", f"Slack refuses the bot token ({error})", remedy, True)]
    except (aiohttp.ClientError, TimeoutError) as error:
        remedy = "Check the network, proxy and SLACK_API_URL."
        name = type(error).__name__
        return [Finding("wrong", f"Slack is not reachable ({name})", remedy, True)]
    found = [Finding("ok", f"bot token works: {answer.get('user')} in {answer.get('team')}")]
    return found + _scopes(answer.headers) + _skew(answer.headers, config)


def _header(headers: Mapping[str, Any], name: str) -> str:
    return next((str(v) for k, v in headers.items() if k.lower() == name), "")


def _scopes(headers: Mapping[str, Any]) -> list[Finding]:
    granted = {scope.strip() for scope in _header(headers, "x-oauth-scopes").split(",")}
    missing = [scope for scope in manifest.SCOPES if scope not in granted]
    optional = [scope for scope in missing if scope in manifest.OPTIONAL]
    needed = [scope for scope in missing if scope not in manifest.OPTIONAL]
    remedy = "Add them under OAuth & Permissions (or paste manifest.json) and reinstall the app."
    if needed:
        return [Finding("wrong", f"scopes missing: {', '.join(needed)}", remedy)]
    if optional:
        return [Finding("warning", f"optional scopes missing: {', '.join(optional)}", remedy)]
    return [Finding("ok", "all scopes of the manifest are granted")]


def _skew(headers: Mapping[str, Any], config: Config) -> list[Finding]:
    date = _header(headers, "date")
    if not date:
        return []
    now: datetime = clock(config.clock_offset)().astimezone(UTC)
    seconds = abs((parsedate_to_datetime(date) - now).total_seconds())
    if seconds < 60:
        return [Finding("ok", "clock agrees with Slack's")]
    remedy = "Set the machine's clock (NTP), or CLOCK_OFFSET back to 0."
    return [Finding("wrong", f"clock is {seconds:.0f} s off Slack's", remedy)]


async def _socket(client: AsyncWebClient, config: Config) -> list[Finding]:
    try:
        await client.apps_connections_open(app_token=config.app_token)
    except SlackApiError as refused:
        error = refused.response.get("error")
        remedy = "Switch Socket Mode on, and give the xapp token the scope connections:write."
        return [Finding("wrong", f"Socket Mode does not open ({error})", remedy)]
    except (aiohttp.ClientError, TimeoutError) as error:
        return [Finding("wrong", f"Socket Mode is not reachable ({type(error).__name__})")]
    return [Finding("ok", "Socket Mode opens")]


async def _channels(client: AsyncWebClient, config: Config) -> list[Finding]:
    lab = open_lab(config, clock(config.clock_offset))
    try:
        wanted = team.chosen_channels(lab)
    finally:
        lab.engine.dispose()
    if not wanted:
        return [Finding("warning", "no channels chosen yet", "Type `/exp setup` in Slack.")]
    return [await _channel(client, use, channel) for use, channel in wanted.items()]


async def _channel(client: AsyncWebClient, use: str, channel: str) -> Finding:
    try:
        answer = await client.conversations_info(channel=channel)
    except SlackApiError as refused:
        remedy = "If it is private, type `/invite @Assay` there; else choose another one."
        return Finding("wrong", f"{use}: {refused.response.get('error')}", remedy)
    info = answer["channel"]
    if info.get("is_archived"):
        return Finding("wrong", f"{use} #{info['name']} is archived", "Choose another one.")
    if not info.get("is_member"):
        return Finding(
            "wrong", f"not a member of {use} #{info['name']}", "`/invite @Assay` there."
        )
    return Finding("ok", f"{use} is #{info['name']}, and I am in it")
