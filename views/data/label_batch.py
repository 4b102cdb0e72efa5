"""A judged batch of labels."""

from core.data.label_batch import JudgedBatch
from views import kit
from views.kit import Message

MOST = 10


def judged(batch: JudgedBatch) -> Message:
    """The verdict with its range; beside it raw agreement, shares and what is out of balance."""
    text = f"{batch.dataset} labels: {batch.verdict} · {batch.reason}"
    blocks = [
        kit.section(f"*{kit.escape(headline(batch), 400)}*\n{kit.escape(batch.reason)}"),
        kit.context(*_lines(batch)),
    ]
    if batch.verdict == "FAIL" and batch.dataset:
        blocks.append(kit.actions(write_to_vendor(batch.dataset, batch.batch)))
    if batch.issues:
        issues = "\n".join(f"• {kit.escape(issue, 200)}" for issue in _most(batch.issues))
        blocks.append(kit.section(f"Out of balance:\n{issues}"))
    return Message(text, blocks)


def write_to_vendor(dataset: str, batch: str) -> kit.Block:
    """The button that writes the letter about a batch."""
    return kit.button("Write to the vendor…", "vendor_write", f"{dataset} {batch}"[:100])


def headline(batch: JudgedBatch) -> str:
    """`DATA-003 labels: PASS · pilot by Acme` as plain text."""
    whose = f" by {batch.vendor}" if batch.vendor else ""
    return f"{batch.dataset} labels: {batch.verdict} · batch {batch.batch}{whose}"


def row(batch: JudgedBatch) -> str:
    """A batch in one line of mrkdwn."""
    agreed = "no figure"
    if batch.estimate is not None:
        agreed = f"{batch.statistic} {batch.estimate:.2f}"
    if batch.low is not None and batch.high is not None:
        agreed += f" ({batch.low:.2f} to {batch.high:.2f})"
    name = kit.escape(batch.batch, 60)
    return f"{name}: {batch.verdict} · {agreed} on {batch.double} double labels"


def document(batches: list[JudgedBatch], id_: str) -> Message:
    """The source document's kappa of each batch, beside the verdict that counts here."""
    text = f"{id_}: the document's kappa, for comparison only"
    if not batches:
        return Message(text, [kit.section(f"*{text}*\nNo labels have been pushed for {id_} yet.")])
    blocks = [kit.section(f"*{text}*")]
    blocks += [
        kit.section(f"{row(one)}\n{kit.escape(one.document, 600)}") for one in batches[:MOST]
    ]
    return Message(text, blocks)


def _lines(batch: JudgedBatch) -> list[str]:
    raw = "no raw agreement" if batch.raw is None else f"raw agreement {batch.raw:.0%}"
    amount = (
        f"{batch.labels} labels on {batch.items} items by {batch.annotators} "
        f"annotator{'' if batch.annotators == 1 else 's'}, {batch.double} double"
    )
    empty = f", {batch.empty} left empty" if batch.empty else ""
    shares = ", ".join(f"{label} {share:.0%}" for label, share in batch.shares[:MOST])
    more = f" and {len(batch.shares) - MOST} more" if len(batch.shares) > MOST else ""
    lines = [f"{batch.statistic}, {raw}", amount + empty]
    if shares:
        lines.append(f"Shares: {kit.escape(shares, 1500)}{more}")
    return lines


def _most(issues: tuple[str, ...]) -> tuple[str, ...]:
    rest = len(issues) - MOST
    return (*issues[:MOST], f"and {rest} more") if rest > 0 else issues
