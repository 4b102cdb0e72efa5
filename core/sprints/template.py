"""The source document's two-week GenAI sprint (chapter 8) as a calendar of reminders: what it has
for today, and when it is time to plan.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from core.sprints.sprint import Span

DAYS = 14
NAMES = {"genai": "GenAI two weeks"}


@dataclass(frozen=True)
class TemplatePart:
    """What belongs on these weekdays (0 = Monday) of that week of the sprint."""

    week: int
    first: int
    last: int
    title: str
    items: tuple[str, ...]


GENAI = (
    TemplatePart(1, 0, 0, "look back and choose", (
        "Review last sprint's eval results",
        "Prioritize prompt improvements by impact",
        "Assign RAG pipeline experiments",
        "Drift: have the inputs changed since last week? `/drift`",
    )),
    TemplatePart(1, 1, 3, "iterate", (
        "Prompt engineering: iterate on the system prompt",
        "RAG experiments: test different chunking, retrieval, reranking",
        "Run the eval suite after each significant change",
        "Daily eval check-in: what moved? What regressed?",
    )),
    TemplatePart(1, 4, 4, "eval freeze", (
        "Eval freeze: run the full eval suite on the best candidates",
        "Document the prompt changelog (version control the prompt)",
        "Safety evals: toxicity, hallucination and PII of each candidate (`/gate`)",
        "Bias: the same metric by language and by group of users, no slice left behind",
    )),
    TemplatePart(2, 0, 2, "test with real traffic", (
        "A/B test the top two prompt versions with real traffic (5% canary)",
        "Fine-tuning experiment, if there is one",
        "RAG pipeline: index new documents, test retrieval quality",
    )),
    TemplatePart(2, 3, 3, "decide", (
        "Decide on promotion to production: no GO without its safety evals and slices",
        "Prepare the sprint review: eval results and business metrics",
    )),
    TemplatePart(2, 4, 4, "show and learn", (
        "Sprint review: before and after on key scenarios",
        "Retro: what eval gaps did we discover?",
        "Plan the next sprint's improvements of the eval set",
    )),
)  # fmt: skip


@dataclass(frozen=True)
class Day:
    """One templated day of a sprint. off: why nothing is posted on it, or ""."""

    on: date
    part: TemplatePart
    off: str = ""


def part_of(span: Span, day: date) -> TemplatePart | None:
    """What the template says for that day of a two-week sprint that starts on a Monday."""
    if not span.covers(day):
        return None
    week = (day - span.starts).days // 7 + 1
    found = (p for p in GENAI if p.week == week and p.first <= day.weekday() <= p.last)
    return next(found, None)


def days_of(span: Span) -> list[Day]:
    """The templated days of that sprint, in order."""
    days = [span.starts + timedelta(days=n) for n in range(span.days)]
    return [Day(day, part) for day in days if (part := part_of(span, day))]


def misfit(span: Span) -> str:
    """Why the template does not fit sprints like this one; "" when it does."""
    if span.days != DAYS:
        return f"it takes two weeks, and sprint {span.number} has {span.days // 7 or 1}"
    if span.starts.weekday() != 0:
        return f"it starts on a Monday, and sprint {span.number} starts on {span.starts:%A}"
    return ""


@dataclass(frozen=True)
class TemplateCalendar:
    """The template over one sprint. on: reminders are posted; misfit: why they are not, or "";
    may: the reader can switch it; channel: where they go.
    """

    span: Span
    days: tuple[Day, ...]
    on: bool
    misfit: str
    may: bool
    channel: str


@dataclass(frozen=True)
class Reminder:
    """What the template has for a day. day: of the sprint."""

    sprint: int
    day: int
    on: date
    part: TemplatePart
