"""What a model takes a sentence for that our table does not know: an intent, nothing else."""

import logging

from core.llm import endpoint, meaning
from core.llm.endpoint import Call, LlmQuestion
from core.privacy import redaction
from models import people
from models import team as team_rows
from services.llm import llm as service
from services.ports import Lab

log = logging.getLogger(__name__)

SECONDS = 1.2  # of the 2.7 before Slack must hear from us


def of(lab: Lab, workspace: str, user: str, sentence: str) -> str:
    """One of core/llm/meaning.MAY, or "" when no model may be asked, none answers in time, or it
    says anything else. Never call it inside a transaction.
    """
    team_id = _asker(lab, workspace, user) if lab.llm.is_on else 0
    if not team_id:
        return ""
    brief = service.brief(lab, team_id)
    safe = redaction.redact([sentence], brief.roster)
    if brief.why or safe.has_secret:
        return ""
    asked = LlmQuestion(meaning.messages(safe.texts[0]), meaning.SCHEMA, SECONDS, brief.rung)
    try:
        said = lab.writer.write(asked)
    except Exception as fault:  # noqa: BLE001 - the table has answered already
        log.warning("no model was asked what is meant: %s", type(fault).__name__)
        return ""
    service.keep(lab, team_id, "", [Call("meaning", said)])
    return meaning.read(said.text) if said.outcome == "ok" else ""


def _asker(lab: Lab, workspace: str, user: str) -> int:
    """The team whose calls these are, 0 when no model may be asked: one that the person is in."""
    with lab.begin() as session:
        mine = people.teams_of(session, workspace, user)
        for team in team_rows.of_workspace(session, workspace):
            if team.pk in mine and endpoint.allowed(service.policy_of(session, team), lab.llm):
                return team.pk
        return 0
