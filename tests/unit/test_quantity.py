"""A whole number is read one way wherever somebody types one or a button carries one."""

import pytest

from core.errors import Refused
from core.quantity import number_of, whole


@pytest.mark.parametrize(
    ("typed", "read"),
    [("3", 3), (" 3 ", 3), ("#3", 3), ("007", 7), ("0", 0), ("999999999", 999_999_999)],
)
def test_a_whole_number_is_read(typed, read):
    assert whole(typed) == read


@pytest.mark.parametrize(
    "typed", ["", "#", "x", "-1", "1.5", "1e3", "²", "٣", "##3", "1_0", "9" * 10, "9" * 30, "True"]
)
def test_anything_else_is_none(typed):
    assert whole(typed) is None


def test_what_is_none_is_refused_in_the_words_of_who_asks():
    with pytest.raises(Refused) as refused:
        number_of("²", "I need the number of one note.", "`/digest notes` lists them.")
    assert refused.value.sentence == "I need the number of one note. `/digest notes` lists them."
