"""/digest money: what a wrong answer costs, confirmed once by a lead."""

from core.errors import Refused
from core.experiments.rates import is_rates
from handlers.ask import Ask, Reply, Routes, Verb
from services import form_draft
from services.digest import money
from services.ports import Lab
from views.digest import money as view


def typed(lab: Lab, ask: Ask) -> Reply:
    """`/digest money`, `/digest money change`, `off`; `gpu=$2.50 hour=$80 delay=$5k`."""
    if is_rates(ask.text):
        return Reply.of(view.priced(money.price(lab, ask.team_id, ask.text, by=ask.user)))
    word = ask.text.strip().lower()
    if word not in _WORDS:
        raise Refused(f"“{word[:20]}” is nothing I can do with money.",
                      "Write `/digest money`; `confirm`, `change`, `off` may follow.")  # fmt: skip
    return _WORDS[word](lab, ask)


def looked(lab: Lab, ask: Ask) -> Reply:
    """The formula in force; without one, its form for leads."""
    kept = money.look(lab, ask.team_id)
    if kept is None and money.is_lead(lab, ask.team_id, ask.user):
        return opened(lab, ask)
    said = view.shown(kept) if kept else view.nothing()
    return Reply.of(view.beside(said, money.rates_of(lab, ask.team_id)))


def opened(lab: Lab, ask: Ask) -> Reply:
    """The form."""
    found = money.offer(lab, ask.team_id, by=ask.user)
    return Reply(modal=view.form(found.metric, found.formula, found.draft))


def counted(lab: Lab, ask: Ask) -> Reply:
    """`/digest money confirm`, `/digest money unconfirm`."""
    holds = ask.text.strip().lower() == "confirm"
    name = money.confirm(lab, ask.team_id, by=ask.user, holds=holds)
    return Reply.of(view.counted(name, holds=holds))


def taken_off(lab: Lab, ask: Ask) -> Reply:
    """`/digest money off`."""
    return Reply.of(view.off(was=money.off(lab, ask.team_id, by=ask.user)))


def confirmed(lab: Lab, ask: Ask) -> Reply:
    """The form was sent."""
    metric = ask.told("metric")
    kept = money.save(lab, ask.team_id, ask.values, metric=metric, by=ask.user)
    return Reply.of(view.confirmed(kept))


def closed(lab: Lab, ask: Ask) -> Reply:
    """The form was closed: what was typed is offered next time."""
    form_draft.keep(lab, ask.team_id, ask.user, money.FORM, ask.values)
    return Reply()


_WORDS = {"": looked, "change": opened, "off": taken_off, "confirm": counted,
          "unconfirm": counted}  # fmt: skip

ROUTES = Routes(
    verbs=(
        Verb("/digest", "money", "[confirm|change|off|gpu=$2.50 hour=$80 delay=$5k]",
             "What a wrong answer, an hour and a week's delay cost", typed),
    ),
    forms={view.FORM: confirmed},
    closed={view.FORM: closed},
)  # fmt: skip
