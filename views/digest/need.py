"""What leadership is asked for, as Slack shows it."""

from collections.abc import Sequence

from core import facts
from core.digest.need import HISTORY, Need
from views import kit
from views.kit import Message

HOW_TO = (
    "`/need show 3` shows one with its buttons · leads: `/need add …` asks for something · "
    "`/need change 3`, `/need withdraw 3`, `/need done 3`"
)
_WITH_BUTTONS = 5  # what one is to decide; the rest is listed


def card(need: Need) -> Message:
    """Its one public message: with buttons until it is decided or taken back."""
    text = headline(need)
    blocks = [kit.section(f"*{text}*")]
    if more := details(need):
        blocks.append(kit.section(more))
    if need.state == "open":
        return Message(text, [*blocks, buttons(need), kit.context(_who_decides(need))])
    if need.note.why:
        blocks += [kit.quote(need.note.why)]
    return Message(text, blocks)


def headline(need: Need) -> str:
    """Number, state, and the words with who wrote them, in one line."""
    note, number = need.note, f"Need {need.note.number}"
    words = f"“{kit.escape(note.text, 300)}” — {kit.person(note.author)}"
    if need.state == "decided":
        on = f" on {kit.day(need.decided_on)}" if need.decided_on else ""
        return f"{number}: {_decision(need)} by {kit.person(note.decided_by)}{on}: {words}"
    if need.state != "open":
        how = "withdrawn" if need.state == "withdrawn" else "no longer needed"
        by = f", says {kit.person(need.closed_by)}" if need.closed_by else ""
        return f"{number}: {how}{by}: {words}"
    return f"{number}, {_due(need)}: {words}"


def listed(needs: Sequence[Need], reader: str) -> Message:
    """`/need`: what waits for a decision, with buttons below what the reader is to decide."""
    if not needs:
        text = "Nothing is asked of leadership now."
        return Message(text, [kit.section(text), kit.context(HOW_TO)])
    open_ = [need for need in needs if need.state == "open"]
    first = f"{facts.count(len(open_), 'need')} {'waits' if len(open_) == 1 else 'wait'}"
    text = f"{first} for a decision:" if open_ else "Everything that was asked is decided:"
    decided = [need for need in needs if need.state != "open"]
    theirs = [need for need in open_ if need.note.owner == reader][:_WITH_BUTTONS]
    lines = [_line(need) for need in open_ if need not in theirs]
    lines += ["*Decided since the last digest*"] if open_ and decided else []
    lines += [_line(need) for need in decided]
    blocks = [kit.section(text)]
    for need in theirs:
        blocks += [kit.section(_line(need)), buttons(need)]
    blocks += [kit.section("\n".join(lines[n : n + 6])) for n in range(0, len(lines), 6)]
    whole = kit.clip("\n".join([text, *map(_line, theirs), *lines]), 3900)
    return Message(whole, blocks if theirs else [*blocks, kit.context(HOW_TO)])


def shown(need: Need) -> Message:
    """`/need show 3`: the card and what was done so far."""
    text, blocks = card(need)
    steps = [f"{kit.moment(need.at)}: asked by {kit.person(need.by)}"]
    for step in need.steps[-HISTORY:]:
        said = f": {kit.escape(step.text, 200)}" if step.text else ""
        steps.append(f"{kit.moment(step.at)}: {step.what} by {kit.person(step.who)}{said}")
    return Message(text, [*blocks, kit.context("\n".join(steps))])


def added(need: Need, channel: str) -> Message:
    """A lead asked for something."""
    where = f"with the next digest in <#{channel}>"
    if not channel:
        where = "in the next digest, but no digest channel is set: `/exp setup` sets one"
    text = f"{headline(need)}. It is shown {where}."
    hint = f"`/need change {need.note.number}` · `/need withdraw {need.note.number}`"
    missing = [n for n, v in (("by=", need.note.by), ("owner=@name", need.note.owner),
                              ("otherwise=", need.note.otherwise)) if not v]  # fmt: skip
    blocks = [kit.section(text)]
    if more := details(need):
        blocks.append(kit.section(more))
    if missing:
        hint = f"A good ask also says {', '.join(f'`{m}`' for m in missing)} · {hint}"
    return Message(text, [*blocks, kit.context(hint)])


def changed(need: Need) -> Message:
    """A lead changed it."""
    text = f"Changed. {headline(need)}"
    more = details(need)
    return Message(text, [kit.section(text), *([kit.section(more)] if more else [])])


def closed(need: Need, *, new: bool) -> Message:
    """It was taken out, now or before."""
    text = headline(need) if new else f"It was closed before. {headline(need)}"
    return Message(text, [kit.section(text)])


