"""Which experiment each run belongs to, and what of it is worth reading."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from core.quantity import experiment_id
from core.tracking import run as rules
from core.tracking.metrics import own_metric, worth_history
from core.tracking.run import Run
from models.experiments import experiment as tickets
from models.experiments.experiment import Experiment
from models.tracking import run as table
from models.tracking.run import Run as Row
from models.tracking.tracker import Tracker
from services.desk import Desk
from services.evals.inputs import requirements_of


@dataclass(frozen=True)
class Placed:
    """A run where it belongs. row: as it is kept, None for a new one. ticket: None for an unmapped
    one; how, names: as models.tracking.run. own: the logged metric that is the ticket's, "" for
    none. key: changes when its steps are to be read again.
    """

    run: Run
    row: Row | None
    ticket: Experiment | None
    how: str
    names: str
    own: str
    key: str

    @property
    def metrics(self) -> tuple[str, ...]:
        """Whose steps are to be read; nothing of a run that belongs nowhere."""
        return worth_history(self.run.latest, self.own) if self.ticket else ()

    @property
    def is_news(self) -> bool:
        """True when anything of it changed since it was kept."""
        return self.row is None or self.row.hash != self.key


def placed(here: Desk, tracker: Tracker, runs: Sequence[Run]) -> list[Placed]:
    """Each run with its experiment; here: at the tracker's team."""
    kept = table.named(here.session, tracker.pk, [one.source_id for one in runs])
    required = {one.name: one.measures for one in requirements_of(here.session, here.team)[0]}
    known = _tickets(here.session, tracker, runs, kept)
    return [_placed(tracker, one, kept.get(one.source_id), known, required) for one in runs]


def _tickets(
    session: Session, tracker: Tracker, runs: Sequence[Run], kept: Mapping[str, Row]
) -> dict[int, Experiment]:
    """What the runs can belong to, by number: the team's, and whose they are already, since an
    experiment may have been handed over.
    """
    numbers = {number for one in runs for number in rules.named(one)} | {*tracker.mapped.values()}
    found = tickets.chosen(session, tracker.team_id, tickets.numbered(numbers)) if numbers else []
    theirs = {row.experiment_id for row in kept.values()} - {row.id for row in found} - {None}
    owned = [session.get_one(Experiment, key) for key in sorted(theirs, key=lambda k: k or 0)]
    return {row.number: row for row in (*owned, *found)}


def _placed(
    tracker: Tracker,
    run: Run,
    row: Row | None,
    known: Mapping[int, Experiment],
    required: Mapping[str, str],
) -> Placed:
    ticket, how, names = _belongs(tracker, run, row, known)
    own = own_metric(run.latest, ticket.metric, required) if ticket else ""
    wanted = f"{ticket.pk}:{own}:{ticket.direction}" if ticket else names
    return Placed(run, row, ticket, how, names, own, f"{rules.fingerprint(run)}:{wanted}")


def _belongs(
    tracker: Tracker, run: Run, row: Row | None, known: Mapping[int, Experiment]
) -> tuple[Experiment | None, str, str]:
    numbers = rules.named(run)
    if row is not None and row.mapped == "person":
        mine = next((one for one in known.values() if one.pk == row.experiment_id), None)
        return mine, "person", ""
    if len(numbers) == 1 and numbers[0] in known:
        return known[numbers[0]], rules.named_by(run), ""
    if numbers:
        return None, "", ", ".join(experiment_id(number) for number in numbers)
    ticket = known.get(tracker.mapped.get(run.project, 0))
    return ticket, "project" if ticket else "", ""
