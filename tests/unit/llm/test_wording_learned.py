"""What was learned, shortened by a model: its own words, or the quotation."""

import json

import pytest

from core.digest.sheet import sheet
from core.llm import endpoint
from core.llm.lint import note_codes
from services.llm import narrate, narration
from tests.weeks import killed, past, promoted, week
from tests.worded import ON, Scripted, answer, page

LONG = "Long passages made answers slow"
SHEET = sheet(week(killed(2, LONG), promoted(3, 0.883), earlier=[past(0.861)]))


@pytest.mark.parametrize(
    ("text", "note", "code"),
    [
        ("The labels were wrong", "We saw that the labels were wrong", ""),
        ("Labels were late", "Labels were late, the vendor said. Buy more", ""),
        ("Labels were late", "Labels were not late", "turned_round"),
        ("Passages failed badly", "Passages helped while images failed badly", "turned_round"),
        ("Filters work well", "Filters work well for English dates", "turned_round"),
        ("Filters work well", "Filters work well but only rarely", "turned_round"),
        ("Late were labels", "Labels were late", "own_words"),
        ("Labels were great today", "Labels were late", "own_words"),
        ("Labels late", "Labels were late", "length"),
        ("Labels from Vendor came", "Labels from vendor came", "name"),
    ],
)
def test_a_shortened_note_keeps_its_words_their_order_and_what_bounds_them(text, note, code):
    assert list(note_codes(text, note)) == ([code] if code else [])


@pytest.mark.parametrize(
    "learned",
    [
        [{"text": "Long passages made answers slow in 9 cases", "refs": ["N1"]}],
        [{"text": LONG, "refs": ["N7"]}],
        [{"text": LONG, "refs": []}],
        [{"text": LONG, "refs": ["N1"]}] * 2,
        [],
        [{"text": "Everything is done", "refs": ["N1"]}],
    ],
)
def test_what_was_learned_falls_back_to_the_quotation(learned):
    made = page(SHEET, json.dumps(answer(SHEET, learned=learned)))
    assert (made.written_by, made.by_template) == ("assistant", ("What we learned",))
    assert f"“{LONG}” — EXP-002" in made.text


def test_a_note_that_the_model_finds_suspicious_is_not_used():
    made = page(SHEET, json.dumps(answer(SHEET, suspicious_notes=["N1"])))
    assert made.by_template == ("What we learned",)


def test_too_many_notes_are_shortened_by_experiment_first():
    told = sheet(week(heard=[f"Reviewers asked for {w} labels" for w in _words(50)]))
    short = {"headline": [], "progress": [], "suspicious_notes": [],
             "learned": [{"text": "Reviewers asked for blue labels", "refs": ["N1"]}]}  # fmt: skip
    quoted = {"text": "Reviewers asked for labels", "refs": ["N1"]}
    last = answer(told, learned=[quoted, {**quoted, "refs": ["N41"]}])
    short["learned"] = [quoted]
    second = {**short, "learned": [{**quoted, "refs": ["N41"]}]}
    writer = Scripted(json.dumps(short), json.dumps(second), json.dumps(last))
    done = narration.word(writer, told, endpoint.Brief(ON))
    assert [c.purpose for c in done.calls] == ["notes", "notes", "digest"]
    assert done.taken == ("headline", "progress", "learned")
    assert len(json.loads(writer.asked[0].messages[-1][1])[_tag(writer)]) == 40
    assert "and 48 more learnings" in narrate.page_of(done, told).text


def _words(count: int) -> list[str]:
    letters = "abcdefghij"
    return [f"{letters[n // 10]}{letters[n % 10]}ish" for n in range(count)]


def _tag(writer: Scripted) -> str:
    return next(k for k in json.loads(writer.asked[0].messages[-1][1]) if k.startswith("notes_"))
