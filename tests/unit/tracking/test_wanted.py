"""Filters of runs as typed."""

from datetime import date

import pytest

from core.errors import Refused
from core.tracking.wanted import RunFilter, wanted

TODAY = date(2026, 12, 1)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", RunFilter()),
        ("model=llama dataset = v7", RunFilter("llama", "v7")),
        ("data=“tickets v7”", RunFilter("", "tickets v7")),
        ("since=2w", RunFilter(since=date(2026, 11, 17))),
        ("SINCE=3d", RunFilter(since=date(2026, 11, 28))),
        ("since=2026-11-01", RunFilter(since=date(2026, 11, 1))),
    ],
)
def test_a_filter_is_read(typed, found):
    assert wanted(typed, TODAY) == found


@pytest.mark.parametrize("typed", ["llama", "model=", "lr=3", "since=soon", "since=999w x"])
def test_what_is_none_is_refused(typed):
    with pytest.raises(Refused):
        wanted(typed, TODAY)
