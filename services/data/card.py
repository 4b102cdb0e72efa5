"""Data cards written, checked and linked; each change with its audit row."""

from collections.abc import Sequence
from dataclasses import replace

from core import calendar
from core.audited import linked, unlinked
from core.data import workflow as rules
from core.data.clearance import STATES, Clearance, marked
from core.data.dataset import Dataset
from core.data.form import read_gate, written
from core.errors import Refused
from core.faults import Faults
from core.quantity import experiment_id
from core.text import clean, says_nothing
from models import form_draft
from models import team as people
from models.audited import Change
from models.data.dataset import Dataset as Row
from services import audited
from services import team as teams
from services.audited import ChangeRequest
from services.data import desk as dataset_desk
from services.data import label_batch, version
from services.data.dataset import WrittenCard
from services.data.version import Failing
from services.desk import Desk, desk
from services.experiments import ticket
from services.ports import Lab
from views.data import news

NEW = "data_new"


def create(lab: Lab, team_id: int, act: ChangeRequest) -> WrittenCard:
    """A new card in Data Needed. Raises Refused under the field that is wrong, NotFound."""
    with desk(lab, team_id) as here:
        row, made = insert(here, act)
        card = row.snapshot()
        form_draft.forget(here.session, team_id, act.by, NEW)
        dataset_desk.post(here, card, made, news.created(card, act.by), act)
        return dataset_desk.written(here, row, f"{card.id} is written and waits in Data Needed.")


def insert(here: Desk, act: ChangeRequest) -> tuple[Row, Change]:
    """The new card, of which nobody was told, and the row that begins its history. Raises as
    `create`.
    """
    number = people.next_number(here.session, Row, here.team_id)
    with Faults() as each:
        card = each(written, act.typed, number=number, by=act.by, now=here.now)
        each(dataset_desk.require_known, here, act.typed)
    row = Row(
        team_id=here.team_id, number=number, title="", kind="", volume="",
        needed_by=card.needed_by, since=here.now, created_at=here.now,
    )  # fmt: skip
    row.apply(card)
    made = audited.audit(here, row, act, "created")
    return row, audited.began(here.session, row, made, ("title", "kind", "volume", "needed_by"))


def mark_pii(lab: Lab, team_id: int, state: str, act: ChangeRequest) -> WrittenCard:
    """The answer of the PII check, clean or found. Raises NotFound, Refused (found without
    saying what).
    """
    with desk(lab, team_id) as here:
        row = label_batch.row(here.session, here.team, act.number)
        card, why = row.snapshot(), clean(act.why, limit=300)
        if state == "found" and says_nothing(why):
            hint = f"Write `/data pii {card.id} found names in the bodies`."
            raise Refused("What was found?", hint)
        if (card.pii, card.pii_why) == (state, why):
            return dataset_desk.written(here, row, f"{card.id} is marked so already: PII {state}.")
        new = replace(card, pii=state, pii_why=why)
        made = audited.change(here, row, new, replace(act, why=why), f"PII {state}")
        if state == "clean":
            version.clear(here, row, "pii")
        if state == "found":
            version.fail(here, row, Failing("pii", f"PII was found in it: {why}"))
            dataset_desk.post(here, new, made, news.pii_found(new, act.by), act)
        return dataset_desk.written(here, row, f"{card.id}: PII {state}.")


def check(lab: Lab, team_id: int, what: tuple[str, str], act: ChangeRequest) -> WrittenCard:
    """(pilot or first100, ok or bad). Raises NotFound, Refused (not in annotation; the pilot
    comes first; bad without a reason; pushed labels of the pilot say otherwise).
    """
    with desk(lab, team_id) as here:
        row = label_batch.row(here.session, here.team, act.number)
        card, (name, state) = row.snapshot(), what
        batches = label_batch.of_card(here.session, row.pk)
        rules.require_checkable(card, name, state, act.why, batches)
        if getattr(card, name) == state:
            said = f"{card.id}: {rules.CHECKS[name]} marked {state} already."
            return dataset_desk.written(here, row, said)
        new = replace(card, pilot=state) if name == "pilot" else replace(card, first100=state)
        act = replace(act, why=clean(act.why, limit=500))
        audited.change(here, row, new, act, f"{name} {state}")
        said = f"{card.id}: {rules.CHECKS[name]} marked {state}."
        if (name, state) == ("first100", "ok"):
            said += " The full batch is approved."
        return dataset_desk.written(here, row, said)


