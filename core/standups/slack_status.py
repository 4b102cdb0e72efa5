"""What somebody's Slack status suggests about their being away."""

import re
import zlib
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from core.standups.absence import LONGEST_DAYS, DaySpan

_AWAY_EMOJI = {
    "palm_tree", "face_with_thermometer", "airplane", "no_entry", "no_entry_sign",
    "beach_with_umbrella", "face_with_head_bandage", "sick", "island",
    "desert_island", "airplane_departure", "luggage",
}  # fmt: skip
_AWAY_TEXT = re.compile(
    r"\b(vacation(ing)?|on leave|annual leave|parental leave|pto|ooo|out of (the )?office|"
    r"out sick|sick( leave| day)?|holidays?|urlaub|krank|abwesend|congés?|vacaciones|ferie)\b",
    re.I,
)
_BACK_BY_NOON = timedelta(hours=12)


@dataclass(frozen=True)
class SlackStatus:
    """A Slack status. emoji: its name without colons; expires_at: UTC, None for no end."""

    text: str = ""
    emoji: str = ""
    expires_at: datetime | None = None

    @property
    def mark(self) -> str:
        """The same for the same status, to speak of it once."""
        ends = self.expires_at.astimezone(UTC).isoformat() if self.expires_at else ""
        return f"{zlib.crc32(f'{self.emoji}|{self.text}|{ends}'.encode(errors='replace')):08x}"


def away_span(status: SlackStatus, now: datetime, where: ZoneInfo) -> DaySpan | None:
    """The days that status says its owner is away, from today on; None when it says nothing.

    A status without an end says nothing about when to ask again. One that ends by noon leaves
    that day out: its owner is back to be asked.
    """
    looks_away = status.emoji in _AWAY_EMOJI or bool(_AWAY_TEXT.search(status.text))
    if not looks_away or status.expires_at is None or status.expires_at <= now:
        return None
    today = now.astimezone(where).date()
    last: date = (status.expires_at - _BACK_BY_NOON).astimezone(where).date()
    if last < today or (last - today).days >= LONGEST_DAYS:
        return None
    return DaySpan(today, last)
