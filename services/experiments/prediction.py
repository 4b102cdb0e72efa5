"""Predictions: who may write one and until when, how a result did against it (kept with the
result, and in the ticket's history), and how a team's came out.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace

from sqlmodel import Session, col

from core import calendar
from core.errors import NotAllowed, NotFound, Refused
from core.experiments import calibration as rates
from core.experiments import prediction as rules
from core.experiments import similar as near
from core.experiments.calibration import BaseRate, Quality
from core.experiments.checkpoint import CheckpointReport
from core.experiments.experiment import Experiment
from core.experiments.prediction import MATCHES, SKIPPED
from core.experiments.similar import Match
from core.faults import Faults
from core.forecasts.headline import places
from core.text import clean, shorten
from models.experiments import across
from models.experiments import decided as sums
from models.experiments import experiment as table
from models.experiments import measurement as measurements
from models.experiments import prediction as scores
from models.experiments.experiment import Change
from models.experiments.experiment import Experiment as Row
from models.experiments.measurement import Measurement
from models.team import Team
from services import standing
from services import team as teams
from services.desk import Desk, desk
from services.experiments import experiment, ticket
from services.ports import Lab

LONGEST_WHY = 500


@dataclass(frozen=True)
class Sketch:
    """What is known of a new ticket. number: its own by now, or 0."""

    text: str
    owner: str
    number: int = 0


@dataclass(frozen=True)
class Advice:
    """What helps before a ticket is sent: what became of the last ones, and what looks alike."""

    rate: BaseRate
    alike: tuple[Match, ...]


def check(session: Session, team: Team, row: Row, report: CheckpointReport, *, by: str) -> None:
    """Pass a report that predicts nothing, or predicts in time.

    Raises NotAllowed (owner or lead), Refused (sealed, or a result in the same line).
    """
    said = {name: getattr(report, name) for name in rules.FIELDS}
    if all(value is None for value in said.values()):
        return
    before = row.snapshot()
    experiment.require_change(session, team, before, by, f"predict for {before.id}")
    since = ticket.first_result(session, row)
    if since:
        raise rules.sealed(before.id, experiment.today_of(team, since))
    if report.value is not None:
        raise Refused(
            "A prediction and a result in one line are no prediction.",
            f"Write the result alone: `/exp update {before.id} …`.",
        )


def advice(lab: Lab, team_id: int, new: Sketch, *, by: str) -> Advice:
    """For a new ticket, from every team that `by` may read."""
    with desk(lab, team_id, lock=False) as here:
        seen = standing.readable(here.session, here.team.workspace, by)
        known = across.newest(here.session, seen, near.COMPARED, but=new.number)
        whose = {row.number: row.team_id for row in known}
        alike = near.similar(new.text, [row.snapshot() for row in known])
        said = tuple(_named(here, match, whose[match.ticket.number]) for match in alike)
        return Advice(_rate(here, seen, new), said)


def _rate(here: Desk, seen: Collection[int], new: Sketch) -> BaseRate:
    """The owner's own in all these teams, else this team's, else that of them all."""
    others, own = col(Row.number) != new.number, col(Row.owner) == new.owner
    numbers = sums.last_decided(here.session, [here.team_id], rates.LAST, others)
    numbers += sums.last_decided(here.session, seen, rates.LAST, others, own)
    numbers += sums.last_decided(here.session, seen, rates.LAST, others)
    rows = across.chosen(here.session, seen, table.numbered(numbers))
    ours = {row.number for row in rows if row.team_id == here.team_id}
    return rates.base_rate([row.snapshot() for row in rows], new.owner, ours)


def _named(here: Desk, match: Match, team_id: int) -> Match:
    if team_id == here.team_id:
        return match
    name = standing.name_of(here.session.get_one(Team, team_id))
    return replace(match, team=name, team_id=team_id)


def quality(lab: Lab, team_id: int, *, by: str, about: str = "") -> Quality:
    """The record of the team's predictions, or of one person's experiments (`about`).

    Raises NotAllowed: a person's record is theirs and the leads' to see.
    """
    with desk(lab, team_id, lock=False) as here:
        if about not in ("", by) and not teams.is_lead(here.session, here.team, by):
            raise NotAllowed(
                "How somebody's predictions came out is theirs and the leads' to see.",
                "`/exp quality` shows the team's.",
            )
        which = [table.is_closed(), *([col(Row.owner) == about] if about else [])]
        sprints, today = here.team.sprints, experiment.today_of(here.team, here.now)
        ahead = sprints.next_after(today).ends
        at = places(sprints, calendar.zone(here.team.zone), ahead, outside=-1)
        scored = scores.scored(here.session, here.team_id, at, *which)
        return rates.quality(scored, table.count(here.session, here.team_id, *which))


@dataclass(frozen=True)
class Compared:
    """One result and how it did. matched: a key of MATCHES, "skipped", or "" while nobody said."""

    checkpoint_id: int
    ticket: Experiment
    value: float
    matched: str
    why: str


def look(lab: Lab, team_id: int, checkpoint_id: int, *, by: str) -> Compared:
    """That result. Raises NotFound (it was undone), NotAllowed (reporter, owner and leads)."""
    with desk(lab, team_id, lock=False) as here:
        found, about = _own(here.session, here.team, checkpoint_id, by)
        return _value(here.session, found, about)


def unsaid(lab: Lab, team_id: int, number: int) -> Compared | None:
    """The newest result of a ticket with a target, while nobody has said how it matched."""
    with desk(lab, team_id, lock=False) as here:
        about = ticket.row(here.session, here.team, number)
        if not ticket.value(here.session, about).is_to_compare:
            return None
        stands = measurements.last(here.session, about.pk)
        return _value(here.session, stands, about) if stands else None


def say(lab: Lab, team_id: int, checkpoint_id: int, matched: str, *, by: str) -> Compared:
    """Keep the answer of a button. The same again changes nothing; another one is refused.

    Raises NotFound, NotAllowed, Refused (it was answered already).
    """
    with desk(lab, team_id, lock=False) as here:
        found, about = _own(here.session, here.team, checkpoint_id, by)
        if found.matched not in {"", SKIPPED, matched}:
            how = f"is noted already: {MATCHES[found.matched]}."
            hint = "“Say why” in the newer message changes it."
            raise Refused(f"That result of {about.snapshot().id} {how}", hint)
        if found.matched != matched and not (matched == SKIPPED and found.matched):
            _keep(here.session, about, found, (matched, found.matched_why), _audit(lab, by))
        return _value(here.session, found, about)


def explain(
    lab: Lab, team_id: int, checkpoint_id: int, given: tuple[str, str], *, by: str
) -> Compared:
    """Keep what a form says: how it did, and why in a sentence.

    Raises NotFound, NotAllowed, and Refused under the field that is wrong.
    """
    matched, why = given[0], clean(given[1])
    with Faults() as each:
        each(_require_matched, matched)
        each(_require_short, why)
    with desk(lab, team_id, lock=False) as here:
        found, about = _own(here.session, here.team, checkpoint_id, by)
        if (found.matched, found.matched_why) != (matched, why):
            _keep(here.session, about, found, (matched, why), _audit(lab, by))
        return _value(here.session, found, about)


def _require_matched(matched: str) -> None:
    if matched not in MATCHES:
        raise Refused("Better, as predicted, or worse?", "Choose one.", field="matched")


def _require_short(why: str) -> None:
    if len(why) > LONGEST_WHY:
        said = f"That is {len(why)} characters."
        raise Refused(said, f"A sentence will do: at most {LONGEST_WHY}.", field="why")


def _audit(lab: Lab, by: str) -> Change:
    return ticket.audit(by, "compared", at=lab.clock())


def _own(
    session: Session, team: Team, checkpoint_id: int, by: str
) -> tuple[Measurement, table.Experiment]:
    found = session.get(Measurement, checkpoint_id, with_for_update={"key_share": True})
    about = session.get(table.Experiment, found.experiment_id) if found else None
    if found is None or about is None or about.team_id != team.id or found.value is None:
        raise NotFound("That result was taken back.", "`/exp update` reports another one.")
    if by not in {found.author, about.owner} and not teams.is_lead(session, team, by):
        who = teams.name_of(session, team, about.owner)
        raise NotAllowed(
            f"Only who reported it, {who} or a lead can say that.", "Ask one of them."
        )
    return found, about


def _keep(
    session: Session,
    about: table.Experiment,
    found: Measurement,
    given: tuple[str, str],
    made: Change,
) -> None:
    before = MATCHES.get(found.matched, "")
    found.matched, found.matched_why = given
    session.add(found)
    if found.matched in MATCHES:
        # The ticket itself stays as it is, so this is no change to be undone: only history.
        made.team_id, made.experiment_id, made.why = about.team_id, about.pk, given[1]
        made.before = {"prediction": before}
        made.after = {"prediction": f"{found.value:g} {MATCHES[found.matched]}"}
        session.add(made)
    session.flush()


def _value(session: Session, found: Measurement, about: table.Experiment) -> Compared:
    assert found.value is not None
    seen = ticket.value(session, about)
    return Compared(found.pk, seen, found.value, found.matched, shorten(found.matched_why, 600))
