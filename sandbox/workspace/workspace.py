"""The workspace's state: who is there, where they talk, which views and files exist."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

from sandbox.shapes import ControlError, Json, SlackError
from sandbox.workspace.channels import Channel
from sandbox.workspace.people import Member, Usergroup
from sandbox.workspace.shared_files import SharedFile
from sandbox.workspace.surfaces import Surfaces


@dataclass
class Workspace:
    """Everything a reset throws away."""

    team_id: str
    team_name: str
    domain: str
    bot: Member
    bot_id: str
    app_id: str
    members: dict[str, Member] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    usergroups: dict[str, Usergroup] = field(default_factory=dict)
    files: dict[str, SharedFile] = field(default_factory=dict)
    surfaces: Surfaces = field(default_factory=Surfaces)
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def new_id(self, letter: str) -> str:
        """A fresh id like C0000007 or F0000012."""
        return f"{letter}{next(self.numbers):07d}"

    def person(self, who: str) -> Member:
        """A person by id or handle, for the control API."""
        bare = who.removeprefix("@")
        for member in self.members.values():
            if bare in (member.id, member.name) and not member.is_bot:
                return member
        raise ControlError(f"There is no person called {who!r} in this workspace.", 404)

    def place(self, where: str, person: Member) -> Channel:
        """A channel that person can see, by id or #name; ``@assay`` is the DM with the bot."""
        if where in (f"@{self.bot.name}", self.bot.id, "dm"):
            return self.dm(person.id)
        channel = self.find_channel(where)
        if channel is None or not self.sees(person.id, channel):
            raise ControlError(f"{person.name} sees no channel {where!r}.", 404)
        return channel

    def sees(self, user_id: str, channel: Channel) -> bool:
        """Whether that person can look into the channel."""
        return channel.kind == "channel" or user_id in channel.members

    def find_channel(self, where: str) -> Channel | None:
        """A channel by id or (#)name, whoever may see it."""
        if where in self.channels:
            return self.channels[where]
        name = where.removeprefix("#")
        named = (c for c in self.channels.values() if c.kind != "im" and c.name == name)
        return next(named, None)

    def dm(self, user_id: str) -> Channel:
        """The DM between the bot and that person (it always exists)."""
        for channel in self.channels.values():
            if channel.kind == "im" and channel.user == user_id:
                return channel
        raise SlackError("channel_not_found")

    def open_dm(self, user_id: str) -> Channel:
        """The DM as the bot opens it, with Slack's refusals."""
        member = self.members.get(user_id)
        if member is None:
            raise SlackError("user_not_found")
        if member.is_bot:
            raise SlackError("cannot_dm_bot")
        if member.deleted:
            raise SlackError("user_disabled")
        return self.dm(user_id)

    def bot_channel(self, where: str) -> Channel:
        """A channel the bot can see (public, or it is a member), or channel_not_found."""
        channel = self.find_channel(where)
        if channel is None or not self.sees(self.bot.id, channel):
            raise SlackError("channel_not_found")
        return channel

    def has_bot(self, channel: Channel) -> bool:
        """Whether the bot is a member."""
        return self.bot.id in channel.members

    def signed_author(self, username: str, icon_url: str) -> Json:
        """The same of a message under another name (chat:write.customize): it has no user."""
        icons = {f"image_{size}": icon_url for size in (36, 48, 72)} if icon_url else {}
        return {
            "subtype": "bot_message",
            "username": username,
            "bot_id": self.bot_id,
            "app_id": self.app_id,
            **({"icons": icons} if icons else {}),
        }

    def bot_author(self) -> Json:
        """The fields that mark a message as the bot's."""
        return {
            "user": self.bot.id,
            "bot_id": self.bot_id,
            "app_id": self.app_id,
            "team": self.team_id,
            "bot_profile": {
                "id": self.bot_id,
                "app_id": self.app_id,
                "name": self.bot.name,
                "deleted": False,
                "updated": 0,
                "team_id": self.team_id,
            },
        }
