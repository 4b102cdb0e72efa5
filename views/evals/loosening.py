"""Loosening a safety requirement: the question to a second person, and what became of it."""

from collections.abc import Sequence

from core.decisions.approval import OPEN_FOR
from core.evals.judgement import limits_of
from core.evals.loosening import REMOVED, Loosening, LooseningAsked
from views import kit
from views.kit import Message

LINES = 12


def request(shown: LooseningAsked) -> Message:
    """The question with Confirm and Decline, or what became of it."""
    text = f"{kit.person(shown.asked_by)} asks to loosen safety: {_named(shown)}"
    if shown.state != "open":
        text += f". {_became(shown)}"
        return Message(text, [kit.section(text), kit.section(_lines(shown))])
    rule = f"It takes another lead or a workspace admin, within {OPEN_FOR} working days. Until "
    buttons = kit.actions(
        kit.button("Confirm", "loosening_yes", str(shown.id), style="danger"),
        kit.button("Decline", "loosening_no", str(shown.id)),
    )
    rule += "then what was required before holds."
    return Message(text, [
        kit.section(text), kit.section(_lines(shown)), kit.context(rule), buttons,
    ])  # fmt: skip


def waits(shown: LooseningAsked, saved: str = "") -> Message:
    """To who asked. saved: the sentence about what holds at once."""
    text = f"{saved} " if saved else ""
    text += f"Loosening safety takes a second lead, who is asked: {_named(shown)}. Until then "
    text += "what was required before holds."
    cancel = kit.button("Take it back", "loosening_no", str(shown.id))
    return Message(text, [kit.section(text), kit.actions(cancel)])


def confirmed(shown: LooseningAsked) -> Message:
    """What the team reads."""
    text = f"Definition of Done loosened on safety by {kit.person(shown.asked_by)} and "
    text += f"{kit.person(shown.decided_by)}: {_named(shown)}. Earlier verdicts no longer count "
    text += "for a promotion."
    return Message(text, [kit.section(text), kit.section(_lines(shown))])


def carried(changed: Sequence[str], *, by: str) -> Message:
    """What the team reads when another became part of it."""
    what = ", ".join(kit.escape(part, 80) for part in changed[:LINES]) or "now the team's own"
    text = f"Definition of Done after the merge by {kit.person(by)}: {what}. It is as strict on "
    text += "safety as both teams' were."
    return Message(text, [kit.section(text)])


def answer(shown: LooseningAsked) -> Message:
    """What the asker hears when it is decided, or when nobody did."""
    text = f"Loosening safety ({_named(shown)}): {_became(shown)}"
    return Message(text, [kit.section(text)])


def decided(shown: LooseningAsked) -> Message:
    """What the person hears who pressed a button, first or second."""
    return answer(shown)


def line(shown: LooseningAsked) -> kit.Block:
    """One line on the leads' Home tab."""
    asker = kit.person(shown.asked_by)
    return kit.section(f"{asker} asks to loosen safety: {_named(shown)}\n{_lines(shown, most=3)}")


def _became(shown: LooseningAsked) -> str:
    by = kit.person(shown.decided_by) if shown.decided_by else ""
    back = shown.decided_by == shown.asked_by
    return {
        "confirmed": f"Confirmed by {by}.",
        "declined": f"{'Taken back' if back else 'Declined'} by {by}; nothing was changed.",
        "expired": f"Nobody confirmed it within {OPEN_FOR} working days; nothing was changed.",
        "void": "Not possible any more: that requirement was changed or asked about anew since.",
    }[shown.state]


def _named(shown: LooseningAsked) -> str:
    names = [kit.escape(part.before.name, 60) for part in shown.parts]
    more = f" and {len(names) - LINES} more" if len(names) > LINES else ""
    return ", ".join(names[:LINES]) + more


def _lines(shown: LooseningAsked, *, most: int = LINES) -> str:
    return "\n".join(_line(part) for part in shown.parts[:most])


def _line(part: Loosening) -> str:
    name, was = kit.escape(part.before.name, 60), kit.escape(limits_of(part.before), 90)
    if part.after is None:
        return f"• *{name}* ({was}): {REMOVED}"
    now = kit.escape(limits_of(part.after), 90)
    return f"• *{name}*: {was} → {now} (looser: {', '.join(part.what)})"
