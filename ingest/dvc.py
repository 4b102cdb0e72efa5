"""What DVC tracks: a `.dvc` file or `dvc.lock`, read for the fingerprint of one file or folder.

Of DVC 0.x to 3.x: `md5`, `etag` or `checksum`; folders (`….dir`, or listed file by file where the
remote keeps versions); imports, whose source is the place; imports that were not downloaded, whose
source has the only hash.
"""

import hashlib
import json
import posixpath
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.text import shorten
from ingest.dvc_yaml import parsed
from ingest.file import File, Unreadable, decoded, told, unpacked

MAX_BYTES = 2 * 1024 * 1024
_HASHES = ("md5", "etag", "checksum")
_MD5 = re.compile(r"[0-9a-f]{32}(?:\.dir)?", re.IGNORECASE)
_LISTED = 8  # paths named when one has to be chosen
_URL = re.compile(r"[a-z][a-z0-9+.-]{0,30}://", re.IGNORECASE)

Entry = Mapping[str, Any]


@dataclass(frozen=True)
class Tracked:
    """A file or folder under DVC. hash: with its kind (`md5 22e3….dir`). size: bytes; size, files
    (of a folder): None when DVC did not say. location: where it came from, else its path.
    """

    path: str
    hash: str
    size: int | None
    files: int | None
    location: str


@dataclass(frozen=True)
class _Part:
    """An output or dependency. wdir: the folder its path is under; source: what it came from."""

    entry: Entry
    wdir: str = ""
    source: Entry | None = None

    @property
    def path(self) -> str:
        path = _text(self.entry, "path")
        if self.wdir in ("", ".") or _URL.match(path):
            return path
        # Above the file's own folder, whose name nobody here knows: as far as it is known.
        return posixpath.normpath(posixpath.join(self.wdir, path)).replace("../", "")


def read_dvc(file: File, *, out: str = "") -> Tracked:
    """What that file tracks; out: the path of which, where it tracks several. Raises Refused."""
    with told(file):
        text = decoded(unpacked(file, max_bytes=MAX_BYTES))
        value = parsed(text)
        if not isinstance(value, dict):
            raise _not_dvc()
        outs, deps = _lock(value) if _is_lock(value) else _dvc(value)
        return _tracked(_chosen(outs, deps, out))


def _not_dvc() -> Unreadable:
    return Unreadable("it is no .dvc file and no dvc.lock", "Push what `dvc add` wrote.")


def _is_lock(value: Entry) -> bool:
    if "stages" in value:
        return True
    stages = [one for one in value.values() if isinstance(one, dict) and "cmd" in one]
    return bool(stages) and len(stages) == len(value)  # dvc.lock before 2.0


def _lock(value: Entry) -> tuple[list[_Part], list[_Part]]:
    stages = value.get("stages", value)
    if not isinstance(stages, dict) or not all(isinstance(s, dict) for s in stages.values()):
        raise _not_dvc()
    outs, deps = [], []
    for stage in stages.values():
        outs += [_Part(one) for one in _entries(stage, "outs")]
        deps += [_Part(one) for one in _entries(stage, "deps")]
    return outs, deps


def _dvc(value: Entry) -> tuple[list[_Part], list[_Part]]:
    if "outs" not in value:
        raise _not_dvc()
    wdir, deps = _text(value, "wdir"), _entries(value, "deps")
    imported = deps[0] if len(deps) == 1 and not _text(value, "cmd") else None
    outs = [_Part(one, wdir, imported) for one in _entries(value, "outs")]
    return outs, [_Part(one, wdir) for one in deps]


def _entries(value: Entry, name: str) -> list[Entry]:
    """The outs or deps of a stage; in dvc.yaml they are bare paths, which tell no version."""
    found = value.get(name) or []
    if isinstance(found, str) and _is_none(found):
        return []
    if not isinstance(found, list):
        raise _not_dvc()
    if any(not isinstance(one, dict) or "path" not in one for one in found):
        raise Unreadable(
            "it names paths without hashes, as dvc.yaml does", "Push dvc.lock beside it."
        )
    return found


