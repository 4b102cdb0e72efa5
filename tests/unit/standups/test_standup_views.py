"""Standup messages against Slack's limits."""

import json
from datetime import UTC, date, datetime

from core.standups import typed_reply
from core.standups.questions import Question, shapes_of
from core.standups.round import AnswerForm, Round, Seat, WrapUp
from core.standups.setup import Arrangement, Settings
from core.standups.standup import Answer
from sandbox.blocks.rules import message_errors, view_errors
from views.standups import forms, questions
from views.standups import standup as view

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
QUESTIONS = tuple(f"{'q' * 199}?" for _ in range(10))


def _texts(blocks):
    """Every text in the blocks."""
    found = []

    def walk(node):
        if isinstance(node, dict):
            found.extend([node["text"]] if isinstance(node.get("text"), str) else [])
            for child in node.values():
                walk(child)
        elif isinstance(node, list):
            for child in node:
                walk(child)

    walk(blocks)
    return found


def test_ten_long_replies_fit_into_one_message():
    answer = Answer("UANA", "Ana", QUESTIONS, ("x" * 3000,) * 10, (1, 2))
    text, blocks = view.answer(answer)
    assert len(blocks) <= 50
    assert len(text) <= 4000
    assert sum(len(found) for found in _texts(blocks)) <= 13_200


def test_three_replies_of_ordinary_length_are_shown_whole():
    answer = Answer("UANA", "Ana", QUESTIONS[:3], ("x" * 3000,) * 3)
    assert ("x" * 3000) in json.dumps(view.answer(answer)[1])


def test_a_round_of_two_hundred_people_fits_into_one_message():
    names = tuple(f"Person number {n:03d} with a long name" for n in range(200))
    seats = tuple(Seat(f"U{n}", name, "asked", NOW) for n, name in enumerate(names))
    wrap_up = WrapUp(missing=names, blockers={"data": names})
    facts = Round(1, "Standup", date(2026, 11, 23), NOW, QUESTIONS, seats, wrap_up)
    for _, blocks in (view.parent(facts), view.status([facts])):
        assert max(len(found) for found in _texts(blocks)) <= 3000


def test_foreign_names_cannot_ping_anybody():
    seats = (Seat("U1", "<!channel>", "asked", NOW),)
    wrap_up = WrapUp(missing=("<!channel>",))
    facts = Round(1, "<!here>", date(2026, 11, 23), NOW, QUESTIONS, seats, wrap_up)
    for message in (
        view.parent(facts),
        view.status([facts]),
        view.prompt(facts, seats[0], [], NOW),
    ):
        assert "<!" not in json.dumps(message)


def test_ten_questions_of_every_kind_fit_into_prompt_form_list_and_doubts():
    choices = tuple(f"{n:02d}{'c' * 58}" for n in range(20))
    kinds = [("choice", choices), ("number", ()), ("yesno", ()), ("text", ()), ("choice", choices)]
    asked = [Question(f"{n}{'q' * 198}?", *kinds[n % 5], required=True) for n in range(10)]
    texts, shapes = tuple(q.text for q in asked), shapes_of(asked)
    seat = Seat("UANA", "Ana", "asked", NOW)
    facts = Round(1, "Standup", date(2026, 11, 23), NOW, texts, (seat,), None, shapes, mood=True)
    arranged = Arrangement(1, Settings("CTEAM", questions=texts), shapes=shapes, by="Ana")
    doubts = typed_reply.doubts(asked, ["x" * 3000] * 3)
    for _, blocks in (
        view.prompt(facts, seat, [], NOW),
        questions.listed(arranged, may_change=True),
        questions.announced(arranged),
        questions.unread(doubts, 1),
        view.answer(Answer("UANA", "Ana", texts, ("x" * 3000,) * 10, shapes=shapes)),
    ):
        assert message_errors(blocks) == []
    assert "10. 9qqq" in str(view.prompt(facts, seat, [], NOW)[1])
    offer = AnswerForm(facts, ("so so",) * 10, (), {}, answered=True, late=False)
    assert view_errors(forms.answer_form(offer), kind="modal") == []
