"""How a data card moves over the board: what each column asks for, and what must be there to
leave it.

PII is checked before annotation starts; a pilot of 10 % and the first 100 labels are checked
before the full batch is approved; labels that do not show agreement are not Ready.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from core.data.clearance import Clearance, open_of
from core.data.dataset import STAGES, TITLES, Dataset
from core.data.form import COLUMNS, agreement_of
from core.data.label_batch import JudgedBatch, against
from core.errors import Refused
from core.text import says_nothing

CHECKS = {"pilot": "the 10% pilot batch", "first100": "the first 100 labels"}


def next_stage(card: Dataset) -> str:
    """The column after the card's; Ready stays Ready. Data without labels skip annotation."""
    if card.stage == "collection" and not card.needs_labels:
        return "qa"
    return STAGES[min(STAGES.index(card.stage) + 1, len(STAGES) - 1)]


def is_back(card: Dataset, to: str) -> bool:
    """True when that column lies before the card's."""
    return STAGES.index(to) < STAGES.index(card.stage)


def require_way(card: Dataset, to: str) -> None:
    """Pass when the card may go there, or is there. Raises Refused naming the next column."""
    if to == "annotation" and not card.needs_labels:
        raise Refused(f"{card.id} needs no labels, so it skips Annotation.", field="stage")
    if to == card.stage or to == next_stage(card) or is_back(card, to):
        return
    here, there = TITLES[card.stage], TITLES[next_stage(card)]
    raise Refused(
        f"{card.id} is in {here}; it goes to {there} first.",
        f"Write `/data move {card.id} {next_stage(card)}`.",
        field="stage",
    )


def require_exit(
    card: Dataset, to: str, batches: Sequence[JudgedBatch], *, accepted: str = ""
) -> None:
    """Pass when nothing is missing. Raises Refused naming everything that is."""
    lacks = missing(card, to, batches, accepted=accepted)
    if lacks:
        raise Refused(
            f"{card.id} cannot go to {TITLES[to]} yet: {'; '.join(lacks)}.",
            f"`/data {card.id}` shows what is there.",
        )


def missing(
    card: Dataset, to: str, batches: Sequence[JudgedBatch] = (), *, accepted: str = ""
) -> list[str]:
    """What stands in the way of going there, one phrase each; [] for staying and going back.

    batches: the card's pushed labels, the last first. accepted: why a lead takes labels that
    do not show agreement.
    """
    if to == card.stage or is_back(card, to):
        return []
    columns = COLUMNS[card.stage]
    given = {name for name, text in card.fields.items() if text}
    given |= {"agreement"} if batches else set()  # pushed labels count, not a typed figure
    empty = [a.label for a in columns if not a.optional and a.name not in given]
    lacks = [f"{TITLES[card.stage]} lacks {', '.join(empty)}"] if empty else []
    lacks += [_uncleared(card, one) for one in open_of(card)]
    if card.stage == "collection":
        lacks += _collected(card)
    elif card.stage == "annotation":
        lacks += _annotated(card)
    elif card.stage == "qa":
        lacks += _pii_lacks(card) + ([] if accepted else labels_lack(card, batches))
    return lacks


def _uncleared(card: Dataset, one: Clearance) -> str:
    since = f" since {one.since:%a} {one.since.day} {one.since:%b}" if one.since else ""
    return f"{one.title} is open{since}: `/data clear {card.id} {one.name} cleared` when it is"


def _collected(card: Dataset) -> list[str]:
    lacks = []
    if card.pii == "found":
        lacks += _pii_lacks(card)
    elif card.pii != "clean":
        lacks.append(f"nobody has checked it for PII: `/data pii {card.id} clean` or `found why`")
    return lacks


def _annotated(card: Dataset) -> list[str]:
    lacks = []
    for name, what in CHECKS.items():
        state = getattr(card, name)
        if state == "bad":
            lacks.append(f"{what}: did not pass, `/data check {card.id} {name} ok` after the fix")
        elif state != "ok":
            lacks.append(f"{what}: not checked, `/data check {card.id} {name} ok`")
    return lacks + _pii_lacks(card)


def _pii_lacks(card: Dataset) -> list[str]:
    if card.pii != "found":
        return []
    hint = f"scrub it, then `/data pii {card.id} clean`"
    return [f"PII was found ({card.pii_why}): {hint}"]


def labels_lack(card: Dataset, batches: Sequence[JudgedBatch]) -> list[str]:
    """Why the labels do not carry the dataset: the last pushed batch, else the typed figure."""
    if not card.needs_labels:
        return []
    if batches:
        last = against(batches[0], card.gate)
        if last.verdict == "PASS":
            return []
        return [f"its labels (batch {last.batch}) are {last.verdict}: {last.reason.rstrip('.')}"]
    needed = card.gate
    typed = agreement_of(card.fields.get("agreement", ""))
    if typed is None:
        return ["no labels were pushed and the agreement is no number"]
    if typed < needed:
        return [f"the agreement is {typed:.2f}, at least {needed:.2g} is needed"]
    return []


def moved(card: Dataset, to: str, fields: Mapping[str, str], *, now: datetime) -> Dataset:
    """The card in that column with its fields; going back asks for the checks again."""
    new = replace(card, fields={**card.fields, **fields})
    if to == card.stage:
        return replace(new, ready_at=card.ready_at)
    if is_back(card, to):
        new = replace(new, first100="", ready_at=None)
        if STAGES.index(to) <= STAGES.index("collection"):
            new = replace(new, pii="", pii_why="", pilot="")
    ready_at = now if to == "ready" else None
    return replace(new, stage=to, since=now, ready_at=ready_at)


def require_why(card: Dataset, to: str, why: str) -> None:
    """Going back needs a reason. Raises Refused."""
    if is_back(card, to) and says_nothing(why):
        raise Refused(f"Why does {card.id} go back to {TITLES[to]}?", field="why")


def require_checkable(
    card: Dataset, name: str, state: str, why: str, batches: Sequence[JudgedBatch]
) -> None:
    """Pass when that check can be marked so now. Raises Refused saying what comes first."""
    if card.stage != "annotation":
        where = TITLES[card.stage]
        raise Refused(f"{card.id} is in {where}; this is checked in Annotation.")
    if state == "bad" and says_nothing(why):
        raise Refused("What was wrong?", f"Write `/data check {card.id} {name} bad 12 of 100`.")
    if name == "first100" and state == "ok" and card.pilot != "ok":
        raise Refused("The pilot comes first.", f"Write `/data check {card.id} pilot ok`.")
    failed = next((b for b in batches if b.batch == "pilot" and b.verdict == "FAIL"), None)
    if name == "pilot" and state == "ok" and failed:
        said = f"The pushed labels of the pilot are FAIL. {failed.reason}"
        raise Refused(said, "Push the corrected ones first.")
