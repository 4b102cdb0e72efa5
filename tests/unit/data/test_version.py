"""Naming a version of a dataset, and what of the data stands behind a regression."""

from datetime import UTC, datetime, timedelta

import pytest

from core.data.version import (
    DataVersion,
    DataWanted,
    TrainedOn,
    chosen,
    is_same,
    read_wanted,
    used,
)
from core.errors import NotFound, Refused
from core.evals.data_behind import CameIn, told

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def version(number, *, card=3, hash_="", failed="", day=0):
    return DataVersion(
        card, number, hash_ or f"md5 {number:032x}", "s3://data", 100, "0.97", "UANA",
        MONDAY + timedelta(days=day), failed_at=MONDAY if failed else None, failed_why=failed,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("dvc 3f2a9c1", "md5 3f2a9c1b00aa11bb22cc33dd44ee55ff.dir", True),
        ("3F2A9C1", "md5:3f2a9c1b", True),
        ("dvc 3f2a9c1", "md5 3f2a9c2b00aa11bb22cc33dd44ee55ff", False),
        ("etag 5d41-3", "etag 5d41-3", True),
        ("dvc 4", "dvc 42", False),
        ("v2", "v2", True),
    ],
)
def test_two_ways_to_write_a_hash(one, other, same):
    assert is_same(one, other) is is_same(other, one) is same


def test_a_version_is_named_by_its_number_its_hash_or_as_the_newest():
    known = [version(2, hash_="md5 9b1d04e7aa"), version(1, hash_="md5 3f2a9c1baa")]
    assert [one.id for one in known] == ["DATA-003@v2", "DATA-003@v1"]
    for typed, number in (("v1", 1), ("1", 1), ("3f2a9c1", 1), ("V2", 2), ("", 2)):
        assert chosen(known, DataWanted(3, typed)).number == number, typed
    with pytest.raises(NotFound, match="DATA-003 has no version “v3”"):
        chosen(known, DataWanted(3, "v3"))
    with pytest.raises(Refused, match="DATA-003 has no version yet"):
        chosen([], DataWanted(3, "v1"))


@pytest.mark.parametrize(
    ("said", "numbers"),
    [
        ("DATA-003@v1", {1}),
        ("tickets, data-003@2", {2}),
        ("DATA-003@3f2a9c1 DATA-003@v2", {1, 2}),
        ("tickets md5:3f2a9c1baa00", {1}),
        ("DATA-003", set()),
        ("DATA-1003@v1", set()),
        ("DATA-030@v1", set()),
        ("tickets@v1", set()),
        ("s3://bucket/2026/tickets-v1", set()),
        ("", set()),
    ],
)
def test_a_run_s_free_words_name_a_version_or_none(said, numbers):
    known = [version(2, hash_="md5 9b1d04e7aa"), version(1, hash_="md5 3f2a9c1baa")]
    assert used(said, known) == numbers


def test_several_are_named_with_commas_and_each_once():
    assert read_wanted("DATA-003@v2, data5 DATA-003@v2") == [
        DataWanted(3, "v2"), DataWanted(5, ""),
    ]  # fmt: skip
    assert read_wanted("  ") == []
    with pytest.raises(Refused, match="names 6 datasets; 5 at most"):
        read_wanted("1 2 3 4 5 6")


def test_an_experiment_may_have_used_two_versions_of_one_card():
    used = TrainedOn(42, "t", "production", "DATA-003@v2, DATA-003@v1, DATA-030@v9")
    assert used.versions_of(3) == {1, 2}
    assert used.versions_of(30) == {9}
    assert used.versions_of(300) == set()


def test_a_regression_is_told_with_the_version_that_changed_and_the_batch_that_failed():
    came = {3: [CameIn("B-7", "Acme", "FAIL", MONDAY + timedelta(days=3)),
                CameIn("B-6", "Acme", "FAIL", MONDAY - timedelta(days=3)),
                CameIn("B-8", "Acme", "PASS", MONDAY + timedelta(days=3))]}  # fmt: skip
    assert told([version(1)], [version(2, day=4)], came) == (
        "The data changed between: DATA-003 v1 → v2; batch B-7 by Acme failed its check.",
    )


def test_the_same_data_is_no_cause_unless_its_check_failed():
    assert told([version(2)], [version(2)], {}) == ()
    assert told([version(2)], [version(2, failed="PII was found in it: names.")], {}) == (
        "DATA-003@v2 failed its check: PII was found in it: names.",
    )


def test_data_that_is_new_in_it_is_said_only_against_a_model_whose_data_are_known():
    new = version(1, card=5)
    assert told([version(1)], [version(1), new], {}) == (
        "The data changed between: DATA-005 v1 is new in it.",
    )
    assert told([], [new], {}) == ()
