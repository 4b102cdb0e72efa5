"""The eval gate: results come in, are judged, and every judgement is kept, told and read again."""

from collections.abc import Sequence

from sqlmodel import Session

from core.errors import Refused
from core.evals import gate as evalrecord
from core.evals.card import GateCard, GateStatus, Pushed
from core.evals.judgement import anytime_p, judge_all
from core.evals.push import Push, as_record
from core.experiments.rollout import is_live
from core.quantity import experiment_id
from models import webhook as hooks
from models.evals import gate as table
from models.evals.gate import EvalPush, GateAttempt
from models.experiments.experiment import Experiment as Row
from models.team import Team
from services.desk import Desk, desk
from services.evals import card, made_from, measurement, regression
from services.evals.card import Judged
from services.evals.inputs import Inputs, evidence_of, inputs_of
from services.experiments import experiment, ticket
from services.experiments.experiment import TicketRequest
from services.ports import Lab


def push(lab: Lab, team_id: int, number: int, push: Push, *, gate: bool) -> Pushed:
    """Keep one side's results; with `gate` judge them and show or edit the experiment's card
    (not of what is in production already).

    The same results again are not stored twice. Raises NotFound, Refused (closed, empty).
    """
    content = push.content_hash  # may take long: no transaction is open yet
    with desk(lab, team_id) as at:
        row = ticket.row(at.session, at.team, number)
        _require_place(at, row, push)
        if not push.metrics:
            raise Refused(
                f"There are no scores for {experiment_id(number)} in it, so nothing was stored.",
                "Push results with at least one metric.",
            )
        push = made_from.resolved(at, row, push)
        kept = _keep(at, row, push, content)
        repeated = kept is None
        logged = measurement.take(at, row, kept, push) if kept is not None else ""
        made_from.follow(at, row, push)
        status = None
        if gate and push.role != "production":
            status = _judge(at, row, by=push.by)
        elif not repeated:
            _tell_if_told(at, row)
        if kept is not None and push.role == "production":
            regression.look(at, row, kept, push)
        return Pushed(
            experiment_id(number), push.role, push.examples, push.runs, push.metrics,
            push.set_hash, repeated, status, logged,
        )  # fmt: skip


def _require_place(at: Desk, row: Row, push: Push) -> None:
    """Results of what is in production are taken there, all others before it. Raises Refused."""
    if push.role == "production":
        if row.stage != "production" and not is_live(row.snapshot()):
            raise Refused(
                f"{experiment_id(row.number)} is in {row.stage}, not in production.",
                "Push it as the candidate or the baseline.",
            )
    elif row.stage == "production":
        raise Refused(
            f"{experiment_id(row.number)} is in production: what is measured of it now changes no "
            "decision.",
            "Push it with `--role production`.",
        )
    else:
        experiment.require_open(at.session, at.team, ticket.value(at.session, row))


def judge(lab: Lab, act: TicketRequest, *, channel: str = "") -> GateStatus:
    """Judge what is there now, keep the attempt, show or edit the card (in the team's channel,
    else in `channel`). Raises NotFound, Refused (nothing was pushed yet).
    """
    number = act.number
    with desk(lab, act.team_id) as at:
        row = ticket.row(at.session, at.team, number)
        if not table.newest_head(at.session, row.pk, "candidate"):
            raise Refused(
                f"{experiment_id(number)} has no eval results yet.",
                f"Push them: `assay eval push FILE --exp {experiment_id(number)} --role "
                "candidate --gate`, or drop the file into its thread.",
            )
        return _judge(at, row, by=act.by, channel=channel)


def gate_status(lab: Lab, team_id: int, number: int) -> GateStatus | None:
    """The newest judgement, or None when there was none yet. Raises NotFound."""
    with desk(lab, team_id, lock=False) as here:
        return status_of(here.session, here.team, ticket.row(here.session, here.team, number))


def status_of(session: Session, theirs: Team, row: Row) -> GateStatus | None:
    """As gate_status, in the caller's transaction."""
    known = table.attempts(session, row.pk)
    if not known:
        return None
    now = inputs_of(session, theirs, row)
    given = table.override_of(session, row.pk, now.hash)
    return _status(row, known, now, overridden=bool(given and given.confirmed_at))


