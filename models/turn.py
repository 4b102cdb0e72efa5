"""What was wanted in a conversation with us, sentence by sentence; not the words."""

from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Field, Session, col, select

from models.row import Row


class Turn(Row, table=True):
    """One sentence that was answered. at: when it was written, or its button pressed. intent:
    as in core/assay/rules, "" for what nothing goes on with; letters and number: the id it was
    about, "" and 0 for none.
    """

    workspace: str
    user_id: str
    channel: str
    thread_ts: str = ""
    at: datetime = Field(index=True)
    team_id: int = Field(foreign_key="team.id")
    intent: str
    letters: str = ""
    number: int = 0


def last(
    session: Session,
    whose: tuple[str, str],
    place: tuple[str, str],
    since: datetime,
    *,
    wanting: bool = False,
) -> Turn | None:
    """That person's last sentence at (channel, thread) since then. whose: workspace and person.
    wanting: the last that something goes on with.
    """
    mine = (Turn.workspace == whose[0], Turn.user_id == whose[1], Turn.channel == place[0])
    wanted = select(Turn).where(*mine, Turn.thread_ts == place[1], Turn.at >= since)
    wanted = wanted.where(Turn.intent != "") if wanting else wanted
    return session.exec(wanted.order_by(col(Turn.at).desc(), col(Turn.id).desc()).limit(1)).first()


def answered_at(session: Session, channel: str, at: datetime) -> Turn | None:
    """The sentence in a DM that what stands there since `at` answers, or that is it itself."""
    wanted = select(Turn).where(Turn.channel == channel, Turn.at <= at)
    return session.exec(wanted.order_by(col(Turn.at).desc(), col(Turn.id).desc()).limit(1)).first()


def forget_before(session: Session, before: datetime) -> None:
    """Forget what was wanted before then."""
    session.execute(delete(Turn).where(col(Turn.at) < before))
