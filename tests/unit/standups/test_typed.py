"""Replies to typed questions, as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from core.errors import Refused
from core.standups import questions as question
from core.standups import standup, typed_reply
from core.standups.questions import Question
from core.text import clean

YESNO = Question("Are you stuck?", "yesno")
NUMBER = Question("How many runs?", "number")
CHOICE = Question("How are the labels?", "choice", ("good", "good enough", "bad"))
ALL = (Question("What did you learn?"), CHOICE, NUMBER, YESNO)


@pytest.mark.parametrize(
    "text",
    ["no", "No.", "none", "-", "–", "n/a", "N/A", "nope", "nothing", "keine", "Nein!", "nichts",
     ":x:", "not today", "no, all fine", "No blockers today", "not stuck",
     "no – but ask me later"],
)  # fmt: skip
def test_many_ways_to_say_no(text):
    assert typed_reply.read(YESNO, text).value == "no"


@pytest.mark.parametrize(
    "text", ["yes", "Y", "yep", "Ja", "yes the GPU quota", "yes, a bit", "👍"]
)
def test_many_ways_to_say_yes(text):
    assert typed_reply.read(YESNO, text).value == "yes"


@pytest.mark.parametrize("text", ["no data", "maybe", "nothing works", "not sure", "no GPUs left"])
def test_what_is_neither_yes_nor_no_is_not_guessed(text):
    assert typed_reply.read(YESNO, text) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [("12", "12"), (" 12 ", "12"), ("1,200", "1200"), ("0,5", "0.5"), ("-3", "-3"), ("−3", "-3"),
     ("~7", "7"), ("about 7 runs", "7"), ("85%", "85"), ("seven", "7"), ("1e3", "1000"),
     ("12.", "12"), (".5", "0.5"), ("n/a", ""), ("none", "")],
)  # fmt: skip
def test_numbers_as_people_write_them(text, value):
    assert typed_reply.read(NUMBER, text).value == value


@pytest.mark.parametrize(
    "text", ["7-8", "3 of 5", "a few", "1/2", "2026-11-23", "1e999", "12k", "7, but 2 failed"]
)
def test_what_is_not_one_number_is_not_guessed(text):
    assert typed_reply.read(NUMBER, text) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [("Good", "good"), ("good enough", "good enough"), ("good, mostly", "good"), ("3", "bad"),
     ("b)", "good enough"), ("ba", "bad"), ("goood", "good"), ("rather bad, I'd say", "bad")],
)  # fmt: skip
def test_a_choice_by_name_number_letter_or_a_slip(text, value):
    assert typed_reply.read(CHOICE, text).value == value


@pytest.mark.parametrize("text", ["so so", "neither good nor bad", "7", "z"])
def test_what_names_no_choice_or_several_is_not_guessed(text):
    assert typed_reply.read(CHOICE, text) is None


def test_only_a_bare_answer_is_put_into_its_plain_form():
    kept = typed_reply.taken(ALL, ["lr matters", "Good!", "about 7 runs", "Nope."])
    assert kept == ["lr matters", "good", "about 7 runs", "no"]
    assert typed_reply.taken(ALL, ["", "so so", "a few", "no data"]) == [
        "",
        "so so",
        "a few",
        "no data",
    ]


def test_what_must_be_answered_and_what_cannot_be_read_are_in_doubt():
    asked = (Question("Learned?", required=True), NUMBER)
    found = typed_reply.doubts(asked, ["", "a few"])
    assert [(doubt.number, doubt.text) for doubt in found] == [(1, ""), (2, "a few")]
    assert typed_reply.doubts(asked, ["x", ""]) == []


@pytest.mark.parametrize(
    ("asked", "replies", "told"),
    [
        (YESNO, ["yes", "no", "no", "no data"], "yes 1, no 2, 1 not readable"),
        (CHOICE, ["bad", "good", "bad"], "good 1, bad 2"),
        (NUMBER, ["1", "4", "about 12"], "median 4 (1 to 12)"),
        (NUMBER, ["4"], "4"),
        (NUMBER, ["n/a"], ""),
        (ALL[0], ["words"], ""),
        (YESNO, [], ""),
    ],
)
def test_a_tally_counts_what_could_be_read_and_says_what_could_not(asked, replies, told):
    assert typed_reply.tally(asked, replies) == told


@given(some.sampled_from(ALL), some.text(max_size=60))
def test_nothing_typed_is_lost_and_reading_twice_is_reading_once(asked, text):
    body = clean(text)
    found = typed_reply.read(asked, body)
    kept = typed_reply.taken([asked], [body])[0]
    if found is None or found.text != found.value:
        assert kept == body
    assert typed_reply.taken([asked], [kept])[0] == kept
    again = typed_reply.read(asked, kept)
    assert (again and again.value) == (found and found.value)


@given(some.floats(-1e9, 1e9, allow_nan=False).map(lambda n: round(n, 3)))
def test_every_number_is_read_back(number):
    assert float(typed_reply.read(NUMBER, str(number)).value) == pytest.approx(number, rel=1e-8)


@given(some.lists(some.text(min_size=1, max_size=20), min_size=4, max_size=4))
def test_a_line_per_question_keeps_every_word(lines):
    text = "\n".join(f"{n}. {line}" for n, line in enumerate(lines, start=1))
    replies = standup.combine([q.text for q in ALL], [text])
    kept = "".join(typed_reply.taken(ALL, replies)[:1])
    assert (
        set(clean(lines[0]).split()) <= set(kept.split())
        or standup.read([q.text for q in ALL], text) is None
    )


def test_questions_are_added_replaced_moved_and_taken_out():
    made = question.put((YESNO, NUMBER), CHOICE, place=0)
    assert made == (CHOICE, YESNO, NUMBER)
    assert question.put(made, Question("Else?"), place=None, at=1) == (
        CHOICE, Question("Else?"), NUMBER,
    )  # fmt: skip
    assert question.moved(made, 0, 1) == (YESNO, CHOICE, NUMBER)
    assert question.moved(made, 0, -1) == made
    assert question.without(made, 0) == (YESNO, NUMBER)
    assert question.all_of([q.text for q in made], question.shapes_of(made)) == made


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"text": " "}, "text"),
        ({"text": "x" * 201}, "text"),
        ({"text": "a", "kind": "mood"}, "kind"),
        ({"text": "a", "kind": "choice", "choices": "one"}, "choices"),
        ({"text": "a", "kind": "choice", "choices": "a\nA"}, "choices"),
        ({"text": "a", "kind": "choice", "choices": "a\n" + "b" * 61}, "choices"),
        ({"text": "a", "kind": "number", "choices": "a\nb"}, "choices"),
    ],
)
def test_a_question_that_cannot_be_asked_is_refused_under_its_field(values, field):
    with pytest.raises(Refused) as refusal:
        question.read(values)
    assert refusal.value.field == field


def test_the_last_question_stays_and_nothing_is_asked_twice():
    with pytest.raises(Refused, match="at least one question"):
        question.without((YESNO,), 0)
    with pytest.raises(Refused, match="asked already"):
        question.put((YESNO,), Question("are you STUCK?"), place=None)
    with pytest.raises(Refused, match="10 questions already"):
        question.put(tuple(Question(str(n)) for n in range(10)), YESNO, place=None)
