"""What leads see of webhooks."""

from collections.abc import Sequence

from core.workspace.webhook import Added, Known
from views import kit
from views.kit import Message

_HOW = (
    "`/exp webhook add https://… on=decided,stale` adds one, `/exp webhook test 2` sends a test, "
    "`/exp webhook remove 2` ends one. Signed as Standard Webhooks."
)


def added(made: Added) -> Message:
    """The new webhook, its secret shown this once."""
    text = f"Webhook {made.number} to {made.host} is added. Only you see its secret, and only now."
    head = f"*Webhook {made.number}* to {kit.escape(made.host)} · {', '.join(made.events)}"
    use = f"It signs with this; `/exp webhook test {made.number}` sends a test event."
    return Message(
        kit.escape(text),
        [kit.section(head), kit.section(f"```{made.secret}```"), kit.context(use)],
    )


def listed(known: Sequence[Known]) -> Message:
    """The team's webhooks."""
    if not known:
        text = "No webhooks yet: nothing is sent to other programs."
        return Message(text, [kit.section(text), kit.context(_HOW)])
    text = f"Webhooks: {len(known)}, {sum(1 for one in known if one.off_since)} switched off"
    lines = "\n".join(_line(one) for one in known)
    return Message(text, [kit.section(f"*{text}*"), kit.section(lines), kit.context(_HOW)])


def _line(one: Known) -> str:
    head = f"*{one.number}* · {kit.escape(one.host)} · {', '.join(one.events)}"
    head += f" · by {kit.person(one.by)}"
    if one.off_since:
        return f"{head} · off since {kit.moment(one.off_since)}: {kit.escape(one.why)}"
    return f"{head} · the last {one.failures} failed" if one.failures else head


def removed(one: Known) -> Message:
    """It is gone."""
    text = f"Webhook {one.number} to {one.host} is removed. It sends nothing more."
    return Message(kit.escape(text), [kit.section(kit.escape(text))])


def switched_on(one: Known) -> Message:
    """It sends again."""
    text = f"Webhook {one.number} to {one.host} sends, first what was on its way."
    return Message(kit.escape(text), [kit.section(kit.escape(text))])


def tried(one: Known) -> Message:
    """A test is on its way."""
    text = f"A test event is on its way to {one.host}. `/exp webhook` says if it fails."
    return Message(kit.escape(text), [kit.section(kit.escape(text))])


def switched_off(one: Known) -> Message:
    """What the leads hear when one was switched off."""
    why = f"{one.why} ({one.failures} times)" if one.failures > 1 else one.why
    text = f"Webhook {one.number} to {one.host} is switched off: {why}."
    button = kit.button("Switch it on again", "webhook_on", str(one.number))
    return Message(kit.escape(text), [kit.section(kit.escape(text)), kit.actions(button)])
