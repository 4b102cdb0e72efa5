"""Versions of datasets: one in a line, all of a card, who was trained on them, what failed."""

from collections.abc import Sequence

from core.data.dataset import Dataset, dataset_id
from core.data.version import DataVersion, TrainedOn
from core.quantity import experiment_id
from views import kit
from views.data import label_batch
from views.kit import Message

ROWS = 10
_UNITS = ("B", "kB", "MB", "GB", "TB")


def line(one: DataVersion) -> str:
    """A version in one line of mrkdwn."""
    parts = [f"*v{one.number}* {kit.escape(f'{one.hash} · {one.location}', 900)}"]
    parts += [amount] if (amount := _amount(one)) else []
    parts += [f"quality {kit.escape(one.quality, 200)}"] if one.quality else []
    parts.append(f"{kit.person(one.who)} {kit.moment(one.at)}")
    return " · ".join(parts) + _failed(one)


def _amount(one: DataVersion) -> str:
    parts = [f"{one.rows:,} rows"] if one.rows is not None else []
    parts += [size(one.size)] if one.size is not None else []
    parts += (
        [f"{one.files:,} file{'' if one.files == 1 else 's'}"] if one.files is not None else []
    )
    return ", ".join(parts)


def size(count: int) -> str:
    """`64 MB` for 64,128,504 bytes."""
    value, unit = float(count), 0
    while value >= 999.5 and unit < len(_UNITS) - 1:
        value, unit = value / 1000, unit + 1
    return f"{value:.3g} {_UNITS[unit]}"


def _failed(one: DataVersion) -> str:
    if one.failed_at is None:
        return ""
    return f"\n*failed its check* {kit.moment(one.failed_at)}: {kit.escape(one.failed_why, 400)}"


def versions(it: Dataset, kept: Sequence[DataVersion]) -> Message:
    """Every version, newest first."""
    text = f"{it.id}: {len(kept)} version{'' if len(kept) == 1 else 's'}"
    if not kept:
        hint = f"`assay data version push FILE.dvc --data {it.id}` keeps one earlier."
        told = f"*{text}*. The first one is kept when it is Ready; {hint}"
        return Message(text, [kit.section(told)])
    lines = [kit.section(line(one)) for one in kept[:ROWS]]
    more = [kit.context(f"and {len(kept) - ROWS} older")] if len(kept) > ROWS else []
    return Message(text, [kit.section(f"*{text}*"), *lines, *more])


def trained(used: Sequence[TrainedOn], card: int, kept: Sequence[DataVersion]) -> list[kit.Block]:
    """Who was trained on the card's versions, those on a version that failed first."""
    bad = {one.number for one in kept if one.failed_at is not None}
    first = sorted(used, key=lambda one: not one.versions_of(card) & bad)
    rows = [_user(one, card, bad) for one in first[:ROWS]]
    rest = len(used) - ROWS
    rows += [f"and {rest} more"] if rest > 0 else []
    blocks = [kit.section("*Trained on it*\n" + "\n".join(rows))] if rows else []
    if bad and not any(one.versions_of(card) & bad for one in used):
        names = ", ".join(f"v{number}" for number in sorted(bad))
        none = f"No experiment is known to be trained on {names}, which failed its check."
        blocks.append(kit.context(none))
    return blocks


def _user(one: TrainedOn, card: int, bad: set[int]) -> str:
    used = one.versions_of(card)
    mark = ", *which failed its check since*" if used & bad else ""
    title, names = kit.escape(one.title, 80), ", ".join(f"v{n}" for n in sorted(used))
    return f"*{experiment_id(one.number)}* {title} · {one.stage} · on {names}{mark}"


def pushed(card: Dataset, one: DataVersion) -> Message:
    """One public line for a version that came in."""
    text = f"{one.id} is there, pushed by {kit.person(one.who)}"
    return Message(text, [kit.section(f"*{text}*\n{kit.escape(card.title, 150)} · {line(one)}")])


def failed(bad: Sequence[DataVersion], used: Sequence[TrainedOn], *, batch: str) -> Message:
    """What was trained on data of which a check failed afterwards. batch: whose, "" for none."""
    ids = [f"{experiment_id(one.number)} ({one.stage})" for one in used]
    more = f" and {len(ids) - ROWS} more" if len(ids) > ROWS else ""
    names = ", ".join(one.id for one in bad)
    text = f"{names} failed a check; trained on it: {', '.join(ids[:ROWS])}{more}"
    body = f"*{kit.clip(text, 600)}*\n{kit.escape(bad[0].failed_why, 400)}"
    todo = "Their results stand on data that is not right: look before the next decision."
    button = label_batch.write_to_vendor(dataset_id(bad[0].dataset), batch)
    write = [kit.actions(button)] if batch else []
    return Message(text, [kit.section(body), kit.context(todo), *write])


def standing(found: Sequence[tuple[DataVersion, int]]) -> list[str]:
    """A ticket's grey lines about each dataset version it was trained on."""
    return [_standing(one, newest) for one, newest in found]


def _standing(one: DataVersion, newest: int) -> str:
    parts = [f"Trained on {one.id}: {kit.escape(one.hash, 80)}"]
    parts += [amount] if (amount := _amount(one)) else []
    parts += [f"v{newest} is there since"] if newest != one.number else []
    return " · ".join(parts) + _failed(one)
