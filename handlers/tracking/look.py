"""/track EXP-042: what trackers and evals tell of one experiment."""

from handlers.ask import Ask, Reply, Routes, Verb
from handlers.experiments.experiment import numbered
from services.ports import Lab
from services.tracking import look
from views.tracking import look as view


def show(lab: Lab, ask: Ask) -> Reply:
    """`/track EXP-042 model=llama dataset=v7 since=2w`."""
    asked = numbered(ask, "/track EXP-042")
    return Reply.of(view.seen(look.look(lab, ask.team_id, asked, to=ask.user, key=ask.key)))


ROUTES = Routes(
    verbs=(
        Verb("/track", "show", "EXP-042 [model= dataset= since=]",
             "Loss curves, parameters, mistakes of an experiment", show),
    ),
    actions={"track_look": show},
)  # fmt: skip
