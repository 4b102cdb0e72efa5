"""Asking leadership for something, changing it, taking it back."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from core.digest.need import Need
from core.errors import Refused
from core.project import note as notes
from core.project.note import Note
from models import form_draft
from services import team as teams
from services.desk import desk
from services.digest import need, need_shown
from services.experiments import experiment
from services.ports import Lab
from services.project import note


def add(lab: Lab, team_id: int, given: Note, *, by: str) -> Need:
    """Ask leadership for something. Raises NotAllowed, Refused."""
    with desk(lab, team_id) as here:
        kept = note.keep(here.session, here.team, given, by=by, now=here.now)
        form_draft.forget(here.session, team_id, by, need.FORM)
        return need.value(here, need.find(here, kept.number))


def read(lab: Lab, team_id: int, typed: str) -> Note:
    """The need as typed after `/need add`. Raises Refused."""
    with desk(lab, team_id, lock=False) as here:
        today = experiment.today_of(here.team, here.now)
        return notes.read(f"need {typed}", today)


def filled(lab: Lab, team_id: int, given: Mapping[str, Any]) -> Note:
    """The need as a form gave it. Raises Refused with the field."""
    with desk(lab, team_id, lock=False) as here:
        today = experiment.today_of(here.team, here.now)
    texts = {name: str(given.get(name) or "") for name in ("by", "otherwise", "choice", "amount")}
    owner = str(given.get("owner") or "")
    texts["owner"] = f"<@{owner}>" if owner else ""
    return notes.build("need", str(given.get("text") or ""), texts, today)


def changeable(lab: Lab, act: need.NeedRequest) -> Need:
    """The need for a lead who wants to change it. Raises NotFound, NotAllowed, Refused."""
    with desk(lab, act.team_id) as here:
        row = need.find(here, act.number)
        teams.require_lead(here.session, here.team, act.by, "change what is asked of leadership")
        need.require_open(here, row)
        return need.value(here, row)


def revised(lab: Lab, act: need.NeedRequest) -> Note:
    """The need as `act.text` (`by=… amount=…`, or a new text) would make it.

    Raises NotFound, Refused.
    """
    with desk(lab, act.team_id) as here:
        before = need.value(here, need.find(here, act.number)).note
        text, given = notes.split("need", act.text)
        old = {name: getattr(before, name) for name in ("otherwise", "choice", "amount")}
        old["owner"] = f"<@{before.owner}>" if before.owner else ""
        today = experiment.today_of(here.team, here.now)
        made = notes.build("need", text.strip() or before.text, {**old, **given}, today)
        return made if "by" in given else replace(made, by=before.by)


def change(lab: Lab, act: need.NeedRequest, given: Note) -> Need:
    """Put `given` in its place; what is shown of it follows. Raises NotFound, NotAllowed,
    Refused (closed, nothing changed).
    """
    with desk(lab, act.team_id) as here:
        row = need.find(here, act.number)
        teams.require_lead(here.session, here.team, act.by, "change what is asked of leadership")
        need.require_open(here, row)
        found = need.value(here, row).note
        before, after = notes.details(found), notes.details(given)
        if (row.text, before) == (given.text, after):
            raise Refused("Nothing about it changed.", "Type `by=2026-12-04`, `amount=…`, …")
        if given.owner:
            teams.member(here.session, here.team, given.owner, now=here.now)
        named = {"text": (row.text, given.text)}
        named |= {k: (before.get(k, ""), after.get(k, "")) for k in {**before, **after}}
        said = [
            f"{k} {old or '–'} → {new or '–'}" for k, (old, new) in named.items() if old != new
        ]
        author = act.by if notes.rewritten(found, given) else found.author
        row.text, row.detail = given.text, after | {"author": author}
        form_draft.forget(here.session, act.team_id, act.by, f"{need.FORM}:{act.number}")
        need.step(here, row, act.by, "changed", "; ".join(said))
        return need_shown.refresh(here, row)


def close(lab: Lab, act: need.NeedRequest, what: str) -> tuple[Need, bool]:
    """Take it out undecided, as done or withdrawn; False when it was closed before.

    Raises NotFound, NotAllowed, Refused (decided, so not to be withdrawn).
    """
    with desk(lab, act.team_id) as here:
        row = need.find(here, act.number)
        teams.require_lead(here.session, here.team, act.by, "take back what is asked")
        if row.done_at is not None:
            return need.value(here, row), False
        if what == "withdrawn":
            need.require_open(here, row)
        row.done_at = here.now
        need.step(here, row, act.by, what)
        return need_shown.refresh(here, row), True
