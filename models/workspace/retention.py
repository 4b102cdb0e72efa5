"""The words of old standup answers, inputs of evals, and every copy: counted and emptied."""

from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import String, cast, delete, func, or_
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import Session, col, select

from core.evals.push import as_record, from_record
from models.evals.gate import EvalPush
from models.experiments.experiment import Experiment
from models.form_draft import Draft
from models.outbox import Outbox
from models.standups.answer import Answer, Said
from models.standups.early import Early
from models.standups.evening import EveningAsk
from models.standups.standup import Round, Standup
from models.tracking.beat import RunBeat
from models.tracking.issue import IssueDesk, IssueStep
from models.tracking.run import Run
from models.tracking.tracker import Tracker

_SETTLED = ("sent", "dead")
_BATCH, _BATCH_OF_PUSHES = 500, 20  # a push may be megabytes
_COPIES = ("csv:", "report:", "unsure:", "edit:unsure:")  # keys of messages that quote answers


def count(session: Session, team_id: int, before: date) -> int:
    """How many answers of closed rounds before that date still have words."""
    wanted = select(func.count(col(Answer.id))).where(_old(team_id, before), _has_words())
    return int(session.exec(wanted.join(Round).join(Standup)).one())


def forget_answers(session: Session, team_id: int, before: date) -> int:
    """Empty them and what they were made of; who answered, when and about what stays."""
    wanted = select(Answer).join(Round).join(Standup).where(_old(team_id, before), _has_words())
    gone = 0
    for row in session.exec(wanted.limit(_BATCH)):
        row.replies, row.form, row.reported = [], [], ""
        session.execute(delete(Said).where(col(Said.answer_id) == row.id))
        _empty_messages(session, f"answer:{row.round_id}:{row.user_id}")
        gone += 1
    session.flush()
    return gone


def forget_beside(session: Session, team_id: int, before: date) -> None:
    """Empty evening checks, and drop what was answered ahead for rounds that never came."""
    mine = select(Standup.id).where(Standup.team_id == team_id).scalar_subquery()
    evenings = select(EveningAsk).where(
        col(EveningAsk.standup_id).in_(mine), EveningAsk.on < before, EveningAsk.text != ""
    )
    for row in session.exec(evenings):
        row.text = ""
    session.execute(delete(Early).where(col(Early.standup_id).in_(mine), col(Early.on) < before))


def forget_copies(session: Session, team_id: int, before: datetime) -> None:
    """Empty reports, files and questions sent before then, and drop what was never sent."""
    kinds = or_(*(col(Outbox.key).startswith(part) for part in _COPIES))
    sent = select(Outbox).where(Outbox.team_id == team_id, kinds, Outbox.created_at < before)
    for row in session.exec(sent.where(col(Outbox.state).in_(_SETTLED))):
        if row.payload:
            row.payload = {}
    half_typed = col(Draft.form).startswith("standup:")
    session.execute(
        delete(Draft).where(col(Draft.team_id) == team_id, half_typed, col(Draft.at) < before)
    )


def forget_inputs(session: Session, team_id: int, before: datetime) -> int:
    """Empty the inputs that were pushed with evals; the scores stay. How many pushes were looked
    at, some at a time.
    """
    wanted = select(EvalPush).where(
        EvalPush.team_id == team_id, EvalPush.at < before, col(EvalPush.texts).is_(True)
    )
    gone = 0
    for row in session.exec(wanted.limit(_BATCH_OF_PUSHES)):
        push = from_record("candidate", row.results)
        if any(line.text for line in push.lines):
            lines = tuple(replace(line, text="") for line in push.lines)
            row.results = as_record(replace(push, lines=lines))
        row.texts = False
        gone += 1
    session.flush()
    return gone


def forget_tracked(session: Session, team_id: int, before: datetime) -> None:
    """Empty the parameters and machines of runs that were last heard of before then, and what was
    to be said at tickets and never was. What is open or in production keeps what it was made of,
    and every run its model, dataset version, commit and values.
    """
    heard = func.coalesce(Run.ended_at, Run.heard_at, Run.started_at, Run.seen_at)
    over = col(Run.experiment_id).is_(None) | (col(Experiment.stage) == "killed")
    wanted = select(Run, RunBeat).join(Tracker, col(Tracker.id) == col(Run.tracker_id))
    wanted = wanted.join(Experiment, col(Experiment.id) == col(Run.experiment_id), isouter=True)
    wanted = wanted.join(RunBeat, col(RunBeat.run_id) == col(Run.id), isouter=True)
    told = (cast(col(Run.params), String) != "{}") | (col(RunBeat.host) != "")
    for run, beat in session.exec(
        wanted.where(Tracker.team_id == team_id, heard < before, over, told)
    ):
        run.params = {}
        if beat is not None:
            beat.host = ""
    mine = select(IssueDesk.id).where(IssueDesk.team_id == team_id).scalar_subquery()
    unsaid = select(IssueStep).where(
        col(IssueStep.desk_id).in_(mine), IssueStep.at < before,
        col(IssueStep.state).in_(("dead", "replaced")), cast(col(IssueStep.told), String) != "{}",
    )  # fmt: skip
    for step in session.exec(unsaid):
        step.told, step.why, step.state = {}, "", "replaced"  # there is nothing left to try again
    session.flush()


def _old(team_id: int, before: date) -> ColumnElement[bool]:
    mine = col(Standup.team_id) == team_id
    return mine & (col(Round.on) < before) & (col(Round.state) == "closed")


def _has_words() -> ColumnElement[bool]:
    # One JSON text in both databases; `[]` is what withdrawn and forgotten answers have.
    return cast(col(Answer.replies), String) != "[]"


def _empty_messages(session: Session, key: str) -> None:
    wanted = select(Outbox).where(col(Outbox.key).in_([key, f"edit:{key}"]))
    for row in session.exec(wanted.where(col(Outbox.state).in_(_SETTLED))):
        row.payload = {}
