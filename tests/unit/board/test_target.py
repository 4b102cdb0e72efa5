"""Upper limits as people write them, and what meets them."""

import pytest

from core.board.engineering_target import Amount, amount, lack, read_target
from core.errors import Refused


@pytest.mark.parametrize(
    ("kind", "text", "found"),
    [
        ("latency", "p95 < 200 ms", Amount(0.2, "s")),
        ("latency", "200ms p99.9", Amount(0.2, "s")),
        ("latency", "under 1.5s at 50 QPS", Amount(1.5, "s")),
        ("latency", "at 50 QPS 800 µs", Amount(0.0008, "s")),
        ("latency", "180", Amount(180.0)),
        ("latency", "fast", None),
        ("cost", "$0.002 per request", Amount(0.002, "$", "request")),
        ("cost", "0,4 ct / request", Amount(0.4, "ct", "request")),
        ("cost", "€0,002", Amount(0.002, "€")),
        ("cost", "€12,5 / 1M tokens", Amount(12.5, "€", "1m token")),
        ("cost", "3K EUR a month", Amount(3000.0, "€", "month")),
        ("cost", "$1,200/month", Amount(1200.0, "$", "month")),
        ("cost", "usd 1,200.50", Amount(1200.5, "$")),
        ("cost", "cheap", None),
    ],
)
def test_a_figure_is_found_with_what_it_is_of(kind, text, found):
    assert amount(kind, text) == found


@pytest.mark.parametrize(
    ("kind", "target", "measured", "said"),
    [
        ("latency", "", "900ms", ""),
        ("latency", "< 200 ms", "180ms", ""),
        ("latency", "< 200 ms", "0.2s", ""),
        ("latency", "< 200 ms", "180", ""),
        ("latency", "< 200 ms", "201", "latency 201 misses < 200 ms"),
        ("latency", "< 200 ms", "1s", "latency 1s misses < 200 ms"),
        ("latency", "< 200 ms", "", "latency is not measured (target < 200 ms)"),
        ("latency", "< 200 ms", "quick", "latency is not measured (target < 200 ms)"),
        ("cost", "$2 per request", "$1.90", ""),
        ("cost", "$2 per request", "1.9 per requests", ""),
        ("cost", "$2 per request", "€1", "cost €1 cannot be compared with the target $2 per "
         "request"),
        ("cost", "$2 per request", "$1 per day", "cost $1 per day cannot be compared with the "
         "target $2 per request"),
    ],
)  # fmt: skip
def test_a_measurement_shows_the_target_or_says_why_not(kind, target, measured, said):
    assert lack(kind, target, measured) == said


@pytest.mark.parametrize("text", ["at least 200 ms", "> 20 ms", "soon"])
def test_a_target_is_an_upper_limit_with_a_figure(text):
    with pytest.raises(Refused) as refused:
        read_target("latency", text)
    assert refused.value.field == "latency_target"
