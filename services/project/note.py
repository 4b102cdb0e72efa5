"""Risks, needs and milestones that leads add to the digest until they are done."""

from datetime import datetime

from sqlmodel import Session

from core.errors import NotFound, Refused
from core.facts import thaw
from core.project import note as rules
from core.project.note import Note
from models.digest import digest as table
from models.digest.need import NeedStep
from models.team import Team
from services import team
from services.desk import desk
from services.experiments import experiment
from services.ports import Lab

MOST_OPEN = 50


def add(lab: Lab, team_id: int, typed: str, *, by: str) -> Note:
    """Keep a note as typed (`need … by=2026-12-04 owner=@x`). Raises NotAllowed, Refused."""
    with desk(lab, team_id, lock=False) as here:
        session, theirs, now = here.session, here.team, here.now
        team.require_lead(session, theirs, by, "add to the digest")
        given = rules.read(typed, experiment.today_of(theirs, now))
        return keep(session, theirs, given, by=by, now=now)


def keep(session: Session, theirs: Team, given: Note, *, by: str, now: datetime) -> Note:
    """Keep a note until it is done. Raises NotAllowed, Refused (a repeat, too many)."""
    team.require_lead(session, theirs, by, "add to the digest")
    _refuse_repeat(table.open_notes(session, theirs.pk), given)
    if given.owner:
        team.member(session, theirs, given.owner, now=now)
    detail = rules.details(given)
    row = table.Note(
        team_id=theirs.pk, kind=given.kind, text=given.text, detail=detail, by=by, at=now
    )
    session.add(row)
    session.flush()
    return _value(row)


def done(lab: Lab, team_id: int, number: int, *, by: str) -> tuple[Note, datetime | None]:
    """Take a note out of the digest; with the time when it had been taken out before.

    Raises NotAllowed, NotFound.
    """
    with desk(lab, team_id, lock=False) as here:
        session, now = here.session, here.now
        team.require_lead(session, here.team, by, "take notes out of the digest")
        row = table.note(session, here.team_id, number)
        if row is None:
            raise NotFound(f"There is no note {number}.", "`/digest notes` lists them.")
        earlier = row.done_at
        row.done_at = earlier or now
        if row.kind == "need" and earlier is None:
            session.add(NeedStep(note_id=number, at=now, who=by, what="done"))
        return _value(row), earlier


def open_of(session: Session, theirs: Team) -> list[Note]:
    """What still belongs into the digest, oldest first."""
    return [_value(row) for row in table.open_notes(session, theirs.pk)]


def said(session: Session, posted: table.Digest) -> None:
    """What this digest says was decided has been said: the next one leaves it out."""
    told = {fact.subject for fact in thaw(posted.sheet).facts}
    for row in table.open_notes(session, posted.team_id):
        if row.detail.get("decision") and f"N{row.id}" in told:
            row.done_at = posted.at


def list_open(lab: Lab, team_id: int) -> list[Note]:
    """The workspace's open notes, oldest first."""
    with desk(lab, team_id, lock=False) as here:
        return open_of(here.session, here.team)


def _value(row: table.Note) -> Note:
    return rules.from_details(row.kind, row.text, row.detail, row.pk, by=row.by)


def _refuse_repeat(known: list[table.Note], given: Note) -> None:
    for row in known:
        if (row.kind, row.text.casefold()) == (given.kind, given.text.casefold()):
            raise Refused(
                f"That {given.kind} is in the digest already, as note {row.id}.",
                f"`/digest done {row.id}` takes it out.",
            )
    if len(known) >= MOST_OPEN:
        raise Refused(
            f"There are {len(known)} open notes, more than any digest can carry.",
            "Take some out first: `/digest notes`.",
        )
