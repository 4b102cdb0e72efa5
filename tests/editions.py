"""Scenes with the digest's draft: a team in Berlin, a Friday, two leads."""

from datetime import UTC, datetime, timedelta

from sqlmodel import Session, select

from jobs.digest import digest as job
from models.digest.digest import Digest
from models.digest.draft import Edition
from tests import seeded
from tests.conversation import Conversation
from tests.weeks import killed, live

FRIDAY_FOUR = datetime(2026, 11, 27, 15, 0, tzinfo=UTC)  # 16:00 in Berlin
FRIDAY_TWO = FRIDAY_FOUR - timedelta(hours=2)


def scene(talk: Conversation, **team: object) -> Conversation:
    """Ana and Ben lead; the digest goes to CEXEC, drafts to CLEADS."""
    talk.say("/exp leads add <@UANA>", by="UANA")
    talk.say("/exp leads add <@UBEN>", by="UANA")
    usual = {"zone": "Europe/Berlin", "digest_channel": "CEXEC", "leads_channel": "CLEADS"}
    seeded.team(talk.engine, **(usual | team))
    seeded.tickets(talk.engine, killed(2, "Rank 32 overfits"), live(3, 0.883))
    return talk


def at(talk: Conversation, when: datetime) -> None:
    """The clock's turn, at that moment."""
    talk.now = when
    talk.run(job.post_due)


def drafted(talk: Conversation, **team: object) -> Conversation:
    """The same at 14:00 on Friday: the draft is there."""
    scene(talk, **team)
    at(talk, FRIDAY_TWO)
    talk.deliver()
    return talk


def the_draft(talk: Conversation) -> Edition:
    """The only draft's row."""
    with Session(talk.engine) as session:
        (row,) = session.exec(select(Edition)).all()
        return row


def digests(talk: Conversation) -> list[Digest]:
    """Every posted digest, oldest first."""
    with Session(talk.engine) as session:
        return list(session.exec(select(Digest).order_by(Digest.id)))  # type: ignore[arg-type]


def shown(talk: Conversation, place: str = "CLEADS") -> str:
    """What the draft's message says in that place now, and below it."""
    (post,) = talk.sent(f"edition:1:{place}")[:1]
    edits = talk.sent(f"edit:edition:1:{place}")
    payload = (edits or [post])[-1].payload
    return str(payload["text"]) + "\n" + str(payload["blocks"])
