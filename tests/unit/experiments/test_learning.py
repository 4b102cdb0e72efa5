"""When two learnings are one, and what is told of one beside its id."""

import pytest

from core.experiments.learning import bare, sentence


@pytest.mark.parametrize(
    "said",
    [
        "Dedupe the corpus first",
        "dedupe the corpus first.",
        "EXP-037: Dedupe the corpus, first!",
        "*EXP-37* – dedupe   the corpus first",
    ],
)
def test_case_marks_and_an_id_in_front_make_no_other_sentence(said):
    assert sentence(said) == "dedupe the corpus first"


def test_other_words_and_ids_within_are_another_sentence():
    assert sentence("EXP-037 beats EXP-038") != sentence("EXP-037 beats EXP-039")
    assert sentence("EXP-037") == "exp 037"
    assert sentence("!!!") == ""


def test_an_id_is_left_out_only_where_it_is_told_beside_it():
    assert bare("EXP-037: the draft helps", (37,)) == "the draft helps"
    assert bare("EXP-037: the draft helps", (38,)) == "EXP-037: the draft helps"
    assert bare("EXP-037", (37,)) == "EXP-037"
    assert bare("Exports need EXP-037", (37,)) == "Exports need EXP-037"
