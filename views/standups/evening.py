"""The evening check in Slack: one quiet direct message, its form, and its setting."""

from core.quantity import experiment_id
from core.standups.evening import QUESTION, Evening, EveningCheck
from views import kit
from views.kit import Message


def evening(now: Evening) -> Message:
    """What somebody is asked in the evening, or what they said."""
    number = str(now.id)
    if not now.answered:
        text = f"{QUESTION} ({kit.day(now.on)})"
        button = kit.button("Answer", "evening_open", number)
        how = "Or write it here. No answer is fine; nobody is told."
        return Message(text, [kit.section(text), kit.actions(button), kit.context(how)])
    change = kit.button("Change it", "evening_open", number)
    if not now.learned:
        text = f"{kit.day(now.on)}: nothing new today. Noted."
        return Message(text, [kit.section(text), kit.actions(change)])
    about = ", ".join(experiment_id(one) for one in now.about)
    text = f"{kit.day(now.on)}: your learning is kept{f' with {about}' if about else ''}."
    back = kit.button("Take it back", "evening_back", number)
    quoted = kit.quote(kit.clip(now.text, 500))
    return Message(text, [kit.section(text), quoted, kit.actions(change, back)])


def form(now: Evening, kept: str) -> kit.Block:
    """The form: what was learned, and from which experiment."""
    options = [kit.option(title, str(int(title.split()[0][4:]))) for title in now.experiments]
    chosen = str(now.about[0]) if now.about else ""
    alone = options[0]["value"] if len(options) == 1 and not now.answered else ""
    blocks = [kit.field("text", QUESTION, kit.text_input(kept or now.text, lines=True))]
    if options:
        menu = kit.choice(options, chosen or alone)
        blocks.append(kit.field("experiment", "Experiment", menu, optional=True))
    meta = {"evening": now.id}
    return kit.modal("evening_answer", "Learned today", blocks, submit="Keep", meta=meta)


def setting(now: EveningCheck) -> Message:
    """How the check is set, for whoever asks."""
    name = kit.escape(now.name, 80)
    if not now.active:
        text = f"{name} has no evening check."
        how = "A lead starts one: `/standup evening 17:30`."
        return Message(text, [kit.section(text), kit.context(how)])
    counted = "who gives no answer is counted" if now.counts else "who gives none is in no count"
    text = f"{name}: at {now.at} local time who has an open experiment is asked “{QUESTION}”"
    how = f"One direct message, no reminders; {counted}. "
    how += "`/standup evening off` ends it, `count on` or `count off` changes the counting."
    return Message(text, [kit.section(text), kit.context(how)])


def announced(now: EveningCheck) -> Message:
    """For the channel."""
    if not now.active:
        text = f"{now.name}: the evening check is off (by {now.by})."
    else:
        counted = "; no answer is counted in the report" if now.counts else ""
        text = f"{now.name}: evening check at {now.at} for who has an open experiment{counted} "
        text += f"(by {now.by})."
    return Message(kit.escape(text), [kit.section(kit.escape(text))])
