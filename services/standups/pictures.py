"""Whether answers in the round carry the name and the picture of whoever wrote them."""

from services import announcement, team
from services.desk import desk
from services.ports import Lab
from views.standups import pictures as view


def choose(lab: Lab, team_id: int, by: str, *, wanted: bool | None) -> bool:
    """Switch it, or with None only look: whether they do now. Raises NotAllowed (leads)."""
    with desk(lab, team_id, lock=False) as here:
        if wanted is not None:
            team.require_lead(here.session, here.team, by, "change how answers are shown")
            here.team.choose(answers_signed=wanted)
        return here.team.chosen.answers_signed


def ignored(lab: Lab, team_id: int) -> None:
    """Slack has left a name out: none is asked for any more, and the leads hear of it once."""
    with desk(lab, team_id) as here:
        if not here.team.chosen.answers_signed:
            return
        here.team.choose(answers_signed=False)
        for where in announcement.places(here):
            here.post(f"unsigned:{team_id}:{here.now.isoformat()}:{where}", where, view.ignored())
