"""/sprint retro: the experiment review, votes, ideas and actions."""

from core.quantity import number_of
from handlers.ask import Ask, Reply, Routes, Verb, number_in
from services import form_draft
from services.ports import Lab
from services.sprints import retro, retro_action, retro_vote
from views.sprints import retro as view

_AGAIN = "Write `/sprint retro`."


def page(lab: Lab, ask: Ask) -> Reply:
    """`/sprint retro [3|last]`."""
    return Reply.of(view.page(retro.look(lab, ask.workspace, ask.text)))


def vote(lab: Lab, ask: Ask) -> Reply:
    """A vote; the button's name is the choice, its value `sprint|question[|me]`."""
    number, question, mine = (*ask.value.split("|"), "", "")[:3]
    ballot = (number_in(number, _AGAIN), question, ask.name.removeprefix("retro_"))
    voted = retro_vote.vote(lab, ask.workspace, ballot, by=ask.user)
    if mine:
        return Reply.of(view.page(voted.retro), replace=True)
    return Reply.of(view.voted(question, voted.choice, voted.before))


def ask_idea(lab: Lab, ask: Ask) -> Reply:
    """The button that asks what should change."""
    kept = _kept(lab, ask, view.IDEA)
    return Reply(modal=view.idea_form(ask.number(_AGAIN), str(kept.get("text", ""))))


def idea(lab: Lab, ask: Ask) -> Reply:
    """What should change was sent."""
    text, named = ask.written("text"), ask.values.get("name") != "anonymous"
    wish = retro_vote.WrittenIdea(ask.carried("number"), text, ask.user, named)
    found = retro_vote.idea(lab, ask.workspace, wish)
    _forget(lab, ask, view.IDEA)
    return Reply.of(view.kept(found))


def ask_action(lab: Lab, ask: Ask) -> Reply:
    """The button that asks for an action."""
    kept = _kept(lab, ask, view.ACTION)
    owner = str(kept.get("owner") or ask.user)
    return Reply(modal=view.action_form(ask.number(_AGAIN), str(kept.get("text", "")), owner))


def action(lab: Lab, ask: Ask) -> Reply:
    """An action was sent."""
    wish = retro_action.RetroTask(
        ask.carried("number"), ask.written("text"),
        ask.written("owner"), ask.user,
    )  # fmt: skip
    made = retro_action.add(lab, ask.workspace, wish)
    _forget(lab, ask, view.ACTION)
    return Reply.of(view.added(made))


def done(lab: Lab, ask: Ask) -> Reply:
    """`/sprint done 3`, and the Done button."""
    hint = "`/sprint actions` lists them."
    number = number_of(ask.value or ask.text, "I need the number of one action.", hint)
    made = retro_action.done(lab, ask.workspace, number, by=ask.user)
    return Reply.of(view.done(made))


def actions(lab: Lab, ask: Ask) -> Reply:
    """`/sprint actions`."""
    return Reply.of(view.listed(retro_action.open_of(lab, ask.workspace)))


def keep_idea(lab: Lab, ask: Ask) -> Reply:
    """The form was closed: what was typed is offered again."""
    form_draft.keep(lab, ask.workspace, ask.user, view.IDEA, {"text": ask.values.get("text")})
    return Reply()


def keep_action(lab: Lab, ask: Ask) -> Reply:
    """The form was closed: what was typed is offered again."""
    if ask.values.get("text"):
        form_draft.keep(lab, ask.workspace, ask.user, view.ACTION, ask.values)
    return Reply()


def _kept(lab: Lab, ask: Ask, form: str) -> dict[str, str]:
    return form_draft.offer(lab, ask.workspace, ask.user, form)


def _forget(lab: Lab, ask: Ask, form: str) -> None:
    form_draft.forget(lab, ask.workspace, ask.user, form)


ROUTES = Routes(
    verbs=(
        Verb("/sprint", "retro", "[3|last]", "Good and late kills, votes, actions", page),
        Verb("/sprint", "actions", "", "What was agreed and is not done", actions),
        Verb("/sprint", "done", "3", "Tick off action 3", done),
    ),
    actions={
        "retro_yes": vote,
        "retro_partly": vote,
        "retro_no": vote,
        "retro_idea_open": ask_idea,
        "retro_action_open": ask_action,
        "retro_done": done,
    },
    forms={view.IDEA: idea, view.ACTION: action},
    closed={view.IDEA: keep_idea, view.ACTION: keep_action},
)
