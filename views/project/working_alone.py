"""Telling a lead kindly that somebody works alone, with the arithmetic."""

from core.project.working_alone import Alone
from views import kit
from views.kit import Message

_ADVICE = (
    "It may be just as it should. The document's advice for somebody working alone: ask what was "
    "tried, what was learned, what is next."
)


def over(name: str) -> Message:
    """That somebody's episode is over."""
    text = f"Over: {kit.escape(name, 80)} is no longer alone, or nothing of theirs runs."
    return Message(text, [kit.section(text)])


def snoozed(one: Alone) -> Message:
    """What the lead who snoozed hears."""
    assert one.snoozed_until is not None
    text = (
        f"Nothing about {kit.escape(one.name, 80)} until {kit.day(one.snoozed_until)}; then once "
        "more if it still holds."
    )
    return Message(text, [kit.section(text)])


def alone(one: Alone) -> Message:
    """Somebody's episode, with its arithmetic and what can be done."""
    text = _fact(one)
    blocks = [kit.section(f"*{text}*"), kit.section(_ADVICE), kit.context(_arithmetic(one))]
    if one.snoozed_until:
        by = kit.person(one.snoozed_by)
        blocks.append(kit.context(f"Snoozed until {kit.day(one.snoozed_until)} by {by}."))
        return Message(text, blocks)
    value = f"{one.owner}/{one.kind}/{one.since}"
    return Message(
        text, [*blocks, kit.actions(kit.button("Snooze 2 weeks", "alone_snooze", value))]
    )


def _fact(one: Alone) -> str:
    name, many = kit.escape(one.name, 80), len(one.numbers) > 1
    if one.kind == "quiet":
        have = "have" if many else "has"
        return f"{one.ids} ({name}) {have} had no news for {one.days} working days"
    them = "them" if many else "it"
    return (
        f"{one.ids} ({name}): for {one.days} working days nobody else touched {them} and the team "
        "heard nothing about " + them
    )


def _arithmetic(one: Alone) -> str:
    name = kit.escape(one.name, 80)
    last = "Last news" if one.kind == "quiet" else "Last the team or anybody else had of it"
    said = f"{last}: {kit.day(one.since)}, {one.last}."
    if one.kind == "unseen" and one.own:
        said += f" {name}'s own last result or change: {kit.day(one.own)}."
    if one.free:
        free = "weekday" if one.free == 1 else "weekdays"
        said += f" Not counted: {one.free} {free} on which {name} was off."
    if one.answers:
        answers = "answer" if one.answers == 1 else "answers"
        said += f" {name} gave {one.answers} standup {answers} since; none was about this."
    return f"{said} Who only looks at a ticket leaves no record. Only leads see this."
