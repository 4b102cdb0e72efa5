"""Deciding what leadership is asked for, or asking back."""

from core.digest import need as rules
from core.digest.need import Need
from core.errors import NotAllowed, Refused
from core.project import note as notes
from core.text import clean
from models import form_draft, people
from models.digest.digest import Note as Row
from services import team as teams
from services.desk import Desk, desk
from services.digest import need, need_shown
from services.ports import Lab
from views.digest import need as view


def decidable(lab: Lab, act: need.NeedRequest) -> tuple[Need, str]:
    """The need for somebody who may decide it now, and its `stamp`.

    Raises NotFound, NotAllowed, Refused (closed, or no such option any more).
    """
    with desk(lab, act.team_id) as here:
        row = need.find(here, act.number)
        _require_decider(here, row, act.by)
        need.require_open(here, row)
        found = need.value(here, row)
        if act.text not in found.note.choices:
            raise Refused("It was changed: that is no option any more.", need.see(act.number))
        return found, need.stamp(found.note)


def decide(lab: Lab, act: need.NeedRequest) -> Need:
    """Decide it, in public, once. Raises NotFound, NotAllowed, Refused (closed, changed)."""
    with desk(lab, act.team_id) as here:
        row = need.find(here, act.number)
        _require_decider(here, row, act.by)
        need.require_open(here, row)
        now = notes.from_details(row.kind, row.text, row.detail)
        if act.seen != need.stamp(now) or act.text not in now.choices:
            raise Refused("It was changed while you decided.", need.see(act.number), field="why")
        why = " ".join(clean(act.why).split())[: notes.LIMITS["why"]]
        said = rules.closes(now, act.text)
        row.detail = row.detail | {
            "decision": said,
            "decided_by": act.by,
            "decided_at": here.now.isoformat(),
            "why": why,
        }
        form_draft.forget(here.session, act.team_id, act.by, f"{need.DECIDE}:{act.number}")
        need.step(here, row, act.by, "decided", f"{said}: {why}" if why else said)
        found = need_shown.refresh(here, row)
        if row.by != act.by:
            here.post(f"need:{row.id}:decided", row.by, view.decided(found))
        return found


def discuss(lab: Lab, act: need.NeedRequest) -> Need:
    """Ask something about it, in its thread and to who asks. Raises NotFound, Refused."""
    said = clean(act.text)
    if not said:
        raise Refused("What do you want to talk about?", field="text")
    with desk(lab, act.team_id) as here:
        row = need.find(here, act.number)
        need.require_open(here, row)
        step = need.step(here, row, act.by, "discussed", said)
        found = need.value(here, row)
        told = view.discussed(found, act.by, said)
        below = need_shown.thread_of(here, row)
        if below:
            here.post(f"need:{row.id}:talk:{step.id}", "", told, thread_of=below)
        if row.by != act.by:
            here.post(f"need:{row.id}:talk:{step.id}:{row.by}", row.by, told)
        form_draft.forget(here.session, act.team_id, act.by, f"{need.DISCUSS}:{act.number}")
        return found


def _require_decider(here: Desk, row: Row, by: str) -> None:
    owner = str(row.detail.get("owner") or "")
    if by == owner or teams.may_lead(here.session, here.team, by):
        return
    leads = people.leads(here.session, here.team)
    able = dict.fromkeys(user for user in [owner, *leads[:2]] if user)
    names = " or ".join(here.name(user) for user in able)
    raise NotAllowed(f"Only its owner or a lead can decide need {row.id}.", f"Ask {names}.")
