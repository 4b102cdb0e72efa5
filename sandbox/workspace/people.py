"""Members and user groups of the sandbox's workspace, shaped as Slack shows them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sandbox.shapes import Json

QUIET_FROM_HOUR, QUIET_TO_HOUR = 22, 8


@dataclass
class Member:
    """One person (or the bot). ``tz`` is an IANA name; the offset is always computed."""

    id: str
    name: str
    real_name: str
    tz: str
    title: str = ""
    color: str = "9f69e7"
    is_bot: bool = False
    is_lead_hint: bool = False
    deleted: bool = False
    status_text: str = ""
    status_emoji: str = ""
    status_expiration: int = 0
    updated: int = 0

    @property
    def display_name(self) -> str:
        """What they are called: their first name."""
        return self.real_name.split()[0]

    @property
    def email(self) -> str:
        """An address that can reach nobody."""
        return f"{self.name}@example.com"

    def picture(self, size: int) -> str:
        """Where Slack would keep their picture; the page draws their initials instead."""
        return f"https://avatars.slack-edge.com/sandbox/{self.id}_{size}.png"

    def tz_label(self, at: datetime) -> str:
        """The zone's name as people say it, like ``GMT+2 (Europe/Berlin)``."""
        offset = self.tz_offset_s(at) / 3600
        return f"GMT{offset:+g} ({self.tz})"

    def tz_offset_s(self, at: datetime) -> int:
        """Seconds east of UTC at the moment ``at``."""
        offset = at.astimezone(ZoneInfo(self.tz)).utcoffset() or timedelta()
        return int(offset.total_seconds())

    def profile(self, team_id: str, *, with_email: bool) -> Json:
        """The ``profile`` object; the address needs the scope users:read.email."""
        profile: Json = {
            "title": self.title,
            "real_name": self.real_name,
            "real_name_normalized": self.real_name,
            "display_name": self.display_name,
            "display_name_normalized": self.display_name,
            "status_text": self.status_text,
            "status_emoji": self.status_emoji,
            "status_expiration": self.status_expiration,
            "team": team_id,
            "avatar_hash": f"g{self.id.lower()}",
            **{f"image_{size}": self.picture(size) for size in (24, 32, 48, 72, 192, 512)},
        }
        if with_email and not self.is_bot:
            profile["email"] = self.email
        return profile

    def as_user(self, team_id: str, *, at: datetime, with_email: bool = True) -> Json:
        """The Slack ``user`` object; a deactivated member has no time zone, as in Slack."""
        user: Json = {
            "id": self.id,
            "team_id": team_id,
            "name": self.name,
            "deleted": self.deleted,
            "color": self.color,
            "real_name": self.real_name,
            "profile": self.profile(team_id, with_email=with_email),
            "is_admin": False,
            "is_owner": False,
            "is_primary_owner": False,
            "is_restricted": False,
            "is_ultra_restricted": False,
            "is_bot": self.is_bot,
            "is_app_user": False,
            "is_email_confirmed": not self.is_bot,
            "updated": self.updated,
            "who_can_share_contact_card": "EVERYONE",
        }
        if not self.deleted:
            user |= {
                "tz": self.tz,
                "tz_label": self.tz_label(at),
                "tz_offset": self.tz_offset_s(at),
            }
        return user

    def do_not_disturb(self, at: datetime) -> Json:
        """The next quiet hours (22:00 to 08:00 in their zone), as dnd.info tells them."""
        local = at.astimezone(ZoneInfo(self.tz))
        start = local.replace(hour=QUIET_FROM_HOUR, minute=0, second=0, microsecond=0)
        if local.hour < QUIET_TO_HOUR:
            start -= timedelta(days=1)
        end = (start + timedelta(days=1)).replace(hour=QUIET_TO_HOUR)
        return {
            "dnd_enabled": True,
            "next_dnd_start_ts": int(start.timestamp()),
            "next_dnd_end_ts": int(end.timestamp()),
            "snooze_enabled": False,
        }


@dataclass
class Usergroup:
    """A user group such as @ml-leads."""

    id: str
    handle: str
    name: str
    users: list[str] = field(default_factory=list)
    updated: int = 0

    def as_json(self, team_id: str, *, with_users: bool) -> Json:
        """The Slack ``usergroup`` object."""
        group: Json = {
            "id": self.id,
            "team_id": team_id,
            "is_usergroup": True,
            "name": self.name,
            "description": "",
            "handle": self.handle,
            "is_external": False,
            "date_create": 0,
            "date_update": self.updated,
            "date_delete": 0,
            "auto_type": None,
            "user_count": len(self.users),
        }
        if with_users:
            group["users"] = list(self.users)
        return group
