"""Will the data be there in time: the sums, the rate, vendors."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.data.readiness import FITS, NOT, TIGHT, outlook, steps
from core.data.readiness_rate import Rate, rate
from core.data.vendor import Delivered, histories
from tests.datasets import card
from tests.tickets import experiment

TODAY = date(2026, 11, 23)  # a Monday
BERLIN = ZoneInfo("Europe/Berlin")
OUT = {"vendor": "Acme", "annotation_from": "2026-12-02", "annotation_to": "2026-12-07"}


def boxed(**fields):
    return experiment(**{"box_ends": date(2026, 12, 4), "gpu_budget": 24.0} | fields)


def test_the_document_s_sprint_does_not_work():
    """Chapter 4: 7-10 business days at the vendor, a sprint of 10 (here 9 are left)."""
    seen = outlook(card(fields=OUT, experiments=(42,)), [boxed()], today=TODAY)
    (fit,) = seen.fits
    assert (fit.subject, fit.verdict) == ("EXP-042", NOT)
    assert fit.arithmetic == (
        "annotation 7–10 + QA 2–5 + versioning 1 + training 1 (24 GPU-h on 1 GPU) = 11–17 "
        "working days; 9 left (box ends Fri 4 Dec)"
    )
    assert seen.fix.systemic.startswith("write annotation guides before sending")


@pytest.mark.parametrize(
    ("ends", "verdict"),
    [
        (date(2026, 12, 7), NOT),  # 10 working days
        (date(2026, 12, 8), TIGHT),  # 11
        (date(2026, 12, 15), TIGHT),  # 16
        (date(2026, 12, 16), FITS),  # 17
        (date(2026, 11, 20), NOT),  # over already
    ],
)
def test_the_lower_end_must_fit_and_the_upper_end_should(ends, verdict):
    seen = outlook(card(fields=OUT, experiments=(42,)), [boxed(box_ends=ends)], today=TODAY)
    assert seen.verdict == verdict


def test_more_gpus_and_hours_already_used_shorten_the_training():
    long = boxed(gpu_budget=240.0, gpu_used=48.0)
    one = outlook(card(fields=OUT, experiments=(42,)), [long], today=TODAY)
    four = outlook(card(fields=OUT, experiments=(42,)), [long], today=TODAY, gpus=4)
    assert "training 8 (192 GPU-h on 1 GPU)" in one.fits[0].arithmetic
    assert "training 2 (192 GPU-h on 4 GPUs)" in four.fits[0].arithmetic


def test_without_a_box_the_day_it_is_needed_by_counts_and_training_comes_after():
    waiting = boxed(box_ends=None, box_starts=None, stage="hypothesis")
    (fit,) = outlook(card(fields=OUT, experiments=(42,)), [waiting], today=TODAY).fits
    assert (fit.low, fit.high, fit.left) == (10, 16, 9)
    assert "needed by Fri 4 Dec, then training 1 (24 GPU-h on 1 GPU)" in fit.arithmetic
    (alone,) = outlook(card(fields=OUT), [], today=TODAY).fits
    assert (alone.subject, alone.verdict) == ("DATA-003", NOT)


def test_several_experiments_are_named_those_that_cannot_work_first():
    late, soon = boxed(number=7, box_ends=date(2026, 12, 9)), boxed(number=8)
    fine, killed = boxed(number=9, box_ends=date(2027, 2, 1)), boxed(number=10, stage="killed")
    seen = outlook(card(fields=OUT), [late, soon, fine, killed], today=TODAY)
    assert [fit.subject for fit in seen.hit] == ["EXP-008", "EXP-007"]
    assert len(seen.fits) == 3


def test_a_missed_delivery_says_so_and_names_the_vendor_s_fix():
    seen = outlook(card(fields=OUT), [], today=date(2026, 12, 9))
    assert "annotation 0 (2 working days late)" in seen.fits[0].arithmetic
    assert seen.fix.problem == "vendor missed the delivery date"
    assert seen.fix.emergency.startswith("use the partial batch")


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"pii": "found"}, "data has PII"),
        ({"pilot": "bad"}, "labels did not pass the check"),
        ({"stage": "needed"}, "collection starts too late"),
        ({"stage": "qa"}, "validation ends too late"),
    ],
)
def test_the_fix_is_the_row_of_the_document_s_table(fields, problem):
    assert outlook(card(**fields), [], today=TODAY).fix.problem == problem


def test_what_nobody_has_promised_takes_the_document_s_lead_times():
    assert [step.text for step in steps(card(stage="needed", fields={}), TODAY)] == [
        "collection 5–20 (typical)",
        "annotation 5–15 (typical)",
        "QA 2–5",
        "versioning 1",
    ]
    bare = card(stage="needed", fields={}, needs_labels=False)
    assert [step.name for step in steps(bare, TODAY)] == ["collection", "QA", "versioning"]


def test_days_spent_in_qa_are_not_counted_again():
    begun = card(stage="qa", since=datetime(2026, 11, 19, 9, tzinfo=UTC))
    assert [(s.low, s.high) for s in steps(begun, TODAY)] == [(0, 3), (1, 1)]


def test_ready_data_have_nothing_left_to_fit():
    seen = outlook(card(stage="ready", experiments=(42,)), [boxed()], today=TODAY)
    assert (seen.fits, seen.verdict) == ((), FITS)


days = st.integers(0, 60)


@given(first=days, more=days, left=days, hours=st.floats(0, 5000), gpus=st.floats(0.1, 64))
def test_more_time_never_makes_it_worse_and_the_ends_are_in_order(first, more, left, hours, gpus):
    fields = {
        "annotation_from": str(TODAY + timedelta(first)),
        "annotation_to": str(TODAY + timedelta(first + more)),
    }
    ends = TODAY + timedelta(left)
    order = [FITS, TIGHT, NOT]

    def seen(until):
        box = boxed(box_ends=until, gpu_budget=hours)
        return outlook(card(fields=fields), [box], today=TODAY, gpus=gpus).fits[0]

    fit, later = seen(ends), seen(ends + timedelta(7))
    assert fit.low <= fit.high
    assert (fit.verdict == FITS) == (fit.high <= fit.left)
    assert order.index(later.verdict) <= order.index(fit.verdict)


NOW = datetime(2026, 12, 10, 9, tzinfo=UTC)


def delivered(number, ready_at, **fields):
    return card(number=number, experiments=(number,), stage="ready" if ready_at else "qa",
                ready_at=ready_at, **fields)  # fmt: skip


def test_the_rate_counts_what_was_due_and_leaves_out_what_is_not():
    early, late = NOW - timedelta(days=8), NOW - timedelta(days=2)
    cards = [delivered(1, early), delivered(2, late), delivered(3, None), delivered(4, early)]
    cards.append(delivered(5, None, needed_by=date(2027, 1, 1)))
    known = [experiment(number=n) for n in range(1, 7)]
    found = rate(cards, known, now=NOW, where=BERLIN)
    assert found == Rate(2, 4, 1)
    assert found.text == (
        "Data Readiness Rate: 50%, systemic planning failure · data ready on time for 2 of 4 "
        "experiments; 1 not due yet"
    )


def test_all_cards_of_an_experiment_must_be_in_time_and_its_day_is_the_team_s():
    midnight = datetime(2026, 12, 4, 23, 30, tzinfo=UTC)  # already Saturday in Berlin
    cards = [delivered(1, NOW - timedelta(days=9)), replace(delivered(1, midnight), number=2)]
    assert rate(cards, [experiment(number=1)], now=NOW, where=BERLIN) == Rate(0, 1, 0)
    assert rate(cards, [experiment(number=1)], now=NOW, where=ZoneInfo("UTC")) == Rate(1, 1, 0)


def test_an_experiment_killed_before_its_data_was_due_does_not_count():
    gone = experiment(number=3, stage="killed", decided_at=NOW - timedelta(days=9))
    assert rate([delivered(3, None)], [gone], now=NOW, where=BERLIN) == Rate(0, 0, 0)


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (Rate(4, 5, 0), "80%, on target (80%)"),
        (Rate(3, 5, 0), "60%, below the target of 80%"),
        (Rate(2, 5, 0), "40%, systemic planning failure"),
        (Rate(0, 2, 1), "not enough data (2 of at least 3 experiments due; 1 not due yet)"),
        (Rate(0, 3, 0), "0%, systemic planning failure"),
    ],
)
def test_the_bands_of_the_document_speak_from_three_experiments_on(found, said):
    assert said in found.text


def test_a_vendor_s_promise_and_delivery_in_days():
    one = Delivered("Acme", "DATA-003", TODAY, date(2026, 12, 2), date(2026, 12, 7), None)
    came = replace(one, vendor="ACME", delivered_on=date(2026, 12, 9))
    assert (one.promised, one.took, one.days_late(date(2026, 12, 8))) == ((9, 14), None, 1)
    assert (came.took, came.days_late(date(2027, 1, 1))) == (16, 2)
    (acme,) = histories([one, came], [])
    assert (acme.name, len(acme.deliveries)) == ("Acme", 2)
