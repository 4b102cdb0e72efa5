"""How a result did against the prediction: kept with the result, and in the ticket's history."""

from dataclasses import dataclass

from sqlmodel import Session

from core.errors import NotAllowed, NotFound, Refused
from core.experiment import Experiment
from core.prediction import MATCHES, SKIPPED
from core.text import clean, shorten
from models import experiment as table
from models import team as people
from models.experiment import Change, Checkpoint
from models.team import Team
from services import team as teams
from services import ticket
from services.ports import Lab

LONGEST_WHY = 500


@dataclass(frozen=True)
class Compared:
    """One result and how it did. matched: a key of MATCHES, "skipped", or "" while nobody said."""

    checkpoint_id: int
    ticket: Experiment
    value: float
    matched: str
    why: str


def look(lab: Lab, workspace: str, checkpoint_id: int, *, by: str) -> Compared:
    """That result. Raises NotFound (it was undone), NotAllowed (reporter, owner and leads)."""
    with lab.begin() as session:
        team = teams.of(session, workspace, now=lab.clock())
        found, about = _own(session, team, checkpoint_id, by)
        return _value(session, found, about)


def say(lab: Lab, workspace: str, checkpoint_id: int, matched: str, *, by: str) -> Compared:
    """Keep the answer of a button. The same again changes nothing; another one is refused.

    Raises NotFound, NotAllowed, Refused (it was answered already).
    """
    with lab.begin() as session:
        team = teams.of(session, workspace, now=lab.clock())
        found, about = _own(session, team, checkpoint_id, by)
        if found.matched not in {"", SKIPPED, matched}:
            how = f"is noted already: {MATCHES[found.matched]}."
            hint = "“Say why” in the newer message changes it."
            raise Refused(f"That result of {about.snapshot().id} {how}", hint)
        if found.matched != matched and not (matched == SKIPPED and found.matched):
            _keep(session, about, found, (matched, found.matched_why), _audit(lab, by))
        return _value(session, found, about)


def explain(
    lab: Lab, workspace: str, checkpoint_id: int, given: tuple[str, str], *, by: str
) -> Compared:
    """Keep what a form says: how it did, and why in a sentence.

    Raises NotFound, NotAllowed, and Refused under the field that is wrong.
    """
    matched, why = given[0], clean(given[1])
    if matched not in MATCHES:
        raise Refused("Better, as predicted, or worse?", "Choose one.", field="matched")
    if len(why) > LONGEST_WHY:
        said = f"That is {len(why)} characters."
        raise Refused(said, f"A sentence will do: at most {LONGEST_WHY}.", field="why")
    with lab.begin() as session:
        team = teams.of(session, workspace, now=lab.clock())
        found, about = _own(session, team, checkpoint_id, by)
        if (found.matched, found.matched_why) != (matched, why):
            _keep(session, about, found, (matched, why), _audit(lab, by))
        return _value(session, found, about)


def _audit(lab: Lab, by: str) -> Change:
    return ticket.audit(by, "compared", at=lab.clock())


def _own(
    session: Session, team: Team, checkpoint_id: int, by: str
) -> tuple[Checkpoint, table.Experiment]:
    found = session.get(Checkpoint, checkpoint_id, with_for_update={"key_share": True})
    about = session.get(table.Experiment, found.experiment_id) if found else None
    if found is None or about is None or about.team_id != team.id or found.value is None:
        raise NotFound("That result was taken back.", "`/exp update` reports another one.")
    if by not in {found.author, about.owner, *people.leads(session, team)}:
        who = teams.name_of(session, team, about.owner)
        raise NotAllowed(
            f"Only who reported it, {who} or a lead can say that.", "Ask one of them."
        )
    return found, about


def _keep(
    session: Session,
    about: table.Experiment,
    found: Checkpoint,
    given: tuple[str, str],
    made: Change,
) -> None:
    before = MATCHES.get(found.matched, "")
    found.matched, found.matched_why = given
    session.add(found)
    if found.matched in MATCHES:
        # The ticket itself stays as it is, so this is no change to be undone: only history.
        made.team_id, made.experiment_id, made.why = about.team_id, about.id or 0, given[1]
        made.before = {"prediction": before}
        made.after = {"prediction": f"{found.value:g} {MATCHES[found.matched]}"}
        session.add(made)
    session.flush()


def _value(session: Session, found: Checkpoint, about: table.Experiment) -> Compared:
    assert found.id is not None
    assert found.value is not None
    seen = ticket.value(session, about)
    return Compared(found.id, seen, found.value, found.matched, shorten(found.matched_why, 600))
