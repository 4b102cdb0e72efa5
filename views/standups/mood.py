"""The anonymous mood in Slack: the menu, and how a standup's mood went."""

import itertools
from datetime import date

from core.standups.mood import STEPS, MoodSetting, MoodWeek, in_words
from views import kit
from views.kit import Message

PROMISE = "Counted without your name; shown only as a mean of four votes or more."


def menu(round_id: int) -> list[kit.Block]:
    """The question with its five steps. The step is the option's, so that no log of actions holds
    it.
    """
    options = [
        kit.option(f"{n} {name}", f"{round_id}|{n}") for n, name in enumerate(STEPS, start=1)
    ]
    select = kit.choice(options) | {
        "action_id": "standup_mood",
        "placeholder": kit.plain("How are you? (anonymous)"),
    }
    return [kit.actions(select, block_id=f"mood{round_id}"), kit.context(PROMISE)]


def counted() -> Message:
    """That a vote is counted; which one is said nowhere."""
    text = "Your vote is counted, without your name. It cannot be changed."
    return Message(text, [kit.section(text)])


def setting(now: MoodSetting) -> Message:
    """Whether it is asked, the last four weeks, and the menu for who may vote."""
    name = kit.escape(now.name, 80)
    state = "asks for an anonymous mood" if now.on else "does not ask for the mood"
    text = f"{name} {state}."
    blocks = [kit.section(text)]
    if any(week.mean for week in now.weeks):
        known = itertools.dropwhile(lambda week: week.mean is None, now.weeks)
        blocks.append(kit.section("\n".join(_week(week) for week in known)))
    elif now.on:
        blocks.append(kit.context("No round of the last four weeks had four votes."))
    if not now.on and not now.rounds:
        blocks.append(kit.context("A lead turns it on: `/standup mood on`."))
    for round_id, on in now.rounds[:3]:
        blocks += [kit.section(_round(on)), *menu(round_id)]
    return Message(text, blocks)


def announced(now: MoodSetting) -> Message:
    """For the channel."""
    if not now.on:
        text = f"{now.name} asks for the mood no more (by {now.by})."
        return Message(kit.escape(text), [kit.section(kit.escape(text))])
    text = f"{now.name} asks for an anonymous mood from the next round on (by {now.by})."
    how = f"{PROMISE} What is stored is how often each of the five was chosen, never by whom."
    return Message(kit.escape(text), [kit.section(kit.escape(text)), kit.context(how)])


def _round(on: date) -> str:
    return f"Your mood, {kit.day(on)}:"


def _week(week: MoodWeek) -> str:
    if week.mean is None:
        return f"Week of {kit.day(week.monday)}: no round with four votes"
    bar = kit.bar(week.mean.value / len(STEPS))
    return f"Week of {kit.day(week.monday)}: {bar} {in_words(week.mean)}"
