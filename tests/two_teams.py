"""Two teams of one workspace, with Ben in both."""

from jobs.standups import standup as job
from models.team import Team
from services import channels, team
from tests import seeded
from tests.conversation import WORKSPACE, Conversation
from tests.standups import PEOPLE, arrange

LANGUAGE, VISION = 1, 2


def vision(talk: Conversation, *people: str, name: str = "Vision", channel: str = "CVIS") -> int:
    """A second team with a channel, led by Dora, and these people in it; its id."""
    seeded.team(talk.engine, name="Language")
    with talk.lab.begin() as session:
        theirs = team.begin(session, WORKSPACE, name, now=talk.now)
        theirs.team_channel = channel
        channels.settle(session, theirs)
        for user in ("UDORA", *people):
            team.member(session, theirs, user, now=talk.now)
        team.set_role(session, theirs, "UDORA", "lead", now=talk.now)
        return theirs.pk


def standups(talk: Conversation) -> None:
    """At eight on Monday both teams have a standup that asks Ben at half past nine."""
    arrange(talk)
    vision(talk, "UBEN")
    talk.say("/standup setup", by="UDORA", channel="CVIS")
    talk.submit_open({"people": ["UBEN", "UDORA"], "name": "Vision standup"}, by="UDORA")


def open_rounds(talk: Conversation, *teams: int) -> None:
    """It is 09:31: the rounds of these teams are open; the standups of the others are paused."""
    standups(talk)
    for team_id, channel, lead in ((LANGUAGE, "CTEAM", "UANA"), (VISION, "CVIS", "UDORA")):
        if team_id not in teams:
            talk.say("/standup pause", by=lead, channel=channel)
    talk.later(minutes=91)
    talk.run(job.run)
    talk.deliver()


def set_team(talk: Conversation, team_id: int, **columns: object) -> None:
    """Give the team these columns."""
    with talk.lab.begin() as session:
        for name, value in columns.items():
            setattr(session.get_one(Team, team_id), name, value)


def picked(talk: Conversation, team_id: int, by: str = "UBEN") -> None:
    """Press that team's button in the question which team was meant."""
    blocks = talk.replies[-1].blocks
    buttons = [e for block in blocks for e in block.get("elements", ()) if "value" in e]
    chosen = next(b for b in buttons if b["value"].endswith(f":{team_id}"))
    talk.press(chosen["action_id"], chosen["value"], by)


assert {"UANA", "UBEN", "UCY"} <= set(PEOPLE)
