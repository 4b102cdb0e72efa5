"""A search for garbage stops everybody, so it is kept short."""

import gc
from collections.abc import Iterator

import pytest

from bot.run import spare_what_stays


@pytest.fixture
def as_before() -> Iterator[None]:
    """Python searches afterwards as it did before."""
    thresholds = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*thresholds)


def test_what_was_loaded_at_the_start_is_not_searched_again(as_before: None) -> None:
    loaded = [[number] for number in range(3)]
    spare_what_stays()
    since = [[number] for number in range(3)]
    searched = {id(one) for one in gc.get_objects()}
    assert searched.isdisjoint(id(one) for one in loaded)
    assert searched.issuperset(id(one) for one in since)
