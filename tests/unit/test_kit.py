"""Escaping and cutting text for Slack."""

import pytest

from views import kit


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("short", 10, "short"),
        ("0123456789", 6, "01234…"),
        ("a &lt; b and more", 6, "a …"),
        ("ask <@U0LENA> about it", 10, "ask …"),
        ("on <!date^1795^{date}|Mon> at nine", 20, "on …"),
        ("see <https://example.com/x|the page> now", 12, "see …"),
        ("see <#C0STANDUP> now", 17, "see <#C0STANDUP>…"),
        ("loss < 0.3 and more of it", 12, "loss < 0.3 …"),
    ],
)
def test_a_cut_never_leaves_half_an_entity_a_mention_or_a_date(text, limit, expected):
    """Slack would show the half as typed, or refuse the message."""
    assert kit.clip(text, limit) == expected
    assert len(kit.clip(text, limit)) <= limit
