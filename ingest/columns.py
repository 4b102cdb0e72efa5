"""Columns of a CSV (also .csv.gz) or Parquet file as arrays, for profiles made beside the data.

The CSV is streamed in blocks, so memory follows the kept columns, not the file. A column is
numeric when every filled cell of its first filled block is; later cells that are no number
count as missing and are named in a note.
"""

import csv
import gzip
import importlib
import io
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import chain, islice
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from core.text import shorten
from ingest.file import File, Unreadable, told
from ingest.grid import delimiter_of
from ingest.pick import listed

MAX_ROWS = 200_000
_BLOCK_ROWS = 10_000
_MAX_LINE = 1_000_000
_EMPTY = {"", "null", "none", "na", "n/a"}
Values = NDArray[np.float64] | NDArray[np.object_]


@dataclass(frozen=True)
class Columns:
    """Per column an array: float64 with NaN where missing, or objects (str or None)."""

    rows: int
    arrays: dict[str, Values]
    notes: tuple[str, ...] = ()


@dataclass
class _Column:
    name: str
    has_decimal_comma: bool
    blocks: list[Values] = field(default_factory=list)
    is_numeric: bool | None = None
    bad_cells: int = 0
    levels: dict[str, str] = field(default_factory=dict)

    def take(self, cells: Sequence[str]) -> None:
        filled = [cell for cell in cells if cell.casefold() not in _EMPTY]
        if self.is_numeric is None and filled:
            self.is_numeric = all(self._is_number(cell) for cell in filled)
        if self.is_numeric is False:
            kept = [self._level(cell) for cell in cells]
            self.blocks.append(np.array(kept, dtype=object))
        else:
            self.blocks.append(np.array([self._number(cell) for cell in cells], dtype=np.float64))

    def _number(self, cell: str) -> float:
        try:
            return float(cell.replace(",", ".") if self.has_decimal_comma else cell)
        except ValueError:
            self.bad_cells += cell.casefold() not in _EMPTY
            return float("nan")

    def _is_number(self, cell: str) -> bool:
        before = self.bad_cells
        self._number(cell)
        is_number, self.bad_cells = self.bad_cells == before, before
        return is_number

    def _level(self, cell: str) -> str | None:
        return None if cell.casefold() in _EMPTY else self.levels.setdefault(cell, cell)

    def array(self) -> Values:
        if self.is_numeric is False:  # blocks before the first filled one hold only NaN
            texts = [b if b.dtype == object else np.full(len(b), None) for b in self.blocks]
            return np.concatenate(texts).astype(object)
        return np.concatenate([b.astype(np.float64) for b in self.blocks])


def read_columns(
    path: Path, *, only: Sequence[str] | None = None, max_rows: int = MAX_ROWS
) -> Columns:
    """The columns of a CSV (gzipped or not) or a Parquet file, at most the first `max_rows` rows.

    Raises Refused with one sentence for anything that cannot be read.
    """
    with told(File(path.name, b"")):
        try:
            with path.open("rb") as stream:
                start = stream.read(4)
                stream.seek(0)
                if start == b"PAR1":
                    return _parquet(stream, only, max_rows)
                return _csv(stream, only, max_rows, is_gzip=start.startswith(b"\x1f\x8b"))
        except UnicodeDecodeError:
            raise Unreadable("its text is not UTF-8", "Save it as UTF-8.") from None
        except (gzip.BadGzipFile, EOFError, zlib.error):
            raise Unreadable("its gzip packing is damaged", "Pack or copy it again.") from None
        except OSError as error:
            why = error.strerror or "it cannot be opened"
            todo = "Name a readable CSV file."
            raise Unreadable(f"{why[:1].lower()}{why[1:]}", todo) from None


