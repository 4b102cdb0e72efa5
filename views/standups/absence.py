"""Who is away, in Slack."""

from collections.abc import Mapping, Sequence
from datetime import date

from core.standups.absence import Away, DaySpan
from views import kit
from views.kit import Message
from views.standups.standup import sentence

MOST_LINES = 30


def form(today: date, kept: Mapping[str, object]) -> kit.Block:
    """Asks from when to when somebody is away. kept: what was typed and not sent."""
    first: kit.Block = {"type": "datepicker", "initial_date": str(kept.get("first") or today)}
    last: kit.Block = {"type": "datepicker"}
    last |= {"initial_date": str(kept["last"])} if kept.get("last") else {}
    hint = "Empty: that one day only. Coming back early is one button."
    reason = kit.text_input(str(kept.get("reason") or ""), placeholder="conference")
    return kit.modal(
        "absence",
        "I'm away",
        [
            kit.field("first", "First day away", first),
            kit.field("last", "Last day away", last, hint=hint, optional=True),
            kit.field("reason", "Reason", reason, hint="Colleagues see it.", optional=True),
        ],
        submit="Save",
    )


def noted(away: Away, *, to_self: bool, new: bool) -> Message:
    """For whoever noted an absence."""
    who = "You are" if to_self else f"{away.name} is"
    known = "" if new else " That was noted before."
    back = "`/standup back` ends it." if to_self else ""
    told = _next(away, "you" if to_self else "them")
    told = f"{who} away {days(away.span)}{_reason(away)}.{known} {told}{back}".strip()
    text, blocks = sentence(told)
    end = [kit.actions(kit.button("I'm back", "absence_back"))] if to_self else []
    return Message(text, [*blocks, *end])


def told(away: Away) -> Message:
    """For the person somebody else noted as away."""
    text = f"{away.by} noted that you are away {days(away.span)}{_reason(away)}."
    return sentence(f"{text} {_next(away, 'you')}`/standup back` ends it.")


def ended(away: Away, *, to_self: bool, running: bool) -> Message:
    """For whoever ended an absence, or called a planned one off."""
    if not running:
        whose = "Your absence" if to_self else f"{away.name}'s absence"
        return sentence(f"{whose} {days(away.span)} is called off.")
    who = "Welcome back." if to_self else f"{away.name} is back."
    return sentence(f"{who} {_next(away, 'you' if to_self else 'them')}".strip())


def ended_told(away: Away, by: str) -> Message:
    """For the person whose absence somebody else ended."""
    return sentence(f"{by} ended your absence {days(away.span)}. {_next(away, 'you')}".strip())


def listed(absences: Sequence[Away]) -> Message:
    """Everybody who is away, or will be."""
    how = "`/standup ooo until Friday` notes that you are away."
    if not absences:
        return sentence(f"Nobody is away, and nothing is planned. {how}")
    lines = [f"{a.name}: {days(a.span)}{_reason(a)}" for a in absences[:MOST_LINES]]
    rest = len(absences) - MOST_LINES
    lines += [f"and {rest} more"] if rest > 0 else []
    count = len({a.user for a in absences})
    text = f"{count} {'person is' if count == 1 else 'people are'} away or will be"
    blocks = [kit.section("\n".join([f"*{text}*", *(kit.escape(line, 300) for line in lines)]))]
    return Message(text, [*blocks, kit.context(how)])


def suggested(span: DaySpan) -> Message:
    """For somebody whose Slack status looks away."""
    text = f"You look away until {kit.day(span.last)} by your Slack status: skip you?"
    yes = kit.button("Yes, skip me", "absence_yes", span.last.isoformat(), style="primary")
    no = kit.button("No", "absence_no", span.last.isoformat())
    note = kit.context("Until you say yes, you are asked as always.")
    return Message(text, [kit.section(text), kit.actions(yes, no), note])


def declined() -> Message:
    """In the place of the question, once it was answered with no."""
    return sentence("You are asked as always. I won't ask about this status again.")


def days(span: DaySpan) -> str:
    """`on Fri 27 Nov 2026`, or `from … to …`."""
    if span.first == span.last:
        return f"on {_day(span)}"
    first = kit.day(span.first)
    if span.first.year != span.last.year:
        first = f"{first} {span.first.year}"
    return f"from {first} to {_day(span)}, both included"


def _day(span: DaySpan) -> str:
    return f"{kit.day(span.last)} {span.last.year}"


def _reason(away: Away) -> str:
    return f" ({away.reason})" if away.reason else ""


def _next(away: Away, whom: str) -> str:
    if not away.asks:
        return ""
    if len(away.asks) == 1:
        return f"The next standup that asks {whom}: {kit.day(away.asks[0][1])}. "
    days = ", ".join(f"{kit.day(day)} in {team}" for team, day in away.asks)
    return f"The next standups that ask {whom}: {days}. "
