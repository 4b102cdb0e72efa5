"""/standup zone and country: where somebody lives, and whose holidays they have."""

from collections.abc import Callable

from core.errors import Refused
from core.standups.locale import Locale
from core.text import clean
from handlers.ask import Ask, Reply, Routes, Verb
from handlers.standups.absence import whose
from services import form_draft
from services.ports import Lab
from services.standups import locale
from services.standups.absence import Note
from views.standups import locale as view

FORM = "locale"
Setting = Callable[[Lab, str, Note, str], tuple[Locale, bool]]


def zone(lab: Lab, ask: Ask) -> Reply:
    """`/standup zone [@ana] [Europe/Berlin | auto]`."""
    return _set(lab, ask, locale.set_zone)


def country(lab: Lab, ask: Ask) -> Reply:
    """`/standup country [@ana] [DE | DE-BE | auto | none]`."""
    return _set(lab, ask, locale.set_country)


def open_form(lab: Lab, ask: Ask) -> Reply:
    """The button Zone, holidays…"""
    where = locale.look(lab, ask.workspace, ask.user)
    kept = form_draft.offer(lab, ask.workspace, ask.user, FORM)
    return Reply(modal=view.form(where, kept))


def send(lab: Lab, ask: Ask) -> Reply:
    """The form was sent: both or neither."""
    changed, where = False, None
    for name, setting in (("zone", locale.set_zone), ("country", locale.set_country)):
        typed = clean(ask.written(name), limit=100) or "auto"
        try:
            where, new = setting(lab, ask.workspace, Note(ask.user, typed, ask.user), ask.key)
        except Refused as refusal:
            raise Refused(refusal.message, refusal.hint, field=name) from None
        changed = changed or new
    assert where is not None
    form_draft.forget(lab, ask.workspace, ask.user, FORM)
    return Reply.of(view.shown(where, to_self=True, changed=changed))


def close(lab: Lab, ask: Ask) -> Reply:
    """The form was closed: what was typed is offered next time."""
    form_draft.keep(lab, ask.workspace, ask.user, FORM, ask.values)
    return Reply()


def _set(lab: Lab, ask: Ask, setting: Setting) -> Reply:
    user, typed = whose(ask)
    to_self = user == ask.user
    if not typed:
        return Reply.of(view.shown(locale.look(lab, ask.workspace, user), to_self=to_self))
    where, changed = setting(lab, ask.workspace, Note(user, typed, ask.user), ask.key)
    return Reply.of(view.shown(where, to_self=to_self, changed=changed))


ROUTES = Routes(
    verbs=(
        Verb("/standup", "zone", "Europe/Berlin", "Your clock (`auto`: Slack's)", zone),
        Verb("/standup", "country", "DE-BE", "Your public holidays (`none`, `auto`)", country),
    ),
    actions={"locale_open": open_form},
    forms={FORM: send},
    closed={FORM: close},
)
