"""Reminding who owes an answer, unless they said they do not want it."""

from datetime import timedelta

from core import calendar
from core.standups.reminder import Owed, is_due
from models import outbox
from models.standups import preference as preferences
from models.standups import standup as table
from models.standups.standup import Prompt, Round, Standup
from services import team as teams
from services.ports import Lab
from services.standups import messages as shown
from services.standups.desk import Desk, Words, facts, seat_of, sit_down


def remind(desk: Desk, standup: Standup, row: Round) -> None:
    """Remind everybody who is due in an open round that is held."""
    due = [
        p for p in table.prompts_of(desk.session, row.id or 0) if _is_due(desk, standup, row, p)
    ]
    if not due:
        return
    chosen = preferences.of_team(desk.session, desk.team.id or 0)
    for prompt in due:
        user = prompt.user_id
        if user in chosen and not chosen[user].nudges:
            continue
        prompt.nudges, prompt.told_at = prompt.nudges + 1, desk.now
        stands = facts(desk, standup, row)
        seat = seat_of(stands, user)
        assert seat is not None
        message = desk.words.nudge(stands, seat)
        desk.voice.post(shown.nudge_key(row, user, prompt.nudges), user, message)


def choose(
    lab: Lab, workspace: str, user_id: str, words: Words, *, wanted: bool | None = None
) -> tuple[bool, bool]:
    """Whether that person is reminded from now on (None: as it is), and whether that is new."""
    with sit_down(lab, workspace, words) as desk:
        row = preferences.of_person(desk.session, desk.team.id or 0, user_id)
        if wanted is None or wanted == row.nudges:
            return row.nudges, False
        row.nudges = wanted
        desk.session.add(row)
        return wanted, True


def _is_due(desk: Desk, standup: Standup, row: Round, prompt: Prompt) -> bool:
    if prompt.state != "asked" or prompt.optional:
        return False
    owed = Owed(
        due_at=prompt.due_at,
        told_at=prompt.told_at or prompt.due_at,
        closes_at=row.closes_at,
        open_for=timedelta(minutes=standup.close_after),
        nudges=prompt.nudges,
    )
    where = calendar.zone(teams.zone_of(desk.session, desk.team, prompt.user_id))
    if not is_due(owed, desk.now, where):
        return False
    asked = outbox.find(desk.session, shown.prompt_key(row, prompt.user_id))
    return asked is not None and asked.state == "sent"