def _keep(at: Desk, row: Row, push: Push, content: str) -> EvalPush | None:
    newest = table.newest_head(at.session, row.pk, push.role)
    if newest and newest.content_hash == content:
        return None
    kept = EvalPush(
        team_id=at.team_id, experiment_id=row.pk, role=push.role,
        eval_set_hash=push.set_hash, content_hash=content, source=push.source[:200],
        by=push.by, trained_on=push.trained_on, code_commit=push.code_commit,
        at=at.now, examples=push.examples, runs=push.runs,
        metrics=list(push.metrics), results=as_record(push),
        texts=any(line.text for line in push.lines),
    )  # fmt: skip
    at.session.add(kept)
    at.session.flush()
    return kept


def _judge(at: Desk, row: Row, *, by: str, channel: str = "") -> GateStatus:
    inputs = inputs_of(at.session, at.team, row, results=True)
    known = table.attempts(at.session, row.pk)
    look = _look(known, inputs)
    evidence = evidence_of(inputs, look=look)
    verdict = judge_all(inputs.requirements, evidence)
    attempt = GateAttempt(
        team_id=at.team_id, experiment_id=row.pk, inputs=inputs.hash,
        eval_set_hash=inputs.set_hash, look=look, decision=verdict.decision,
        candidate_hash=inputs.candidate.content_hash if inputs.candidate else "",
        reasons=list(verdict.reasons), missing_examples=verdict.missing_examples,
        missing_seeds=verdict.missing_seeds, p_anytime=anytime_p(verdict.metrics),
        verdicts=[evalrecord.as_record(one) for one in verdict.metrics], by=by, at=at.now,
        behind=list(made_from.behind(at, inputs)),
    )  # fmt: skip
    at.session.add(attempt)
    at.session.flush()
    given = table.override_of(at.session, row.pk, inputs.hash)
    overridden = bool(given and given.confirmed_at)
    status = _status(row, [*known, attempt], inputs, overridden=overridden)
    card.tell(at, row, Judged(status, inputs, evidence), channel=channel)
    told = {"experiment": status.experiment, "decision": status.decision, "at": at.now,
            "reasons": list(status.reasons), "eval_set": status.eval_set_hash}  # fmt: skip
    hooks.tell(at.session, at.team_id, "gate", attempt.pk, told)
    return status


def _look(known: Sequence[GateAttempt], inputs: Inputs) -> int:
    mine = inputs.candidate.content_hash if inputs.candidate else ""
    used = {a.candidate_hash for a in known if a.eval_set_hash == inputs.set_hash}
    return len(used - {mine}) + 1


def _status(
    row: Row, known: Sequence[GateAttempt], now: Inputs, *, overridden: bool
) -> GateStatus:
    last = known[-1]
    return GateStatus(
        experiment=experiment_id(row.number),
        decision=last.decision,
        reasons=tuple(last.reasons),
        metrics=tuple(evalrecord.from_record(record) for record in last.verdicts),
        at=last.at,
        current=last.inputs == now.hash,
        attempt=len(known),
        look=last.look,
        eval_set_hash=last.eval_set_hash,
        missing_examples=last.missing_examples,
        missing_seeds=last.missing_seeds,
        p_anytime=last.p_anytime,
        overridden=overridden,
        behind=tuple(last.behind or ()),
    )


def _tell_if_told(at: Desk, row: Row) -> None:
    """Results came in without a judgement: the card, if there is one, says so."""
    status = status_of(at.session, at.team, row)
    if status:
        card.retell(at, row, status, inputs_of(at.session, at.team, row))


def latest(lab: Lab, team_id: int) -> list[GateStatus]:
    """The newest judgement of each of the ten experiments judged last, newest first."""
    with desk(lab, team_id, lock=False) as here:
        rows = [
            here.session.get_one(Row, attempt.experiment_id)
            for attempt in table.latest_by_experiment(here.session, here.team_id)
        ]
        found = [status_of(here.session, here.team, row) for row in rows]
        return [status for status in found if status]


def stored_card(lab: Lab, team_id: int, number: int) -> GateCard:
    """The card as it stands. Raises NotFound, Refused (never judged)."""
    with desk(lab, team_id, lock=False) as here:
        row = ticket.row(here.session, here.team, number)
        status = status_of(here.session, here.team, row)
        if status is None:
            raise Refused(f"{experiment_id(number)} was never judged.")
        return card.card_of(here.session, row, status, inputs_of(here.session, here.team, row))
