"""A team with a standup, for tests of it."""

from datetime import UTC, datetime
from typing import Any

from sqlmodel import Session

from jobs.standups import standup as job
from models.blockers import blocker as blockers
from models.blockers.blocker import Blocker
from models.experiments.experiment import Experiment
from models.standups import standup as table
from services import team
from services.team import SlackProfile
from tests import seeded
from tests.conversation import WORKSPACE, Conversation
from tests.remembered import remembered

EIGHT = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)  # a Monday
PEOPLE = {"UANA": ("Ana", "UTC"), "UBEN": ("Ben", "UTC"), "UCY": ("Cy", "UTC")}


def know(talk: Conversation, people: dict[str, tuple[str, str]]) -> None:
    """Slack has told who these people are and where they live."""
    with talk.lab.begin() as session:
        theirs = seeded.team_row(session)
        for user in people:
            team.member(session, theirs, user, now=talk.now)
    for user, (name, zone) in people.items():
        team.record_profile(talk.lab, WORKSPACE, SlackProfile(user, name, zone, active=True))


@remembered
def arrange(talk: Conversation, who: dict[str, tuple[str, str]] | None = None, **form: Any):
    """A standup in #team, set up by Ana at eight on Monday; the reply to the form."""
    talk.now = EIGHT
    who = who or PEOPLE
    know(talk, who)
    talk.say("/standup setup")
    return talk.submit_open({"people": list(who)} | form)


@remembered
def open_round(talk: Conversation, **more: Any) -> None:
    """It is 09:31 on Monday: the round is open and everybody here has been asked."""
    arrange(talk, **more)
    talk.later(minutes=91)
    talk.run(job.run)
    talk.deliver()


def ticket(talk: Conversation, number: int, owner: str = "UANA", **more: Any) -> None:
    """An experiment on the team's board, last touched a month ago."""
    long_ago = datetime(2026, 10, 1, tzinfo=UTC)
    with Session(talk.engine) as session:
        theirs = seeded.team_row(session)
        given = {"title": f"Try {number}", "stage": "experiment", "metric": "accuracy"} | more
        row = Experiment(
            team_id=theirs.id, number=number, owner=owner, stage_since=long_ago,
            created_at=long_ago, progress_at=long_ago, baseline=0.7, target=0.85, **given,
        )  # fmt: skip
        session.add(row)
        session.commit()


def prompts(talk: Conversation, round_id: int = 1) -> dict[str, str]:
    """State of everybody's prompt in that round."""
    with Session(talk.engine) as session:
        return {p.user_id: p.state for p in table.prompts_of(session, round_id)}


def parent(talk: Conversation, round_id: int = 1) -> str:
    """What the round's message in the channel says now, blocks included."""
    row = (talk.sent(f"edit:round:{round_id}") or talk.sent(f"round:{round_id}"))[0]
    blocks = [block["text"]["text"] for block in row.payload["blocks"] if "text" in block]
    return "\n".join([row.payload["text"], *blocks])


def said(talk: Conversation, key: str) -> str:
    """What the message with that key says now (text only)."""
    rows = [row for row in talk.sent(key) if row.key in {key, f"edit:{key}"}]
    return rows[-1].payload["text"]


def place(talk: Conversation, key: str) -> tuple[str, str]:
    """Channel and ts of a delivered message."""
    row = next(row for row in talk.sent(key) if row.key == key)
    return row.slack_channel, row.slack_ts


def led_round(talk: Conversation) -> Conversation:
    """A round is open; Lee leads, Zoe looks on; Ana, Ben and Cy are asked."""
    _led(talk)
    return talk


@remembered
def _led(talk: Conversation) -> None:
    talk.now = EIGHT
    know(talk, PEOPLE | {"ULEE": ("Lee", "UTC"), "UZOE": ("Zoe", "UTC")})
    talk.say("/standup setup", by="ULEE")
    talk.submit_open({"people": list(PEOPLE)}, by="ULEE")
    talk.later(minutes=91)
    talk.run(job.run)
    talk.deliver()


def stuck(
    talk: Conversation, text: str = "labels are late @Ben", by: str = "UANA", round_id: str = "1"
) -> None:
    """Somebody answers, and tells in it what they are stuck on."""
    talk.press("standup_answer", round_id, by)
    talk.submit_open({"q0": "The reranker hurts", "q1": "Distil it", "q2": text}, by)
    talk.deliver()


def blocker_row(talk: Conversation, number: int = 1) -> Blocker:
    """The blocker with that number as it is kept."""
    with Session(talk.engine) as session:
        row = blockers.hold(session, 1, number)
    assert row is not None
    return row


def blocker_steps(talk: Conversation) -> list[str]:
    """What was said in threads about blockers."""
    return [row.payload["text"] for row in talk.sent(":step:")]


def next_day(talk: Conversation) -> None:
    """It is the next day, at the same hour."""
    talk.later(days=1)
    talk.run(job.run)
    talk.deliver()
