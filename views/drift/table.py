"""Sources and their columns as people look at them: verdicts, figures, the document's beside."""

from collections.abc import Sequence
from datetime import datetime

from core.drift.compare import ColumnDrift
from core.drift.document import DocumentDrift
from core.drift.source import ADVICE, ORDER, SourceState, TakenPush
from views import kit
from views.drift.words import MOST_ROWS, by, code, links, named
from views.kit import Message

HOW_TO = (
    "`assay drift push FILE.csv --source customers` counts a file where it lies and sends the "
    "counts; no row leaves. The first push of a source is its reference."
)
LEGEND = (
    "ALERT: PSI of 0.2 or more that chance does not explain (p ≤ 0.05 over all columns); "
    "WARN from 0.1. “chance”: the PSI that 95 of 100 samples of this size stay below without "
    "any drift."
)
DOCUMENT = (
    "By the source document's rule: WARN from PSI 0.1, ALERT from 0.2, shares clipped at 0.001, "
    "nothing allowed for chance or for the number of columns; numbers without gaps only. Taken "
    "on the stored buckets: its equal-width bins would need the rows of both sides. Ours decides."
)


def sources(found: Sequence[SourceState], now: datetime) -> Message:
    """The watched sources, the worst first."""
    if not found:
        text = "No source is watched for drift yet."
        return Message(text, [kit.section(text), kit.context(HOW_TO)])
    order = [*ORDER, "NOT JUDGED"]
    ranked = sorted(found, key=lambda seen: (order.index(seen.standing), seen.source.casefold()))
    lines = [standing(seen, now) for seen in ranked[:MOST_ROWS]]
    rest = len(found) - MOST_ROWS
    if rest > 0:
        others = ", ".join(code(seen.source) for seen in ranked[MOST_ROWS : MOST_ROWS + 20])
        lines.append(f"and {rest} more: {others}")
    text = "Watched for drift:\n" + "\n".join(lines)
    shown = "`/drift NAME` shows the columns of one, `/drift NAME document` the document's PSI."
    return Message(text, [kit.section(text), kit.context(shown)])


def standing(seen: SourceState, now: datetime) -> str:
    """One line: the source, its newest verdict, what drifts, and whether it fell silent."""
    parts = [f"{code(seen.source)}: {seen.standing}"]
    if seen.last and not seen.is_outdated:
        alerts = [column.name for column in seen.last.of("ALERT")]
        parts[0] += f" ({named(alerts)})" if alerts else ""
        parts[0] += f", {seen.last.rows:,} rows of {kit.moment(seen.last.at)}"
        open_ = [d.feature for d in seen.drifted if d.feature not in alerts]
        parts += [f"{named(open_)} not recovered before two OK pushes in a row"] if open_ else []
    elif seen.last:
        parts[0] += f", the reference was replaced {kit.moment(seen.reference_at)}"
    else:
        parts[0] += ", only its reference was pushed so far"
    if days := seen.days_silent(now):
        parts.append(f"*nothing pushed for {days} days*")
    return " · ".join(parts)


def page(seen: SourceState, now: datetime, offset: int, *, by_document: bool) -> Message:
    """One source: ten of its columns from `offset`, worst first."""
    if seen.last is None:
        text = f"{standing(seen, now)}."
        return Message(
            text, [kit.section(text), kit.context(_reference(seen)), kit.context(HOW_TO)]
        )
    last = seen.last
    offset = max(0, min(offset, len(last.columns) - 1))
    rows = _document_rows(last, offset) if by_document else _rows(last, offset)
    text = f"{_head(seen, now)}"
    blocks = [kit.section(text), _fixed(rows)]
    first, end = offset + 1, min(offset + MOST_ROWS, len(last.columns))
    if len(last.columns) > MOST_ROWS:
        blocks.append(kit.context(f"Columns {first} to {end} of {len(last.columns)}."))
        blocks.append(_buttons(seen, offset, by_document=by_document))
    notes = [DOCUMENT if by_document else LEGEND, _reference(seen), *_schema(last)]
    blocks += [kit.context(note) for note in [*notes, *links(seen.links)]]
    return Message(kit.clip(f"{text}\n" + "\n".join(map(kit.escape, rows)), 3900), blocks)


