"""A test prompt to oneself: answered like a real one, and counted nowhere."""

from collections.abc import Sequence

from core.errors import NotFound, Refused
from core.standups import standup as reading
from core.standups.questions import all_of
from core.standups.setup import DEFAULT_QUESTIONS
from core.text import clean
from core.workspace.onboarding import Trial
from models import outbox
from models.standups import standup as standups
from models.workspace import onboarding as table
from models.workspace.onboarding import Trial as Row
from services.desk import Desk, desk
from services.ports import Lab
from services.standups import submission
from services.workspace import onboarding
from views.workspace import trial as view


def send(lab: Lab, team_id: int, user_id: str) -> Trial:
    """Send that person the prompt of their standup (else the first one's) as a test."""
    with desk(lab, team_id, lock=False) as here:
        found = standups.of_team(here.session, here.team_id)
        mine = [standup for standup in found if user_id in standups.everyone(standup)]
        asks = next(iter([*mine, *found]), None)
        row = Row(
            team_id=here.team_id,
            user_id=user_id,
            name=asks.name if asks else "Standup",
            questions=list(asks.questions if asks else DEFAULT_QUESTIONS),
            shapes=dict(asks.shapes or {}) if asks else {},
            at=here.now,
        )
        here.session.add(row)
        here.session.flush()
        made = _value(here, row)
        here.voice.post(_key(row), user_id, view.show(made))
        return made


def look(lab: Lab, team_id: int, trial_id: int, *, by: str) -> Trial:
    """That person's own test prompt. Raises NotFound."""
    with desk(lab, team_id, lock=False) as here:
        return _value(here, _own(here, trial_id, by))


def answer(lab: Lab, team_id: int, given: Trial) -> Trial:
    """Show in the message how the answer would look (given.replies), and keep it nowhere else.

    Raises NotFound (somebody else's), Refused (nothing in it, or not what is asked).
    """
    replies = [clean(reply) for reply in given.replies]
    if not any(replies):
        raise Refused("All fields are empty.", "Answer at least one question.", field="q0")
    with desk(lab, team_id, lock=False) as here:
        row = _own(here, given.id, given.user)
        submission.require_readable(all_of(row.questions, row.shapes), replies)
        row.state = "answered"
        onboarding.tested(here, given.user)
        done = _value(here, row, replies)
        here.voice.edit(_key(row), view.show(done))
        return done


def hear(lab: Lab, team_id: int, said: tuple[str, str, str], user_id: str) -> bool:
    """Take a reply (channel, thread ts, text) in a test prompt's thread; True when it was one."""
    channel, thread, text = said
    with lab.begin() as session:
        parent = outbox.said_at(session, channel, thread) if thread else None
        kind, _, number = (parent.key if parent else "").partition(":")
        if kind != "trial" or parent is None or parent.team_id != team_id:
            return False
        row = session.get(Row, int(number))
        if row is None or row.user_id != user_id or not clean(text):
            return False
        replies = reading.combine(row.questions, [text])
    given = Trial(int(number), user_id, "", (), replies=replies)
    answer(lab, team_id, given)
    return True


def _own(here: Desk, trial_id: int, by: str) -> Row:
    row = table.hold_trial(here.session, trial_id)
    if row is None or row.team_id != here.team_id or row.user_id != by:
        raise NotFound("I don't find that test prompt.", "`/standup test` sends a new one.")
    return row


def _value(here: Desk, row: Row, replies: Sequence[str] = ()) -> Trial:
    questions = all_of(row.questions, row.shapes)
    name = here.name(row.user_id)
    return Trial(row.pk, row.user_id, row.name, questions, name, tuple(replies))


def _key(row: Row) -> str:
    return f"trial:{row.id}"
