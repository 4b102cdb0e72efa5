"""/exp quality, and the past experiments offered beside a new one."""

from core.errors import Refused
from core.experiments.similar import MOST
from core.text import mentioned_users
from handlers.ask import Ask, Reply, Routes, Verb
from handlers.experiments.experiment import card
from services import team
from services.experiments import prediction
from services.ports import Lab
from views import kit
from views.experiments import prediction as view


def quality(lab: Lab, ask: Ask) -> Reply:
    """`quality`, `quality @name`: how predictions came out."""
    users = mentioned_users(ask.text)
    if ask.text.strip() and len(users) != 1:
        raise Refused("Whose predictions?", "Write `/exp quality` or `/exp quality @name`.")
    about = users[0] if users else ""
    found = prediction.quality(lab, ask.team_id, by=ask.user, about=about)
    name = kit.escape(team.called(lab, ask.team_id, about), 80) if about else ""
    return Reply.of(view.quality(found, name))


def show(lab: Lab, ask: Ask) -> Reply:
    """A past experiment's card: over the form when there is one, else as a message."""
    number = ask.number("`/exp list` shows all experiments.")
    found = card(lab, ask, number)
    if ask.view_type != "modal":
        return found
    return Reply(modal=view.opened(f"EXP-{number:03d}", found.blocks))


ROUTES = Routes(
    verbs=(Verb("/exp", "quality", "[@name]", "How good our predictions are", quality),),
    actions={f"similar_show_{place}": show for place in range(MOST)},
)
