"""Vendors: what they promised, what they delivered, how their labels agreed."""

from collections.abc import Mapping, Sequence
from datetime import date

from core.data.letter import Letter
from core.data.vendor import Delivered, Vendor
from views import kit
from views.data import label_batch
from views.kit import Message

MOST, EACH = 10, 5


def vendors(known: Sequence[Vendor], today: date, written_to: Mapping[str, str]) -> Message:
    """Every vendor with the last deliveries and batches. written_to: addresses by vendor, its
    name without capitals.
    """
    text = f"{len(known)} vendor{'' if len(known) == 1 else 's'}"
    if not known:
        hint = "A vendor is known once a card is moved to Annotation or labels are pushed."
        return Message("No vendor yet.", [kit.section(f"*No vendor yet.* {hint}")])
    blocks = [kit.section(f"*{text}: promised against delivered, in days*")]
    address = [written_to.get(one.name.casefold(), "") for one in known]
    pairs = list(zip(known, address, strict=True))
    blocks += [kit.section(_vendor(one, today, to)) for one, to in pairs[:MOST]]
    if len(known) > MOST:
        blocks.append(kit.context(f"and {len(known) - MOST} more"))
    return Message(text, blocks)


def _vendor(one: Vendor, today: date, to: str) -> str:
    done = [d for d in one.deliveries if d.took is not None]
    late = sum(d.days_late(today) > 0 for d in done)
    lines = [f"*{kit.escape(one.name, 60)}*: {len(done)} delivered, {late} of them late"]
    lines[0] += f" · written to at {kit.escape(to, 260)}" if to else ""
    lines += [_delivery(d, today) for d in one.deliveries[-EACH:]]
    lines += [f"{b.dataset} {label_batch.row(b)}" for b in one.batches[-EACH:]]
    return kit.clip("\n".join(lines), 2900)


def letter(about: Letter) -> Message:
    """A letter to copy, with a link that opens it in the mail program."""
    text = f"A letter to {kit.escape(about.vendor, 60)} to send yourself; nothing was sent"
    link = about.link.replace("&", "&amp;")
    how = f"<{link}|Open it in your mail program> (to {kit.escape(about.to, 260)})"
    if not link:
        how = "Nobody said where they are written to: "
        how += f"`/data vendor {kit.escape(about.vendor, 60)} labels@acme.example`"
    return Message(
        text,
        [
            kit.section(f"*{text}*\n{how}"),
            kit.context(f"Subject: {kit.escape(about.subject, 200)}"),
            kit.prose(about.body),
        ],
    )


def _delivery(one: Delivered, today: date) -> str:
    low, high = one.promised
    promised = str(low) if low == high else f"{low}–{high}"
    took = f"took {one.took}" if one.took is not None else "still out"
    late = one.days_late(today)
    by = f", {late} day{'' if late == 1 else 's'} late" if late else ""
    return f"{one.dataset} sent {kit.day(one.sent_on)}: promised {promised}, {took}{by}"
