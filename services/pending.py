"""What waits until its author has said which team it is for."""

from collections.abc import Mapping
from typing import Any

from core.errors import NotFound
from models import pending as kept
from models import team as table
from models.pending import Pending
from services import standing
from services import team as teams
from services.ports import Lab
from services.standups.note import Note


def keep(lab: Lab, workspace: str, user_id: str, asked: Mapping[str, Any]) -> int:
    """Keep an input; the number to take it up by."""
    with lab.begin() as session:
        row = Pending(workspace=workspace, user_id=user_id, at=lab.clock(), asked=dict(asked))
        session.add(row)
        session.flush()
        return row.pk


def take(lab: Lab, workspace: str, user_id: str, number: int) -> dict[str, Any] | None:
    """That person's input, once; None when it is gone or somebody else's."""
    with lab.begin() as session:
        # Two presses at once: the second waits here, and finds it gone.
        row = session.get(Pending, number, with_for_update=True)
        if row is None or (row.workspace, row.user_id) != (workspace, user_id):
            return None
        session.delete(row)
        session.flush()
        return row.asked


def follow(lab: Lab, whose: tuple[str, str], note: Note, text: str) -> bool:
    """A message that waits was edited, or deleted (no text): True when it was one."""
    with lab.begin() as session:
        for row in kept.of_person(session, *whose):
            if (row.asked.get("channel"), row.asked.get("message_ts")) != (note.channel, note.ts):
                continue
            if text:
                row.asked = row.asked | {"text": text}
            else:
                session.delete(row)
            session.flush()
            return True
        return False


def choose(lab: Lab, workspace: str, user_id: str, team_id: int) -> None:
    """Where nothing else says which team is meant, that person means this one from now on.

    Raises NotFound for a team that is not at work there, or not for that person to see.
    """
    with lab.begin() as session:
        at_work = {team.pk for team in table.of_workspace(session, workspace)}
        if team_id not in at_work & standing.readable(session, workspace, user_id):
            raise NotFound("That team is not here any more.", "`/team list` shows all.")
        teams.profile(session, workspace, user_id, now=lab.clock()).team_id = team_id
