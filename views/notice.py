"""Everything this bot says by itself about decisions, gates and digests, by the kind of thing."""

from collections.abc import Callable, Mapping
from typing import Any

from core.board import engineering, gpu
from core.decisions import approval, kill_request, pending
from core.decisions import kill as decided
from views.board import engineering as eng
from views.board import gpu as gpus
from views.decisions import approval as approvals
from views.decisions import kill, proposal
from views.decisions import kill_request as asking
from views.kit import Message

_VIEWS: Mapping[type, Callable[[Any], Message]] = {
    decided.Killed: kill.killed,
    decided.KillEvidence: kill.evidence,
    decided.LateLearning: kill.late_learning,
    decided.Undone: kill.undone,
    pending.Pending: proposal.pending,
    pending.LeadsLine: proposal.line,
    pending.LeadsDay: proposal.day,
    kill_request.KillRequest: asking.request,
    kill_request.RequestAnswer: asking.answer,
    approval.Approval: approvals.request,
    approval.ApprovalAnswer: approvals.answer,
    engineering.Started: eng.started,
    engineering.Done: eng.done,
    engineering.TakenBack: eng.taken_back,
    gpu.Call: gpus.call,
    gpu.LetRun: gpus.let_run,
    gpu.Shortage: gpus.shortage,
}


def show(what: object) -> Message:
    """The message for a value of one of the kinds above."""
    return _VIEWS[type(what)](what)
