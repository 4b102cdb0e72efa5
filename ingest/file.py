"""A pushed file: its bytes, its text, its JSON, each behind a limit and read strictly."""

import gzip
import hashlib
import io
import json
import math
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from core.errors import Refused
from core.text import shorten

MAX_BYTES = 10 * 1024 * 1024
MAX_UNPACKED_BYTES = 32 * 1024 * 1024
_GZIP = b"\x1f\x8b"
_UTF16 = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")


class Unreadable(Exception):
    """Why a file cannot be read, and what to push instead. `told` adds which file it is."""

    def __init__(self, why: str, todo: str) -> None:
        super().__init__(why)
        self.why = why
        self.todo = todo


@dataclass(frozen=True)
class File:
    """A file as pushed: the name is only for people, the content decides what it is."""

    name: str
    content: bytes

    @cached_property
    def sha256(self) -> str:
        """Hex digest of the bytes as pushed."""
        return hashlib.sha256(self.content).hexdigest()

    @property
    def label(self) -> str:
        """The last part of the name, printable and on one line, at most 80 characters."""
        base = self.name.replace("\\", "/").rsplit("/", 1)[-1]
        printable = "".join(c if c.isprintable() else " " for c in base)
        return shorten(printable, 80) or "the file"


@contextmanager
def told(file: File) -> Iterator[None]:
    """Turns Unreadable into Refused: one sentence with the file, the reason and what to do."""
    try:
        yield
    except Unreadable as trouble:
        raise Refused(f"{file.label} was not read: {trouble.why}.", trouble.todo) from None


def unpacked(file: File, *, max_bytes: int = MAX_BYTES) -> bytes:
    """The bytes, gunzipped when they are gzip. Raises Unreadable when empty or too large."""
    if not file.content.strip():
        raise Unreadable("it is empty", "Push the file that the tool wrote.")
    if len(file.content) > max_bytes:
        raise Unreadable(
            f"it has {_mib(len(file.content))} MiB and the limit is {_mib(max_bytes)} MiB",
            "Push the scores without the transcripts, or a CSV of example_id, metric, score.",
        )
    return _gunzip(file.content) if file.content.startswith(_GZIP) else file.content


def _mib(size: int) -> str:
    return f"{size / 1024 / 1024:.1f}".removesuffix(".0")


def _gunzip(content: bytes) -> bytes:
    try:
        with gzip.open(io.BytesIO(content)) as stream:
            plain = stream.read(MAX_UNPACKED_BYTES + 1)
    except (OSError, EOFError, zlib.error):
        raise Unreadable("its gzip packing is damaged", "Pack or copy it again.") from None
    if len(plain) > MAX_UNPACKED_BYTES:
        raise Unreadable(
            f"it unpacks to more than {_mib(MAX_UNPACKED_BYTES)} MiB",
            "Push the scores without the transcripts.",
        )
    return plain


def decoded(content: bytes) -> str:
    """UTF-8 text without its byte order mark. Raises Unreadable for anything else."""
    if content.startswith(_UTF16):
        raise Unreadable("it is UTF-16 text", "Save it as UTF-8.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(f"byte {error.start + 1} is not UTF-8", "Save it as UTF-8.") from None
    if "\x00" in text:
        raise Unreadable("it holds binary data", "Push the text file that the tool wrote.")
    return text


def parsed(text: str) -> Any:
    """JSON, with NaN and infinities as floats. Raises Unreadable, also for a key given twice."""
    try:
        return json.loads(text, object_pairs_hook=_unique, parse_int=_integer)
    except json.JSONDecodeError as error:
        cut = error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated string")
        what = "it ends in the middle" if cut else f"it is not valid JSON ({error.msg})"
        raise Unreadable(
            f"{what} at line {error.lineno}, column {error.colno}",
            "Push the complete file as the tool wrote it.",
        ) from None
    except RecursionError:
        raise Unreadable(
            "it is nested too deeply", "Push the file as the tool wrote it."
        ) from None


def parsed_lines(text: str) -> list[Any]:
    """One JSON value per line, empty lines left out. Raises Unreadable naming the line."""
    values = []
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            try:
                values.append(parsed(line))
            except Unreadable as trouble:
                why = trouble.why.replace("line 1,", "").replace("at  column", "at column")
                raise Unreadable(f"line {number}: {why}", trouble.todo) from None
    return values


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise Unreadable(
            f"the key “{shorten(twice, 40)}” stands twice in one object", "Give each key once."
        )
    return found


def _integer(digits: str) -> int | float:
    if len(digits) <= 300:
        return int(digits)
    return -math.inf if digits.startswith("-") else math.inf
