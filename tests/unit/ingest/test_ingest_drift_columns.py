"""Profiles over the wire: what is judged there is what was counted beside the data."""

import json

import numpy as np
import pytest

from core.drift.compare import compare
from core.drift.profile import profile, profile_like
from core.errors import Refused
from ingest.columns import Columns
from ingest.drift import read_profile, written_profile
from ingest.drift_columns import columns_of, profile_of, wire_of
from ingest.file import File


def _rows(seed, shift=0.0):
    rng = np.random.default_rng(seed)
    age = rng.normal(40, 10, 200) + shift
    age[:10] = np.nan
    words = np.array((["free", "pro"] * 99) + [None, "x" * 300], dtype=object)
    return Columns(
        200, {"age": age, "stars": rng.integers(1, 6, 200).astype(float), "plan": words}
    )


def _over_the_wire(given):
    return read_profile(File("p.json", written_profile(given).encode()))


def test_the_verdict_over_the_wire_is_the_one_beside_the_data():
    reference = _over_the_wire(profile_of(_rows(1)))
    current = _over_the_wire(profile_of(_rows(2, 9.0), reference=reference))
    far = compare(columns_of(reference), columns_of(current))
    near_reference = profile(_rows(1).arrays)
    near = compare(near_reference, profile_like(near_reference, _rows(2, 9.0).arrays))
    for one, two in zip(far.columns[:2], near.columns[:2], strict=True):
        assert (one.status, one.psi, one.p_bh) == (two.status, two.psi, two.p_bh)
    assert [column.status for column in far.columns] == ["ALERT", "OK", "OK"]


def test_a_text_too_long_for_a_level_is_counted_as_new():
    assert columns_of(profile_of(_rows(1)))["plan"].new == 1


def test_a_reference_can_be_handed_out_again():
    reference = profile_of(_rows(1))
    assert columns_of(wire_of(columns_of(reference), 200)) == columns_of(reference)


def test_an_empty_column_is_carried_too():
    empty = Columns(60, {"a": np.full(60, np.nan), "b": np.full(60, None, dtype=object)})
    found = columns_of(_over_the_wire(profile_of(empty)))
    assert [column.missing for column in found.values()] == [60, 60]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"fine_edges": [0.5]}, "fine_edges and fine_counts together"),
        ({"fine_edges": [0.5], "fine_counts": [1, 1, 1]}, "do not fit their edges"),
        ({"fine_edges": [0.5], "fine_counts": [1, 1]}, "are of other rows"),
        ({"edges": None, "levels": ["1", "two"]}, "has the level two"),
        ({"edges": None, "levels": ["1", "inf"]}, "has the level inf"),
    ],
)
def test_fine_counts_and_numbers_that_do_not_fit_are_refused(fields, said):
    feature = {"name": "a", "type": "numeric", "edges": [0, 1], "counts": [1, 1, 1]} | fields
    content = {"schema": "drift/1", "rows": 3, "features": [feature]}
    with pytest.raises(Refused) as refusal:
        read_profile(File("p.json", json.dumps(content).encode()))
    assert said in refusal.value.message
