"""The standup report: which days, whom and what it is about, and what it counts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from core.blockers.blocker import Blocker
from core.errors import Refused
from core.experiments.learning import Learning
from core.quantity import experiment_id, experiment_number, is_experiment_id, time_span
from core.standups.questions import Question, all_of
from core.standups.typed_reply import tally
from core.text import mentioned_users, straighten

LONGEST_DAYS = 366
_HINT = "Write e.g. `/standup report yesterday`, `2026-05-01..2026-05-14`, `last 2w`, `@name`."


@dataclass(frozen=True)
class ReportQuery:
    """What is asked for: days (both included), one person, one experiment, as a file."""

    first: date
    last: date
    user: str = ""
    number: int = 0
    csv: bool = False

    @property
    def typed(self) -> str:
        """The same wish as text, with its days written out."""
        parts = [f"{self.first}..{self.last}", f"<@{self.user}>" if self.user else ""]
        parts += [experiment_id(self.number) if self.number else ""]
        return " ".join(part for part in parts if part)


@dataclass(frozen=True)
class Entry:
    """One person in one round. state: due | asked | answered | skipped | away | missed | …

    over: the round is closed. at: when they answered (UTC).
    """

    on: date
    standup: str
    user: str
    name: str
    state: str
    over: bool
    late: bool = False
    at: datetime | None = None
    questions: tuple[str, ...] = ()
    replies: tuple[str, ...] = ()
    experiments: tuple[int, ...] = ()
    shapes: Mapping[str, Any] = field(default_factory=dict)

    @property
    def typed(self) -> list[tuple[Question, str]]:
        """The questions that want more than text, with what was replied."""
        asked = all_of(self.questions, self.shapes)
        pairs = zip(asked, self.replies, strict=False)
        return [(question, reply) for question, reply in pairs if question.kind != "text"]

    @property
    def counts(self) -> bool:
        """True when an answer was expected and either came or did not: nobody who skipped, was
        away, was never asked, or may still answer is counted.
        """
        return self.state == "answered" or (self.state == "asked" and self.over)


@dataclass(frozen=True)
class Share:
    """How often somebody (or everybody) answered when it counted."""

    answered: int
    expected: int
    late: int

    @property
    def percent(self) -> int | None:
        """Whole percent, None when nothing was expected."""
        return round(100 * self.answered / self.expected) if self.expected else None


@dataclass(frozen=True)
class StandupReport:
    """What happened in those days; name: the person's it is about, or "". evenings: how many
    evening checks were answered, of how many that count.
    """

    wish: ReportQuery
    entries: Sequence[Entry]
    learnings: Sequence[Learning]
    blockers: Sequence[Blocker]
    name: str = ""
    evenings: tuple[int, int] = (0, 0)

    @property
    def rounds(self) -> int:
        """How many rounds there were."""
        return len({(entry.standup, entry.on) for entry in self.entries})

    @property
    def share(self) -> Share:
        """How often people answered."""
        return share(self.entries)


def share(entries: Sequence[Entry]) -> Share:
    """How often these were answered."""
    counted = [entry for entry in entries if entry.counts]
    answered = [entry for entry in counted if entry.state == "answered"]
    return Share(len(answered), len(counted), sum(entry.late for entry in answered))


def tallies(entries: Sequence[Entry]) -> list[str]:
    """What the replies to each question that wants more than text come to, with the question."""
    given: dict[str, tuple[Question, list[str]]] = {}
    for question, reply in (pair for entry in entries for pair in entry.typed):
        given.setdefault(question.text, (question, []))[1].append(reply)
    counted = [(text, tally(question, said)) for text, (question, said) in given.items()]
    return [f"{text} {found}" for text, found in counted if found]


def read(text: str, *, today: date) -> ReportQuery:
    """The wish in what was typed; today without days, two weeks about a person or an experiment.

    Raises Refused for what it does not understand.
    """
    words = straighten(text).replace("–", "..").split()
    wish, days, n = ReportQuery(today, today), None, 0
    while n < len(words):
        used, found = _days(words[n : n + 2], today)
        if found is not None:
            if days is not None:
                raise Refused("That names two times.", _HINT)
            days = found
        else:
            wish = _narrowed(wish, words[n])
        n += used
    if days is None:
        back = timedelta(days=13) if wish.user or wish.number else timedelta()
        days = (today - back, today)
    return replace(wish, first=days[0], last=days[1])


def _days(words: Sequence[str], today: date) -> tuple[int, tuple[date, date] | None]:
    word = words[0].casefold()
    if word == "today":
        return 1, (today, today)
    if word == "yesterday":
        return 1, (today - timedelta(days=1), today - timedelta(days=1))
    if word == "last":
        span = time_span(words[1] if len(words) > 1 else "")
        back = max(1, -(-span // timedelta(days=1)))
        return 2, (today - timedelta(days=back - 1), today)
    if word[:1].isdigit() and "-" in word:
        first, _, last = word.partition("..")
        return 1, _ordered(_date(first), _date(last or first))
    return 1, None


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused(f"“{text[:20]}” is no date.", "Write it like 2026-05-01.") from None


def _ordered(first: date, last: date) -> tuple[date, date]:
    if last < first:
        raise Refused("The last day is before the first.", "Write the earlier day first.")
    if (last - first).days >= LONGEST_DAYS:
        raise Refused("That is more than a year.", "Ask for at most 366 days.")
    return first, last


def _narrowed(wish: ReportQuery, word: str) -> ReportQuery:
    named = mentioned_users(word)
    if named and not wish.user:
        return replace(wish, user=named[0])
    if is_experiment_id(word) and not wish.number:
        return replace(wish, number=experiment_number(word))
    if word.casefold() == "csv":
        return replace(wish, csv=True)
    raise Refused(f"I don't know “{word[:30]}” in a report.", _HINT)
