"""The app's manifest as the sandbox needs it: scopes, events, commands, shortcuts."""

from __future__ import annotations

from dataclasses import dataclass

from sandbox.shapes import Json

# Which bot events need which scope (docs.slack.dev/reference/events).
EVENT_SCOPES = {
    "app_mention": "app_mentions:read",
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
    "member_joined_channel": "channels:read",
    "member_left_channel": "channels:read",
    "channel_archive": "channels:read",
    "channel_unarchive": "channels:read",
    "channel_rename": "channels:read",
    "channel_created": "channels:read",
    "group_rename": "groups:read",
    "group_archive": "groups:read",
    "user_change": "users:read",
    "team_join": "users:read",
    "reaction_added": "reactions:read",
    "reaction_removed": "reactions:read",
    "subteam_members_changed": "usergroups:read",
    "subteam_updated": "usergroups:read",
    "file_shared": "files:read",
    "link_shared": "links:read",
}
EVERY_SCOPE = frozenset(EVENT_SCOPES.values()) | {
    "channels:join",
    "channels:manage",
    "chat:write",
    "assistant:write",
    "chat:write.customize",
    "chat:write.public",
    "commands",
    "dnd:read",
    "files:write",
    "groups:write",
    "im:read",
    "im:write",
    "links:write",
    "mpim:read",
    "reactions:write",
    "team:read",
    "users:read.email",
}
AGENT_CHARACTERS, MOST_PROMPTS, MOST_DOMAINS = 300, 4, 5
FREE_EVENTS = frozenset({"app_home_opened", "app_uninstalled", "tokens_revoked"})


@dataclass(frozen=True)
class Command:
    """One slash command of the app."""

    command: str
    description: str = ""
    usage_hint: str = ""
    should_escape: bool = False


@dataclass(frozen=True)
class Shortcut:
    """One global or message shortcut of the app."""

    name: str
    type: str
    callback_id: str
    description: str = ""


@dataclass(frozen=True)
class Manifest:
    """What the installed app may do and hears."""

    name: str
    scopes: frozenset[str]
    bot_events: frozenset[str]
    commands: tuple[Command, ...] = ()
    shortcuts: tuple[Shortcut, ...] = ()
    home_tab: bool = True
    messages_tab: bool = True
    interactive: bool = True
    declares: bool = True
    agent: bool = False
    unfurl_domains: tuple[str, ...] = ()

    def command(self, command: str) -> Command | None:
        """The declared slash command, or None; an app that may do all has every command."""
        if not self.declares:
            return Command(command, should_escape=True)
        return next((c for c in self.commands if c.command == command), None)

    def shortcut(self, callback_id: str, kind: str) -> Shortcut | None:
        """The declared shortcut of that kind (global or message), or None."""
        if not self.declares:
            return Shortcut(callback_id, kind, callback_id)
        found = (s for s in self.shortcuts if (s.callback_id, s.type) == (callback_id, kind))
        return next(found, None)


def read_manifest(source: Json | None) -> Manifest:
    """The manifest of an app (JSON as Slack takes it); None stands for an app that may do all.

    Raises ValueError when an event is subscribed without its scope, as Slack does on saving.
    """
    if source is None:
        events = frozenset(EVENT_SCOPES) | FREE_EVENTS
        return Manifest("assay", EVERY_SCOPE, events, declares=False)
    features = source.get("features", {})
    settings = source.get("settings", {})
    scopes = frozenset(source.get("oauth_config", {}).get("scopes", {}).get("bot", []))
    events = frozenset(settings.get("event_subscriptions", {}).get("bot_events", []))
    _check_event_scopes(events, scopes)
    agent = features.get("agent_view")
    _check_agent(agent, scopes)
    domains = tuple(features.get("unfurl_domains", []))
    if len(domains) > MOST_DOMAINS or any("/" in domain for domain in domains):
        raise ValueError(f"unfurl_domains takes up to {MOST_DOMAINS} bare hosts.")
    home = features.get("app_home", {})
    return Manifest(
        name=features.get("bot_user", {}).get("display_name", "assay"),
        scopes=scopes,
        bot_events=events,
        commands=tuple(_command(entry) for entry in features.get("slash_commands", [])),
        shortcuts=tuple(_shortcut(entry) for entry in features.get("shortcuts", [])),
        home_tab=bool(home.get("home_tab_enabled", False)),
        messages_tab=bool(home.get("messages_tab_enabled", True))
        and not home.get("messages_tab_read_only_enabled", False),
        agent=agent is not None,
        unfurl_domains=domains,
        interactive=bool(settings.get("interactivity", {}).get("is_enabled", False)),
    )


def _check_event_scopes(events: frozenset[str], scopes: frozenset[str]) -> None:
    for event in sorted(events):
        needed = EVENT_SCOPES.get(event)
        if needed and needed not in scopes:
            raise ValueError(f"The manifest subscribes to {event} without the scope {needed}.")


def _check_agent(agent: Json | None, scopes: frozenset[str]) -> None:
    """docs.slack.dev/reference/app-manifest: agent_view, which only new apps can have."""
    if agent is None:
        return
    if "assistant:write" not in scopes:
        raise ValueError("The manifest has agent_view without the scope assistant:write.")
    if set(agent) - {"agent_description", "suggested_prompts"}:
        raise ValueError("agent_view takes agent_description and suggested_prompts.")
    if not 0 < len(str(agent.get("agent_description", ""))) <= AGENT_CHARACTERS:
        raise ValueError(f"agent_description has 1 to {AGENT_CHARACTERS} characters.")
    if len(agent.get("suggested_prompts", [])) > MOST_PROMPTS:
        raise ValueError(f"agent_view takes at most {MOST_PROMPTS} suggested prompts.")


def _command(entry: Json) -> Command:
    return Command(
        command=entry["command"],
        description=entry.get("description", ""),
        usage_hint=entry.get("usage_hint", ""),
        should_escape=bool(entry.get("should_escape", False)),
    )


def _shortcut(entry: Json) -> Shortcut:
    return Shortcut(
        name=entry["name"],
        type=entry["type"],
        callback_id=entry["callback_id"],
        description=entry.get("description", ""),
    )
