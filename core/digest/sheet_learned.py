"""What was learned in a digest's time as facts: in people's own words, each sentence once ever."""

from core import facts
from core.digest.page_budget import Room
from core.digest.week import Week, decided
from core.experiments.learning import bare, sentence
from core.facts import Book, count
from core.privacy import injection, redaction
from core.text import shorten

MOST_HEARD = 400
LEARNING_LENGTH = 160


def note_down(book: Book, week: Week, room: Room) -> None:
    """Quote what there is room for, count the rest."""
    learned = _learned(week)
    fit = [(subject, text) for subject, text in learned if not injection.orders(text)]
    length = int(LEARNING_LENGTH * room.share)
    for subject, text in fit[: room.learnings]:
        source = f" — {subject}" if subject else ""
        words = quotable(_safe(text), length)
        said = {"kind": "text", "label": "learning", "value": words}
        book.note("learning", text, f"“{words}”{source}", unit=facts.TEXT, subject=subject,
                  says=(said,))  # fmt: skip
    for subject, text in fit[room.learnings : MOST_HEARD]:  # to be shortened, never quoted
        shown = quotable(_safe(text), LEARNING_LENGTH)
        book.note("heard", text, f"“{shown}”", unit="heard", subject=subject)
    for subject in dict.fromkeys(subject for subject, _ in fit if subject):
        named_so = {"kind": "text", "label": "learning", "value": subject}
        book.note("learned in", subject, f"from {subject}", subject=subject, says=(named_so,))
    rest = len(learned) - min(len(fit), room.learnings)
    if rest > 0:
        more = count(rest, "more learning")
        shown = more if fit else f"{count(rest, 'learning')}, not quoted here"
        more_said = {"kind": "count", "label": "more learnings" if fit else "",
                     "unit": "learnings", "value": rest}  # fmt: skip
        book.note("more learnings", rest, shown, unit="learnings", says=(more_said,))


def quotable(text: str, limit: int) -> str:
    """Somebody's words on one line, fit to stand between typographic quotes."""
    return shorten(text, limit).replace("”", '"').replace("“", '"')


def _learned(week: Week) -> list[tuple[str, str]]:
    """Experiment (or "") and words of what was learned, decisions' first; each sentence once, and
    none that an earlier digest quoted.
    """
    own = [(e.id, bare(e.learnings, (e.number,))) for _, e in decided(week)]
    found: dict[str, tuple[str, str]] = {}
    for subject, text in [*own, *(("", text) for text in week.heard)]:
        if text.strip() and sentence(text) not in week.told:
            found.setdefault(sentence(text), (subject, text))
    return list(found.values())


def _safe(text: str) -> str:
    """A team member's words for people outside the team: no secret, person, mention or link."""
    return injection.harmless(redaction.redact([text]).texts[0])
