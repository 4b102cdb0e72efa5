"""What was learned in a digest's time as facts: in people's own words, each sentence once ever."""

from dataclasses import dataclass

from core import facts
from core.digest.page_budget import Room
from core.digest.week import Week, decided
from core.experiments.learning import bare, sentence
from core.facts import Book, count
from core.privacy import injection, redaction
from core.text import shorten


@dataclass(frozen=True)
class Learned:
    """What was learned. subject: its experiment, or ""; by: who said it, or ""."""

    subject: str
    text: str
    by: str

    @property
    def source(self) -> str:
        """`EXP-002, Ana`."""
        return ", ".join(filter(None, (self.subject, self.by)))


MOST_HEARD = 400
LEARNING_LENGTH = 160


def note_down(book: Book, week: Week, room: Room) -> None:
    """Quote what there is room for, count the rest."""
    learned = _learned(week)
    fit = [one for one in learned if not injection.orders(one.text)]
    length = int(LEARNING_LENGTH * room.share)
    for one in fit[: room.learnings]:
        words = quotable(_safe(one.text), length)
        said = {"kind": "text", "label": "learning", "value": words}
        source = f" — {one.source}" if one.source else ""
        book.note("learning", one.text, f"“{words}”{source}", unit=facts.TEXT, other=one.source,
                  subject=one.subject, says=(said,))  # fmt: skip
    for one in fit[room.learnings : MOST_HEARD]:  # to be shortened, never quoted
        shown = quotable(_safe(one.text), LEARNING_LENGTH)
        book.note("heard", one.text, f"“{shown}”", unit="heard", other=one.source,
                  subject=one.subject)  # fmt: skip
    for one in {one.source: one for one in fit if one.source}.values():
        _source(book, one)
    rest = len(learned) - min(len(fit), room.learnings)
    if rest > 0:
        more = count(rest, "more learning")
        shown = more if fit else f"{count(rest, 'learning')}, not quoted here"
        more_said = {"kind": "count", "label": "more learnings" if fit else "",
                     "unit": "learnings", "value": rest}  # fmt: skip
        book.note("more learnings", rest, shown, unit="learnings", says=(more_said,))


def _source(book: Book, one: Learned) -> None:
    """Where and by whom it was learned, for a model's line."""
    said = [{"kind": "text", "label": "learning", "value": one.subject}] if one.subject else []
    said += [{"kind": "person", "label": "learning", "value": one.by}] if one.by else []
    # never a bare id: as a fact that alone would vouch for the id in any place
    told = [f"from {one.subject}"] if one.subject else []
    told += [f"said by {one.by}"] if one.by else []
    shown = ", ".join(told)
    book.note("learned in", one.source, shown, subject=one.subject, says=tuple(said))


def quotable(text: str, limit: int) -> str:
    """Somebody's words on one line, fit to stand between typographic quotes."""
    return shorten(text, limit).replace("”", '"').replace("“", '"')


def _learned(week: Week) -> list[Learned]:
    """What was learned, decisions' first; each sentence once, and none that an earlier digest
    quoted.
    """
    own = [
        Learned(e.id, bare(e.learnings, (e.number,)), _name(week, e.decided_by or e.owner))
        for _, e in decided(week)
    ]
    heard = [Learned("", text, _name(week, week.heard_from.get(text, ""))) for text in week.heard]
    found: dict[str, Learned] = {}
    for one in [*own, *heard]:
        if one.text.strip() and sentence(one.text) not in week.told:
            found.setdefault(sentence(one.text), one)
    return list(found.values())


def _name(week: Week, user: str) -> str:
    """Who said it, as it may be shown; "" for somebody whose name is not known."""
    return injection.harmless(week.names.get(user, ""))


def _safe(text: str) -> str:
    """A team member's words for people outside the team: no secret, person, mention or link."""
    return injection.harmless(redaction.redact([text]).texts[0])
