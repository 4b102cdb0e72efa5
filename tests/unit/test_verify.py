"""The digest's own fact sheet before the free-text verifier."""

from core import facts
from core.facts import Book, Sheet
from core.verify import findings


def _sheet(book: Book) -> Sheet:
    return Sheet("2026-W48", "2026-11-27", "2026-11-27T15:00:00+00:00", {}, tuple(book.facts))


def _accuracy() -> Sheet:
    book = Book()
    said = {"kind": "metric", "label": "accuracy", "value": 88.3, "unit": "%", "baseline": 86.1,
            "target": 92.0, "better": "higher"}  # fmt: skip
    book.note("headline", 0.883, "88.3% / 92% accuracy", unit="share", other=0.92, says=(said,))
    book.note("learning", "“Rank 32 overfits”", "“Rank 32 overfits” — EXP-002", unit=facts.TEXT)
    return _sheet(book)


def test_a_sentence_with_the_sheets_figures_passes_and_one_with_another_does_not():
    assert findings("Accuracy rose from 86.1% to 88.3%.", _accuracy()) == ()
    (found,) = findings("Accuracy rose from 86.1% to 89.3%.", _accuracy())
    assert found.sentence == "Accuracy rose from 86.1% to 89.3%."
    assert found.reasons


def test_somebodys_words_pass_only_as_they_stand_on_the_sheet():
    assert findings("• “Rank 32 overfits” — EXP-002", _accuracy()) == ()
    assert findings("• “Rank 64 overfits” — EXP-007", _accuracy())


def test_a_sheet_of_an_earlier_version_is_still_read():
    plain, _ = facts.freeze(_accuracy())
    for fact in plain["facts"]:
        for later in ("label", "parents", "says"):
            del fact[later]
    assert [f.shown for f in facts.thaw(plain).facts] == [f.shown for f in _accuracy().facts]
