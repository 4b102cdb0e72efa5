"""Reporting a blocker at any time, without a standup."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.blockers import blocker as rules
from core.blockers.blocker import Blocker as Stuck
from core.errors import Refused
from core.experiments.experiment import Experiment
from core.faults import Faults
from core.quantity import blocker_id
from core.standups import standup as reading
from core.text import clean, says_nothing
from models import form_draft
from models.blockers import blocker as table
from models.blockers.blocker import Blocker
from services import team as teams
from services.blockers import blocker
from services.desk import Desk, desk
from services.experiments import experiment
from services.ports import Lab
from views.blockers import blocker as view

FORM = "blocker_new"


@dataclass(frozen=True)
class BlockerReport:
    """What somebody is stuck on. kind "": read from the words. helper: user id or "".

    experiments: numbers of what it holds up. program: the name of the one that tells it for that
    person; its words ask nobody for help.
    """

    by: str
    text: str
    kind: str = ""
    helper: str = ""
    experiments: Sequence[int] = ()
    program: str = ""


def offer(lab: Lab, team_id: int, user_id: str) -> tuple[dict[str, Any], list[Experiment]]:
    """What that person typed before, and their open experiments."""
    with desk(lab, team_id, lock=False) as here:
        kept = form_draft.offer(here.session, team_id, user_id, FORM)
        return kept, experiment.mine(here.session, here.team, user_id)


def report(lab: Lab, team_id: int, told: BlockerReport) -> tuple[Stuck, str]:
    """Open it, say it in the team's channel and to the helper; it, and the channel.

    Raises Refused (no words, told already, a helper who cannot help).
    """
    text = clean(told.text)
    with desk(lab, team_id, lock=False) as here:
        session, now = here.session, here.now
        if not told.program:
            teams.member(session, here.team, told.by, now=now)
        names = teams.names(session, here.team)
        with Faults() as each:
            each(_require_said, text)
            helper = "" if told.program else each(_helper, here, told, text, names)
        text = reading.readable(text, names)
        _refuse_repeat(here, told.by, text)
        kind = told.kind if told.kind in rules.KINDS else rules.kinds(text)[0]
        row = Blocker(
            team_id=here.team_id, number=0, user_id=told.by, helper=helper, text=text,
            kind=kind, cause=rules.cause_of(kind, text),
            experiments=list(told.experiments), at=now, moved_at=now,
            channel=here.team.team_channel, program=told.program,
        )  # fmt: skip
        table.add(session, row)
        _say(here, row)
        form_draft.forget(session, team_id, told.by, FORM)
        return blocker.value(session, here.team, row, now), row.channel


def _require_said(text: str) -> None:
    if says_nothing(text):
        raise Refused("What holds you up?", "Write it in a sentence.", field="text")


def _helper(here: Desk, told: BlockerReport, text: str, names: Mapping[str, str]) -> str:
    helper = told.helper or rules.tagged(text, names, but=told.by)
    if helper == told.by:
        raise Refused("You are the one who is stuck.", "Name somebody else.", field="helper")
    if helper and not here.people.get(helper).active:
        raise Refused("That person has left the workspace.", "Name another.", field="helper")
    return helper


def _refuse_repeat(here: Desk, user_id: str, text: str) -> None:
    for row in table.hold_open(here.session, here.team_id, user_id):
        if clean(row.text).casefold() == text.casefold():
            name = blocker_id(row.number)
            raise Refused(f"That is reported already: {name}.", f"`/blocker {name}` shows it.")


def _say(here: Desk, row: Blocker) -> None:
    """In the team's channel, where its thread is then, and to who can help."""
    if row.channel:
        row.thread = f"blocker:{row.id}"
        here.session.flush()
        shown = view.blocker(blocker.value(here.session, here.team, row, here.now))
        if here.voice.post(row.thread, row.channel, shown):
            row.told = [row.thread]
    if row.helper:
        blocker.tell(here, row, row.helper)