def _csv(stream: BinaryIO, only: Sequence[str] | None, max_rows: int, *, is_gzip: bool) -> Columns:
    source: Any = gzip.GzipFile(fileobj=stream) if is_gzip else stream
    with io.TextIOWrapper(source, encoding="utf-8-sig", newline="") as text:
        lines = _lines(text)
        first = next(lines, "")
        mark = delimiter_of(first)
        reader = csv.reader(chain([first], lines), delimiter=mark, strict=True)
        try:
            header = [title.strip() for title in next(reader, [])]
            kept = _kept(header, only)
            columns = [_Column(header[i], has_decimal_comma=mark != ",") for i in kept]
            rows = 0
            for block in _blocks(reader, len(header), max_rows):
                rows += len(block)
                for column, i in zip(columns, kept, strict=True):
                    column.take([cells[i].strip() for cells in block])
            is_cut = rows == max_rows and next(reader, None) is not None
        except csv.Error as error:
            why = f"line {reader.line_num + 1} is not readable ({shorten(str(error), 60)})"
            raise Unreadable(why, "Save it as CSV again.") from None
    return _finished(columns, rows, is_cut=is_cut)


def _lines(text: io.TextIOWrapper) -> Iterator[str]:
    while line := text.readline(_MAX_LINE):
        if len(line) >= _MAX_LINE:
            raise Unreadable("a line of it is longer than a million characters", "Save it as CSV.")
        yield line


def _blocks(reader: Any, width: int, max_rows: int) -> Iterator[list[list[str]]]:
    limited = islice((cells for cells in reader if cells), max_rows)
    while block := list(islice(limited, _BLOCK_ROWS)):
        for cells in block:
            if len(cells) != width:
                raise Unreadable(
                    f"before line {reader.line_num + 1} a row has {len(cells)} cells, not {width}",
                    "Put texts with commas in quotes.",
                )
        yield block


def _kept(header: Sequence[str], only: Sequence[str] | None) -> list[int]:
    if len(set(header)) < len(header) or not any(header):
        raise Unreadable(
            "its first line is no header with one name per column", "Name every column once."
        )
    if unknown := [name for name in only or () if name not in header]:
        raise Unreadable(f"it has no column {unknown[0]}", f"It has {listed(header)}.")
    return [i for i, title in enumerate(header) if only is None or title in only]


def _finished(columns: Sequence[_Column], rows: int, *, is_cut: bool) -> Columns:
    if not rows:
        raise Unreadable("it has a header and no rows", "Push it with its rows.")
    notes = [f"only the first {rows:,} rows were read"] if is_cut else []
    notes += [f"{c.name}: {c.bad_cells} cells are no number" for c in columns if c.bad_cells]
    return Columns(rows, {c.name: c.array() for c in columns}, tuple(notes))


def _parquet(stream: BinaryIO, only: Sequence[str] | None, max_rows: int) -> Columns:
    try:
        parquet = importlib.import_module("pyarrow.parquet")
        arrow = importlib.import_module("pyarrow")
    except ImportError:
        raise Unreadable(
            "it is Parquet, which needs pyarrow", "Install assay-bot[parquet] or push CSV."
        ) from None
    try:
        opened = parquet.ParquetFile(stream)
        header = list(opened.schema_arrow.names)
        names = [header[i] for i in _kept(header, only)]
        arrays = {name: _arrow_array(opened, name, max_rows) for name in names}
    except (arrow.ArrowException, OSError, ValueError):
        raise Unreadable("its Parquet is damaged", "Write the file again.") from None
    total = opened.metadata.num_rows
    notes = (f"only the first {max_rows:,} rows were read",) if total > max_rows else ()
    return Columns(min(total, max_rows), arrays, notes)


def _arrow_array(opened: Any, name: str, max_rows: int) -> Values:
    column = opened.read(columns=[name]).column(0).slice(0, max_rows)
    values = column.to_pylist()
    if all(v is None or isinstance(v, int | float | Decimal) for v in values):
        floats = [float("nan") if v is None else float(v) for v in values]
        return np.array(floats, dtype=np.float64)
    return np.array([None if v is None else str(v) for v in values], dtype=object)
