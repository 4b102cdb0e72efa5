"""What an ask amounts to, as leads type it."""

import pytest

from core.digest.amount import Amount, read


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("$12k", Amount("money", 12_000, "USD")),
        ("$3,000", Amount("money", 3000, "USD")),
        ("3000 EUR", Amount("money", 3000, "EUR")),
        ("about €2.5k", Amount("money", 2500, "EUR")),
        ("500 pounds", Amount("money", 500, "GBP")),
        ("1.2m dollars", Amount("money", 1_200_000, "USD")),
        ("240 GPU-h", Amount("gpu", 240, "GPU-hours")),
        ("10k GPU hours", Amount("gpu", 10_000, "GPU-hours")),
        ("2 annotators", Amount("people", 2, "people")),
        ("1 more ML engineer", Amount("people", 1, "people")),
    ],
)
def test_money_gpu_hours_and_people_are_read(typed, amount):
    assert read(typed) == amount


@pytest.mark.parametrize(
    "typed",
    ["", "4 more A100s", "$3k a month", "2.5 people", "a lot", "$", "12", "$1e9", "$12k or $15k",
     "€-5", "1,2,3 EUR", "99999999999 USD"],
)  # fmt: skip
def test_what_is_no_sum_is_not_made_one(typed):
    assert read(typed) == Amount("other")


@pytest.mark.parametrize(
    ("typed", "words"),
    [("$12k", "$12,000"), ("240 GPU-h", "240 GPU-hours"), ("1 hire", "1 person")],
)
def test_it_is_said_in_one_way(typed, words):
    assert read(typed).words == words