def _chosen(outs: Sequence[_Part], deps: Sequence[_Part], wanted: str) -> _Part:
    name = wanted.strip().removeprefix("./").rstrip("/")
    if name:
        for part in (*outs, *deps):
            if part.path.removeprefix("./").rstrip("/") == name:
                return part
    if not outs and not deps:
        raise Unreadable("it tracks nothing", "Push what `dvc add` wrote.")
    paths = list(dict.fromkeys(part.path for part in outs or deps))
    more = f" and {len(paths) - _LISTED} more" if len(paths) > _LISTED else ""
    listed = ", ".join(shorten(path, 50) for path in paths[:_LISTED]) + more
    if name:
        raise Unreadable(f"it tracks no {shorten(name, 60)}", f"It tracks {listed}.")
    if len(paths) == 1:
        return (outs or deps)[0]
    raise Unreadable(f"it tracks {len(paths)} paths", f"Say which with --out: {listed}.")


def _tracked(part: _Part) -> Tracked:
    entry, listed = part.entry, _files(part.entry)
    hash_ = _hash(entry) or _folder(listed) or _version(entry)
    if not hash_ and part.source is not None:  # imported, not downloaded
        hash_, entry = _hash(part.source) or _revision(part.source), {**part.source, **entry}
    if not hash_:
        raise Unreadable(
            f"{shorten(part.path, 60)} has no hash in it",
            "DVC has not seen the data yet: `dvc pull` or `dvc commit` it, then push again.",
        )
    size = _count(entry, "size")
    if size is None and listed:
        sizes = [_count(one, "size") for one in listed]
        size = sum(one for one in sizes if one is not None) if None not in sizes else None
    files = _count(entry, "nfiles")
    return Tracked(part.path, hash_, size, files or len(listed) or None, _location(part))


def _files(entry: Entry) -> list[Entry]:
    found = entry.get("files")
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _hash(entry: Entry) -> str:
    """`md5 22e3….dir`, or "" where it has none. Raises Unreadable for an md5 that is none."""
    said = _text(entry, "hash")
    for name in dict.fromkeys((*([said] if said in entry else []), *_HASHES)):
        value = _text(entry, name).strip("\"'")
        if value and name == "md5" and not _MD5.fullmatch(value):
            raise Unreadable(f"“{shorten(value, 40)}” is no md5", "Push the file as DVC wrote it.")
        if value:
            return f"{name} {value.lower() if name == 'md5' else value[:150]}"
    return ""


def _folder(listed: Sequence[Entry]) -> str:
    """The hash DVC gives a folder, made from its files where only these have one."""
    rows = [{"md5": _text(one, "md5"), "relpath": _text(one, "relpath")} for one in listed]
    if not rows or not all(row["md5"] for row in rows):
        return ""
    rows.sort(key=lambda row: row["relpath"])
    made = json.dumps(rows, sort_keys=True).encode()
    return f"md5 {hashlib.md5(made, usedforsecurity=False).hexdigest()}.dir"


def _version(entry: Entry) -> str:
    """What the cloud calls that version, where it was never hashed."""
    clouds = entry.get("cloud")
    told = [entry, *(clouds.values() if isinstance(clouds, dict) else ())]
    for one in told:
        if isinstance(one, dict) and _text(one, "version_id"):
            return f"version {_text(one, 'version_id')[:150]}"
        if isinstance(one, dict) and _hash(one):
            return _hash(one)
    return ""


def _revision(source: Entry) -> str:
    repo = source.get("repo")
    lock = _text(repo, "rev_lock") if isinstance(repo, dict) else ""
    return f"rev {lock[:64]}" if lock else _version(source)


def _location(part: _Part) -> str:
    source = part.source or {}
    repo = source.get("repo")
    if isinstance(repo, dict):
        lock = _text(repo, "rev_lock")[:12] or _text(repo, "rev")
        return f"{_text(repo, 'url')}@{lock}:{_text(source, 'path')}"[:400]
    if _text(source, "path"):
        return _text(source, "path")[:400]
    clouds = part.entry.get("cloud")
    named = list(clouds) if isinstance(clouds, dict) else []
    remote = _text(part.entry, "remote") or ", ".join(named)
    return f"{part.path} on {remote}"[:400] if remote else part.path[:400]


def _count(entry: Entry, name: str) -> int | None:
    text = _text(entry, name)
    return int(text) if re.fullmatch(r"\d{1,18}", text) else None


def _text(entry: Entry, name: str) -> str:
    value = entry.get(name, "")
    return "" if not isinstance(value, str) or _is_none(value) else value.strip()


def _is_none(text: str) -> bool:
    return text.strip().lower() in {"", "null", "~"}
