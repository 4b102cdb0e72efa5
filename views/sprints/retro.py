"""A retro in Slack: the experiment review, votes by buttons, ideas and actions."""

from collections.abc import Mapping, Sequence

from core import figures
from core.sprints.retro import CHOICES, QUESTIONS, Action, Better, Idea, Kill, Retro
from views import kit
from views.kit import Message
from views.sprints import retro_pace as pace

IDEA, ACTION = "retro_idea", "retro_action"
SHOWN = 8


def posted(found: Retro) -> Message:
    """The retro for everybody."""
    return _page(found, mine=False)


def page(found: Retro) -> Message:
    """The same for one person; its buttons change it in its place."""
    return _page(found, mine=True)


def _page(found: Retro, *, mine: bool) -> Message:
    text = f"Sprint {found.number} retro: {_count(len(found.good), 'good kill')}, "
    text += f"{_count(len(found.late), 'late kill')}, {_count(found.voters, 'voter')}"
    blocks = [kit.section(f"*{text}*"), kit.section(_review(found))]
    blocks += [kit.section(pace.told(found.pace))] if found.pace else []
    for key, counts in found.votes.items():
        blocks += _question(found.number, key, counts, mine=mine)
    blocks += _ideas(found.ideas) if mine else []
    blocks += actions(found.actions)
    number = str(found.number)
    blocks.append(kit.actions(
        kit.button("Say what to change…", "retro_idea_open", number, style="primary"),
        kit.button("Add an action…", "retro_action_open", number),
    ))  # fmt: skip
    if mine:
        blocks.append(kit.context("Only you see this."))
    return Message(text, blocks)


def _count(amount: int, one: str) -> str:
    return f"{amount or 'no'} {one}{'' if amount == 1 else 's'}"


def _review(found: Retro) -> str:
    lines = ["*Experiment review*"]
    if not found.kills:
        lines.append("Nothing was killed in this sprint.")
    lines += [f"• Good call: {_named(kill)} · in its box and budget{_saved(kill)}"
              for kill in found.good[:SHOWN]]  # fmt: skip
    lines += [f"• Late: {_named(kill)} · {_why(kill)}" for kill in found.late[:SHOWN]]
    if found.overdue:
        lines.append(f"• Over the time box and not decided: {', '.join(found.overdue)}")
    lines.append(f"• Are hypotheses getting better? {better(found.better)}")
    return "\n".join(lines)


def _named(kill: Kill) -> str:
    return f"*EXP-{kill.number:03d}* {kit.escape(kill.title, 60)}"


def _saved(kill: Kill) -> str:
    asked = f", {_waited(kill)}" if kill.waited is not None else ", before any rule asked"
    saved = f", {figures.number(kill.saved, 1)} GPU-h unused" if kill.saved else ""
    return asked + saved


def _waited(kill: Kill) -> str:
    days = "the same day" if not kill.waited else f"{_count(kill.waited, 'working day')} after"
    return f"decided {days} {'as ' if not kill.waited else ''}“{kit.escape(kill.rule, 40)}” fired"


def _why(kill: Kill) -> str:
    parts = [_waited(kill)] if kill.waited is not None else []
    parts += [f"{_count(kill.over_box, 'day')} over its box"] if kill.over_box else []
    if kill.budget is not None and kill.budget > 1:
        parts.append(f"{kill.budget:.0%} of its GPU budget")
    return ", ".join(parts)


def better(seen: Better) -> str:
    """Whether more of them are promoted than before, with the range."""
    (won, of), (won_since, of_since) = seen.before, seen.since
    if seen.word == "few":
        return f"Not enough data: {of + of_since} decided so far, it takes 20."
    low, high = round(100 * seen.low), round(100 * seen.high)
    return (
        f"{seen.word.capitalize()}: {won_since} of {of_since} promoted since, {won} of {of} "
        f"before (95% range of the change {low:+d} to {high:+d} points)."
    )


def _question(number: int, key: str, counts: Mapping[str, int], *, mine: bool) -> list[kit.Block]:
    shown = " · ".join(f"{label} {counts.get(choice, 0)}" for choice, label in CHOICES.items())
    value = f"{number}|{key}" + ("|me" if mine else "")
    buttons = [kit.button(label, f"retro_{choice}", value) for choice, label in CHOICES.items()]
    return [kit.section(f"*{QUESTIONS[key]}*\n{shown}"), kit.actions(*buttons)]


