"""What is said of a team as a whole, as a program reads it: digest, forecast, answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from core.digest.draft import DraftSection
from core.digest.question_told import ToldAnswer
from core.errors import NotFound
from core.forecasts import track_record
from core.forecasts.headline import HeadlineOutlook
from models.digest import digest as digests
from models.digest import draft
from models.team import Team
from services.digest import issue, question, question_status
from services.forecasts import forecast
from services.programs.seat import Seat


@dataclass(frozen=True)
class LastDigest:
    """The digest that was posted last. sections: as they are now, with what was corrected."""

    week: str
    on: date
    at: datetime
    sections: Sequence[DraftSection]
    corrections: int
    sha256: str


def last_digest(seat: Seat, team: Team) -> LastDigest:
    """Raises NotFound while none was posted."""
    row = digests.last_of(seat.session, team.pk)
    if row is None:
        raise NotFound("No digest has been posted yet.", "The first comes with its Friday.")
    made = draft.corrections(seat.session, row.pk)
    return LastDigest(row.week, row.on, row.at, issue.parts_of(row, made), len(made), row.sha256)


def ahead(seat: Seat, team: Team) -> tuple[HeadlineOutlook, str]:
    """The team's forecast now, and how earlier ranges held."""
    found = forecast.of(seat.session, team, seat.now)
    return found, track_record.sentence(forecast.record_of(seat.session, team))


def answer(seat: Seat, typed: str) -> ToldAnswer | None:
    """The answer to one of leadership's questions, None when it is none of them.

    How things are going is told of all teams together. Raises Refused when another question may
    be about several, NotFound for an experiment that is not there.
    """
    first = next(iter(seat.teams))
    found = question.understand(seat.lab, first, typed)
    if not found.kind:
        return None
    if found.kind == "status" and len(seat.teams) > 1:
        return question_status.of_several(seat.lab, list(seat.teams))
    team = seat.ticket(found.experiment)[0] if found.experiment else seat.one
    return question.answer(seat.lab, team.pk, found)
