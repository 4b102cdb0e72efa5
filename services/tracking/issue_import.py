"""Tickets from elsewhere become ours: each once, by the rules of our forms."""

import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace

from core.errors import NotFound, Refused, UserError
from core.experiments import form as rules
from core.experiments.experiment import CLOSED, Experiment
from core.experiments.metric import read_number
from core.quantity import experiment_id
from core.tracking import issue_import as reading
from core.tracking.issue import desk_of
from core.tracking.issue_import import Given, Imported, Read
from models import people
from models import team as teams
from models.experiments import experiment as tickets
from models.experiments import learning as learnings
from models.tracking import issue as table
from models.tracking.issue import IssueImport, IssueLink, IssueStep
from services.audited import ChangeRequest
from services.board import engineering_changes
from services.data import card
from services.desk import Desk, desk
from services.experiments import form, ticket
from services.ports import Lab

_KEY = re.compile(r"\b[A-Za-z][A-Za-z0-9_]*-\d+\b")


def team_of(lab: Lab, name: str) -> tuple[int, str]:
    """The team that is called so (the only one, when none is named), and its first lead. Raises
    NotFound, Refused (several, nobody leads it).
    """
    with lab.look() as session:
        every = teams.all_active(session)
        found = [one for one in every if not name or one.name.casefold() == name.casefold()]
        if not found:
            raise NotFound(f"There is no team “{name}”.", "`/team list` names them.")
        if len(found) > 1:
            names = ", ".join(one.name for one in found)
            raise Refused("There are several teams.", f"Name one with --team: {names}.")
        leads = people.leads(session, found[0])
        if not leads:
            raise Refused("Nobody leads that team yet.", "Set it up first: `/exp setup`.")
        return found[0].pk, leads[0]


def ask(lab: Lab, team_id: int, typed: str, *, by: str) -> str:
    """That ticket is fetched in a moment; how it is called. Raises Refused."""
    with desk(lab, team_id) as here:
        rows = table.desks(here.session, team_id)
        place, key = desk_of(typed, [row.as_value() for row in rows])
        if place.kind != "jira":
            raise Refused(
                f"{place.called} has no issue types to read tickets by.",
                "Export them: `assay tickets import FILE.csv` reads them.",
            )
        at = next(row for row in rows if row.number == place.number)
        told = {"key": key, "by": by}
        here.session.add(IssueStep(desk_id=at.pk, kind="import", told=told, at=here.now,
                                   mark=secrets.token_hex(4), next_at=here.now))  # fmt: skip
        here.session.flush()
        return place.shown(key)


def take(lab: Lab, team_id: int, given: Sequence[Given], *, by: str) -> list[Imported]:
    """What became of each, experiments first since others name them; one that is refused leaves
    the others be.
    """
    order = sorted(given, key=lambda one: reading.named(one.kind) != "experiment")
    made = {one.key: _take(lab, team_id, one, by=by) for one in order}
    return [made[one.key] for one in given]


def _take(lab: Lab, team_id: int, one: Given, *, by: str) -> Imported:
    try:
        with desk(lab, team_id) as here, here.session.begin_nested():
            known = table.became(here.session, team_id, [one.key])
            if one.key in known:
                return Imported(one.key, known[one.key], again=True)
            read = reading.read(one)
            if read.noun == "experiment":
                id_ = _experiment(here, one, read, by)
            else:
                id_ = _beside(here, read, by)
            here.session.add(IssueImport(team_id=team_id, key=one.key, became=id_, at=here.now))
            here.session.flush()
            return Imported(one.key, id_, unread=read.unread, notes=read.notes)
    except UserError as refusal:
        faults = [f"{name}: {why}" for name, why in refusal.by_field.items() if name]
        return Imported(one.key, why=" ".join(faults) or refusal.sentence)


def _experiment(here: Desk, one: Given, read: Read, by: str) -> str:
    draft = rules.read(read.values, by=by)
    number = teams.next_number(here.session, tickets.Experiment, here.team_id)
    new = _staged(rules.opened(draft, number=number, now=here.now), one, read, by)
    form.insert(here.session, here.team, new, by)
    row = ticket.row(here.session, here.team, number)
    if new.learnings:
        at = new.decided_at or here.now
        learnings.put(here.session, ticket.learned(row, by, new.learnings, at=at))
    _link(here, one.key, row, by)
    return new.id


def _staged(new: Experiment, one: Given, read: Read, by: str) -> Experiment:
    """It stands where it stood; nothing is decided a second time, so nobody is told."""
    final = read.values.get("final_metric", "")
    closed = read.stage in CLOSED
    word = {"killed": "killed", "production": "promoted", "iteration": "iterating"}
    return replace(
        new, stage=read.stage, stage_since=(one.closed or new.created_at) if closed else
        new.created_at, outcome=word.get(read.stage, ""), learnings=read.values.get(
        "learnings", ""), final_metric=read_number(final, field="final_metric") if final else None,
        decided_at=one.closed if closed else None, decided_by=by if closed else "",
    )  # fmt: skip


def _link(here: Desk, key: str, row: tickets.Experiment, by: str) -> None:
    for at in table.desks(here.session, here.team_id):
        if own := at.as_value().key(key):
            here.session.add(IssueLink(
                desk_id=at.pk, experiment_id=row.pk, key=own, linked_by=by,
                token=secrets.token_hex(4), linked_at=here.now,
            ))  # fmt: skip
            here.session.flush()
            return


def _beside(here: Desk, read: Read, by: str) -> str:
    """A data card or an engineering ticket, by their own forms."""
    typed = dict(read.values) | {"experiments": _ours(here, read.values.get("experiments", ""))}
    act = ChangeRequest(0, by, typed=typed)
    if read.noun == "ml_engineering":
        return engineering_changes.insert(here, act)[0].snapshot().id
    act = replace(act, typed={"kind": "imported"} | typed)
    return card.insert(here, act)[0].snapshot().id


def _ours(here: Desk, named: str) -> str:
    """The experiments those tickets are here; EXP-… stay as they are. Raises Refused."""
    keys = [key.upper() for key in _KEY.findall(named)]
    known = table.became(here.session, here.team_id, keys)
    known |= _linked(here, keys)
    lost = [key for key in keys if key not in known and not key.startswith("EXP-")]
    if lost:
        raise Refused(
            f"It names {', '.join(lost)}, which is no experiment here.",
            "Import that one first.", field="experiments",
        )  # fmt: skip
    return ", ".join(known.get(key, key) for key in keys)


def _linked(here: Desk, keys: Sequence[str]) -> Mapping[str, str]:
    found = {}
    for at in table.desks(here.session, here.team_id):
        for link in table.of_desk(here.session, at.pk, keys):
            found[link.key] = experiment_id(tickets.number_of(here.session, link.experiment_id))
    return found
