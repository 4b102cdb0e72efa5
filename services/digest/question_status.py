"""How are we doing: one team's answer, or that of all teams somebody may read."""

from collections.abc import Sequence

from core import calendar
from core.digest import question_status as rules
from core.digest.portfolio_copies import Part
from core.digest.question import DigestQuestion
from core.digest.question_told import AskedQuestion, ToldAnswer
from core.facts import Sheet, freeze
from services import standing
from services.desk import Desk, desk
from services.digest import digest
from services.experiments import experiment
from services.ports import Lab

STATUS = DigestQuestion("status")


def of(here: Desk, asked: AskedQuestion) -> ToldAnswer:
    """The team's answer, from the records as they are now."""
    return rules.answer(asked, _sheet(here))


def of_several(lab: Lab, team_ids: Sequence[int]) -> ToldAnswer:
    """The answer of these teams together; days are those of the first."""
    parts, zones = [], []
    for team_id in team_ids:
        with desk(lab, team_id, lock=False) as here:
            sheet = _sheet(here)
            parts.append(Part(standing.called(here.team), sheet, freeze(sheet)[1]))
            zones.append(calendar.zone(here.team.zone))
    return rules.of_several(AskedQuestion(STATUS, lab.clock(), zones[0]), parts)


def _sheet(here: Desk) -> Sheet:
    """What the team's digest would be written from now."""
    on = experiment.today_of(here.team, here.now)
    return digest.collect(here.session, here.team, on, now=here.now, policy=here.policy)
