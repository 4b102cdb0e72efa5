"""Reminding who owes an answer, unless they said they do not want it."""

from datetime import timedelta

from core.standups.reminder import Owed, is_due
from models import outbox
from models.standups import standup as table
from models.standups.standup import Prompt, Round, Standup
from services import standing
from services import team as teams
from services.desk import Desk, desk
from services.ports import Lab
from services.standups import messages as shown
from services.standups.messages import facts, seat_of
from views.standups import standup as view


def remind(here: Desk, standup: Standup, row: Round) -> None:
    """Remind everybody who is due in an open round that is held."""
    due = [p for p in table.prompts_of(here.session, row.pk) if _is_due(here, standup, row, p)]
    if not due:
        return
    stands = facts(here, standup, row)  # who is reminded changes nothing in it
    for prompt in due:
        user = prompt.user_id
        if not here.people.get(user).nudges:
            continue
        prompt.nudges, prompt.told_at = prompt.nudges + 1, here.now
        seat = seat_of(stands, user)
        assert seat is not None
        message = view.nudge(stands, seat)
        here.voice.post(shown.nudge_key(row, user, prompt.nudges), user, message)


def choose(
    lab: Lab, team_id: int, user_id: str, *, wanted: bool | None = None
) -> tuple[bool, list[str]]:
    """Whether that person is reminded from now on (None: as it is), and in which teams, when they
    are several.
    """
    with desk(lab, team_id, lock=False) as here:
        row = teams.profile(here.session, here.team.workspace, user_id, now=here.now)
        row.nudges = row.nudges if wanted is None else wanted
        here.session.flush()
        return row.nudges, standing.names(here.session, here.team.workspace, user_id)


def _is_due(here: Desk, standup: Standup, row: Round, prompt: Prompt) -> bool:
    if prompt.state != "asked" or prompt.optional:
        return False
    owed = Owed(
        due_at=prompt.due_at,
        told_at=prompt.told_at or prompt.due_at,
        closes_at=row.closes_at,
        open_for=timedelta(minutes=standup.close_after),
        nudges=prompt.nudges,
    )
    where = here.zone_of(prompt.user_id)
    if not is_due(owed, here.now, where):
        return False
    asked = outbox.find(here.session, shown.prompt_key(row, prompt.user_id))
    return asked is not None and asked.state == "sent"
