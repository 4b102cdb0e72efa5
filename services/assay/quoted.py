"""A message of somebody's, reported as a result or a blocker by whoever reads it: once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlmodel import Session

from core.assay import about, intent
from core.assay.about import Id
from core.assay.spelling import plain
from core.blockers import blocker as kinds
from core.blockers.blocker import Blocker as Stuck
from core.errors import Refused, UserError
from core.experiments.checkpoint import CheckpointReport
from core.experiments.experiment import Experiment
from models import form_draft, people
from models import quoted as table
from models.blockers import blocker as blockers
from models.experiments import experiment as tickets
from models.experiments.measurement import Measurement
from models.quoted import Quoted
from services.assay import told as results
from services.blockers import blocker, report
from services.blockers.report import BlockerReport
from services.desk import Desk, desk
from services.experiments import checkpoint, experiment
from services.experiments.checkpoint import Recorded
from services.experiments.experiment import TicketRequest
from services.ports import Lab
from services.standups import note

_MOST = 100  # tickets to choose from


@dataclass(frozen=True)
class Quote:
    """A message as its shortcut tells of it. by: who used it; author: who wrote it, "" for a
    program, whose name is `called`; head: what our post above it says; ours: we wrote it.
    """

    by: str
    origin: str
    link: str
    text: str
    author: str = ""
    called: str = ""
    head: str = ""
    ours: bool = False


@dataclass(frozen=True)
class Already:
    """That message was reported before: by whom, and the number of what came of it."""

    what: str
    number: int
    name: str


@dataclass(frozen=True)
class Filled:
    """What its form starts with. name: who wrote it; tickets: those it may be about, one when that
    is clear.
    """

    name: str
    tickets: Sequence[Experiment]
    texts: dict[str, Any]
    channel: str = ""  # where a blocker will be told


def result(lab: Lab, team_id: int, quote: Quote) -> Filled | Already:
    """The update form with that message in it. Raises Refused: ours, no words, a closed ticket,
    nothing open to report on.
    """
    with desk(lab, team_id, lock=False) as here:
        text, name = _read(here, quote)
        if there := _already(here, quote, "result"):
            return there
        found = _about(here, quote, text, lab)
        if not found:
            raise Refused("There is no open experiment to update.", "Start one with `/exp new`.")
        kept = form_draft.offer(here.session, team_id, quote.by, draft("result", quote.origin))
        return Filled(name, found, kept or {"note": text} | _told(found, text))


def stuck(lab: Lab, team_id: int, quote: Quote) -> Filled | Already:
    """The blocker form with that message in it. Raises Refused: ours, no words."""
    with desk(lab, team_id, lock=False) as here:
        text, name = _read(here, quote)
        if there := _already(here, quote, "blocker"):
            return there
        found = _about(here, quote, text, lab, open_only=False)
        kept = form_draft.offer(here.session, team_id, quote.by, draft("blocker", quote.origin))
        about_it = str(found[0].number) if len(found) == 1 else ""
        texts = {"text": text, "kind": kinds.kinds(text)[0], "experiment": about_it}
        return Filled(name, found, kept or texts, here.team.team_channel)


def record(
    lab: Lab, act: TicketRequest, said: CheckpointReport, quote: Quote
) -> Recorded | Already:
    """Take over the result in that message, once. Raises as checkpoint.record_result."""
    with desk(lab, act.team_id) as here:
        if there := _already(here, quote, "result"):
            return there
        if not said.is_empty:
            said = replace(said, note=_in_words(said.note, quote))
        made = checkpoint.record_result(lab.within(here.session), act, said)
        _keep(here, quote, "result", (act.number, made.checkpoint_id))
        return made


def report_stuck(
    lab: Lab, team_id: int, said: BlockerReport, quote: Quote
) -> tuple[Stuck, str] | Already:
    """Open the blocker of that message, once; it is its author's when that is somebody of the
    team. Raises as report.report.
    """
    with desk(lab, team_id) as here:
        if there := _already(here, quote, "blocker"):
            return there
        theirs = people.member(here.session, team_id, quote.author) if quote.author else None
        said = replace(said, by=quote.author if theirs else quote.by)
        made, channel = report.report(lab.within(here.session), team_id, said)
        row = blockers.hold(here.session, team_id, made.number)
        assert row is not None
        blocker.note(here, row, quote.by, "reported", f"{_whose(quote)} {quote.link}".strip())
        _keep(here, quote, "blocker", (made.number, made.id))
        return made, channel


def draft(what: str, origin: str) -> str:
    """What its half-typed form is kept under."""
    return f"quoted:{what}:{origin}"


def _read(here: Desk, quote: Quote) -> tuple[str, str]:
    """The message as people read it, and its author's name."""
    if quote.ours:
        raise Refused(
            "I wrote that message myself: what it says is in the records already.",
            "Use the shortcut on what somebody else wrote.",
        )
    text = note.readable(here, quote.text)
    if not text:
        raise Refused(
            "That message has no words I could report.",
            "Report it with `/exp update` or `/blocker new`.",
        )
    return text, here.name(quote.author) if quote.author else quote.called


