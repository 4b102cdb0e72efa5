"""What a wrong answer costs: a lead confirms the formula once, the digest uses it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from core.digest import money as rules
from core.digest.money import Formula, Kept
from core.errors import Refused
from core.experiments import rates
from core.experiments.headline import Headline, headline
from core.experiments.metric import same_name
from core.experiments.rates import Rates
from models import form_draft
from models.team import Team
from services import team
from services.desk import desk
from services.experiments import experiment
from services.experiments import headline as headlines
from services.ports import Lab

FORM = "money"
KEY = "money"


@dataclass(frozen=True)
class MoneyForm:
    """What the form starts with: the metric, what is set, what was typed but never sent."""

    metric: str
    formula: Formula | None
    draft: Mapping[str, Any]


def look(lab: Lab, team_id: int) -> Kept | None:
    """The team's formula, or None."""
    with desk(lab, team_id, lock=False) as here:
        return _kept(here.session, here.team, here.now)


def offer(lab: Lab, team_id: int, *, by: str) -> MoneyForm:
    """What the form starts with. Raises NotAllowed, Refused (no metric that tells right from
    wrong answers).
    """
    with desk(lab, team_id, lock=False) as here:
        session, theirs, now = here.session, here.team, here.now
        team.require_lead(session, theirs, by, "say what a wrong answer costs")
        head = head_of(session, theirs, now)
        _require_share(head)
        known = rules.from_settings(theirs.chosen.money)
        return MoneyForm(head.metric.name, known, form_draft.offer(session, team_id, by, FORM))


def save(lab: Lab, team_id: int, values: Mapping[str, Any], *, metric: str, by: str) -> Kept:
    """Confirm the formula for that metric. Raises NotAllowed, Refused (with the field)."""
    with desk(lab, team_id, lock=False) as here:
        session, theirs, now = here.session, here.team, here.now
        team.require_lead(session, theirs, by, "say what a wrong answer costs")
        head = head_of(session, theirs, now)
        if not same_name(metric, head.metric.name):
            raise Refused(
                f"The headline metric is {head.metric.name or 'not set'} by now, not {metric}.",
                "Open the form again: `/digest money change`.",
            )
        _require_share(head)
        formula = rules.read(values, head.metric.name)
        kept = rules.as_settings(formula) | {"by": by, "at": now.isoformat()}
        theirs.choose(money=kept)
        form_draft.forget(session, team_id, by, FORM)
        return Kept(formula, by, now, head)


def off(lab: Lab, team_id: int, *, by: str) -> bool:
    """Take the formula away; False when there was none. Raises NotAllowed."""
    with desk(lab, team_id, lock=False) as here:
        session, theirs = here.session, here.team
        team.require_lead(session, theirs, by, "take the cost of wrong answers away")
        if theirs.chosen.money is None:
            return False
        theirs.choose(money=None)
        return True


def confirm(lab: Lab, team_id: int, *, by: str, holds: bool) -> str:
    """A lead says that what the headline metric leaves are wrong answers, or (holds False) that
    they are not: the metric's name. Raises NotAllowed, Refused (no share).
    """
    with desk(lab, team_id, lock=False) as here:
        session, theirs = here.session, here.team
        team.require_lead(session, theirs, by, "say what the headline metric counts")
        head = head_of(session, theirs, here.now)
        _require_share(head)
        name = head.metric.name
        others = [one for one in theirs.chosen.wrong_by if not same_name(one, name)]
        theirs.choose(wrong_by=[*others, *([name] if holds else [])])
        return name


def price(lab: Lab, team_id: int, typed: str, *, by: str) -> Rates:
    """Say what hours or a delay cost: `gpu=$2.50 hour=$80`. Raises NotAllowed, Refused."""
    with desk(lab, team_id, lock=False) as here:
        team.require_lead(here.session, here.team, by, "say what hours cost")
        new = rates.changed(Rates(**here.team.chosen.rates), typed)
        here.team.choose(rates=rates.stored(new))
        return new


def rates_of(lab: Lab, team_id: int) -> Rates:
    """What hours and a delay cost the team."""
    with desk(lab, team_id, lock=False) as here:
        return Rates(**here.team.chosen.rates)


def is_lead(lab: Lab, team_id: int, user: str) -> bool:
    """True when that person may confirm a formula."""
    with desk(lab, team_id, lock=False) as here:
        session, theirs = here.session, here.team
        return team.may_lead(session, theirs, user)


def _kept(session: Session, theirs: Team, now: datetime) -> Kept | None:
    given = theirs.chosen.money
    formula = rules.from_settings(given)
    if formula is None or not given:
        return None
    at = datetime.fromisoformat(given["at"])
    return Kept(formula, str(given["by"]), at, head_of(session, theirs, now))


def head_of(session: Session, theirs: Team, now: datetime) -> Headline:
    """The headline metric as its wrong answers are counted."""
    day = experiment.today_of(theirs, now)
    metric = headlines.standing_for(session, theirs)
    which = headlines.contenders(session, theirs, metric)
    return headline(metric, experiment.some_of(session, theirs, which), (), on=day)


def _require_share(head: Headline) -> None:
    metric = head.metric
    rules.require_share(metric.name, metric.direction, (head.current, metric.target))
