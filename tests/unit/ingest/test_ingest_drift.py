"""Drift profiles, and the columns they are made of."""

import gzip
import json
from pathlib import Path

import numpy as np
import pytest

from core.errors import Refused
from ingest.columns import read_columns
from ingest.drift import read_profile, written_profile
from ingest.file import File

DATA = Path(__file__).parent.parent.parent / "data" / "drift"
FEATURE = {"name": "a", "type": "numeric", "edges": [0, 1], "counts": [1, 1, 1]}


def profile(**fields):
    feature = FEATURE | fields.pop("feature", {})
    content = {"schema": "drift/1", "rows": 3, "features": [feature], **fields}
    return read_profile(File("p.json", json.dumps(content).encode()))


def written_csv(folder, text, name="c.csv"):
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_a_genuine_profile_is_read_and_written_back():
    path = DATA / "production_profile.json"
    found = read_profile(File(path.name, path.read_bytes()))
    assert (found.rows, len(found.features)) == (1_000_000, 20)
    assert read_profile(File("p.json", written_profile(found).encode())) == found


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"rows": 4}, "a counts 3 rows of 4"),
        ({"feature": {"edges": [1, 0]}}, "the edges of a do not ascend"),
        ({"feature": {"edges": [0]}}, "a has 3 counts, 2 expected"),
        ({"feature": {"levels": ["x", "y"]}}, "either edges or levels"),
        ({"feature": {"edges": None, "levels": ["x", "x"]}}, "names a level twice"),
        ({"feature": {"counts": [1, 1, 1.5]}}, "features.0.counts.2"),
        ({"feature": {"counts": [1, 1, -1]}}, "features.0.counts.2"),
        ({"feature": {"edges": [0, float("nan")]}}, "features.0.edges.1"),
        ({"features": [FEATURE, FEATURE]}, "a feature stands twice"),
        ({"features": []}, "features"),
        ({"schema": "drift/9"}, "no drift profile of schema drift/1"),
    ],
)
def test_a_profile_that_does_not_add_up_is_refused(fields, said):
    with pytest.raises(Refused) as refusal:
        profile(**fields)
    assert said in refusal.value.message


def test_columns_of_a_genuine_csv_are_numbers_and_words():
    found = read_columns(DATA / "production_300.csv.gz")
    assert found.rows == 300
    assert found.arrays["f00"].dtype == np.float64
    assert set(found.arrays["language"]) <= {"en", "de", "es", None}


def test_columns_of_parquet_equal_those_of_the_csv():
    pytest.importorskip("pyarrow")
    csv, parquet = (read_columns(DATA / f"production_300.{s}") for s in ("csv.gz", "parquet"))
    assert csv.arrays.keys() == parquet.arrays.keys()
    for name, values in csv.arrays.items():
        if values.dtype == np.float64:
            np.testing.assert_allclose(values, parquet.arrays[name])
        else:
            assert list(values) == list(parquet.arrays[name])


def test_without_pyarrow_parquet_is_refused_with_what_to_install(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "pyarrow.parquet", None)
    with pytest.raises(Refused) as refusal:
        read_columns(DATA / "production_300.parquet")
    assert "assay-bot[parquet]" in refusal.value.hint


def test_missing_cells_are_nan_or_none_and_spoilt_ones_are_counted(tmp_path):
    rows = "".join(f"{i},w{i % 2}\n" for i in range(10_000))
    found = read_columns(written_csv(tmp_path, f"n,t\n{rows}oops,\n,w1\nnan,w0\n"))
    assert np.isnan(found.arrays["n"][-3:]).all()
    assert found.arrays["t"][-3] is None
    assert found.notes == ("n: 1 cells are no number",)


def test_a_column_empty_at_first_can_still_be_words(tmp_path):
    found = read_columns(written_csv(tmp_path, "n,t\n" + "1,\n" * 10_000 + "1,word\n"))
    assert list(found.arrays["t"][-2:]) == [None, "word"]


def test_only_the_first_rows_are_read_and_that_is_said(tmp_path):
    found = read_columns(written_csv(tmp_path, "n\n1\n2\n3\n"), max_rows=2)
    assert (found.rows, found.notes) == (2, ("only the first 2 rows were read",))


def test_only_the_columns_asked_for_are_kept(tmp_path):
    path = written_csv(tmp_path, "a;b\n1,5;x\n")
    assert read_columns(path, only=["a"]).arrays["a"].tolist() == [1.5]
    with pytest.raises(Refused, match="it has no column c"):
        read_columns(path, only=["c"])


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no header"),
        (b"a,a\n1,2\n", "no header"),
        (b"a,b\n", "a header and no rows"),
        (b"a,b\n1\n", "a row has 1 cells, not 2"),
        (b"a,b\n1,\xff\n", "its text is not UTF-8"),
        (gzip.compress(b"a\n1\n" * 99, mtime=0)[:-9], "its gzip packing is damaged"),
        (b"\x1f\x8bnonsense", "its gzip packing is damaged"),
        (b"PAR1nonsense", "Parquet"),
        (b"a\n" + b"x" * 1_000_001, "longer than a million characters"),
    ],
)
def test_a_file_of_columns_that_cannot_be_read_is_refused(tmp_path, content, said):
    with pytest.raises(Refused) as refusal:
        read_columns(written_csv(tmp_path, content))
    assert said in refusal.value.sentence


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(Refused, match=r"gone\.csv was not read: no such file"):
        read_columns(tmp_path / "gone.csv")
