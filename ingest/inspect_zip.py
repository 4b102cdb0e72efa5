"""The members of an inspect_ai .eval log that hold scores, read from the zip behind limits."""

import importlib
import io
import re
import struct
import zlib
from types import ModuleType
from typing import Any

from ingest.file import MAX_UNPACKED_BYTES, File, Unreadable, decoded, parsed
from ingest.pick import table, tables

_ZSTD = 93
_METHODS = {0, 8, _ZSTD}  # stored, deflate
_MAX_MEMBERS = 100_000
_JOURNAL = re.compile(r"_journal/summaries/\d+\.json")
_ZSTD_TODO = (
    "Install assay-bot[evals], or push what `inspect log dump` prints for it, which is JSON."
)


def is_inspect_zip(content: bytes) -> bool:
    """True when the bytes are a zip (an .eval log is the only zip that is read)."""
    return content.startswith(b"PK\x03\x04")


def read_log(file: File) -> dict[str, Any]:
    """Header and sample summaries as one log. Raises Unreadable. Transcripts stay packed.

    A log without header.json is one whose run never ended: it is read from the journal.
    """
    archive = _Archive(file.content)
    if "header.json" in archive.names:
        log = table(archive.json("header.json"), "header.json")
    elif "_journal/start.json" in archive.names:
        log = {**table(archive.json("_journal/start.json"), "the journal"), "status": "started"}
    else:
        raise Unreadable("it is a zip, but no inspect_ai log", "Push the file inside it.")
    return {**log, "samples": archive.summaries()}


class _Archive:
    def __init__(self, content: bytes) -> None:
        self._zip_module = _zip_module()
        self._left = MAX_UNPACKED_BYTES
        self._faults = (
            *(self._zip_module.BadZipFile, zlib.error, struct.error, NotImplementedError),
            *(OSError, EOFError, ValueError, RuntimeError, OverflowError, *_zstd_faults()),
        )
        try:
            self._zip = self._zip_module.ZipFile(io.BytesIO(content))
        except self._faults:
            raise self._damaged() from None
        self.names = {one.filename: one for one in self._zip.infolist()}
        if len(self._zip.infolist()) > _MAX_MEMBERS:
            raise Unreadable(f"it has more than {_MAX_MEMBERS:,} parts", "Push it in parts.")

    def summaries(self) -> list[Any]:
        if "summaries.json" in self.names:
            return tables(self.json("summaries.json"), "summaries.json")
        parts = sorted(name for name in self.names if _JOURNAL.fullmatch(name))
        return [one for part in parts for one in tables(self.json(part), part)]

    def json(self, name: str) -> Any:
        member = self.names[name]
        if member.compress_type not in _METHODS:
            raise Unreadable("its parts are packed in a way inspect_ai does not", _ZSTD_TODO)
        if member.compress_type == _ZSTD and not hasattr(self._zip_module, "ZIP_ZSTANDARD"):
            why = "its parts are packed with zstd, which this installation cannot unpack"
            raise Unreadable(why, _ZSTD_TODO)
        try:
            with self._zip.open(member) as stream:
                plain = stream.read(self._left + 1)
        except self._faults:
            raise self._damaged() from None
        self._left -= len(plain)
        if self._left < 0:
            raise Unreadable(
                f"its scores unpack to more than {MAX_UNPACKED_BYTES >> 20} MiB",
                "Push the run in parts.",
            )
        return parsed(decoded(plain))

    def _damaged(self) -> Unreadable:
        return Unreadable("its zip packing is damaged or cut off", "Copy the complete file again.")


def _zip_module() -> ModuleType:
    """A zipfile that knows zstd where one is installed, else the standard one."""
    try:
        return importlib.import_module("backports.zstd.zipfile")
    except ImportError:
        return importlib.import_module("zipfile")


def _zstd_faults() -> tuple[type[Exception], ...]:
    for name in ("backports.zstd", "compression.zstd"):
        try:
            return (importlib.import_module(name).ZstdError,)
        except ImportError:
            continue
    return ()