def _ideas(ideas: Sequence[Idea]) -> list[kit.Block]:
    if not ideas:
        return []
    lines = [f"• {kit.escape(one.text, 200)} — {_who(one)}" for one in ideas[-SHOWN:]]
    return [kit.section("\n".join(["*What should change*", *lines]))]


def _who(one: Idea) -> str:
    return kit.person(one.user) if one.user else "somebody"


def actions(found: Sequence[Action]) -> list[kit.Block]:
    """Actions, the open ones with a Done button."""
    blocks = []
    for one in [*found][:SHOWN]:
        text = f"*Action {one.number}* {kit.escape(one.text, 300)} · {kit.person(one.owner)}"
        text += f" · since sprint {one.sprint}"
        button = kit.button("Done", "retro_done", str(one.number))
        if one.done_by:
            blocks.append(kit.section(f"~{text}~ · done"))
        else:
            blocks.append(kit.section(text, accessory=button))
    if len(found) > SHOWN:
        blocks.append(kit.context(f"and {len(found) - SHOWN} more: `/sprint actions`"))
    return blocks


def listed(found: Sequence[Action]) -> Message:
    """Every open action."""
    if not found:
        text = "No action is open. `/sprint retro` adds one."
        return Message(text, [kit.section(text)])
    text = f"{_count(len(found), 'open action')} from retros"
    lines = [f"• *{one.number}* {kit.escape(one.text, 150)} · {kit.person(one.owner)} · since "
             f"sprint {one.sprint}" for one in found[:20]]  # fmt: skip
    lines += [f"and {len(found) - 20} more"] if len(found) > 20 else []
    hint = kit.context("`/sprint done 3` ticks off action 3.")
    return Message(text, [kit.section("\n".join([f"*{text}*", *lines])), hint])


def idea(said: Idea) -> Message:
    """What somebody wants changed, in the retro's thread."""
    text = f"What should change, says {_who(said)}: {kit.escape(said.text, 1000)}"
    return Message(text, [kit.section(text)])


def voted(question: str, choice: str, before: str) -> Message:
    """To the voter of a public retro."""
    was = f" (it was {CHOICES[before]})" if before and before != choice else ""
    text = f"{QUESTIONS[question]} Your vote: {CHOICES[choice]}{was}. Press another to change it."
    return Message(text, [kit.section(text)])


def kept(found: Retro) -> Message:
    """To who said what should change."""
    text = f"Kept for the retro of sprint {found.number}."
    return Message(text, [kit.section(text)])


def added(one: Action) -> Message:
    """To who wrote an action down."""
    text = f"Action {one.number} is written down for {kit.person(one.owner)}; it comes back in "
    text += "every retro until it is done."
    return Message(text, [kit.section(text)])


def done(one: Action) -> Message:
    """To who ticked it off."""
    text = f"Action {one.number} is done: {kit.escape(one.text, 300)}"
    return Message(text, [kit.section(text)])


def idea_form(number: int, text: str) -> kit.Block:
    """Asks what should change, with or without a name."""
    names = [kit.option("With my name", "named"), kit.option("Without my name", "anonymous")]
    box = kit.text_input(text, lines=True) | {"max_length": 1000}
    blocks = [
        kit.field("text", "What should we change?", box),
        kit.field("name", "Said", kit.choice(names, "named", radio=True),
                  hint="Without a name neither who nor when is kept with it. The log of inputs "
                       "(ids, no texts, seven days) is seen by admins only."),
    ]  # fmt: skip
    return kit.modal(IDEA, f"Retro of sprint {number}", blocks, submit="Send",
                     meta={"number": number})  # fmt: skip


def action_form(number: int, text: str, owner: str) -> kit.Block:
    """Asks for what will be done and by whom."""
    who: kit.Block = {"type": "users_select", "initial_user": owner}
    box = kit.text_input(text) | {"max_length": 300}
    blocks = [kit.field("text", "What will be done?", box), kit.field("owner", "By whom", who)]
    return kit.modal(ACTION, f"Retro of sprint {number}", blocks, submit="Write it down",
                     meta={"number": number})  # fmt: skip
