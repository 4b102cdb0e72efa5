"""The text of a draft: what is read, what is doubted, what is posted; and the longest message."""

from datetime import UTC, datetime

import pytest

from core.digest import draft_text as texts
from core.digest.draft import (
    LABELS,
    Correction,
    Doubt,
    Draft,
    DraftSection,
    Edit,
    Fallen,
    Form,
    Sent,
)
from core.digest.schedule import DigestRhythm, read
from core.digest.sheet import sheet
from core.errors import Refused
from sandbox.blocks.rules import message_errors, view_errors
from services.llm import narrate
from tests.weeks import any_week, killed, week
from views.digest import draft as view
from views.digest.draft_form import form

NOW = datetime(2026, 11, 27, 13, 0, tzinfo=UTC)


def _page(seed: int = 4):
    made = sheet(any_week(seed))
    return narrate.plain(made), made


@pytest.mark.parametrize("seed", range(60))
def test_assays_own_text_is_never_doubted(seed):
    page, made = _page(seed)
    base = texts.parts(page.sections)
    for part in base:
        if part.key in LABELS:
            assert texts.doubts(part.key, part.lines, base, made) == []


@pytest.mark.parametrize("seed", range(60))
def test_a_page_comes_back_from_its_row_as_it_was(seed):
    page, _ = _page(seed)
    kept = texts.plain(texts.parts(page.sections))
    sections = texts.marked(texts.restored(kept))
    assert texts.page(page.week, sections, (page.sheet, page.sha256), texts.written(page)) == page


def test_a_fact_as_shown_passes_and_one_digit_off_does_not():
    made = sheet(week(killed(2, "Too slow")))
    base = texts.parts(narrate.plain(made).sections)
    assert texts.doubts("progress", ["1 killed"], base, made) == []
    (doubt,) = texts.doubts("progress", ["2 killed"], base, made)
    assert doubt.sentence == "2 killed"


def test_a_line_of_one_section_does_not_vouch_for_another():
    made = sheet(week(killed(2, "Too slow, 99% sure")))
    base = (DraftSection("learned", "x", ("99% sure",)), DraftSection("next", "y", ("soon",)))
    assert texts.doubts("learned", ["99% sure"], base, made) == []
    assert texts.doubts("next", ["99% sure"], base, made)


def test_bullets_and_space_are_taken_off():
    assert texts.read("needs", " • one  thing \n\n•two\n") == ("one thing", "two")
    assert texts.read("needs", " \n ") == ()
    with pytest.raises(Refused):
        texts.read("needs", "x" * 301)


def test_same_facts_read_later_are_the_same():
    one, two = narrate.plain(sheet(week())), narrate.plain(sheet(week(killed(2, "No"))))
    later = {**one.sheet, "as_of": "2030-01-01T00:00:00+00:00"}
    assert texts.same_facts(one.sheet, later)
    assert not texts.same_facts(one.sheet, two.sheet)


def test_the_longest_of_everything_fits_into_slack():
    page, _ = _page()
    line = "&<>" * 100
    edits = tuple(Edit(key, (line,) * 4, "UANA", "<!here> & Ana", own=True) for key in LABELS)
    kept, _ = texts.final(texts.parts(page.sections), edits, sheet(any_week(4)))
    how = texts.written(page)
    long = texts.page(page.week, texts.marked(kept), (page.sheet, page.sha256), how)
    for state in ("open", "held", "posting", "posted", "missed"):
        shown = Draft(
            1, NOW.date(), NOW, state, "CX", long, edits, tuple(LABELS), "UANA", NOW, line
        )
        text, blocks = view.draft(shown)
        assert message_errors(blocks) == [], state
        assert len(text) < 4000
    doubts = tuple(Doubt(key, line, line) for key in LABELS) * 3
    fell = tuple(Fallen(edit, doubts) for edit in edits)
    changed = Correction(
        NOW.date(), "UANA", NOW, tuple((v, line * 4, "") for v in LABELS.values())
    )
    for _, blocks in (view.fell_back(NOW.date(), fell), view.correction(changed)):
        assert message_errors(blocks) == []
    sent = Sent(1, 1, {key: line * 4 for key in LABELS}, tuple(LABELS), "~7")
    standing = tuple((label, line * 4) for label in LABELS.values())
    shown = form(Form("edit", NOW.date(), sent, doubts, "<@UANA>", standing))
    assert view_errors(shown, kind="modal") == []
    assert "<@UANA>" not in str(shown)


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("friday 16 draft=2", (4, 16, 2)),
        ("Mon", (0, 16, 2)),
        ("9:00", (4, 9, 2)),
        ("draft=0h", (4, 16, 0)),
        ("sunday 0 draft=48", (6, 0, 48)),
    ],
)
def test_a_rhythm_is_read_and_what_is_not_named_stays(typed, wanted):
    found = read(typed, DigestRhythm(4, 16, 2, "UTC"))
    assert (found.day, found.hour, found.draft) == wanted
