"""/need: what leadership is asked for, by leads; decided with buttons beside the digest."""

from core.digest.need import Need
from core.quantity import number_of
from handlers.ask import Ask, Reply, Routes, Verb
from services import form_draft
from services.digest import need, need_changes, need_watch
from services.digest.need import NeedRequest
from services.ports import Lab
from services.workspace.settings import current
from views.digest import need as view
from views.digest import need_form as forms


def list_(lab: Lab, ask: Ask) -> Reply:
    """`/need`: what is asked now."""
    return Reply.of(view.listed(need.list_open(lab, ask.team_id), ask.user))


def look(lab: Lab, ask: Ask) -> Reply:
    """`/need show 3`: with its buttons and history."""
    number, _ = numbered(ask, "show")
    return Reply.of(view.shown(need.look(lab, ask.team_id, number)))


def add(lab: Lab, ask: Ask) -> Reply:
    """`/need add Approve … owner=@name by=… otherwise=…`; alone the form."""
    if not ask.text.strip():
        kept = form_draft.offer(lab, ask.team_id, ask.user, need.FORM)
        return Reply(modal=forms.form(kept, meta={"channel": ask.channel}))
    given = need_changes.read(lab, ask.team_id, ask.text)
    return _added(lab, ask, need_changes.add(lab, ask.team_id, given, by=ask.user))


def send(lab: Lab, ask: Ask) -> Reply:
    """The form of a new need was sent."""
    given = need_changes.filled(lab, ask.team_id, ask.values)
    return _added(lab, ask, need_changes.add(lab, ask.team_id, given, by=ask.user))


def change(lab: Lab, ask: Ask) -> Reply:
    """`/need change 3 by=2026-12-04`; without a change the form."""
    number, rest = numbered(ask, "change")
    act = NeedRequest(ask.team_id, number, ask.user, rest)
    found = need_changes.changeable(lab, act)
    if rest:
        given = need_changes.revised(lab, act)
        return Reply.of(view.changed(need_changes.change(lab, act, given)))
    kept = form_draft.offer(lab, ask.team_id, ask.user, f"{need.FORM}:{number}")
    texts = {**forms.filled(found), **kept}
    return Reply(modal=forms.form(texts, meta={"channel": ask.channel, "number": number}))


def save(lab: Lab, ask: Ask) -> Reply:
    """The form of a present need was sent."""
    act = NeedRequest(ask.team_id, ask.carried("number"), ask.user)
    given = need_changes.filled(lab, ask.team_id, ask.values)
    return Reply.of(view.changed(need_changes.change(lab, act, given)))


def done(lab: Lab, ask: Ask) -> Reply:
    """`/need done 3`: no longer needed."""
    return _closed(lab, ask, "done")


def withdraw(lab: Lab, ask: Ask) -> Reply:
    """`/need withdraw 3`: not asked any more."""
    return _closed(lab, ask, "withdrawn")


def hush(lab: Lab, ask: Ask) -> Reply:
    """The button Stop reminding me."""
    number, _ = numbered(ask, "show")
    return Reply.of(view.hushed(need_watch.hush(lab, NeedRequest(ask.team_id, number, ask.user))))


def keep(lab: Lab, ask: Ask) -> Reply:
    """A form was closed: what was typed is offered next time."""
    number = ask.carried("number", 0)
    form = f"{need.FORM}:{number}" if number else need.FORM
    form_draft.keep(lab, ask.team_id, ask.user, form, ask.values)
    return Reply()


def numbered(ask: Ask, verb: str) -> tuple[int, str]:
    """The number named first (or on the button), and the rest of the text. Raises Refused."""
    first, _, rest = (ask.value or ask.text).strip().partition(" ")
    typed, hint = first.lstrip("#").lstrip("Nn"), f"Write `/need {verb} 3`; see `/need`."
    return number_of(typed, "I need the number of one need.", hint), rest.strip()


def _closed(lab: Lab, ask: Ask, what: str) -> Reply:
    number, _ = numbered(ask, "done" if what == "done" else "withdraw")
    act = NeedRequest(ask.team_id, number, ask.user)
    found, new = need_changes.close(lab, act, what)
    return Reply.of(view.closed(found, new=new))


def _added(lab: Lab, ask: Ask, found: Need) -> Reply:
    return Reply.of(view.added(found, current(lab, ask.team_id).digest_channel))


ROUTES = Routes(
    verbs=(
        Verb("/need", "", "", "What leadership is asked for", list_),
        Verb("/need", "show", "3", "One ask, its history and its buttons", look),
        Verb(
            "/need", "add", "Approve 4 more A100s owner=@dana by=2026-12-04 amount=$12k "
            "otherwise=“launch slips”", "Ask leadership (also: choice=ship at 90% | wait)", add,
            leads=True,
        ),
        Verb("/need", "change", "3 by=2026-12-11", "Change an open ask", change, leads=True),
        Verb("/need", "withdraw", "3", "Take an ask back", withdraw, leads=True),
        Verb("/need", "done", "3", "It is no longer needed", done, leads=True),
    ),
    actions={"need_quiet": hush},
    forms={forms.FORM: send, forms.CHANGE: save},
    closed={forms.FORM: keep, forms.CHANGE: keep},
)  # fmt: skip
