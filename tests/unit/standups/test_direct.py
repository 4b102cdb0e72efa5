"""What is clearly an answer; the messages were collected before the rule was written."""

from pathlib import Path

import pytest

from core.standups.direct import is_clear
from core.standups.questions import Question, all_of
from core.standups.setup import DEFAULT_QUESTIONS
from core.standups.standup import is_chatter

ASKED = all_of(list(DEFAULT_QUESTIONS), {})
FILE = Path(__file__).parents[2] / "data" / "direct_messages.tsv"
ROWS = [line.split("\t") for line in FILE.read_text().splitlines() if line[0] != "#"][1:]
TALK = [text.replace("\\n", "\n") for _, kind, text in ROWS if kind == "talk"]
ANSWERS = [text.replace("\\n", "\n") for _, kind, text in ROWS if kind == "answer"]


@pytest.mark.parametrize("text", TALK)
def test_what_asks_orders_greets_or_chats_is_never_published_unasked(text):
    assert is_chatter(text) or not is_clear(ASKED, text)


def test_nine_of_ten_answers_need_no_question():
    assert sum(is_clear(ASKED, text) for text in ANSWERS) >= 0.9 * len(ANSWERS)


def test_what_a_question_takes_is_its_answer():
    asked = (Question("Runs finished?", "number"), Question("Stuck?", "yesno"))
    assert is_clear(asked, "3")
    assert is_clear(asked[1:], "yes")
    assert not is_clear(ASKED, "yes")


def test_a_question_among_the_lines_makes_them_none():
    assert is_clear(ASKED, "the weather\nthe sea\nthe sky")
    assert not is_clear(ASKED, "the weather\nhow is the sea\nthe sky")
