"""Batches of labels: judged, kept, and said once."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from sqlmodel import Session

from core.data import dataset as cards
from core.data import label_batch as rules
from core.data.label_agreement import AgreementLimits
from core.data.label_batch import JudgedBatch, Labelled
from core.errors import NotFound, Refused
from core.text import clean
from models import audited
from models.data import label_batch as batches
from models.data import version as versions
from models.data.dataset import Dataset, DatasetChange
from models.data.label_batch import LabelBatch
from models.team import Team
from services.data import version
from services.data.version import Failing
from services.desk import Desk, desk
from services.ports import Lab
from views.data import label_batch as view

PLAIN_NAME = "labels"


@dataclass(frozen=True)
class Batch:
    """Labels on their way in. vendor, name: empty for the card's vendor and its one batch.

    labels: rows with item, annotator, label (ingest.labels.Label is one). by: a user id, or the
    name of the token that pushed.
    """

    dataset: int
    vendor: str
    labels: Sequence[Labelled]
    by: str
    name: str = ""
    limits: AgreementLimits = field(default_factory=AgreementLimits)


def push(lab: Lab, team_id: int, batch: Batch) -> JudgedBatch:
    """Judge a batch, keep the verdict, and post it; the same batch again edits that post.

    Raises NotFound (no such card) and Refused (no labels; labels do not belong there yet).
    """
    if not batch.labels:
        raise Refused("That batch holds no labels.", "Push item, annotator and label.")
    expected, gate = _expected(lab, team_id, batch.dataset)
    limits = replace(batch.limits, needed=gate) if gate else batch.limits
    # Judged before the team is held: a bootstrap must keep nobody waiting.
    judged = rules.judge(batch.labels, expected=expected, limits=limits)
    with desk(lab, team_id) as here:
        card = row(here.session, here.team, batch.dataset)
        name = clean(batch.name, limit=60) or PLAIN_NAME
        vendor = clean(batch.vendor, limit=60) or card.fields.get("vendor", "")
        value = card.snapshot()
        judged = replace(judged, dataset=value.id, batch=name, vendor=vendor)
        _keep(here, card, batch, judged)
        _say(here, judged)
        return judged


def of_card(session: Session, dataset_id: int) -> list[JudgedBatch]:
    """The card's batches, the one pushed last first."""
    return [rules.restored(kept.judged) for kept in batches.all_of(session, dataset_id)]


def row(session: Session, team: Team, number: int) -> Dataset:
    """The card's row. Raises NotFound."""
    found = audited.find(session, Dataset, team.pk, number)
    if found is None:
        raise NotFound(f"There is no {cards.dataset_id(number)}.", "`/data` shows the board.")
    return found


def _expected(lab: Lab, team_id: int, number: int) -> tuple[tuple[str, ...], float | None]:
    """The labels the guideline allows, and the card's own quality gate if it has one."""
    with desk(lab, team_id, lock=False) as here:
        card = row(here.session, here.team, number).snapshot()
        if not card.needs_labels:
            raise Refused(f"{card.id} needs no labels.", "It says so on its card.")
        if card.stage in {"needed", "collection"}:
            where = cards.TITLES[card.stage]
            hint = f"Move it first: `/data move {card.id} annotation`."
            raise Refused(f"{card.id} is in {where}: its annotation has not started.", hint)
        own = card.gate if card.fields.get("quality_gate") else None
        return cards.guideline_labels(card), own


def _keep(here: Desk, card: Dataset, batch: Batch, judged: JudgedBatch) -> None:
    kept = batches.find(here.session, card.pk, judged.batch)
    if kept is None:
        kept = LabelBatch(dataset_id=card.pk, name=judged.batch, at=here.now)
        here.session.add(kept)
    kept.vendor, kept.by, kept.at = judged.vendor, clean(batch.by, limit=80), here.now
    kept.pushes += 1
    kept.judged = judged.stored()
    done = f"labels pushed ({judged.batch}): {judged.verdict}"
    here.session.add(
        DatasetChange(dataset_id=card.pk, at=here.now, who=kept.by, action=done, why=judged.reason)
    )
    here.session.flush()
    _judge_versions(here, card, judged)


def _judge_versions(here: Desk, card: Dataset, judged: JudgedBatch) -> None:
    what = f"batch {judged.batch}"
    if judged.verdict == "PASS":
        version.clear(here, card, what)
    elif judged.verdict == "FAIL":
        since = versions.first_pushed(here.session, card.pk, judged.batch)
        why = f"the labels of batch {judged.batch} are FAIL: {judged.reason}"
        version.fail(here, card, Failing(what, why, since))


def _say(here: Desk, judged: JudgedBatch) -> None:
    channel = here.team.alerts_channel or here.team.team_channel
    key = f"labels:{here.team_id}:{judged.dataset}:{judged.batch}"
    if channel and not here.post(key, channel, view.judged(judged)):
        here.edit(key, view.judged(judged))
