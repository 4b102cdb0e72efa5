"""Moving data cards over the board, with their versions and their vendors' deliveries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from core import calendar
from core.data import workflow as rules
from core.data.clearance import stamped
from core.data.dataset import TITLES, Dataset, Moved
from core.data.form import read_fields
from core.text import clean, says_nothing
from models import form_draft
from models.data import dataset as table
from models.data.dataset import Dataset as Row
from models.data.dataset import Delivery
from services import audited
from services import team as teams
from services.audited import ChangeRequest
from services.data import desk as dataset_desk
from services.data import label_batch, version, waiting
from services.data.dataset import WrittenCard
from services.desk import Desk, desk
from services.ports import Lab
from views.data import news


@dataclass(frozen=True)
class Opening:
    """What a move's form shows. lacks: why the labels do not carry it; draft: left unsent.

    seen: the card's version. agreement: the figure of the labels pushed last, or "".
    """

    card: Dataset
    to: str
    lacks: Sequence[str]
    seen: int
    agreement: str = ""
    draft: Mapping[str, Any] = field(default_factory=dict)


def form_name(number: int, to: str) -> str:
    """Under which a move form's draft is kept."""
    return f"data_move:{number}:{to}"


def opening(lab: Lab, team_id: int, number: int, to: str, *, by: str) -> Opening:
    """The form for a move (to "": the next column), or for changing the column it is in.

    Raises NotFound and, when something other than the form's own fields is missing, Refused.
    """
    with desk(lab, team_id, lock=False) as here:
        row = label_batch.row(here.session, here.team, number)
        card, batches = row.snapshot(), label_batch.of_card(here.session, row.pk)
        to = to or rules.next_stage(card)
        rules.require_way(card, to)
        rules.require_exit(card, to, batches, accepted="a lead may say why in the form")
        leaving = card.stage == "qa" and to == "ready"
        lacks = rules.labels_lack(card, batches) if leaving else []
        kept = form_draft.offer(here.session, team_id, by, form_name(number, to))
        known = batches[0].estimate if batches else None
        agreement = "" if known is None else f"{known:.2f}"
        return Opening(card, to, lacks, row.version, agreement, kept)


def move(lab: Lab, team_id: int, to: str, act: ChangeRequest) -> WrittenCard:
    """Take the card to that column with its fields, or change the fields of the one it is in.

    Raises NotFound, Refused (what is missing; somebody was faster) and NotAllowed (labels
    without agreement are a lead's to accept).
    """
    with desk(lab, team_id) as here:
        row = label_batch.row(here.session, here.team, act.number)
        card = row.snapshot()
        audited.require_seen(here, row, act)
        rules.require_way(card, to)
        rules.require_why(card, to, act.why)
        accepted = _accepted(here, act)
        batches = label_batch.of_card(here.session, row.pk)
        rules.require_exit(card, to, batches, accepted=accepted)
        today = calendar.local(here.now, calendar.zone(here.team.zone)).date()
        fields = stamped(card, read_fields(to, act.typed, card), by=act.by, on=today)
        new = rules.moved(card, to, fields, now=here.now)
        done = _apply(here, row, new, replace(act, why=accepted or clean(act.why, limit=500)))
        form_draft.forget(here.session, team_id, act.by, form_name(act.number, to))
        return done


def _accepted(here: Desk, act: ChangeRequest) -> str:
    if says_nothing(act.accept):
        return ""
    teams.require_lead(here.session, here.team, act.by, "accept labels that show no agreement")
    return clean(act.accept, limit=500)


def _apply(here: Desk, row: Row, new: Dataset, act: ChangeRequest) -> WrittenCard:
    card = row.snapshot()
    stays = new.stage == card.stage
    action = "edited" if stays else f"moved to {TITLES[new.stage]}"
    made = audited.change(here, row, new, act, action)
    version.keep(here, row, new, act.by)
    _follow_vendor(here, row, new)
    ready, unready = dataset_desk.settle(here, row, act) if "ready" in _of(card, new) else ([], [])
    if not stays and new.stage == "ready":
        waiting.tell_free(here, new.experiments, new.id, made.pk)
    if stays:
        return dataset_desk.written(here, row, f"{card.id} saved in {TITLES[new.stage]}.")
    accepted = act.why if act.accept else ""
    what = Moved(card, new, act.by, act.why, accepted, tuple(ready), tuple(unready))
    dataset_desk.post(here, new, made, news.moved(what), act)
    said = f"{card.id} moved from {TITLES[card.stage]} to {TITLES[new.stage]}."
    if ready:
        said += f" Dataset ready: {', '.join(ready)}."
    return dataset_desk.written(here, row, said)


def _of(*cards: Dataset) -> set[str]:
    return {card.stage for card in cards}


def _follow_vendor(here: Desk, row: Row, new: Dataset) -> None:
    """The first promise stays what is measured; leaving Annotation forward is the delivery."""
    out = table.delivery_out(here.session, row.pk)
    today = calendar.local(here.now, calendar.zone(here.team.zone)).date()
    first, last = new.day("annotation_from"), new.day("annotation_to")
    if out and (new.stage in {"qa", "ready"}):
        out.delivered_on = today
    elif out and (new.stage != "annotation" or out.vendor != new.fields["vendor"]):
        here.session.delete(out)  # called off: nothing was delivered, nothing is late
        out = None
    if new.stage == "annotation" and not out and first and last:
        here.session.add(
            Delivery(
                dataset_id=row.pk,
                vendor=new.fields["vendor"],
                sent_on=today,
                promised_from=first,
                promised_to=last,
            )
        )
    here.session.flush()
