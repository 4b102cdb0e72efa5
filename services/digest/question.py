"""Leadership's questions, answered from the records, and shared once when wanted."""

import re

from sqlmodel import Session

from core import calendar
from core.decisions import curve_outlook
from core.digest import money as formulas
from core.digest import question_accuracy, question_add, question_launch, question_when
from core.digest.question import DigestQuestion, read
from core.digest.question_told import AskedQuestion, ToldAnswer
from core.errors import Refused
from core.experiments.metric import same_name
from core.experiments.rates import Rates
from models.experiments import decided as sums
from models.experiments import experiment as tickets
from models.team import Team
from services import team
from services.decisions import decider
from services.desk import desk
from services.digest import money, question_status
from services.digest import question_accuracy as question_measured
from services.experiments import experiment
from services.forecasts import forecast
from services.ports import Lab
from services.project import note
from views.kit import Message


def understand(lab: Lab, team_id: int, typed: str) -> DigestQuestion:
    """Which of the questions it is; kind "" for none."""
    with desk(lab, team_id, lock=False) as here:
        session, theirs = here.session, here.team
        return read(typed, _own(session, theirs))


def answer(lab: Lab, team_id: int, question: DigestQuestion) -> ToldAnswer:
    """The answer from what the records say now. Raises NotFound, Refused (no question)."""
    with desk(lab, team_id, lock=False) as here:
        session, theirs, now = here.session, here.team, here.now
        asked = AskedQuestion(question, now, calendar.zone(theirs.zone))
        if question.kind == "when":
            return _when(session, theirs, asked)
        if question.kind == "accuracy":
            found = question_measured.of(session, theirs, asked)
            return question_accuracy.answer(asked, found)
        if question.kind == "status":
            return question_status.of(here, asked)
        if question.kind == "launch":
            return _launch(session, theirs, asked)
        if question.kind == "add":
            return _add(lab, session, theirs, asked)
    raise Refused("I can't answer this from the data.", "`/ask` shows what can be asked.")


def share(lab: Lab, team_id: int, once: str, message: Message, *, channel: str) -> bool:
    """Post the answer in the channel where it was asked, once per asking; False when it stands
    there already. Raises Refused in a DM.
    """
    if channel[:1] not in {"C", "G"}:
        raise Refused("Here nobody else would see it.", "Ask again in a channel and share there.")
    with desk(lab, team_id, lock=False) as here:
        return here.post(f"question:{once}", channel, message)


def _when(session: Session, theirs: Team, asked: AskedQuestion) -> ToldAnswer:
    outlook = forecast.standing(session, theirs, asked.at)
    record = forecast.record_of(session, theirs)
    known = [found for found in note.open_of(session, theirs) if found.kind == "risk"]
    risks = [(one.text, team.name_of(session, theirs, one.author)) for one in known]
    return question_when.answer(asked, outlook, record, risks)


def _launch(session: Session, theirs: Team, asked: AskedQuestion) -> ToldAnswer:
    head = money.head_of(session, theirs, asked.at)
    formula = formulas.from_settings(theirs.chosen.money)
    fits = formula is not None and same_name(formula.metric, head.metric.name)
    priced = Rates(**theirs.chosen.rates)
    return question_launch.answer(asked, head, formula if fits else None, priced)


def _add(lab: Lab, session: Session, theirs: Team, asked: AskedQuestion) -> ToldAnswer:
    last = sums.last_decided(session, [theirs.pk], question_add.LAST)
    which = tickets.is_open() | tickets.numbered(last)
    every = experiment.some_of(session, theirs, which)
    by = decider.limits_of(lab.policy, theirs)
    outlooks = {e.number: curve_outlook.of(e, by) for e in every if e.is_open}
    today = experiment.today_of(theirs, asked.at)
    return question_add.answer(asked, every, theirs.sprints.at(today), outlooks)


def _own(session: Session, theirs: Team) -> set[str]:
    """Words by which the team calls its product and its metric."""
    metric = forecast.metric_of(session, theirs).name
    return set(re.findall(r"[^\W\d_]+", f"{theirs.name} {metric}".lower()))
