"""Everything this bot says by itself about decisions, gates and digests, by the kind of thing."""

from collections.abc import Callable, Mapping
from typing import Any

from core import (
    approval,
    batch,
    dataset_news,
    edition,
    engineering,
    evalcard,
    gpu,
    pending,
    readiness,
    request,
    upload,
    waiting,
)
from core import decision as decided
from views import approval as approvals
from views import dataset_news as data
from views import decision, evaldone, evalgate, evaloverride, labels, proposal
from views import edition as editions
from views import engineering as eng
from views import gpu as gpus
from views import request as asking
from views import upload as uploads
from views import waiting as waits
from views.experiment import Message

_VIEWS: Mapping[type, Callable[[Any], Message]] = {
    decided.Killed: decision.killed,
    decided.KillEvidence: decision.evidence,
    decided.LateLearning: decision.late_learning,
    decided.Undone: decision.undone,
    pending.Pending: proposal.pending,
    pending.LeadsLine: proposal.line,
    pending.LeadsDay: proposal.day,
    evalcard.GateCard: evalgate.card,
    evalcard.GateEvidence: evalgate.evidence,
    evalcard.DoneChanged: evaldone.changed,
    evalcard.OverrideAsked: evaloverride.asked,
    evalcard.Overridden: evaloverride.overridden,
    request.KillRequest: asking.request,
    request.RequestAnswer: asking.answer,
    approval.Approval: approvals.request,
    approval.ApprovalAnswer: approvals.answer,
    batch.Judged: labels.judged,
    upload.FileTaken: uploads.taken,
    upload.FileRefused: uploads.refused,
    dataset_news.Created: data.created,
    dataset_news.Moved: data.moved,
    dataset_news.PiiFound: data.pii_found,
    dataset_news.GateMoved: data.gate_moved,
    edition.Correction: editions.correction,
    edition.Draft: editions.draft,
    edition.FellBack: editions.fell_back,
    edition.Issue: editions.issue,
    edition.Reminder: editions.reminder,
    readiness.Outlook: data.warning,
    engineering.Started: eng.started,
    engineering.Done: eng.done,
    engineering.TakenBack: eng.taken_back,
    gpu.Call: gpus.call,
    gpu.LetRun: gpus.let_run,
    gpu.Shortage: gpus.shortage,
    waiting.Freed: waits.freed,
    waiting.Blocked: waits.blocked,
}


def show(what: object) -> Message:
    """The message for a value of one of the kinds above."""
    return _VIEWS[type(what)](what)
