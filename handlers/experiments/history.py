"""/exp history and /exp undo."""

from core.quantity import experiment_number
from handlers.ask import Ask, Reply, Routes, Verb, number_in
from handlers.experiments.experiment import numbered
from services.experiments import history as change
from services.ports import Lab
from views.experiments import history as view


def history(lab: Lab, ask: Ask) -> Reply:
    """`history EXP-042`; a button's value is `number` or `number|first`."""
    hint = "Write `/exp history EXP-042`."
    named, first = ask.page(hint)
    number = number_in(named, hint) if named else numbered(ask, "/exp history EXP-042")[0]
    ticket, entries = change.history(lab, ask.workspace, number)
    return Reply.of(view.history(ticket, entries, first=first), replace="|" in ask.value)


def undo(lab: Lab, ask: Ask) -> Reply:
    """`undo [EXP-042]`: one's last change; or the button under a change."""
    word = ask.text.split()[0] if ask.text.split() else ""
    number = experiment_number(word) if word else 0
    change_id = number_in(ask.value or "0", "Write `/exp undo EXP-042`.")
    done = change.undo(lab, ask.workspace, by=ask.user, change_id=change_id, number=number)
    return Reply.of(view.undone(done.after, done.action), replace=bool(ask.value))


ROUTES = Routes(
    verbs=(
        Verb("/exp", "history", "EXP-042", "Who changed what, when and why", history),
        Verb("/exp", "undo", "[EXP-042]", "Take back your last change (10 minutes)", undo),
    ),
    actions={"history": history, "undo": undo},
)
