"""The app manifest, made from the command table: Socket Mode and HTTP variants."""

import json
from dataclasses import dataclass
from typing import Any

from handlers.table import Table

SCOPES = (
    "app_mentions:read",
    "channels:history",
    "channels:read",
    "chat:write",
    "chat:write.public",
    "commands",
    "files:read",
    "files:write",
    "groups:history",
    "groups:read",
    "im:history",
    "im:read",
    "im:write",
    "reactions:write",
    "team:read",
    "usergroups:read",
    "users:read",
)
OPTIONAL = ("chat:write.public", "usergroups:read")
EVENTS = (
    "app_home_opened",
    "app_mention",
    "app_uninstalled",
    "member_joined_channel",
    "message.channels",
    "message.groups",
    "message.im",
    "subteam_members_changed",
    "team_join",
    "tokens_revoked",
    "user_change",
)
AGENT = (
    "Runs an AI team's experiments: ask how things stand, report results and blockers, decide. It "
    "answers from the team's records; nothing is changed before you press a button."
)
# What is typed after a slash; every other command is also a word of /assay.
FEW = ("/assay", "/exp", "/kill", "/standup", "/ask")
SUMMARIES = {
    "/assay": "Ask or tell in your own words: an id, who is blocked, how are we doing",
    "/exp": "Experiments: new, show, list, update, move, promote",
    "/board": "The board: columns, limits, funnel, metrics",
    "/kill": "Kill an experiment and keep what was learnt",
    "/standup": "Answer the standup, or set it up",
    "/blocker": "What holds people up: list, resolve, escalate",
    "/learn": "What was learned: find it, keep it",
    "/data": "Data readiness: cards, labels, versions, vendors",
    "/eng": "ML engineering: infra, optimization, deployment tickets",
    "/team": "Teams: start, join, list, who is in them",
    "/gpu": "GPUs: who runs, who waits for one, shortages",
    "/gate": "The eval gate: verdicts, Definition of Done, overrides",
    "/sprint": "Sprints: plan, status, review, retro, velocity",
    "/canvas": "The project canvas: goals, metrics, data, risks, time box",
    "/phase": "The project's phase: week, explore:exploit, wrong-phase signs",
    "/diagnose": "Nothing ships? What the data say, and what to do",
    "/digest": "The digest: draft, hold, correct; risks and needs",
    "/need": "What leadership is asked for: add, change, decide",
    "/ask": "When will it be ready, how accurate is it, can you just add X",
    "/forecast": "When will the target be reached? A range with dates, and its record",
    "/drift": "Have the inputs changed? Sources, columns, verdicts",
    "/track": "What MLflow and W&B tell of your runs",
    "/ticket": "Tickets in Jira, Linear or GitHub: link one, see what differs",
}


@dataclass(frozen=True)
class Doors:
    """What a workspace may have beside the usual, each asking for more of Slack.

    pictures: answers under their writers' names and pictures. agent: suggested prompts in the
    Messages tab (agent_view), which makes every message there the head of a thread. links: the
    host whose links to experiments are shown as cards, "" for none.
    """

    pictures: bool = False
    agent: bool = False
    links: str = ""

    @property
    def scopes(self) -> list[str]:
        """What they need, beside SCOPES."""
        found = ["chat:write.customize"] if self.pictures else []
        found += ["assistant:write"] if self.agent else []
        return found + (["links:read", "links:write"] if self.links else [])

    @property
    def features(self) -> dict[str, Any]:
        """What they add to the features."""
        found: dict[str, Any] = {"agent_view": {"agent_description": AGENT}} if self.agent else {}
        return found | ({"unfurl_domains": [self.links]} if self.links else {})

    @property
    def events(self) -> list[str]:
        """What they hear, beside EVENTS."""
        return ["link_shared"] if self.links else []


NO_DOORS = Doors()


def manifest(
    table: Table, *, url: str = "", every: bool = False, doors: Doors = NO_DOORS
) -> dict[str, Any]:
    """The manifest as Slack takes it. url: the public address for the HTTP variant. every: all
    commands, not only the few that have no word of /assay.
    """
    commands = table.commands() if every else FEW
    events: dict[str, Any] = {"bot_events": sorted([*EVENTS, *doors.events])}
    interactivity: dict[str, Any] = {"is_enabled": True}
    if url:
        events["request_url"] = interactivity["request_url"] = f"{url}/slack/events"
    return {
        "_metadata": {"major_version": 2, "minor_version": 1},
        "display_information": {
            "name": "Assay",
            "description": "Runs an AI team's experiments: standups, time boxes, kills with "
            "learnings, honest digests",
            "background_color": "#1F3A3D",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": "Assay", "always_online": True},
            "shortcuts": _shortcuts(table),
            "slash_commands": [_command(table, name, url) for name in commands],
            **doors.features,
        },
        "oauth_config": {"scopes": _scopes(doors)},
        "settings": {
            "event_subscriptions": events,
            "interactivity": interactivity,
            "org_deploy_enabled": False,
            "socket_mode_enabled": not url,
            "token_rotation_enabled": False,
        },
    }


def _scopes(doors: Doors) -> dict[str, list[str]]:
    optional = [*OPTIONAL, *(scope for scope in doors.scopes if scope == "chat:write.customize")]
    return {"bot": sorted([*SCOPES, *doors.scopes]), "bot_optional": sorted(optional)}


def _shortcuts(table: Table) -> list[dict[str, str]]:
    known = {
        "new_experiment": ("New experiment", "global", "Write a hypothesis ticket"),
        "result_from_message": ("Report as result", "message", "Its figures, in their words"),
        "blocker_from_message": ("Report as blocker", "message", "Whoever wrote it is stuck"),
        "learn_from_message": ("Log a learning", "message", "Keep it where it is found again"),
    }
    return [
        {"name": name, "type": kind, "callback_id": callback, "description": what}
        for callback, (name, kind, what) in known.items()
        if ("shortcut", callback) in table.named
    ]


def _command(table: Table, name: str, url: str) -> dict[str, Any]:
    verbs = table.of(name)
    words = [verb.verb for verb in verbs if verb.verb]
    bare = next((verb for verb in verbs if not verb.verb), verbs[0])
    hint = bare.usage or " | ".join(words)
    entry = {
        "command": name,
        "description": SUMMARIES[name],
        "usage_hint": hint[:1000],
        "should_escape": True,
    }
    return entry | ({"url": f"{url}/slack/events"} if url else {})


def as_text(table: Table, *, url: str = "", every: bool = False, doors: Doors = NO_DOORS) -> str:
    """The manifest as the file that is shipped."""
    made = manifest(table, url=url, every=every, doors=doors)
    return json.dumps(made, indent=2, ensure_ascii=False) + "\n"
