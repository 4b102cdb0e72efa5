"""Data cards: ids, volumes, gates."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.data.dataset import STAGES, count_of, dataset_number, guideline_labels, read_stage
from core.data.form import experiments_of, read_fields
from core.data.label_batch import judge
from core.data.workflow import COLUMNS, missing, moved, next_stage
from core.errors import Refused
from tests.datasets import MONDAY, card, labels

FULL = {asked.name: "x" for column in COLUMNS.values() for asked in column} | {
    "legal_approval": "approved",
    "agreement": "0.9",
}


@pytest.mark.parametrize("text", ["DATA-003", "data3", "dataset 3", "`Data_03`", "3", "003."])
def test_ids_are_forgiving(text):
    assert dataset_number(text) == 3


@pytest.mark.parametrize("text", ["", "DATA-0", "EXP-3", "three", "data-1234567"])
def test_what_is_no_id_is_refused(text):
    with pytest.raises(Refused):
        dataset_number(text)


@pytest.mark.parametrize(
    ("text", "amount"),
    [("5,000 tickets", 5000), ("50K", 50_000), ("1.5m rows", 1_500_000), ("48.210", 48_210),
     ("about 12", 12), ("some", None), ("0", None)],
)  # fmt: skip
def test_volumes_are_read(text, amount):
    assert count_of(text) == amount


def test_the_pilot_is_ten_per_cent():
    assert card().pilot_size == 500
    assert card(volume="4").pilot_size == 1
    assert card(volume="all of it").pilot_size is None


def test_the_guideline_s_labels_are_a_list():
    assert guideline_labels(card(fields={"labels": "yes, no;unclear\nyes"})) == (
        "yes",
        "no",
        "unclear",
    )


def test_columns_are_read_as_people_say_them():
    assert read_stage("Data Needed") == "needed"
    assert read_stage(" QA.") == "qa"


def test_experiments_are_read_in_any_spelling():
    assert experiments_of("EXP-042, exp 7;9  EXP-042") == [42, 7, 9]


@given(
    stage=st.sampled_from(STAGES[1:4]),
    pii=st.sampled_from(["", "clean", "found"]),
    pilot=st.sampled_from(["", "ok", "bad"]),
    first=st.sampled_from(["", "ok", "bad"]),
    legal=st.sampled_from(["pending", "approved", "unneeded", ""]),
    needs=st.booleans(),
)
def test_no_way_forward_around_a_gate(stage, pii, pilot, first, legal, needs):
    it = card(stage=stage, pii=pii, pilot=pilot, first100=first, needs_labels=needs,
              fields=FULL | {"legal_approval": legal})  # fmt: skip
    lacks = missing(it, next_stage(it))
    if stage == "collection":
        assert bool(lacks) == (pii != "clean" or legal in {"pending", ""})
    if stage == "annotation":
        unchecked = pilot != "ok" or first != "ok"
        assert bool(lacks) == (pii == "found" or unchecked or legal == "pending")
    if stage == "qa":
        assert bool(lacks) == (pii == "found" or legal == "pending")
    assert all(len(one) < 200 for one in lacks)


@pytest.mark.parametrize(
    ("pushed", "passes"),
    [(labels(200, 200, apart=9), True), (labels(18, 18, apart=3), False), (labels(3, 3), False),
     (labels(60, 60, apart=80), False)],
)  # fmt: skip
def test_pushed_labels_count_whatever_figure_was_typed(pushed, passes):
    it = card(stage="qa", fields=FULL)
    assert (missing(it, "ready", [judge(pushed)]) == []) == passes
    bare = replace(it, fields={**FULL, "agreement": ""})
    assert (missing(bare, "ready", [judge(pushed)]) == []) == passes


@pytest.mark.parametrize("typed", ["", "nan", "inf", "good", "2", "n/a", "0.79"])
def test_a_typed_agreement_must_be_a_number_that_reaches_the_threshold(typed):
    assert missing(card(stage="qa", fields=FULL | {"agreement": typed}), "ready")
    assert not missing(card(stage="qa", fields=FULL | {"agreement": "0,8"}), "ready")


def test_going_back_to_collection_asks_for_every_check_again():
    it = card(stage="qa", pii="clean", pilot="ok", first100="ok")
    back = moved(it, "collection", {}, now=MONDAY)
    assert (back.stage, back.pii, back.pilot, back.first100) == ("collection", "", "", "")
    relabel = moved(it, "annotation", {}, now=MONDAY)
    assert (relabel.pii, relabel.pilot, relabel.first100) == ("clean", "ok", "")


@pytest.mark.parametrize(
    ("stage", "typed", "field"),
    [
        ("ready", {}, "hash"),
        ("ready", {"hash": "h", "location": "l", "rows": "many", "quality": "q"}, "rows"),
        ("annotation", {"vendor": "A", "annotation_volume": "5", "guidelines": "wiki"},
         "guidelines"),
        ("collection", {"source": "s", "method": "m", "legal_approval": "sure"},
         "legal_approval"),
        ("collection", {"source": "s", "method": "m", "legal_approval": "approved",
                        "collection_from": "soon"}, "collection_from"),
    ],
)  # fmt: skip
def test_a_wrong_field_is_named(stage, typed, field):
    with pytest.raises(Refused) as refusal:
        read_fields(stage, typed, card())
    assert refusal.value.field == field
