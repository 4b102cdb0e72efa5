"""An engineering ticket as typed: in one line of `key=value`, or in its form."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from core.board.engineering import Engineering, read_kind
from core.board.engineering_target import read_target
from core.data.form import experiments_of
from core.errors import Refused
from core.faults import Faults
from core.quantity import time_span
from core.text import clean, mentioned_users, straighten

BOX_DAYS = 14
MOST = {"title": 150, "model_artifact": 150, "latency_target": 80, "cost_target": 80}
NAMES = {
    "title": "title",
    "kind": "type",
    "model_artifact": "model artifact",
    "latency_target": "latency target",
    "cost_target": "cost target",
    "owner": "owner",
    "box_days": "box days",
    "experiments": "blocks",
}
_KEYS = {
    "type": "kind", "kind": "kind", "artifact": "model_artifact", "model": "model_artifact",
    "latency": "latency_target", "cost": "cost_target", "owner": "owner", "box": "box",
    "blocks": "experiments", "blocking": "experiments",
}  # fmt: skip
_KEY = re.compile(rf"(?:^|\s)({'|'.join(_KEYS)})\s*=\s*", re.IGNORECASE)
_DONE_KEY = re.compile(r"(?:^|\s)(latency|cost|why)\s*=\s*", re.IGNORECASE)


def read_line(text: str) -> dict[str, str]:
    """The fields of `Quantize the reranker type=optimization latency=<200ms …`, as texts."""
    head, found = _split(_KEY, text)
    texts = {_KEYS[key]: value for key, value in found.items()}
    if "owner" in texts:
        texts["owner"] = _person(texts["owner"])
    return {"title": head, **texts}


def is_whole(text: str) -> bool:
    """True when the line names fields, so that no form is needed."""
    return bool(_KEY.search(straighten(text)))


def read_done(text: str) -> tuple[tuple[str, str], str]:
    """((latency, cost), why) of `measured latency=180ms cost=$0.001 why=…`; "" for what is not
    said. Words before the first key are the reason when no `why=` is given.
    """
    head, found = _split(_DONE_KEY, re.sub(r"(?i)\bmeasured\b:?", " ", text))
    why = found.get("why") or head
    measured = clean(found.get("latency", ""), limit=80), clean(found.get("cost", ""), limit=80)
    return measured, clean(why, limit=500)


def _split(key: re.Pattern[str], text: str) -> tuple[str, dict[str, str]]:
    """The words before the first key, and each key's value up to the next one."""
    plain = straighten(clean(text, limit=2000))
    marks = list(key.finditer(plain))
    ends = [*(mark.start() for mark in marks[1:]), len(plain)][: len(marks)]
    found = {
        mark[1].lower(): plain[mark.end() : end].strip(" \t\n\"'")
        for mark, end in zip(marks, ends, strict=True)
    }
    head = plain[: marks[0].start()] if marks else plain
    return " ".join(head.split()).strip("\"' "), found


def _person(text: str) -> str:
    users = mentioned_users(text.replace("&lt;", "<").replace("&gt;", ">"))
    if len(users) != 1:
        hint = "Mention them: owner=@name."
        raise Refused(f"“{text[:30]}” is not one person I know.", hint, field="owner")
    return users[0]


def written(
    typed: Mapping[str, object], *, number: int, by: str, now: datetime, asked: Engineering | None
) -> Engineering:
    """A new ticket from its texts, or `asked` with them. Raises Refused with its field."""
    texts = {name: clean(str(typed.get(name) or ""), limit=most) for name, most in MOST.items()}
    base = asked or Engineering(
        number, "", "infra", by, BOX_DAYS, "todo", now, created_by=by, created_at=now
    )
    box = clean(str(typed.get("box") or ""))
    with Faults() as each:
        each(_require_title, texts["title"])
        for name in ("latency", "cost"):
            texts[f"{name}_target"] = each(read_target, name, texts[f"{name}_target"])
        kind = each(read_kind, str(typed.get("kind") or ""))
        days = each(_box, box) if box else base.box_days
        experiments = each(experiments_of, str(typed.get("experiments") or ""))
    new = replace(
        base,
        title=" ".join(texts["title"].split()),
        kind=kind,
        model_artifact=texts["model_artifact"],
        latency_target=texts["latency_target"],
        cost_target=texts["cost_target"],
        owner=str(typed.get("owner") or "") or by,
        box_days=days,
        experiments=tuple(experiments),
    )
    return _reboxed(base, new)


def _require_title(title: str) -> None:
    if not title:
        raise Refused("What is to be done?", "Begin with a few words.", field="title")


def _box(text: str) -> int:
    return max(1, time_span(text, field="box").days)


def _reboxed(base: Engineering, new: Engineering) -> Engineering:
    """A longer or shorter box of a ticket under way ends that much later or earlier."""
    if base.box_ends is None or new.box_days == base.box_days:
        return new
    return replace(new, box_ends=base.box_ends + timedelta(days=new.box_days - base.box_days))
