"""The GenAI template in Slack: the calendar, and the morning's reminder."""

from core.sprints.template import Day, Reminder, TemplateCalendar
from views import kit
from views.kit import Message


def calendar(shown: TemplateCalendar, *, switched: bool = False) -> Message:
    """The template day by day, and whether it is on."""
    text = f"GenAI template over sprint {shown.span.number}: {_state(shown)}"
    blocks = [kit.section(f"*{text}*")]
    for week in (1, 2):
        days = [one for one in shown.days if one.part.week == week]
        if days:
            lines = [line for one in days for line in _day(one, days)]
            blocks.append(kit.section("\n".join([f"*Week {week}*", *lines])))
    if shown.misfit:
        blocks.append(kit.context(f"It does not fit: {kit.escape(shown.misfit)}. `/sprint setup "
                                  "weeks=2 start=…` with a Monday changes that."))  # fmt: skip
    where = f"<#{shown.channel}>" if shown.channel else "the team channel (`/exp setup` sets it)"
    blocks.append(kit.context(f"Posted at 9:00 in the team's zone in {where}, not on days off."))
    if shown.may and not switched and not (shown.misfit and not shown.on):
        verb, value = ("Turn off", "off") if shown.on else ("Turn on", "genai")
        style = "" if shown.on else "primary"
        blocks.append(kit.actions(kit.button(verb, "sprint_template", value, style=style)))
    return Message(text, blocks)


def switched(shown: TemplateCalendar, by: str) -> Message:
    """For everybody."""
    what = "is on: a reminder each morning" if shown.on else "is off: no more reminders"
    text = f"The GenAI sprint template {what}. Set by {kit.person(by)}."
    return Message(text, [kit.section(text)])


def reminder(what: Reminder) -> Message:
    """The morning's post."""
    text = f"Sprint {what.sprint}, day {what.day}: {what.part.title}"
    lines = "\n".join(f"• {item}" for item in what.part.items)
    source = kit.context("From the GenAI template; `/sprint template off` ends these.")
    return Message(text, [kit.section(f"*{text}*\n{lines}"), source])


def _state(shown: TemplateCalendar) -> str:
    if not shown.on:
        return "off"
    return "on, but resting" if shown.misfit else "on"


def _day(one: Day, days: list[Day]) -> list[str]:
    first = next(day for day in days if day.part is one.part)
    head = f"*{kit.day(one.on)}* {one.part.title}"
    head += f" · _nothing is posted: {kit.escape(one.off, 60)}_" if one.off else ""
    if one is not first:
        return [head]
    return [head, *(f"   • {item}" for item in one.part.items)]
