"""How messages are read onto the questions."""

import pytest

from core.errors import Refused
from core.standups import standup
from core.standups.setup import DEFAULT_QUESTIONS, questions_of

Q = DEFAULT_QUESTIONS


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("1. lr matters\n2. EXP-7\n3. none", ("lr matters", "EXP-7", "none")),
        ("1) lr matters\nmost at the end\n3) quota", ("lr matters\nmost at the end", "", "quota")),
        ("Q1: a\nq2: b", ("a", "b", "")),
        ("*1.* bold number", ("bold number", "", "")),
        ("Learned: a\nNext: b\nBlocked: c", ("a", "b", "c")),
        ("learnings: a", ("a", "", "")),
        ("*Next:* b", ("", "b", "")),
        ("- a\n- b\n- c", ("a", "b", "c")),
        ("• a\n• b\n• c", ("a", "b", "c")),
        ("a\nb\nc", ("a", "b", "c")),
        ("a1\na2\n\nb\n\nc", ("a1\na2", "b", "c")),
        ("Learned:\na\nNext:\nb", ("a", "b", "")),
        ("What did you learn: a", ("a", "", "")),
        ("My next step: b", ("", "b", "")),
        ("I learned odd things: a", ("I learned odd things: a", "", "")),
        ("Blocked by labels: Cy", ("", "", "Blocked by labels: Cy")),
        ("learned from https://arxiv.org/abs/1?x=1", None),
        ("learned from https://a.b/c\nnext\nnone", ("learned from https://a.b/c", "next", "none")),
        ("I learned https://x.y/z shows drift", None),
        ("learned that a:b ratio matters", None),
        ("one sentence only", None),
        ("hi all\n1. a", None),  # words before the first mark: no guessing
        ("0.83 on EXP-042", None),
        ("2 runs finished", None),
        ("12. there is no twelfth question", None),
        ("a\nb", None),
        ("", None),
    ],
)
def test_a_text_is_split_where_it_says_what_belongs_where(text, read):
    assert standup.read(Q, text) == read


@pytest.mark.parametrize(
    ("texts", "base", "combined"),
    [
        (["whole text"], (), ("whole text", "", "")),
        (["a", "b", "c"], (), ("a", "b", "c")),
        (["a", "b", "c", "d"], (), ("a\nd", "b", "c")),
        (["1. a\n2. b\n3. c", "2. B"], (), ("a", "B", "c")),
        (["more"], ("a", "b", "none"), ("a\nmore", "b", "none")),
        (["3. quota"], ("a", "b", "none"), ("a", "b", "quota")),
        ([], ("a", "", ""), ("a", "", "")),
    ],
)
def test_several_messages_become_one_answer_and_lose_nothing(texts, base, combined):
    assert standup.combine(Q, texts, base) == combined


@pytest.mark.parametrize(
    "text", ["thanks!", "OK", ":+1:", ":tada: :tada:", "Good morning", "help"]
)
def test_thanks_and_greetings_are_no_answer(text):
    assert standup.is_chatter(text)


@pytest.mark.parametrize(
    ("text", "talk"),
    [
        ("<@UBEN> did you try larger batches?", True),
        ("which dataset was that?", True),
        ("nice one", True),
        ("a\nb\nc", False),
        ("The reranker hurts short queries, next is EXP-044", False),
    ],
)
def test_what_people_say_to_each_other_in_the_thread_is_no_answer(text, talk):
    assert standup.is_talk(Q, text) is talk


def test_links_and_mentions_become_readable():
    text = "see <https://wandb.ai/x|the run>, <@UBEN>, <#C1|data> &amp; <https://a.b>"
    read = standup.readable(text, {"UBEN": "Ben"})
    assert read == "see https://wandb.ai/x, @Ben, #data & https://a.b"


@pytest.mark.parametrize(
    ("question", "role"),
    [*zip(Q, ("learned", "next", "stuck"), strict=True), ("What will you do?", "next")],
)
def test_a_question_has_its_role_by_its_words(question, role):
    assert standup.place_of(role, ["How are you?", question]) == 1


@pytest.mark.parametrize("nothing", ["", "none", "N/A", "-", "Nothing."])
def test_a_reply_that_says_nothing_is_no_learning(nothing):
    assert standup.learnings(Q, [nothing, "b", "c"]) == ""


def test_questions_are_one_per_line_and_the_three_of_the_method_when_empty():
    assert questions_of(" a? \n\n b? ") == ("a?", "b?")
    assert questions_of(None) == DEFAULT_QUESTIONS


@pytest.mark.parametrize(
    ("text", "why"), [("q?\n" * 11, "11 questions are too many"), ("x" * 201, "longer than 200")]
)
def test_too_many_or_too_long_questions_are_refused_at_their_field(text, why):
    with pytest.raises(Refused, match=why) as refusal:
        questions_of(text, field="questions")
    assert refusal.value.field == "questions"
