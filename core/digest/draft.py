"""One week's digest on its way out, as values: drafted, edited, held, posted, corrected."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from core.digest.page import Page

LABELS = {
    "headline": "First line",
    "progress": "Progress since last report",
    "learned": "What we learned",
    "risks": "Risks and blockers",
    "needs": "What we need from leadership",
    "next": "Next milestone",
}
OPEN, HELD, POSTING, POSTED, MISSED = "open", "held", "posting", "posted", "missed"
LIVE = (OPEN, HELD, POSTING)


@dataclass(frozen=True)
class DraftSection:
    """A section as it is stored. own: name of the lead whose own words it is, or ""."""

    key: str
    title: str
    lines: tuple[str, ...]
    own: str = ""


@dataclass(frozen=True)
class Edit:
    """A section as a lead typed it. by, name: user id and display name; own: unverified words."""

    key: str
    lines: tuple[str, ...]
    by: str
    name: str
    own: bool = False


@dataclass(frozen=True)
class Doubt:
    """A sentence that the records do not support, in which section, and why in plain words."""

    key: str
    sentence: str
    why: str


@dataclass(frozen=True)
class Fallen:
    """An edit that was not posted because its figures no longer hold, with what did not."""

    edit: Edit
    doubts: tuple[Doubt, ...]


@dataclass(frozen=True)
class Issue:
    """A digest as it stands in its channel. edited: the editors' names; was corrected: when."""

    page: Page
    edited: tuple[str, ...] = ()
    own: bool = False
    corrected_at: datetime | None = None


@dataclass(frozen=True)
class Draft:
    """A digest on its way, for its living message. on: its day; due: when it posts by itself.

    state: open | held | posting | posted | missed. by, at: who brought it there, and when
    (by "" for the clock). page: with the edits in it; fallen: edits that do not hold any more.
    unsaid: Slack's word for why it does not stand in its channel although it was posted. others:
    the teams whose digest it waits for, to be one message with them.
    """

    number: int
    on: date
    due: datetime
    state: str
    channel: str
    page: Page
    edits: tuple[Edit, ...] = ()
    fallen: tuple[str, ...] = ()
    by: str = ""
    at: datetime | None = None
    reason: str = ""
    post_key: str = ""
    unsaid: str = ""
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class Upcoming:
    """There is no draft yet: when it comes (None: this team wants none), and when it posts."""

    on: date
    due: datetime
    drafted: datetime | None
    channel: str


@dataclass(frozen=True)
class Sent:
    """A form as it came back. number: of the draft or digest; version: of the text it showed.

    texts: by section; own: the sections to be posted as the lead's own words; tag: what the
    fields' names end with, since Slack keeps what stands in a field of the same name.
    """

    number: int
    version: int
    texts: Mapping[str, str]
    own: tuple[str, ...] = ()
    tag: str = ""


@dataclass(frozen=True)
class Form:
    """What a form shows: `Sent`, for which digest, and what is wrong with it.

    purpose: edit | correct. overtaken: who changed the text meanwhile, "" for nobody; standing:
    what that person wrote, by section.
    """

    purpose: str
    on: date
    sent: Sent
    doubts: tuple[Doubt, ...] = ()
    overtaken: str = ""
    standing: tuple[tuple[str, str], ...] = ()

    @property
    def week(self) -> str:
        """The ISO week of that digest: `2026-W48`."""
        year, week, _ = self.on.isocalendar()
        return f"{year}-W{week:02d}"


@dataclass(frozen=True)
class Preview:
    """The digest as it would be posted now. out: the sections whose edit does not hold now."""

    page: Page
    out: tuple[str, ...] = ()


@dataclass(frozen=True)
class Correction:
    """What was changed in a posted digest: (section, from, to), by whom."""

    on: date
    by: str
    at: datetime
    changes: tuple[tuple[str, str, str], ...]
