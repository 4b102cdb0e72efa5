"""A file of tickets as Jira (or a sheet) exports them, a ticket a row."""

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from core.errors import Refused
from core.tracking.issue_import import Given, named

MOST = 2000
_KEY = ("issue_key", "key", "id")
_KIND = ("issue_type", "issuetype", "type_of_issue")
_TITLE, _STATUS, _CLOSED = ("summary", "title"), ("status",), ("resolved", "resolution_date")
# What Jira writes beside the fields of a ticket.
_BESIDE = ("issue_id", "parent_id", "project_key", "project_name", "project_type", "project_lead",
           "project_lead_id", "project_description", "project_url", "created", "updated",
           "last_viewed", "creator", "creator_id", "reporter", "reporter_id",
           "status_category", "status_category_changed", "resolution", "votes", "watchers",
           "watchers_id")  # fmt: skip


def given(text: str) -> list[Given]:
    """The tickets of that file. Raises Refused when it is none, or has too many."""
    sample = text.lstrip("\ufeff")
    rows = list(csv.reader(io.StringIO(sample), delimiter=_delimiter(sample)))
    if len(rows) < 2:
        raise Refused("There is no ticket in that file.", "Export them from Jira as CSV.")
    if len(rows) > MOST + 1:
        raise Refused(f"There are {len(rows) - 1} tickets in it.", f"Take {MOST} at once at most.")
    columns = [named(name) for name in rows[0]]
    for wanted in (_KEY, _KIND, _TITLE):
        if not any(name in columns for name in wanted):
            raise Refused(
                f"No column is called “{wanted[0].replace('_', ' ').capitalize()}”.",
                "Export all fields from Jira as CSV.",
            )
    return [_given(rows[0], row) for row in rows[1:] if any(cell.strip() for cell in row)]


def _delimiter(text: str) -> str:
    head = text.partition("\n")[0]
    return max(",;\t", key=head.count)


def _given(head: Sequence[str], row: Sequence[str]) -> Given:
    cells: dict[str, list[str]] = {}
    for name, cell in zip(head, row, strict=False):
        if cell.strip():
            cells.setdefault(name, []).append(cell.strip())
    texts = {name: ", ".join(some) for name, some in cells.items()}
    kind, key, title = (_first(texts, names) for names in (_KIND, _KEY, _TITLE))
    status, closed = _first(texts, _STATUS), _first(texts, _CLOSED)
    own = (*_KEY, *_KIND, *_TITLE, *_STATUS, *_CLOSED, *_BESIDE)
    left = {name: text for name, text in texts.items() if named(name) not in own}
    return Given(key.upper(), kind, title, status, left, _time(closed))


def _first(texts: Mapping[str, str], names: Sequence[str]) -> str:
    return next((text for name, text in texts.items() if named(name) in names), "")


def _time(text: str) -> datetime | None:
    """An instant as ISO writes it; Jira's own way depends on whose language the export had."""
    try:
        told = datetime.fromisoformat(text)
    except ValueError:
        return None
    return (told if told.tzinfo else told.replace(tzinfo=UTC)).astimezone(UTC)
