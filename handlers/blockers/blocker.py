"""/blocker: what holds people up, and what is done about it."""

from core.errors import Refused
from core.quantity import blocker_number
from core.text import mentioned_users
from handlers.ask import Ask, Reply, Routes, Verb
from services import form_draft
from services.blockers import actions
from services.blockers.actions import BlockerRequest
from services.ports import Lab
from views.blockers import blocker as view

_LISTS = {"": "open", "open": "open", "mine": "mine", "all": "all", "resolved": "resolved"}


def show_open(lab: Lab, ask: Ask) -> Reply:
    """`/blocker`: everything open, with its age."""
    return _listing(lab, ask, "open")


def show_list(lab: Lab, ask: Ask) -> Reply:
    """`/blocker list mine|all|resolved`."""
    word = ask.text.strip().casefold()
    if word not in _LISTS:
        raise Refused(
            f"I have no list “{word[:30]}”.", "Write `/blocker list mine`, `all` or `resolved`."
        )
    return _listing(lab, ask, _LISTS[word])


def show(lab: Lab, ask: Ask) -> Reply:
    """`/blocker BLK-003`: one, with its trail."""
    return Reply.of(view.card(actions.look(lab, ask.workspace, blocker_number(ask.text))))


def resolve(lab: Lab, ask: Ask) -> Reply:
    """`/blocker resolve BLK-003 how`; without the words the form opens."""
    number, words = _numbered(ask, "resolve BLK-003 how")
    if not words:
        return _form(lab, ask, number, "resolve")
    return Reply.of(
        view.done(actions.resolve(lab, BlockerRequest(ask.workspace, number, ask.user, words)))
    )


def escalate(lab: Lab, ask: Ask) -> Reply:
    """`/blocker escalate BLK-003 @user`."""
    number, words = _numbered(ask, "escalate BLK-003 @name")
    named = mentioned_users(words)
    if len(named) != 1:
        raise Refused("Whom should it go to?", "Write `/blocker escalate BLK-003 @name`.")
    act = BlockerRequest(ask.workspace, number, ask.user, named[0])
    item, new = actions.escalate(lab, act)
    return Reply.of(view.escalated(item, named[0], new=new))


def cause(lab: Lab, ask: Ask) -> Reply:
    """`/blocker cause BLK-003 gpu_shortage`."""
    number, words = _numbered(ask, "cause BLK-003 gpu_shortage")
    item = actions.set_cause(lab, BlockerRequest(ask.workspace, number, ask.user, words))
    return Reply.of(view.caused(item))


def acknowledge(lab: Lab, ask: Ask) -> Reply:
    """The Acknowledge button."""
    act = BlockerRequest(ask.workspace, blocker_number(ask.value), ask.user)
    item, new = actions.acknowledge(lab, act)
    return Reply.of(view.acknowledged(item, new=new))


def open_update(lab: Lab, ask: Ask) -> Reply:
    """The Update button."""
    return _form(lab, ask, blocker_number(ask.value), "update")


def open_resolve(lab: Lab, ask: Ask) -> Reply:
    """The Resolve button."""
    return _form(lab, ask, blocker_number(ask.value), "resolve")


def send_update(lab: Lab, ask: Ask) -> Reply:
    """The update form was sent."""
    return Reply.of(view.done(actions.update(lab, _sent(ask))))


def send_resolve(lab: Lab, ask: Ask) -> Reply:
    """The resolve form was sent."""
    return Reply.of(view.done(actions.resolve(lab, _sent(ask))))


def close(lab: Lab, ask: Ask) -> Reply:
    """A form was closed: what was typed is offered next time."""
    form = f"{ask.name}:{ask.carried('number')}"
    form_draft.keep(lab, ask.workspace, ask.user, form, {"text": ask.values.get("text")})
    return Reply()


def _listing(lab: Lab, ask: Ask, which: str) -> Reply:
    items = actions.listed(lab, ask.workspace, ask.user, which)
    return Reply.of(view.listing(items, which))


def _form(lab: Lab, ask: Ask, number: int, kind: str) -> Reply:
    act = BlockerRequest(ask.workspace, number, ask.user, f"blocker_{kind}:{number}")
    item, typed = actions.askable(lab, act)
    return Reply(modal=view.form(kind, item, typed))


def _sent(ask: Ask) -> BlockerRequest:
    text = ask.written("text")
    return BlockerRequest(ask.workspace, ask.carried("number"), ask.user, text)


def _numbered(ask: Ask, usage: str) -> tuple[int, str]:
    words = ask.text.strip().split(None, 1)
    if not words:
        raise Refused("Which blocker?", f"Write `/blocker {usage}`.")
    return blocker_number(words[0]), words[1].strip() if len(words) > 1 else ""


ROUTES = Routes(
    verbs=(
        Verb("/blocker", "", "", "Everything that holds somebody up, with ages", show_open),
        Verb("/blocker", "list", "mine|all|resolved", "Other lists", show_list),
        Verb("/blocker", "show", "BLK-003", "One, with what was done about it", show),
        Verb("/blocker", "resolve", "BLK-003 how", "Close it, saying how", resolve),
        Verb("/blocker", "cause", "BLK-003 gpu_shortage", "What it comes from", cause),
        Verb("/blocker", "escalate", "BLK-003 @name", "Bring it before somebody", escalate),
    ),
    actions={
        "blocker_ack": acknowledge,
        "blocker_update": open_update,
        "blocker_resolve": open_resolve,
    },
    forms={"blocker_update": send_update, "blocker_resolve": send_resolve},
    closed={"blocker_update": close, "blocker_resolve": close},
)
