"""What must be said is kept once, on both databases."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import text
from sqlmodel import Session

from core.facts import fingerprint
from core.text import clean
from models import outbox
from services import outbox as sending
from services import say
from services.outbox import Busy
from services.ports import Lab
from tests.conversation import PlainTestWriter
from views.kit import Message

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def _voice(session: Session) -> say.Voice:
    return say.Voice(session, "T1", NOW)


def _post(session: Session, key: str, said: str = "hello") -> bool:
    return _voice(session).post(key, "C1", (said, []))


def test_a_post_with_a_known_key_is_kept_once(engine):
    with Session(engine) as session:
        assert _post(session, "kill:1") is True
        assert _post(session, "kill:1", "again") is False
        assert outbox.find(session, "kill:1").payload["text"] == "hello"


def test_several_edits_of_one_post_become_the_last_one(engine):
    with Session(engine) as session:
        _post(session, "round:1")
        for text in ("1 in", "2 in", "3 in"):
            _voice(session).edit("round:1", (text, []))
        session.commit()
        row = outbox.find(session, "edit:round:1")
        assert (row.payload["text"], row.state) == ("3 in", "pending")
        assert len(outbox.keys(session, "")) == 2


def test_an_edit_after_the_last_one_was_sent_is_sent_again(engine):
    with Session(engine) as session:
        _voice(session).edit("round:1", ("1 in", []))
        outbox.find(session, "edit:round:1").state = "sent"
        _voice(session).edit("round:1", ("2 in", []))
        assert outbox.find(session, "edit:round:1").state == "pending"


def test_pending_rows_can_be_withdrawn_but_sent_ones_stay(engine):
    with Session(engine) as session:
        _post(session, "nudge:1:a")
        _post(session, "nudge:1:b")
        outbox.find(session, "nudge:1:b").state = "sent"
        assert outbox.withdraw(session, "nudge:1:") == 1
        assert outbox.find(session, "nudge:1:b") is not None


def test_half_a_character_kept_earlier_breaks_nobody_who_reads_it(engine):
    with Session(engine) as session:
        _post(session, "old")
        half = text(r"""UPDATE outbox SET payload = '{"text": "be\ud800fore"}'""")
        session.execute(half)
        session.commit()
        session.expire_all()
        assert outbox.find(session, "old").payload["text"] == "before"
    assert len(fingerprint({"said": "be\ud800fore"})) == 64
    assert clean("be\ud800fo\x00re") == "before"


def test_after_the_clock_was_set_back_nothing_waits_for_an_hour_that_has_been(engine):
    """Neither what failed, nor what was on its way: its answer is looked for."""
    now = [NOW]
    lab = Lab(engine=engine, clock=lambda: now[0], writer=PlainTestWriter())
    with lab.begin() as session:
        for number in (1, 2):
            say.Voice(session, "T1", NOW).post(
                f"kill:{number}", f"C{number}", Message("hello", [])
            )
    calls = sending.claim(lab, "one", Busy())
    sending.settle_failed(lab, calls[0], "internal_error")
    assert sending.claim(lab, "two", Busy()) == []
    now[0] -= timedelta(hours=3)
    again = sending.claim(lab, "two", Busy())
    assert [(call.key, call.uncertain) for call in again] == [("kill:1", False), ("kill:2", True)]
