"""Passed or not on the same examples: how often GO is said at a loss of just the margin."""

import math

import pytest

from core.stats.paired_shares import paired_shares, score

GRID = [(n, margin) for n in (50, 100, 200) for margin in (0.02, 0.05, 0.1)]


def _chance(won: int, lost: int, n: int, won_share: float, lost_share: float) -> float:
    """Of so many wins and losses, by the trinomial distribution."""
    rest = n - won - lost
    ways = math.lgamma(n + 1) - sum(math.lgamma(count + 1) for count in (won, lost, rest))
    parts = ((won, won_share), (lost, lost_share), (rest, 1 - won_share - lost_share))
    if any(share <= 0 < count for count, share in parts):
        return 0.0
    return math.exp(ways + sum(count * math.log(share) for count, share in parts if count))


def _false_go(n: int, margin: float, won_share: float) -> float:
    """How often it passes when the candidate truly loses the margin."""
    most = math.ceil(n * (won_share + margin) + 6 * math.sqrt(n * (won_share + margin)) + 4)
    total = 0.0
    for won in range(min(n, math.ceil(n * won_share + 6 * math.sqrt(n * won_share) + 4)) + 1):
        for lost in range(min(n - won, most) + 1):
            chance = _chance(won, lost, n, won_share, won_share + margin)
            if chance > 1e-6 and paired_shares(won, lost, n, margin=margin).verdict == "PASS":
                total += chance
    return total


@pytest.mark.parametrize(("n", "margin"), GRID)
@pytest.mark.parametrize("won_share", [0.0, 0.01])
def test_a_loss_of_the_margin_passes_in_one_case_of_twenty_at_most(n, margin, won_share):
    assert _false_go(n, margin, won_share) <= 0.0505


def test_where_nothing_differs_it_is_the_bound_of_no_failure():
    assert [paired_shares(0, 0, n, margin=0.05).verdict for n in (58, 59)] == [
        "INCONCLUSIVE", "PASS",
    ]  # fmt: skip


@pytest.mark.parametrize(("won", "lost", "n"), [(0, 9, 100), (4, 11, 300), (30, 12, 200)])
def test_the_range_and_the_verdict_say_the_same(won, lost, n):
    for margin in (0.01, 0.03, 0.06, 0.1):
        found = paired_shares(won, lost, n, margin=margin)
        assert found.interval.low <= found.difference <= found.interval.high
        assert (found.verdict == "PASS") == (found.interval.low > -margin)
        assert (found.verdict == "FAIL") == (found.interval.high < -margin)


def test_the_statistic_is_tangos():
    """Table II of Tango 1998 (cross-over trial of soft lenses): 43 of 44 and 1 to 0, delta 0.1."""
    assert score(0, 1, 44, -0.1) == pytest.approx(1.709, abs=0.01)


def test_many_examples_are_judged_by_the_normal_tail_at_once():
    found = paired_shares(900, 1000, 20_000, margin=0.02)
    assert (found.verdict, round(found.difference, 3)) == ("PASS", -0.005)
