"""A copy of a SQLite database, made while it is in use and checked before it counts."""

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from sqlalchemy import Engine

from models import db

_COUNTED = {"team", "experiment", "answer", "digest"}  # what a copy is recognised by


def copy(engine: Engine, target: Path) -> dict[str, int]:
    """Copy a SQLite database to a file while it is in use; how many rows of each kind are in it.

    An earlier copy is replaced only by a new one that was checked. Raises ValueError with what is
    wrong: not SQLite, no database of ours at that address, a target that cannot be written.
    """
    if not db.is_sqlite(engine):
        raise ValueError("backup copies SQLite; for Postgres use pg_dump")
    source = Path(engine.url.database or "")
    if not source.is_file():
        raise ValueError(f"there is no database at {source.absolute()}; set DATABASE_URL")
    if target.is_dir() or not target.parent.is_dir():
        raise ValueError(f"{target} is no file in a folder that exists; make the folder first")
    if target.exists() and target.samefile(source):
        raise ValueError(f"{target} is the database itself; name another file")
    part = target.with_name(f"{target.name}.part")
    try:
        part.unlink(missing_ok=True)
        counts = _copied(source, part)
        part.replace(target)
    except (sqlite3.Error, OSError) as fault:
        raise ValueError(f"{target} was not written ({fault}); an earlier copy stays") from fault
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return counts


def _copied(source: Path, part: Path) -> dict[str, int]:
    given = sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)
    with closing(given), closing(sqlite3.connect(part)) as made:
        given.backup(made)
        found = {name for (name,) in made.execute("SELECT name FROM sqlite_master")}
        if "alembic_version" not in found:
            raise ValueError(f"{source.absolute()} is no database of Assay; set DATABASE_URL")
        if made.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise ValueError(f"{source.absolute()} is damaged; an earlier copy stays")
        return {
            name: made.execute(f"SELECT count(*) FROM {name}").fetchone()[0]  # noqa: S608
            for name in sorted(found & _COUNTED)
        }
