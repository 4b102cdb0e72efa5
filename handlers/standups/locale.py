"""/standup zone and country: where somebody lives, and whose holidays they have."""

from collections.abc import Callable

from core.errors import Refused
from core.standups.locale import Locale
from core.text import clean
from handlers.ask import Ask, Reply, Routes, Verb
from handlers.standups.absence import whose
from services import form_draft
from services import team as teams
from services.ports import Lab
from services.say import Voice
from services.standups import locale
from services.standups.absence import Note
from services.standups.desk import Words
from views.standups import locale as view
from views.standups import standup as words

FORM = "locale"
Setting = Callable[[Lab, str, Note, Words], tuple[Locale, bool]]


def zone(lab: Lab, ask: Ask) -> Reply:
    """`/standup zone [@ana] [Europe/Berlin | auto]`."""
    return _set(lab, ask, locale.set_zone)


def country(lab: Lab, ask: Ask) -> Reply:
    """`/standup country [@ana] [DE | DE-BE | auto | none]`."""
    return _set(lab, ask, locale.set_country)


def open_form(lab: Lab, ask: Ask) -> Reply:
    """The button Zone, holidays…"""
    where = locale.look(lab, ask.workspace, ask.user, words)
    with lab.begin() as session:
        kept = form_draft.offer(session, ask.workspace, ask.user, FORM)
    return Reply(modal=view.form(where, kept))


def send(lab: Lab, ask: Ask) -> Reply:
    """The form was sent: both or neither."""
    changed, where = False, None
    for name, setting in (("zone", locale.set_zone), ("country", locale.set_country)):
        typed = clean(ask.values.get(name), limit=100) or "auto"
        try:
            where, new = setting(lab, ask.workspace, Note(ask.user, typed, ask.user), words)
        except Refused as refusal:
            raise Refused(refusal.message, refusal.hint, field=name) from None
        changed = changed or new
    assert where is not None
    with lab.begin() as session:
        form_draft.forget(session, ask.workspace, ask.user, FORM)
    return Reply.of(view.shown(where, to_self=True, changed=changed))


def close(lab: Lab, ask: Ask) -> Reply:
    """The form was closed: what was typed is offered next time."""
    form_draft.keep(lab, ask.workspace, ask.user, FORM, ask.values)
    return Reply()


def _set(lab: Lab, ask: Ask, setting: Setting) -> Reply:
    user, typed = whose(ask)
    to_self = user == ask.user
    if not typed:
        return Reply.of(view.shown(locale.look(lab, ask.workspace, user, words), to_self=to_self))
    where, changed = setting(lab, ask.workspace, Note(user, typed, ask.user), words)
    if changed and not to_self:
        _tell(lab, ask, where)
    return Reply.of(view.shown(where, to_self=to_self, changed=changed))


def _tell(lab: Lab, ask: Ask, where: Locale) -> None:
    with lab.begin() as session:
        by = teams.name_of(session, teams.of(session, ask.workspace, now=ask.now), ask.user)
        message = view.shown(where, to_self=True, changed=True, by=by)
        key = f"locale:{where.user}:{ask.key}"
        Voice(session, ask.workspace, ask.now).post(key, where.user, message)


ROUTES = Routes(
    verbs=(
        Verb("/standup", "zone", "Europe/Berlin", "Your clock (`auto`: Slack's)", zone),
        Verb("/standup", "country", "DE-BE", "Your public holidays (`none`, `auto`)", country),
    ),
    actions={"locale_open": open_form},
    forms={FORM: send},
    closed={FORM: close},
)
