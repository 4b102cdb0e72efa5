"""A watched source: its pushes judged, what to tell about them, profiles as plain JSON."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from core.drift.compare import ColumnDrift, DriftReport, Status
from core.drift.document import DocumentDrift
from core.drift.profile import ColumnProfile
from core.errors import Refused

Role = Literal["reference", "current"]
ORDER: tuple[Status, ...] = ("ALERT", "WARN", "NOT ENOUGH", "OK")
ADVICE = "Inputs changed; check labels and evals."
MOST_COLUMNS = 2000
SILENT_DAYS = 8
RESERVED = ("help", "document", "chart")
_NAME = re.compile(r"[A-Za-z0-9][\w./-]{0,79}", re.ASCII)


@dataclass(frozen=True)
class Pushed:
    """A profile as it came in.

    source: the data set's name. role: "reference" replaces what later pushes are judged against.
    profile: by column; a current one counted in the reference's buckets. at: when its rows are
    from, None for now. by: a user id, or the name of the token.
    """

    source: str
    role: Role
    profile: Mapping[str, ColumnProfile]
    at: datetime | None
    by: str


@dataclass(frozen=True)
class TakenPush:
    """One push as it was taken. columns and document: worst first, empty for a reference.

    role: what it became (the first push of a source is its reference). status: the worst of its
    columns, "" for a reference. added: columns the reference does not know. opened, ongoing,
    recovered: features whose episode began, went on, or ended with it. is_repeat: the same push
    had been taken before and nothing was said again. is_late: a newer one had come before it.
    """

    source: str
    role: Role
    at: datetime
    by: str
    rows: int
    reference_at: datetime
    reference_by: str
    status: Status | Literal[""] = ""
    columns: tuple[ColumnDrift, ...] = ()
    document: tuple[DocumentDrift, ...] = ()
    added: tuple[str, ...] = ()
    opened: tuple[str, ...] = ()
    ongoing: tuple[str, ...] = ()
    recovered: tuple[str, ...] = ()
    is_repeat: bool = False
    is_late: bool = False

    def of(self, status: Status) -> list[ColumnDrift]:
        """The columns with that verdict, the largest PSI first."""
        return [column for column in self.columns if column.status == status]


@dataclass(frozen=True)
class Drifted:
    """A feature's episode. alerts: pushes in a row of it that were an ALERT.

    state: open | recovered | ended (the reference was replaced). psi: None for a schema change.
    """

    source: str
    feature: str
    since: datetime
    last: datetime
    psi: float | None
    reason: str
    state: str = "open"
    alerts: int = 1
    ended: datetime | None = None


@dataclass(frozen=True)
class Links:
    """What a drift may concern: experiments (id, title) and notes (number, text) that name it."""

    experiments: tuple[tuple[str, str], ...] = ()
    risks: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True)
class Alarm:
    """What one push raised: its episodes as they stand now."""

    source: str
    features: tuple[Drifted, ...]
    links: Links = field(default_factory=Links)

    @property
    def is_over(self) -> bool:
        """True when none of its features drifts any more."""
        return all(feature.state != "open" for feature in self.features)


@dataclass(frozen=True)
class SourceState:
    """A source as somebody looks at it.

    rows: of the reference. heard: when anything was pushed last. last: the newest verdicts, None
    before the first. is_outdated: they are against a reference that was replaced since.
    """

    source: str
    rows: int
    reference_at: datetime
    reference_by: str
    heard: datetime
    last: TakenPush | None = None
    is_outdated: bool = False
    drifted: tuple[Drifted, ...] = ()
    links: Links = field(default_factory=Links)

    @property
    def standing(self) -> str:
        """The newest verdict, or NOT JUDGED when there is none against this reference."""
        return self.last.status if self.last and not self.is_outdated else "NOT JUDGED"

    def days_silent(self, now: datetime) -> int:
        """Full days since the last push, 0 while they are fewer than SILENT_DAYS."""
        days = (now - self.heard).days
        return days if days >= SILENT_DAYS else 0


@dataclass(frozen=True)
class Monday:
    """The weekly drift report. on: the local Monday it was due."""

    on: date
    now: datetime
    sources: tuple[SourceState, ...]

    def of(self, standing: str) -> list[SourceState]:
        """The sources that stand so and are not silent, by name."""
        return [s for s in self.sources if s.standing == standing and not self.days(s)]

    def silent(self) -> list[SourceState]:
        """The sources nothing was pushed for, by name."""
        return [seen for seen in self.sources if self.days(seen)]

    def days(self, seen: SourceState) -> int:
        """Days of silence of a source, as SourceState.days_silent."""
        return seen.days_silent(self.now)


def source_name(typed: str) -> str:
    """The name of a source as it is kept. Raises Refused."""
    name = typed.strip()
    if name.casefold() in RESERVED or not _NAME.fullmatch(name):
        raise Refused(
            f"“{typed[:40]}” cannot name a source.",
            "Use up to 80 letters, digits and . _ - / like `customers` or `prod/requests`.",
        )
    return name


def rows_of(profile: Mapping[str, ColumnProfile]) -> int:
    """Rows of the data set: those of its longest column."""
    return max((column.rows for column in profile.values()), default=0)


def worst_first(report: DriftReport) -> tuple[ColumnDrift, ...]:
    """By verdict, then the largest PSI first; schema changes before all."""

    def key(column: ColumnDrift) -> tuple[int, float, str]:
        psi = math.inf if column.psi is None else column.psi
        return ORDER.index(column.status), -psi, column.name

    return tuple(sorted(report.columns, key=key))


def worst(columns: Sequence[ColumnDrift]) -> Status:
    """The verdict on the whole push; what could not be judged is never OK."""
    return min((column.status for column in columns), key=ORDER.index, default="NOT ENOUGH")


def mentions(text: str, source: str) -> bool:
    """True when the text names the source as a word of its own."""
    return bool(re.search(rf"(?<![\w.-]){re.escape(source)}(?![\w-])", text, re.IGNORECASE))


def sentence(report: TakenPush) -> str:
    """The push in one line, for a terminal."""
    if report.role == "reference":
        kept = f"{report.source}: reference of {report.rows:,} rows kept."
        return f"{kept} It was there already." if report.is_repeat else kept
    counted = ", ".join(
        f"{len(found)} {status}" for status in ORDER if (found := report.of(status))
    )
    line = f"{report.source}: {report.status} ({counted} of {len(report.columns)} columns)."
    return f"{line} {ADVICE}" if report.status == "ALERT" else line
