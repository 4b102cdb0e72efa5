"""What a sprint could hold, weighed by worth, information and cost, and what is in the way."""

from collections.abc import Sequence

from core.experiment import Experiment
from core.readiness import NOT
from core.sprint_plan import STAGES, Candidate, record_of, weigh
from models import dataset as cards
from services import blocker, dataset, evalsize, waiting
from services.sprint import Book
from services.sprint_setup import rate_of


def candidates(book: Book) -> list[Candidate]:
    """The team's tickets in backlog, hypothesis and iteration, weighed."""
    rate = rate_of(book.team)
    stuck = blocker.open_of_team(book.session, book.team, book.now)
    late = {
        fit.subject
        for seen in dataset.outlooks(book.session, book.team, book.now)
        for fit in seen.fits
        if fit.verdict == NOT
    }
    held = waiting.of_team(book.session, book.team)
    waits = [row.snapshot() for row in cards.all_of(book.session, book.team_id)]
    found = []
    for one in book.tickets:
        if one.stage not in STAGES:
            continue
        missing = [f"{c.id} in {c.stage}" for c in waits
                   if one.number in c.experiments and c.stage != "ready"]  # fmt: skip
        flags = _flags(one, missing, in_time=one.id not in late)
        flags += [f"waits for {id_}" for id_ in held.get(one.number, ()) if id_.startswith("ENG")]
        flags += [
            f"blocked by {b.called} ({b.kind})" for b in stuck if one.number in b.experiments
        ]
        record = record_of(one.kind_of_work, book.decided)
        power = evalsize.power_of(book.session, book.team, one)
        found.append(weigh(one, record, power=power, rate=rate, flags=flags))
    return found


def _flags(ticket: Experiment, missing: Sequence[str], *, in_time: bool) -> list[str]:
    flags = []
    if missing or not ticket.dataset_ready:
        of = f" ({', '.join(missing[:2])})" if missing else ""
        flags.append(f"data not ready{of}" + ("" if in_time else ", not there in time"))
    if ticket.baseline is None:
        flags.append("no baseline")
    return flags
