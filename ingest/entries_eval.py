"""Eval results over HTTP: pushed as one side, judged when asked, and the gate's status."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from core.errors import NotFound, Refused
from core.evals.card import GateStatus, Pushed
from core.evals.gate import MetricVerdict
from core.quantity import experiment_id, experiment_number
from core.workspace.token import Pusher
from ingest.convert import as_push, check_experiment, role_of
from ingest.evals import read_eval
from ingest.file import MAX_UNPACKED_BYTES
from ingest.given import Answer, Given, Work, finite
from services.evals import gate
from services.ports import Lab


def take_eval(given: Given) -> Work:
    """Results of one side, canonical or as the tool wrote them. Raises Refused."""
    document = read_eval([given.file], max_bytes=MAX_UNPACKED_BYTES)
    number = number_of(given.named["id"])
    check_experiment(document, number)
    role = role_of(given.query.get("role", ""), document)
    variant = given.query.get("variant", "")
    is_judged = given.query.get("gate", "") in {"1", "true", "yes"}
    as_push(document, role, by="", variant=variant)  # refused here it is a fault of the file

    def work(lab: Lab, who: Pusher) -> Answer:
        side = as_push(document, role, by=who.who, variant=variant)
        made_from = (given.query.get("dataset", ""), given.query.get("commit", ""))
        side = replace(side, trained_on=made_from[0], code_commit=made_from[1])
        done = gate.push(lab, who.team_id, number, side, gate=is_judged)
        return pushed_answer(done) | {"notes": list(document.notes)}

    return work


def tell_gate(lab: Lab, who: Pusher, named: Mapping[str, str]) -> Answer:
    """The newest judgement; `decision` is null before the first. Raises NotFound."""
    number = number_of(named["id"])
    status = gate.gate_status(lab, who.team_id, number)
    return gate_answer(status) if status else {"experiment": experiment_id(number),
                                               "decision": None}  # fmt: skip


def number_of(text: str) -> int:
    """The experiment a path names. Raises NotFound when it is no id."""
    try:
        return experiment_number(text)
    except Refused as refusal:
        raise NotFound(refusal.message, refusal.hint) from None


def pushed_answer(done: Pushed) -> Answer:
    """What a push did, as JSON."""
    return {
        "experiment": done.experiment,
        "role": done.role,
        "examples": done.examples,
        "runs": done.runs,
        "metrics": list(done.metrics),
        "eval_set": done.eval_set_hash,
        "repeated": done.repeated,
        "logged": done.logged,
        "gate": gate_answer(done.status) if done.status else None,
    }


def gate_answer(status: GateStatus) -> Answer:
    """The judgement, as JSON."""
    return {
        "experiment": status.experiment,
        "decision": status.decision,
        "reasons": [*status.reasons, *status.behind],
        "metrics": [_metric(one) for one in status.metrics],
        "at": status.at.isoformat(),
        "current": status.current,
        "attempt": status.attempt,
        "look": status.look,
        "eval_set": status.eval_set_hash,
        "missing_examples": status.missing_examples,
        "missing_seeds": status.missing_seeds,
        "overridden": status.overridden,
    }


def _metric(one: MetricVerdict) -> dict[str, Any]:
    return {
        "metric": one.metric,
        "verdict": one.verdict,
        "blocking": one.blocking,
        "reason": one.reason,
        "estimate": finite(one.estimate),
        "baseline": finite(one.baseline),
        "low": finite(one.interval.low if one.interval else None),
        "high": finite(one.interval.high if one.interval else None),
        "limit": finite(one.limit),
        "missing_examples": one.missing_examples,
        "missing_seeds": one.missing_seeds,
    }
