"""Databases as earlier releases left them: tables of that revision, with rows in every one."""

import json
import lzma
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from alembic.script import ScriptDirectory
from sqlalchemy import JSON, Boolean, Column, Connection, DateTime, Engine, MetaData, Table, text
from sqlalchemy import Date as DateType

from models import db
from models.experiments import learning

DEMO = Path(__file__).parent / "data" / "demo" / "rows_0015.json.xz"
DEMO_REVISION = "0015"
AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
Key = tuple[Any, ...]  # the table's name and the row's primary key
Kept = dict[Key, dict[str, Any]]  # to the row's columns

# What a column holds where a plain text, number or flag would make no sense; {n}: which team.
MEANT: Mapping[str, Any] = {
    "workspace": "T{n}",
    "slack_id": "T{n}",
    "user_id": "U{n}",
    "owner": "U{n}",
    "created_by": "U{n}",
    "zone": "Europe/Berlin",
    "zone_override": "Asia/Tokyo",
    "channel": "C{n}STANDUP",
    "team_channel": "C{n}TEAM",
    "leads_channel": "C{n}LEADS",
    "alerts_channel": "C{n}ALERTS",
    "digest_channel": "C0EXECUTIVES",
    "slack_channel": "C{n}TEAM",
    "slack_ts": "17{n}.000100",
    "at": "09:30",
    "starts": date(2026, 11, 9),
    "ends": date(2026, 11, 13),
    "settings": {},
    "values": {"hypothesis": "half typed"},
    "decided": [
        {"number": 1, "outcome": "killed", "on": "2026-11-09"},
        {"number": 2, "outcome": "killed", "on": "2026-11-11"},
        {"number": 3, "outcome": "promoted", "on": "2026-11-11"},
    ],
}
MEANT_IN: Mapping[tuple[str, str], Any] = {
    ("member", "role"): "admin",
    ("outbox", "state"): "sent",
    ("experiment", "direction"): "higher",
    ("experiment", "stage"): "experiment",
    ("experiment", "outcome"): "",
}


def revisions() -> list[str]:
    """All there are, first to last."""
    found = ScriptDirectory(str(Path(db.__file__).parent / "migrations")).walk_revisions()
    return [one.revision for one in found][::-1]


def tables(connection: Connection) -> list[Table]:
    """The tables there are now, in an order in which rows can be written."""
    found = MetaData()
    found.reflect(connection, only=lambda name, _: not name.startswith(learning.SEARCH))
    return [table for table in found.sorted_tables if table.name != "alembic_version"]


def write(engine: Engine, n: int) -> Kept:
    """One row of workspace `n` in every table there is; all of them as the database has them."""
    kept: Kept = {}
    with engine.begin() as connection:
        made: dict[str, Any] = {}
        for table in tables(connection):
            values = {c.name: _value(c, n, made) for c in _written(table)}
            key = connection.execute(table.insert().values(values)).inserted_primary_key
            assert key
            made[table.name] = key[0]
            kept |= {at: row for at, row in _rows(connection, table) if at == (table.name, *key)}
    return kept


def now(engine: Engine) -> Kept:
    """Every row of the database as it is now."""
    kept: Kept = {}
    with engine.connect() as connection:
        for table in tables(connection):
            kept |= dict(_rows(connection, table))
    return kept


def write_demo(engine: Engine) -> Kept:
    """The rows of a demo of before there were teams, on tables of DEMO_REVISION."""
    given = json.loads(lzma.decompress(DEMO.read_bytes()))
    with engine.begin() as connection:
        for table in tables(connection):
            if table.name in given:
                connection.execute(table.insert(), list(_read(table, given[table.name])))
            if not db.is_sqlite(engine) and "id" in table.c:
                last = f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), max(id))"
                connection.execute(text(f'{last} FROM "{table.name}" HAVING max(id) > 0'))
    return now(engine)


def _read(table: Table, given: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    written = {column.name for column in table.c if column.computed is None}
    for row in given["rows"]:
        named = zip(given["columns"], row, strict=True)
        yield {name: _typed(table.c[name], value) for name, value in named if name in written}


def _typed(column: Column[Any], value: Any) -> Any:
    if value is None:
        return None
    if isinstance(column.type, JSON):
        return json.loads(value)
    if isinstance(column.type, DateTime):
        return datetime.fromisoformat(value).replace(tzinfo=UTC)
    if isinstance(column.type, DateType):
        return date.fromisoformat(value)
    return bool(value) if isinstance(column.type, Boolean) else value


def _rows(connection: Connection, table: Table) -> Iterator[tuple[Key, dict[str, Any]]]:
    keys = [column.name for column in table.primary_key.columns]
    for row in connection.execute(table.select()).mappings():
        yield (table.name, *(row[name] for name in keys)), {**row}


def _written(table: Table) -> list[Column[Any]]:
    return [c for c in table.c if c.computed is None and c.name != "id"]


def _value(column: Column[Any], n: int, made: Mapping[str, Any]) -> Any:
    for other in column.foreign_keys:
        return made.get(other.column.table.name)
    kind = column.type
    if isinstance(kind, DateTime):
        return AT
    meant = MEANT.get(column.name, f"{column.table.name} {column.name} {{n}}")
    meant = MEANT_IN.get((column.table.name, column.name), meant)
    if isinstance(meant, str) and issubclass(kind.python_type, str):
        return meant.replace("{n}", f"{n:02}")
    if isinstance(kind, JSON) or isinstance(meant, date):
        return meant if column.name in MEANT else []
    if isinstance(kind, DateType):
        return AT.date()
    return kind.python_type(n)
