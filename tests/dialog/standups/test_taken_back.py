"""What was posted as an answer is taken back with one press on the message that says so."""

from tests.standups import open_round, prompts, said

THREE = "1. The reranker hurts\n2. Distil it\n3. none"


def test_an_answer_is_taken_back_from_its_prompt_and_is_owed_again(talk_on_both):
    talk = talk_on_both
    open_round(talk)
    talk.write(THREE, by="UBEN", channel="DBEN")
    assert "standup_back" in str(talk.sent("edit:prompt:1:UBEN")[-1].payload)
    talk.press("standup_back", "1", by="UBEN")
    assert said(talk, "answer:1:UBEN") == "Ben: (withdrawn)"
    assert prompts(talk)["UBEN"] == "asked"
    assert "no answer of yours" in talk.press("standup_back", "1", by="UBEN").text
    assert "not in this round" in talk.press("standup_back", "1", by="UEVE").text
    talk.write(THREE, by="UBEN", channel="DBEN")
    assert said(talk, "answer:1:UBEN").startswith("Ben")
    assert prompts(talk)["UBEN"] == "answered"


def test_a_message_posted_after_asking_is_taken_back_where_it_was_asked_about(talk):
    open_round(talk)
    talk.write("was in meetings all day", by="UBEN", channel="DBEN", ts="9.000001")
    talk.press("standup_post", "DBEN|9.000001", by="UBEN")
    assert "meetings" in said(talk, "answer:1:UBEN")
    assert "Taken back" in talk.press("standup_unpost", "DBEN|9.000001", by="UBEN").text
    assert said(talk, "answer:1:UBEN") == "Ben: (withdrawn)"
    assert "already" in talk.press("standup_unpost", "DBEN|9.000001", by="UBEN").text


def test_nobody_takes_back_another_ones_answer(talk):
    open_round(talk)
    talk.write("was in meetings all day", by="UBEN", channel="DBEN", ts="9.000001")
    talk.press("standup_post", "DBEN|9.000001", by="UBEN")
    talk.press("standup_unpost", "DBEN|9.000001", by="UCY")
    assert "meetings" in said(talk, "answer:1:UBEN")
