"""A CSV as rows with line numbers: comma, semicolon or tab, one header, no ragged lines."""

import csv
import io
import math
import re
from dataclasses import dataclass

from core.text import shorten
from ingest.canonical import MAX_RESULTS
from ingest.file import Unreadable
from ingest.pick import listed

_DELIMITERS = ",;\t|"
_NUMBER = re.compile(r"^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,4})?$")
_WORDS = {"true": 1.0, "false": 0.0, "pass": 1.0, "fail": 0.0, "passed": 1.0, "failed": 0.0}
_WORDS |= {"nan": math.nan, "inf": math.inf, "+inf": math.inf, "-inf": -math.inf}
_WORDS |= {"infinity": math.inf, "-infinity": -math.inf}
_EMPTY = {"", "null", "none", "n/a", "na"}


@dataclass(frozen=True)
class Line:
    """One row: its line number in the file and its cells."""

    number: int
    cells: list[str]


@dataclass(frozen=True)
class Grid:
    """A table of text. `header` is stripped; its case is kept."""

    header: list[str]
    lines: list[Line]
    delimiter: str

    def column(self, *names: str) -> int | None:
        """Position of the first of these columns (any case), or None."""
        folded = [title.casefold() for title in self.header]
        return next((folded.index(name) for name in names if name in folded), None)

    def needed(self, what: str, *names: str) -> int:
        """Position of one of these columns. Raises Unreadable when the file has none of them."""
        found = self.column(*names)
        if found is None:
            has = listed([shorten(title, 30) for title in self.header if title], limit=8)
            raise Unreadable(
                f"it has no column for {what}", f"Call it {names[0]}; the columns are {has}."
            )
        return found


def read_grid(text: str) -> Grid:
    """The CSV as a grid. Raises Unreadable naming the line that does not fit."""
    body = text.lstrip("\ufeff\r\n")
    skipped = text[: len(text) - len(body)].count("\n")
    if body[:4].casefold() == "sep=":  # Excel's own first line
        body, skipped = body.partition("\n")[2], skipped + 1
    delimiter = delimiter_of(body.partition("\n")[0])
    reader = csv.reader(io.StringIO(body, newline=""), delimiter=delimiter, strict=True)
    lines = []
    try:
        header = [title.strip() for title in next(reader, [])]
        for cells in reader:
            if any(cell.strip() for cell in cells):
                lines.append(Line(reader.line_num + skipped, [cell.strip() for cell in cells]))
            if len(lines) > MAX_RESULTS:
                raise Unreadable(f"it has more than {MAX_RESULTS:,} rows", "Push it in parts.")
    except csv.Error as error:
        raise Unreadable(
            f"line {reader.line_num + skipped} is not valid CSV ({error})",
            "Save it as CSV again, with texts in quotes.",
        ) from None
    return _checked(Grid(header, lines, delimiter))


def unique_titles(grid: Grid) -> Grid:
    """The grid itself. Raises Unreadable when a column name stands twice."""
    folded = [title.casefold() for title in grid.header]
    twice = [title for title in folded if title and folded.count(title) > 1]
    if twice:
        raise Unreadable(f"two columns are called {shorten(twice[0], 40)}", "Rename one of them.")
    return grid


def number(cell: str, line: int, title: str, *, delimiter: str = ",") -> float | None:
    """The number in a cell (NaN and infinities too); None when it is empty.

    pass/true is 1, fail/false is 0; a decimal comma counts where the comma separates nothing.
    """
    plain = cell.strip()
    folded = plain.casefold()
    if folded in _EMPTY:
        return None
    if folded in _WORDS:
        return _WORDS[folded]
    if delimiter != "," and plain.count(",") == 1 and "." not in plain:
        plain = plain.replace(",", ".")
    if not _NUMBER.match(plain):
        raise Unreadable(
            f"line {line}, column {shorten(title, 40)}: “{shorten(cell, 40)}” is no number",
            "Write it like 0.83; leave the cell empty when it was not measured.",
        )
    return float(plain)


def looks_numeric(cell: str, *, delimiter: str = ",") -> bool:
    """True for a cell that `number` reads or that only a percent sign spoils."""
    try:
        return number(cell.strip().removesuffix("%"), 0, "", delimiter=delimiter) is not None
    except Unreadable:
        return False


def delimiter_of(first: str) -> str:
    """The most frequent of , ; tab and | in the header line."""
    counts = {mark: first.count(mark) for mark in _DELIMITERS}
    return max(_DELIMITERS, key=lambda mark: counts[mark])


def _checked(grid: Grid) -> Grid:
    if len(grid.header) < 2 or not any(grid.header):
        raise Unreadable(
            "it is of no format known here",
            "Push JSON, CSV with a header, JUnit XML or an inspect_ai log.",
        )
    if not grid.lines:
        raise Unreadable("it is one line and no table", "Push a header and its rows.")
    width = len(grid.header)
    for line in grid.lines:
        if len(line.cells) != width:
            raise Unreadable(
                f"line {line.number} has {len(line.cells)} cells and the header has {width}",
                "Put texts with separators in quotes and complete the line.",
            )
    return grid
