"""Correcting the posted digest: in place, with a thread note, the original kept."""

import pytest
from sqlmodel import Session, select

from models.digest.draft import DigestCorrection
from tests import seeded
from tests.editions import FRIDAY_FOUR, at, digests, drafted
from tests.weeks import killed

PLAIN = "We keep the small model"
FALSE = "Accuracy will reach 99% soon"


@pytest.fixture
def posted(talk):
    """The digest stands in its channel."""
    drafted(talk)
    at(talk, FRIDAY_FOUR)
    talk.deliver()
    talk.later(minutes=20)
    return talk


def _correct(talk, by="UANA", **typed):
    assert talk.say("/digest correct", by=by).modal
    return talk.submit_open(typed, by=by)


def test_the_post_is_edited_in_place_and_its_thread_says_from_what_to_what(posted):
    original = digests(posted)[0].text
    heard = _correct(posted, needs=PLAIN)
    assert heard.text.startswith("The posted digest of Fri 27 Nov is corrected: What we need")
    (edit,) = posted.sent("edit:digest:")
    assert edit.target == "digest:1:2026-W48"
    assert f"• {PLAIN}" in edit.payload["text"]
    assert "*corrected <!date^" in str(edit.payload["blocks"][-1])
    (note,) = posted.sent("digest-correction:")
    assert (note.channel, note.thread_of) == ("CEXEC", "digest:1:2026-W48")
    assert note.payload["text"] == "Corrected by <@UANA>: What we need from leadership"
    assert "No decision needed this week" in str(note.payload["blocks"])
    assert PLAIN in str(note.payload["blocks"])
    assert digests(posted)[0].text == original
    assert PLAIN in posted.say("/digest", by="UEVE").text


def test_it_is_checked_with_the_facts_of_that_digest_not_of_today(posted):
    for number in (9, 10):
        seeded.tickets(posted.engine, killed(number, "Too slow", decided_at=posted.now))
    heard = _correct(posted, progress="2 killed")
    assert "Not saved yet" in str(heard.update)
    assert "is corrected" in posted.submit_open({"progress": "1 killed"}).text


def test_own_words_are_marked_with_the_name(posted):
    assert "the records do not say this" in str(_correct(posted, needs=FALSE).update)
    assert "is corrected" in posted.submit_open({"own": ["needs"]}).text
    (edit,) = posted.sent("edit:digest:")
    assert f"(in the words of UANA)\n• {FALSE}" in edit.payload["text"]


def test_a_second_correction_starts_from_the_first_and_both_are_kept(posted):
    _correct(posted, needs=PLAIN)
    _correct(posted, by="UBEN", risks="Known ones only")
    text = posted.sent("edit:digest:")[0].payload["text"]
    assert PLAIN in text
    assert "Known ones only" in text
    with Session(posted.engine) as session:
        rows = session.exec(select(DigestCorrection).order_by(DigestCorrection.number)).all()
    assert [(row.number, row.by) for row in rows] == [(1, "UANA"), (2, "UBEN")]
    assert rows[1].before == rows[0].after


def test_an_emptied_section_is_assays_again(posted):
    _correct(posted, needs=PLAIN)
    _correct(posted, needs="")
    assert "No decision needed this week" in posted.sent("edit:digest:")[0].payload["text"]


def test_nothing_changed_is_said_and_nothing_posted(posted):
    heard = _correct(posted)
    assert "Nothing was changed." in next(iter(heard.errors.values()))
    assert posted.sent("digest-correction:") == []


def test_two_leads_at_once_lose_nothing(posted):
    posted.say("/digest correct", by="UANA")
    opened = posted.replies[-1]
    _correct(posted, by="UBEN", risks="Ben sees none", needs="Ben asks for nothing")
    posted.replies.append(opened)
    heard = posted.submit_open({"needs": PLAIN}, by="UANA")
    assert "UBEN changed it while you typed" in str(heard.update)
    posted.submit_open({}, by="UANA")
    text = posted.sent("edit:digest:")[0].payload["text"]
    assert PLAIN in text
    assert "Ben sees none" in text
    assert len(posted.sent("digest-correction:")) == 2


def test_before_any_digest_there_is_nothing_to_correct(talk):
    drafted(talk)
    assert talk.say("/digest correct").text.startswith("No digest was posted yet.")


def test_a_form_of_last_weeks_digest_is_refused(posted):
    posted.say("/digest correct")
    opened = posted.replies[-1]
    at(posted, FRIDAY_FOUR.replace(day=4, month=12))
    posted.replies.append(opened)
    heard = posted.submit_open({"needs": PLAIN})
    assert "A newer digest was posted meanwhile." in next(iter(heard.errors.values()))


def test_a_digest_from_before_sections_were_kept_can_be_corrected(posted):
    with Session(posted.engine) as session:
        row = session.merge(digests(posted)[0])
        row.sections = []
        session.commit()
    assert "is corrected" in _correct(posted, needs=PLAIN).text
    assert "88.3% / 92% accuracy" in posted.sent("edit:digest:")[0].payload["text"]
