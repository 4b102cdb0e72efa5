"""What leads type into the digest."""

from datetime import date

import pytest

from core.errors import Refused
from core.project import note
from core.project.note import Note

TODAY = date(2026, 11, 27)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("risk Vendor is late", Note("risk", "Vendor is late")),
        (
            "risk: Vendor is late impact=“1 sprint slip” likelihood=Medium mitigation=other data",
            Note("risk", "Vendor is late", "1 sprint slip", "medium", "other data"),
        ),
        (
            "need Approve $3K for labels? by=2026-12-04 owner=<@ULEE|lee>",
            Note("need", "Approve $3K for labels?", owner="ULEE", by=date(2026, 12, 4)),
        ),
        ("MILESTONE  Demo of the ranking", Note("milestone", "Demo of the ranking")),
        ("need Legal &lt;b&gt; &amp; review", Note("need", "Legal <b> & review")),
    ],
)
def test_a_note_is_read_with_what_belongs_to_it(typed, read):
    assert note.read(typed, TODAY) == read
    assert note.from_details(read.kind, read.text, note.details(read)) == read


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "did not understand what to add"),
        ("hope it works", "did not understand what to add"),
        ("risk", "no risk in it"),
        ("need none", "no need in it"),
        ("need 92", "no need in it"),
        ("need x impact=big", "has no `impact=`"),
        ("risk Late data likelihood=maybe", "no likelihood"),
        ("need Decide by=friday", "is no day"),
        ("need Decide by=2026-11-26", "in the past"),
        ("need Decide by=2036-11-26", "two years away"),
        ("need Decide owner=lee", "not one person I know"),
        ("need Decide by=2026-12-04 by=2026-12-05", "twice"),
        ("need " + "long " * 40, "too long for a digest"),
        ("risk Late data impact=" + "x" * 90, "too long for a digest"),
    ],
)
def test_what_is_no_note_is_refused_with_what_to_type(typed, why):
    with pytest.raises(Refused, match=why) as refusal:
        note.read(typed, TODAY)
    assert refusal.value.hint
