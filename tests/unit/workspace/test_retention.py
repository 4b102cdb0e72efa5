"""How long answers are kept, as it is typed."""

import pytest

from core.errors import Refused
from core.workspace.retention import read


@pytest.mark.parametrize(
    ("typed", "days"),
    [("answers=365d", 365), ("Answers = 52w", 364), ("1y", 365), ("off", 0), ("answers=off", 0),
     ("", None), ("30 days", 30)],
)  # fmt: skip
def test_what_is_typed_is_read(typed, days):
    assert read(typed) == days


@pytest.mark.parametrize("typed", ["answers=7d", "learnings=365d", "365", "-3d", "11y", "0d"])
def test_what_is_too_short_or_about_something_else_is_refused(typed):
    with pytest.raises(Refused):
        read(typed)
