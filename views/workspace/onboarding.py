"""A team's first three steps: as a direct message, and on the Home tab."""

from collections.abc import Callable, Sequence

from core.workspace.onboarding import FIRST_NAMES, Group, Onboarding, SetupStep
from views import kit
from views.kit import Message

GROUPS = 12
WHERE = "The steps to set Assay up are in our direct message, and on the Home tab."
_TITLES = {
    "channels": "Channels",
    "people": "People and time",
    "test": "A test prompt to you",
}
_MARKS = {"done": "done", "skipped": "skipped", "open": "to do"}
_AFTER = "`/exp setup` changes channels, `/standup setup` people and time, `help` says the rest."
_USES = {
    "team_channel": "Team",
    "leads_channel": "Leads",
    "alerts_channel": "Alerts",
    "digest_channel": "Digest",
}


def card(now: Onboarding) -> Message:
    """The card as a message; what became of it once nothing is left."""
    text = title(now)
    if not now.shown:
        again = "`/exp setup` opens the steps again." if now.closed else _AFTER
        return Message(text, [kit.section(f"*{text}*"), *_done(now), kit.context(again)])
    return Message(text, [kit.section(f"*{text}*"), *steps(now)])


def title(now: Onboarding) -> str:
    """`Setting Assay up: 1 of 3 steps done`."""
    done = sum(step.state == "done" for step in now.steps)
    if now.closed and now.left:
        return f"Setting Assay up: put away, {done} of {len(now.steps)} steps done"
    if not now.left:
        return "Assay is set up" if done == len(now.steps) else "Assay is set up as far as wanted"
    return f"Setting Assay up: {done} of {len(now.steps)} steps done"


def steps(now: Onboarding) -> list[kit.Block]:
    """The steps with their buttons, and a way to put the card away."""
    first = next((step.name for step in now.steps if step.state == "open"), "")
    blocks: list[kit.Block] = []
    for number, step in enumerate(now.steps, start=1):
        head = f"*{number}. {_TITLES[step.name]}* · {_MARKS[step.state]}"
        blocks.append(kit.section(f"{head}\n{_FACTS[step.name](now)}"))
        blocks.append(kit.actions(*_buttons(step, is_next=step.name == first)))
    note = "Every step can wait: `/exp setup` opens this again, and a team works without it."
    return [*blocks, kit.context(note), kit.actions(kit.button("Put away", "onboarding_close"))]


def group_lines(groups: Sequence[Group]) -> list[str]:
    """`09:30 Europe/Berlin → Ana, Ben`, one line per zone."""
    lines = [
        f"{group.at:%H:%M} {group.zone.replace('_', ' ')} → {_names(group.names)}"
        for group in groups[:GROUPS]
    ]
    rest = len(groups) - GROUPS
    return [*lines, *([f"and {rest} more zones"] if rest > 0 else [])]


def _done(now: Onboarding) -> list[kit.Block]:
    lines = [f"{_TITLES[step.name]}: {_MARKS[step.state]}" for step in now.steps]
    return [kit.section("\n".join(lines))]


def _channels(now: Onboarding) -> str:
    if not any(now.channels.values()):
        return "Where are decisions, proposals, warnings and the digest posted?"
    return " · ".join(
        f"{use} {f'<#{now.channels[name]}>' if now.channels[name] else 'not set'}"
        for name, use in _USES.items()
    )


def _people(now: Onboarding) -> str:
    if not now.standup:
        return "Who is asked, on which days, at what hour? Everybody by their own clock."
    lines = group_lines(now.groups) or ["nobody is asked in the next weeks"]
    return "\n".join([f"{kit.escape(now.standup, 80)}, everybody by their own clock:", *lines])


def _test(_now: Onboarding) -> str:
    return "See what people will get, and answer it. It counts nowhere and nobody else sees it."


_FACTS: dict[str, Callable[[Onboarding], str]] = {
    "channels": _channels,
    "people": _people,
    "test": _test,
}


def _buttons(step: SetupStep, *, is_next: bool) -> list[kit.Block]:
    style = "primary" if is_next else ""
    labels = {
        "channels": ("Choose channels", "Change channels"),
        "people": ("Choose people and time", "Change people or time"),
        "test": ("Send me a test", "Send another test"),
    }
    label = labels[step.name][step.state == "done"]
    buttons = [kit.button(label, f"onboarding_{step.name}", step.name, style=style)]
    if step.state == "open":
        buttons.append(kit.button("Skip", "onboarding_skip", step.name))
    return buttons


def _names(names: Sequence[str]) -> str:
    shown = [kit.escape(name, 80) for name in names[:FIRST_NAMES]]
    rest = len(names) - FIRST_NAMES
    return ", ".join([*shown, *([f"{rest} more"] if rest > 0 else [])])