def answered(need: Need) -> Message:
    """Who decided hears what is known now."""
    asker = kit.person(need.by)
    told = "" if need.by == need.note.decided_by else f" {asker} is told."
    text = f"{headline(need)}.{told} The next digest says it once."
    return Message(text, [kit.section(text)])


def asked_back(need: Need) -> Message:
    """Who wants to discuss it hears that it was passed on."""
    text = f"Passed on to {kit.person(need.by)}. Need {need.note.number} stays open."
    return Message(text, [kit.section(text)])


def hushed(need: Need) -> Message:
    """Somebody stopped its reminders."""
    text = (
        f"No more reminders of need {need.note.number}. `/need` still lists it while it is open."
    )
    return Message(text, [kit.section(text)])


def decided(need: Need) -> Message:
    """The asker hears what was decided."""
    text, why = headline(need), need.note.why
    return Message(text, [kit.section(text), *([kit.quote(why)] if why else [])])


def discussed(need: Need, who: str, said: str) -> Message:
    """Somebody wants to talk about it: for its thread and its asker."""
    text = f"Need {need.note.number}: {kit.person(who)} wants to discuss it"
    return Message(text, [kit.section(text), kit.quote(said)])


def reminder(need: Need, *, decides: bool, last: bool) -> Message:
    """To one person; they may decide, or they asked. last: no further one comes."""
    owner = kit.person(need.note.owner) if need.note.owner else "Nobody in particular"
    text = f"{headline(need)} is not decided."
    who = "You can decide it." if decides else f"{owner} can decide it."
    if need.owner_left:
        number = need.note.number
        who = f"Its owner has left; a lead can decide it, or `/need change {number} owner=@name`."
    more = "This was the last reminder." if last else "One more comes when it is overdue."
    stop = kit.button("Stop reminding me", "need_quiet", str(need.note.number))
    blocks = [
        kit.section(f"*{text}*"),
        kit.section("\n".join(filter(None, [details(need), who]))),
    ]
    if decides:
        blocks.append(buttons(need))
    return Message(text, [*blocks, *([] if last else [kit.actions(stop)]), kit.context(more)])


def still_open(needs: Sequence[Need]) -> Message:
    """What waits for a decision since an earlier digest, for the thread of the new one."""
    count = facts.count(len(needs), "need")
    text = f"Still waiting for a decision since an earlier digest: {count}"
    lines = [f"{_line(need)} · `/need show {need.note.number}`" for need in needs]
    return Message(text, [kit.section(kit.clip("\n".join([f"*{text}*", *lines]), 2900))])


def _line(need: Need) -> str:
    more = details(need).replace("\n", "; ")
    return headline(need) + (f" — {more}" if more else "")


def details(need: Need) -> str:
    """Owner, options, amount and what happens otherwise, a line each; "" without any."""
    note = need.note
    gone = " (has left the workspace)" if need.owner_left else ""
    owner = f"{kit.person(note.owner)}{gone}" if note.owner else ""
    options = " or ".join(f"“{kit.escape(c)}”" for c in note.choices) if note.choice else ""
    parts = [
        f"{label}: {said}"
        for label, said in (
            ("Owner", owner),
            ("Choice", options),
            ("Amount", note.amount and f"“{kit.escape(note.amount)}”"),
            ("Otherwise", note.otherwise and f"“{kit.escape(note.otherwise)}”"),
        )
        if said
    ]
    return "\n".join(parts)


def _due(need: Need) -> str:
    if need.note.by is None:
        return "no due day"
    late = f", {facts.count(need.overdue, 'day')} overdue" if need.overdue else ""
    return f"due {kit.day(need.note.by)}{late}"


def _decision(need: Need) -> str:
    decision = kit.escape(need.note.decision)
    return f"decided “{decision}”" if need.note.choice else decision


def _who_decides(need: Need) -> str:
    owner = kit.person(need.note.owner) if need.note.owner and not need.owner_left else ""
    who = f"{owner} or a lead decides" if owner else "A lead decides"
    return f"{who}; everybody may ask back. Asked by {kit.person(need.by)}."


def buttons(need: Need) -> kit.Block:
    """One button per option, and Discuss."""
    number, chosen = need.note.number, bool(need.note.choice)
    options = [
        kit.button(label, f"need_decide_{place}", f"{number}|{label}",
                   style="" if chosen else ["primary", ""][place])
        for place, label in enumerate(need.note.choices)
    ]  # fmt: skip
    return kit.actions(*options, kit.button("Discuss", "need_discuss", str(number)))
