"""Wrong-phase symptoms: seen in the data, told to the leads once, silenced by a button."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from core.errors import NotFound
from core.experiments import worth
from core.experiments.experiment import meets_target
from core.experiments.metric import Metric, same_name
from core.project import symptoms as rules
from core.project.symptoms import KINDS, NAMES, Ready, Symptom, SymptomEpisode
from core.sprints.phase_place import Place, Ratio
from models.evals import gate
from models.experiments import effort
from models.experiments import experiment as tickets
from models.experiments import headline as sums
from models.project import phase as table
from models.project.phase import SymptomSeen
from services import team
from services.announcement import places
from services.desk import Desk, desk
from services.forecasts import forecast
from services.ports import Lab
from services.sprints.sprint import Book
from views.project import phase as view

SNOOZE = timedelta(weeks=4)


def observe(book: Book, place: Place | None, ratio: Ratio) -> tuple[Symptom, ...]:
    """Every symptom as things stand, in the source document's order."""
    metric, best, _ = forecast.history(book.session, book.team, book.now)
    known = tickets.any_is(book.session, book.team_id, tickets.has_result())
    bare = [
        one.number
        for one in book.tickets
        if one.is_open and one.kind_of_work == worth.KINDS[0] and not one.kill_criteria.strip()
    ]
    return (
        rules.exploring(place, ratio, bare),
        rules.polishing(metric, best, ratio, _noise(book, metric)),
        rules.unshipped(_ready(book), book.now, known=known),
        rules.almost(metric, best, _extended(book)),
    )


def watch(here: Desk, seen: Sequence[Symptom]) -> None:
    """Keep what holds, and tell the leads what they have to hear, once."""
    rows = table.symptoms(here.session, here.team_id)
    for symptom in seen:
        row = rows.get(symptom.kind)
        if row is None:
            row = SymptomSeen(team_id=here.team_id, kind=symptom.kind, since=here.now)
            here.session.add(row)
        if symptom.holds is None:
            continue  # too little to tell that it went away
        if symptom.holds and not row.holds:
            row.since = here.now
        row.holds = symptom.holds
        if rules.is_due(_told(row), here.now):
            _tell(here, row, symptom)
    here.session.flush()


def snoozed(book: Book) -> dict[str, datetime]:
    """Until when symptoms are silent, by kind."""
    rows = table.symptoms(book.session, book.team_id)
    untils = {kind: row.snoozed_until for kind, row in rows.items() if row.snoozed_until}
    return {kind: until for kind, until in untils.items() if until > book.now}


def snooze(lab: Lab, team_id: int, kind: str, *, by: str) -> str:
    """Silence a symptom for four weeks; its name. Raises NotAllowed (leads only), NotFound."""
    with desk(lab, team_id, lock=False) as here:
        team.require_lead(here.session, here.team, by, "silence it")
        row = table.symptoms(here.session, here.team_id).get(kind)
        if row is None or kind not in KINDS:
            raise NotFound("That symptom is not known.", "`/phase` lists them.")
        row.snoozed_until, row.snoozed_by = here.now + SNOOZE, by
        return NAMES[kind]


def _tell(here: Desk, row: SymptomSeen, symptom: Symptom) -> None:
    found = places(here)
    if not found:
        return
    row.told_at, row.count = here.now, row.count + 1
    for place in found:
        key = f"symptom:{here.team_id}:{row.kind}:{row.count}:{place}"
        here.post(key, place, view.notice(symptom))


def _told(row: SymptomSeen) -> SymptomEpisode:
    return SymptomEpisode(row.holds, row.since, row.told_at, row.snoozed_until)


def _noise(book: Book, metric: Metric) -> float | None:
    found = sums.noise(book.session, book.team_id)
    return max((sd for name, sd in found if same_name(name, metric.name)), default=None)


def _ready(book: Book) -> list[Ready]:
    """Open experiments whose last result meets the target, or that have a GO of the gate."""
    by_number = {
        number: judged.at
        for number, judged in gate.latest_judged(book.session, book.team_id, limit=200)
        if judged.decision == "GO"
    }
    found = []
    for one in book.tickets:
        if not one.is_open:
            continue
        if one.number in by_number:
            found.append(Ready(one.number, by_number[one.number], "has a GO of the eval gate"))
        elif one.values and meets_target(one, one.values[-1]):
            met = [look.at for look in one.looks if meets_target(one, look.value)]
            found.append(Ready(one.number, met[0], "meets its target"))
    return found


def _extended(book: Book) -> list[tuple[int, int]]:
    found = effort.extensions(book.session, book.team_id)
    return [(number, len(times)) for number, times in found.items()]
