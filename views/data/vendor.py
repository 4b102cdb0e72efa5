"""Vendors: what they promised, what they delivered, how their labels agreed."""

from collections.abc import Sequence
from datetime import date

from core.data.vendor import Delivered, Vendor
from views import kit
from views.data import label_batch
from views.kit import Message

MOST, EACH = 10, 5


def vendors(known: Sequence[Vendor], today: date) -> Message:
    """Every vendor with the last deliveries and batches."""
    text = f"{len(known)} vendor{'' if len(known) == 1 else 's'}"
    if not known:
        hint = "A vendor is known once a card is moved to Annotation or labels are pushed."
        return Message("No vendor yet.", [kit.section(f"*No vendor yet.* {hint}")])
    blocks = [kit.section(f"*{text}: promised against delivered, in days*")]
    blocks += [kit.section(_vendor(one, today)) for one in known[:MOST]]
    if len(known) > MOST:
        blocks.append(kit.context(f"and {len(known) - MOST} more"))
    return Message(text, blocks)


def _vendor(one: Vendor, today: date) -> str:
    done = [d for d in one.deliveries if d.took is not None]
    late = sum(d.days_late(today) > 0 for d in done)
    lines = [f"*{kit.escape(one.name, 60)}*: {len(done)} delivered, {late} of them late"]
    lines += [_delivery(d, today) for d in one.deliveries[-EACH:]]
    lines += [f"{b.dataset} {label_batch.row(b)}" for b in one.batches[-EACH:]]
    return kit.clip("\n".join(lines), 2900)


def _delivery(one: Delivered, today: date) -> str:
    low, high = one.promised
    promised = str(low) if low == high else f"{low}–{high}"
    took = f"took {one.took}" if one.took is not None else "still out"
    late = one.days_late(today)
    by = f", {late} day{'' if late == 1 else 's'} late" if late else ""
    return f"{one.dataset} sent {kit.day(one.sent_on)}: promised {promised}, {took}{by}"
