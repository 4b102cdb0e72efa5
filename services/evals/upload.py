"""Results files dropped into Slack: heard once, fetched by the poster, answered in the thread."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.errors import UserError
from core.evals import upload as rules
from core.evals.push import Push
from models import outbox
from models import team as teams
from services.desk import Desk, desk
from services.evals import gate
from services.ports import Lab
from views.evals import upload as view


@dataclass(frozen=True)
class Drop:
    """A message with files. ts: its own; thread_ts: of the thread it is in, or ""."""

    user: str
    channel: str
    ts: str
    text: str
    files: Sequence[Mapping[str, Any]]
    thread_ts: str = ""


@dataclass(frozen=True)
class Wanted:
    """A drop to be read. files: id, name, url, size each; place: the outbox key of its thread."""

    number: int
    role: str
    user: str
    place: str
    files: Sequence[Mapping[str, Any]]


def hear(lab: Lab, team_id: int, drop: Drop) -> bool:
    """True when the files are taken for an experiment's results: they will be read, and answered.

    Raises Refused when the message names several experiments.
    """
    files = rules.readable(drop.files)
    if not files:
        return False
    with desk(lab, team_id, lock=False) as here:
        thread = _thread(here, drop)
        number = rules.experiment_of(drop.text, _about(thread))
        if number is None:
            return False
        voice = here.voice
        root = drop.thread_ts or drop.ts
        place = thread.key if thread else voice.heard(drop.channel, root)
        wanted = Wanted(number, rules.role_in(drop.text), drop.user, place, files)
        voice.fetch(f"file:{drop.channel}:{drop.ts}", drop.channel, vars(wanted))
        return True


def is_theirs(lab: Lab, team_id: int, channel: str) -> bool:
    """True for a channel that is that team's."""
    with desk(lab, team_id, lock=False) as here:
        return teams.owner_of(here.session, here.team.workspace, channel) == team_id


def take(lab: Lab, team_id: int, wanted: Wanted, side: Push) -> None:
    """Store the results (a candidate's are judged at once) and say so in the thread, once."""
    is_judged = side.role == "candidate"
    try:
        with desk(lab, team_id, lock=False) as here:
            joined = lab.within(here.session)
            pushed = gate.push(joined, team_id, wanted.number, side, gate=is_judged)
            told = view.taken(pushed, side.source)
            here.post(*_answer(wanted), told, thread_of=wanted.place)
    except UserError as refusal:
        refuse(lab, team_id, wanted, refusal.sentence)


def refuse(lab: Lab, team_id: int, wanted: Wanted, sentence: str) -> None:
    """Say in the thread, once, why the files were not taken."""
    with desk(lab, team_id, lock=False) as here:
        here.post(*_answer(wanted), view.refused(sentence), thread_of=wanted.place)


def _answer(wanted: Wanted) -> tuple[str, str]:
    """Key and channel of the answer; the channel is its parent's."""
    return "answer:" + ",".join(str(one["id"]) for one in wanted.files)[:200], ""


def _thread(here: Desk, drop: Drop) -> outbox.Outbox | None:
    said = outbox.said_at(here.session, drop.channel, drop.thread_ts) if drop.thread_ts else None
    return said if said and said.team_id == here.team_id else None


def _about(thread: outbox.Outbox | None) -> str:
    """The key of an experiment's message names it; else what it says."""
    if thread is None:
        return ""
    return thread.key if "EXP-" in thread.key else str(thread.payload.get("text", ""))
