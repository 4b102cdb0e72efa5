"""/exp webhook: what is sent to other programs."""

from core.errors import Refused
from core.quantity import number_of
from core.text import clean
from core.workspace.webhook import wanted
from handlers.ask import Ask, Reply, Routes, Verb, number_in
from services.ports import Lab
from services.workspace import webhook
from views.workspace import webhook as view

_USAGE = "Write `/exp webhook add https://…`, `list`, `test 2`, `on 2` or `remove 2`."


def webhooks(lab: Lab, ask: Ask) -> Reply:
    """`webhook [list]`, `add URL [on=…]`, `test N`, `on N`, `remove N`."""
    word, _, rest = clean(ask.text).partition(" ")
    doers = {"add": _add, "list": _list, "": _list, "test": _test, "on": _on, "remove": _remove}
    if word.lower() not in doers:
        raise Refused(f"I don't know `/exp webhook {word[:30]}`.", _USAGE)
    return doers[word.lower()](lab, ask, rest.strip())


def switch_on(lab: Lab, ask: Ask) -> Reply:
    """The button below what the leads heard."""
    number = number_in(ask.value, "`/exp webhook` lists them.")
    one = webhook.switch_on(lab, ask.team_id, number, by=ask.user)
    return Reply.of(view.switched_on(one), replace=True)


def _add(lab: Lab, ask: Ask, text: str) -> Reply:
    wish = wanted(text, lab.policy.webhook_nets)
    return Reply.of(view.added(webhook.add(lab, ask.team_id, wish, by=ask.user)), secret=True)


def _list(lab: Lab, ask: Ask, _rest: str) -> Reply:
    return Reply.of(view.listed(webhook.listed(lab, ask.team_id, by=ask.user)))


def _test(lab: Lab, ask: Ask, text: str) -> Reply:
    return Reply.of(view.tried(webhook.try_out(lab, ask.team_id, _number(text), by=ask.user)))


def _on(lab: Lab, ask: Ask, text: str) -> Reply:
    one = webhook.switch_on(lab, ask.team_id, _number(text), by=ask.user)
    return Reply.of(view.switched_on(one))


def _remove(lab: Lab, ask: Ask, text: str) -> Reply:
    return Reply.of(view.removed(webhook.remove(lab, ask.team_id, _number(text), by=ask.user)))


def _number(text: str) -> int:
    return number_of(text, "Which webhook?", "Write its number; `/exp webhook` lists them.")


ROUTES = Routes(
    verbs=(
        Verb(
            "/exp",
            "webhook",
            "[add URL|test N|on N|remove N]",
            "What is sent to other programs",
            webhooks,
            leads=True,
        ),
    ),
    actions={"webhook_on": switch_on},
)
