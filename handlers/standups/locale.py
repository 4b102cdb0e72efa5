"""/standup zone and country: where somebody lives, and whose holidays they have."""

from collections.abc import Callable

from core.errors import Refused
from core.faults import Faults
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
Setting = Callable[[Lab, int, Note, str], tuple[Locale, bool]]


def zone(lab: Lab, ask: Ask) -> Reply:
    """`/standup zone [@ana] [Europe/Berlin | auto]`."""
    return _set(lab, ask, locale.set_zone)


def country(lab: Lab, ask: Ask) -> Reply:
    """`/standup country [@ana] [DE | DE-BE | auto | none]`."""
    return _set(lab, ask, locale.set_country)


def open_form(lab: Lab, ask: Ask) -> Reply:
    """The button Zone, holidays…"""
    where = locale.look(lab, ask.team_id, ask.user)
    kept = form_draft.offer(lab, ask.team_id, ask.user, FORM)
    return Reply(modal=view.form(where, kept))


def send(lab: Lab, ask: Ask) -> Reply:
    """The form was sent: both or neither."""
    with Faults() as each:
        zone_now = each(_chosen, lab, ask, "zone")
        now = each(_chosen, lab, ask, "country")
    form_draft.forget(lab, ask.team_id, ask.user, FORM)
    return Reply.of(view.shown(now[0], to_self=True, changed=zone_now[1] or now[1]))


def _chosen(lab: Lab, ask: Ask, name: str) -> tuple[Locale, bool]:
    typed = clean(ask.written(name), limit=100) or "auto"
    setting = locale.set_zone if name == "zone" else locale.set_country
    try:
        return setting(lab, ask.team_id, Note(ask.user, typed, ask.user), ask.key)
    except Refused as refusal:
        raise Refused(refusal.message, refusal.hint, field=name) from None


def close(lab: Lab, ask: Ask) -> Reply:
    """The form was closed: what was typed is offered next time."""
    form_draft.keep(lab, ask.team_id, ask.user, FORM, ask.values)
    return Reply()


def _set(lab: Lab, ask: Ask, setting: Setting) -> Reply:
    user, typed = whose(ask)
    to_self = user == ask.user
    if not typed:
        return Reply.of(view.shown(locale.look(lab, ask.team_id, user), to_self=to_self))
    where, changed = setting(lab, ask.team_id, Note(user, typed, ask.user), ask.key)
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