def _already(here: Desk, quote: Quote, what: str) -> Already | None:
    row = table.find(here.session, here.team_id, quote.origin, what)
    if row is None or not _stands(here.session, row):
        return None
    return Already(what, row.number, here.name(row.user_id))


def _stands(session: Session, row: Quoted) -> bool:
    """False once what it was reported as was undone."""
    return row.what == "blocker" or session.get(Measurement, row.made) is not None


def _keep(here: Desk, quote: Quote, what: str, made: tuple[int, int]) -> None:
    row = table.find(here.session, here.team_id, quote.origin, what)
    row = row or Quoted(
        team_id=here.team_id, origin=quote.origin, what=what, number=0, made=0, user_id="",
        at=here.now,
    )  # fmt: skip
    row.number, row.made = made
    row.user_id, row.at = quote.by, here.now
    here.session.add(row)
    form_draft.forget(here.session, here.team_id, quote.by, draft(what, quote.origin))
    here.session.flush()


def _about(
    here: Desk, quote: Quote, text: str, lab: Lab, *, open_only: bool = True
) -> list[Experiment]:
    """The one ticket that the message names, else the one of the post above it; those to choose
    from when that is not clear.
    """
    for numbers in (_numbers(text), _numbers(quote.head)):
        theirs = [one for one in numbers if tickets.find(here.session, here.team_id, one)]
        if len(theirs) == 1:
            found = experiment.seen(lab.within(here.session), here.team_id, theirs[0]).ticket
            if open_only:
                experiment.require_open(here.session, here.team, found)
            return [found]
    own = experiment.mine(here.session, here.team, quote.author or quote.by)
    every = experiment.some_of(here.session, here.team, tickets.is_open(), most=_MOST)
    return [*own, *(one for one in every if one not in own)][:_MOST]


def _numbers(text: str) -> list[int]:
    named: list[Id] = about.ids(plain(text))
    return [number for letters, number in named if letters == "EXP"]


def _told(found: Sequence[Experiment], text: str) -> dict[str, str]:
    """The result that the words tell, as the form takes it, where the ticket can have it."""
    said = intent.read(text).told
    if said is None or len(found) != 1:
        return {}
    try:
        results.readable(found[0], said)
    except UserError:
        return {}  # another metric, or not begun: the words are in the note all the same
    return {"result": said.value, "gpu": f"{said.gpu}h" if said.gpu else ""}


def _in_words(words: str, quote: Quote) -> str:
    return f"{words} ({_whose(quote)} {quote.link})".replace(" )", ")").strip()


def _whose(quote: Quote) -> str:
    return f"in {quote.called}'s words:" if quote.link else f"in {quote.called}'s words"
