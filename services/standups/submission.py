"""Answering with the form, and skipping."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.errors import Refused
from core.experiments import checkpoint, metric
from core.experiments.experiment import Experiment
from core.faults import Faults
from core.standups import standup as reading
from core.standups import typed_reply
from core.standups.questions import Question
from core.standups.round import AnswerForm
from core.text import clean, says_nothing
from models import form_draft
from models.standups import answer as answers
from models.standups.answer import Answer
from services.desk import Desk, desk
from services.experiments import experiment
from services.experiments.checkpoint import record_result
from services.experiments.experiment import TicketRequest
from services.ports import Lab
from services.standups import answer
from services.standups import messages as shown
from services.standups.answer import Place
from services.standups.messages import facts


@dataclass(frozen=True)
class Form:
    """The answer form as sent. experiment: its number or ""; result and gpu as typed."""

    round_id: int
    replies: Sequence[str]
    experiment: str = ""
    result: str = ""
    gpu: str = ""


def offer(lab: Lab, team_id: int, user_id: str, round_id: int) -> AnswerForm:
    """The form for that round. Raises NotFound, NotAllowed (not on the roster)."""
    with desk(lab, team_id, lock=False) as here:
        mine = answer.place(here, round_id, user_id)
        row = answers.of_person(here.session, round_id, user_id)
        stands = row is not None and not row.withdrawn
        carried = "" if row is not None and stands else _last_next(here, mine)
        return AnswerForm(
            round=facts(here, mine.standup, mine.row),
            replies=_start(mine.row.questions, row if stands else None, carried),
            experiments=tuple(experiment.mine(here.session, here.team, user_id)),
            kept=form_draft.offer(here.session, team_id, user_id, draft_name(round_id)),
            answered=stands,
            late=answer.is_over(here, mine.row),
            carried=bool(carried),
        )


def submit(lab: Lab, team_id: int, user_id: str, form: Form) -> None:
    """Keep what was sent with the form.

    Raises NotFound, NotAllowed, and Refused with the form field to show it under.
    """
    replies = [clean(reply) for reply in form.replies]
    with desk(lab, team_id, lock=False) as here:
        mine = answer.place(here, form.round_id, user_id)
        questions = mine.row.questions
        note = reading.learnings(questions, replies)
        with Faults() as each:
            each(_require_any, replies)
            each(require_readable, answer.asked(mine), replies)
            reported = each(_report, lab.within(here.session), here, user_id, form, note=note)
        row = answer.standing(here, mine)
        row.form = [*replies, *[""] * len(questions)][: len(questions)]
        for said in answers.said_for(here.session, row.pk):
            here.session.delete(said)
        row.reported = reported or row.reported
        number = int(form.experiment) if form.experiment else None
        row.chosen = list(dict.fromkeys([*row.chosen, *([number] if number else [])]))
        answer.keep(here, mine, row, reported_on=number if reported else None)
        form_draft.forget(here.session, team_id, user_id, draft_name(form.round_id))


def _require_any(replies: Sequence[str]) -> None:
    if not any(replies):
        raise Refused("All fields are empty.", "Answer at least one question.", field="q0")


def require_readable(asked: Sequence[Question], replies: Sequence[str]) -> None:
    """Pass when a form's replies are what the questions take. Raises Refused under the field."""
    with Faults() as each:
        for doubt in typed_reply.doubts(asked, replies):
            each(_refuse, doubt)


def _refuse(doubt: typed_reply.Doubt) -> None:
    place = f"q{doubt.number - 1}"
    if not doubt.text:
        raise Refused("This one must be answered.", "“none” is an answer.", field=place)
    raise Refused(
        "I cannot read that.", f"It takes {typed_reply.takes(doubt.question)}.", field=place
    )


def skip(lab: Lab, team_id: int, user_id: str, round_id: int) -> str:
    """Skip one round; the standup's name. Raises NotFound, NotAllowed, Refused."""
    with desk(lab, team_id, lock=False) as here:
        mine = answer.place(here, round_id, user_id)
        mark_skipped(here, mine)
        return mine.standup.name


def mark_skipped(here: Desk, mine: Place) -> None:
    """Take that person out of those to go in this round. Raises Refused."""
    if mine.prompt.state == "answered":
        raise Refused(
            "You have answered already, so there is nothing to skip.",
            "`/standup` lets you change the answer.",
        )
    if answer.is_over(here, mine.row):
        raise Refused("That round is over.", "`/standup` still takes a late answer.")
    if mine.prompt.state == "away":
        raise Refused("You are away: nobody waits for your answer.", "`/standup back` ends it.")
    mine.prompt.state = "skipped"
    here.session.flush()
    shown.refresh(here, mine.standup, mine.row)
    shown.show_prompt(here, mine.standup, mine.row, mine.user)


def draft_name(round_id: int) -> str:
    """Under which name a half-typed answer is kept."""
    return f"standup:{round_id}"


def _last_next(here: Desk, mine: Place) -> str:
    last = answers.last_of(here.session, mine.standup.pk, mine.user)
    if last is None:
        return ""
    row, earlier = last
    said = reading.reply_to("next", earlier.questions, row.replies) or ""
    return "" if says_nothing(said) else said


def _start(questions: Sequence[str], row: Answer | None, carried: str) -> tuple[str, ...]:
    if row is not None:  # a forgotten one has no replies any more
        return tuple([*row.replies, *[""] * len(questions)][: len(questions)])
    place = reading.place_of("next", questions)
    return tuple(carried if n == place else "" for n in range(len(questions)))


def _report(lab: Lab, here: Desk, user_id: str, form: Form, *, note: str) -> str:
    if not form.result and not form.gpu:
        return ""
    if not form.experiment:
        hint = "Choose it above, or leave result and GPU-hours empty."
        raise Refused("Which experiment is this of?", hint, field="experiment")
    about = experiment.find(here.session, here.team, int(form.experiment))
    with Faults() as each:
        report = checkpoint.CheckpointReport(
            value=each(metric.read, form.result, about, field="result") if form.result else None,
            gpu_added=each(checkpoint.read_hours, form.gpu, field="gpu") if form.gpu else None,
            note=note,
        )
    try:
        act = TicketRequest(here.team_id, about.number, user_id, "reported")
        record_result(lab, act, report)
    except Refused as refusal:
        raise Refused(refusal.message, refusal.hint, field="experiment") from None
    return _in_words(about, report)


def _in_words(about: Experiment, report: checkpoint.CheckpointReport) -> str:
    parts = [f"{about.metric} {report.value:g}"] if report.value is not None else []
    parts += [f"{report.gpu_added:g} GPU-hours more"] if report.gpu_added is not None else []
    return f"{about.id}: {', '.join(parts)}"
