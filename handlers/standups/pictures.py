"""/standup pictures: whether answers carry their writers' names and pictures."""

from handlers.ask import Ask, Reply, Routes, Verb
from services.ports import Lab
from services.standups import pictures as service
from views.standups import pictures as view


def pictures(lab: Lab, ask: Ask) -> Reply:
    """`/standup pictures [on|off]`."""
    wanted = ask.switched("Write `/standup pictures on` or `off`.")
    signed = service.choose(lab, ask.team_id, ask.user, wanted=wanted)
    return Reply.of(view.stands(signed, changed=wanted is not None))


ROUTES = Routes(
    verbs=(
        Verb(
            "/standup", "pictures", "on", "Answers carry names and pictures", pictures, leads=True
        ),
    ),
)
