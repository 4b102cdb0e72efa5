"""The gate's card in the team's channel: one message per experiment, edited in place."""

from dataclasses import dataclass

from sqlmodel import Session

from core.evals import chart
from core.evals.card import GateCard, GateEvidence, GateStatus, Side
from core.evals.judgement import Evidence, limits_of, slices_told
from core.experiments import provenance
from core.quantity import experiment_id
from models import outbox
from models.evals.gate import EvalPush
from models.experiments import headline as standings
from models.experiments.experiment import Experiment as Row
from services import announcement
from services.desk import Desk
from services.evals.inputs import Inputs
from views.evals import gate as view

GOLDEN_IDS = 20


def key_of(at: Desk, row: Row) -> str:
    """The key of the experiment's card."""
    return f"gate:{at.team_id}:{experiment_id(row.number)}"


@dataclass(frozen=True)
class Judged:
    """A judgement with what it rests on."""

    status: GateStatus
    inputs: Inputs
    evidence: Evidence


def tell(at: Desk, row: Row, judged: Judged, *, channel: str = "") -> None:
    """Post or edit the card, its thread and, for new inputs, its pictures."""
    where, key = announcement.place(at.team, channel), key_of(at, row)
    if not where and not outbox.find(at.session, key):
        return
    status, inputs, evidence = judged.status, judged.inputs, judged.evidence
    card = view.card(card_of(at.session, row, status, inputs))
    if not at.post(key, where, card):
        at.edit(key, card)
    _tell_evidence(at, key, judged)
    for spec in (
        chart.intervals(status, inputs.requirements),
        chart.seeds(status.experiment, inputs.requirements, evidence),
    ):
        if spec:
            name = f"{key}:{spec['kind']}:{inputs.hash[:16]}"
            at.voice.picture(name, where, spec, thread_of=key)


def retell(at: Desk, row: Row, status: GateStatus, inputs: Inputs) -> None:
    """Edit the card if there is one: something about it changed without a new judgement."""
    key = key_of(at, row)
    if outbox.find(at.session, key):
        at.edit(key, view.card(card_of(at.session, row, status, inputs)))


def card_of(session: Session, row: Row, status: GateStatus, inputs: Inputs) -> GateCard:
    """The card as a value."""
    named = f"{experiment_id(inputs.live)} (live)" if inputs.live else "baseline"
    sides = [_side(inputs.candidate, "candidate")] if inputs.candidate else []
    sides += [_side(inputs.baseline, named)] if inputs.baseline else []
    unseen = 0 if inputs.live else standings.live(session, row.team_id)
    limits = {found.name: limits_of(found) for found in inputs.requirements}
    typed = row.blocking_ok
    return GateCard(row.number, row.title, status, tuple(sides), limits, inputs.by_default, typed,
                    inputs.live, 0 if unseen == row.number else unseen)  # fmt: skip


def _side(row: EvalPush, role: str) -> Side:
    return Side(
        role,
        row.source,
        row.by,
        row.at,
        row.examples,
        row.runs,
        row.eval_set_hash[:8],
        provenance.told(row.trained_on, row.code_commit),
    )


def _tell_evidence(at: Desk, key: str, judged: Judged) -> None:
    status = judged.status
    golden = {
        check_of.metric: check.ids[:GOLDEN_IDS]
        for check_of in status.metrics
        for check in check_of.checks
        if check.code == "golden example differs"
    }
    found = GateEvidence(
        status.experiment, slices_told(judged.inputs.requirements, judged.evidence), golden
    )
    thread = f"{key}:evidence"
    if outbox.find(at.session, thread):
        at.edit(thread, view.evidence(found))
    elif not found.is_empty:
        at.post(thread, "", view.evidence(found), thread_of=key)