def review(lab: Lab, team_id: int, what: tuple[str, str, str], act: ChangeRequest) -> WrittenCard:
    """(which of core.data.clearance, its state, who looks after it or ""), said in public.

    Raises NotFound, Refused (the card is Ready).
    """
    with desk(lab, team_id) as here:
        row = label_batch.row(here.session, here.team, act.number)
        card, (name, state, owner) = row.snapshot(), what
        if card.stage == "ready" and state == "pending":
            hint = f"Move it back first: `/data move {card.id} collection`."
            raise Refused(f"{card.id} is Ready: nothing of it can be open.", hint)
        today = calendar.local(here.now, calendar.zone(here.team.zone)).date()
        wanted = Clearance(name, state, today, owner, act.by)
        new = replace(card, fields=marked(card, wanted))
        said = f"{wanted.title} {STATES[state]}"
        if new == card:
            return dataset_desk.written(here, row, f"{card.id}: {said} already.")
        made = audited.change(here, row, new, act, said)
        dataset_desk.post(here, new, made, news.reviewed(new, card, name, act.by), act)
        return dataset_desk.written(here, row, f"{card.id}: {said}.")


def link(lab: Lab, team_id: int, numbers: Sequence[int], act: ChangeRequest) -> WrittenCard:
    """The card blocks these experiments too. Raises NotFound (card or experiment)."""
    with desk(lab, team_id) as here:
        row = label_batch.row(here.session, here.team, act.number)
        ticket.known(here.session, here.team, numbers)
        return _linked(here, row, linked(row.snapshot(), numbers), act, "linked")


def unlink(lab: Lab, team_id: int, numbers: Sequence[int], act: ChangeRequest) -> WrittenCard:
    """The card blocks these experiments no more. Raises NotFound (card)."""
    with desk(lab, team_id) as here:
        row = label_batch.row(here.session, here.team, act.number)
        return _linked(here, row, unlinked(row.snapshot(), numbers), act, "unlinked")


def _linked(here: Desk, row: Row, new: Dataset, act: ChangeRequest, action: str) -> WrittenCard:
    if new == row.snapshot():
        return dataset_desk.written(here, row, f"Nothing to change: {blocks(new)}.")
    audited.change(here, row, new, act, action)
    if action == "linked" and new.stage == "ready":
        dataset_desk.settle(here, row, act)
    return dataset_desk.written(here, row, f"{blocks(new)}.")


def gate(lab: Lab, team_id: int, wanted: str, act: ChangeRequest) -> WrittenCard:
    """The agreement its labels must show, said in public. Raises NotFound, Refused (no figure, no
    labels needed; lowered without a reason) and NotAllowed (lowering is a lead's).
    """
    with desk(lab, team_id) as here:
        row = label_batch.row(here.session, here.team, act.number)
        card, figure = row.snapshot(), read_gate(wanted)
        if not card.needs_labels:
            raise Refused(f"{card.id} needs no labels, so it has no quality gate.")
        if card.gate == float(figure):
            return dataset_desk.written(here, row, f"Nothing to change: {_gated(card)}.")
        why = clean(act.why, limit=300)
        if float(figure) < card.gate:
            teams.require_lead(here.session, here.team, act.by, "lower a quality gate")
            if says_nothing(why):
                hint = f"Write `/data gate {card.id} {figure} why`."
                raise Refused("Why is a lower agreement enough?", hint)
        new = replace(card, fields={**card.fields, "quality_gate": figure})
        made = audited.change(here, row, new, replace(act, why=why), "quality gate set")
        said = news.gate_moved(new, card.gate, act.by, why)
        dataset_desk.post(here, new, made, said, act)
        return dataset_desk.written(here, row, f"{_gated(new)} (was {card.gate:.4g}).")


def _gated(card: Dataset) -> str:
    return f"{card.id} needs an agreement of at least {card.gate:.4g}"


def blocks(card: Dataset) -> str:
    """`DATA-003 blocks EXP-042, EXP-050`."""
    ids = ", ".join(experiment_id(number) for number in card.experiments)
    return f"{card.id} blocks {ids or 'no experiment'}"


def use_gpus(lab: Lab, team_id: int, gpus: float, *, by: str) -> None:
    """How many GPUs the team trains on side by side. Raises NotAllowed (leads), Refused."""
    if not 0 < gpus <= 100_000:
        raise Refused("That is no number of GPUs.", "Write `/data gpus 4`.")
    with desk(lab, team_id, lock=False) as here:
        teams.require_lead(here.session, here.team, by, "change the team's settings")
        here.team.choose(gpus=gpus)
