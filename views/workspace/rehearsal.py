"""The dry run of a standup's first round, for the lead who set it up."""

from core.workspace.onboarding import Rehearsal
from views import kit
from views.kit import Message
from views.standups import questions as asking
from views.workspace.onboarding import group_lines


def show(now: Rehearsal) -> Message:
    """What will be sent to whom at which local time, with its buttons; or what became of it."""
    name = kit.escape(now.name, 80)
    if now.state == "begun":
        day = f", {kit.day(now.on)}," if now.on else ""
        text = f"The first round of {name}{day} has begun."
        return Message(text, [kit.section(f"{text} It is in <#{now.channel}>.")])
    text = _head(now, name)
    blocks = [kit.section(f"*{text}*"), kit.section(_plan(now)), _questions(now)]
    return Message(text, [*blocks, _buttons(now), kit.context(_what_next(now))])


def decided(now: Rehearsal) -> Message:
    """For the lead who pressed a button."""
    name = kit.escape(now.name, 80)
    when = f" on {kit.day(now.on)}" if now.on else ""
    text = f"{name} starts{when}." if now.state == "confirmed" else f"{name} waits: it is paused."
    return Message(text, [kit.section(text)])


def _head(now: Rehearsal, name: str) -> str:
    if now.state == "stopped":
        return f"First round of {name}: stopped. Nobody is asked."
    when = kit.day(now.on) if now.on else "no day"
    if now.state == "confirmed":
        return f"First round of {name}: {when}, {kit.escape(now.by, 80)} said Start."
    return f"Dry run of {name}, first round {when}. Nobody has been asked yet."


def _plan(now: Rehearsal) -> str:
    day = f"{kit.day(now.on)}: " if now.on else ""
    lines = group_lines(now.groups) or ["nobody is left to ask"]
    body = f"{day}{lines[0]}" if len(lines) == 1 else "\n".join([day.strip(), *lines]).strip()
    away = ", ".join(kit.escape(one, 80) for one in now.away[:10])
    rest = f" and {len(now.away) - 10} more" if len(now.away) > 10 else ""
    return body + (
        f"\nNot asked that day (away, or their hour is over): {away}{rest}" if away else ""
    )


def _questions(now: Rehearsal) -> kit.Block:
    asked = [asking.asked(n, question) for n, question in enumerate(now.questions, start=1)]
    text = kit.clip("\n".join(asked), 1700)
    return kit.context(
        f"Each gets these by direct message, answers go to <#{now.channel}>:\n{text}"
    )


def _buttons(now: Rehearsal) -> kit.Block:
    number = str(now.standup)
    start = kit.button("Start", "rehearsal_start", number, style="primary")
    change = kit.button("Change", "rehearsal_change", now.channel)
    stop = kit.button("Stop", "rehearsal_stop", number)
    shown = {"open": (start, change, stop), "confirmed": (change, stop)}
    return kit.actions(*shown.get(now.state, (start, change)))


def _what_next(now: Rehearsal) -> str:
    if now.state == "stopped":
        return "*Start* or `/standup resume` in its channel lets it begin."
    return "It begins by itself at these hours unless somebody presses *Stop*."