def _head(seen: SourceState, now: datetime) -> str:
    assert seen.last is not None
    counted = " · ".join(
        f"{len(found)} {status}" for status in ORDER if (found := seen.last.of(status))
    )
    alert = f" {ADVICE}" if seen.standing == "ALERT" else ""
    return f"{standing(seen, now)}. {counted} of {len(seen.last.columns)} columns.{alert}"


def _reference(seen: SourceState) -> str:
    when = kit.moment(seen.reference_at)
    return f"Reference: {seen.rows:,} rows of {when}, pushed by {by(seen.reference_by)}."


def _schema(last: TakenPush) -> list[str]:
    notes = [kit.escape(c.reason, 300) for c in last.columns if c.psi is None and c.reason]
    if len(notes) > MOST_ROWS:
        notes = [*notes[:MOST_ROWS], f"and {len(notes) - MOST_ROWS} more"]
    lines = ["\n".join(notes)] if notes else []
    if last.added:
        lines.append(f"New columns, not judged: {named(last.added)}.")
    if last.is_late:
        lines.append("These rows are older than others judged before; they opened nothing.")
    return lines


def _rows(last: TakenPush, offset: int) -> list[str]:
    head = ("column", "verdict", "PSI", "chance", "p_BH", "n", "")
    table = [head, *(_cells(column) for column in last.columns[offset : offset + MOST_ROWS])]
    return _aligned(table)


def _cells(column: ColumnDrift) -> tuple[str, ...]:
    return (
        _short(column.name),
        column.status,
        _figure(column.psi),
        _figure(column.null_p95),
        "–" if column.p_bh is None else "<0.001" if column.p_bh < 0.001 else f"{column.p_bh:.3f}",
        f"{column.rows_reference:,} / {column.rows_current:,}" if column.rows_current else "–",
        _gaps(column),
    )


def _gaps(column: ColumnDrift) -> str:
    notes = []
    before, after = column.missing_reference or 0.0, column.missing_current or 0.0
    if before or after:
        notes.append(f"missing {before:.1%} > {after:.1%}")
    if column.new_current:
        notes.append(f"new {column.new_current:.1%}")
    return " ".join(notes)


def _document_rows(last: TakenPush, offset: int) -> list[str]:
    ours = {column.name: column for column in last.columns}
    shown = last.document[offset : offset + MOST_ROWS]
    head = ("column", "document", "PSI", "ours", "PSI", "chance")
    return _aligned([head, *(_beside(one, ours[one.feature]) for one in shown)])


def _beside(one: DocumentDrift, ours: ColumnDrift) -> tuple[str, ...]:
    figures = _figure(one.psi), ours.status, _figure(ours.psi), _figure(ours.null_p95)
    return (_short(one.feature), one.status, *figures)


def _aligned(table: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(map(len, cells)) for cells in zip(*table, strict=True)]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in table
    ]


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _short(name: str) -> str:
    return kit.clip(" ".join(name.split()), 24) or "–"


def _fixed(rows: Sequence[str]) -> kit.Block:
    text = {"type": "text", "text": kit.clip("\n".join(rows), 3000)}
    inside = {"type": "rich_text_preformatted", "elements": [text]}
    return {"type": "rich_text", "elements": [inside]}


def _buttons(seen: SourceState, offset: int, *, by_document: bool) -> kit.Block:
    assert seen.last is not None
    rule = "document" if by_document else "ours"
    buttons = []
    if offset:
        back = max(0, offset - MOST_ROWS)
        value = f"{rule}|{back}|{seen.source}"
        buttons.append(kit.button("Previous 10", "drift_rows_back", value))
    if offset + MOST_ROWS < len(seen.last.columns):
        value = f"{rule}|{offset + MOST_ROWS}|{seen.source}"
        buttons.append(kit.button("Next 10", "drift_rows", value))
    return kit.actions(*buttons)
