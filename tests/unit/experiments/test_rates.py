"""What hours and a delay cost, read as people type it."""

import pytest

from core.errors import Refused
from core.experiments.rates import Rates, changed, stored


def test_rates_are_typed_in_one_line_and_told_in_money():
    rates = changed(Rates(), "gpu=$2.50, hour=$80 delay=$5k")
    assert rates == Rates(2.5, 80, 5000, "$")
    assert rates.told == "a GPU-hour $2.5, an hour of work $80, a week without it $5,000"
    assert (rates.gpu_cost(24), rates.work_cost(16), rates.currency) == ("$60", "$1,280", "USD")
    assert changed(rates, "gpu=off").gpu_cost(24) == ""
    assert Rates(**stored(rates)) == rates
    assert stored(changed(Rates(), "hour=off")) == {}


def test_another_currency_is_taken_while_nothing_is_priced():
    assert changed(Rates(), "hour=80€").work_cost(2) == "€160"


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("coffee=3", "nothing that is priced"),
        ("gpu=much", "no amount of money"),
        ("gpu=0", "cannot be right"),
        ("gpu=2 please", "I don't know “please”"),
        ("gpu=$2 hour=€80", "other rates are in $"),
    ],
)
def test_what_is_no_rate_is_refused(typed, why):
    with pytest.raises(Refused, match=why.replace("$", r"\$")):
        changed(Rates(), typed)
