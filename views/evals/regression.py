"""What is live got worse in production: the message about it, and its row among decisions."""

from core.experiments.experiment import Experiment
from views import kit
from views.kit import Message

STAYS = "It stays live until its deployment says otherwise."


def regressed(ticket: Experiment, why: str, examples: int, *, leads: bool) -> Message:
    """Told once. leads: whoever reads it may send it back."""
    text = f"{ticket.id} is live and got worse in production: {kit.escape(why, 600)}"
    small = [f"{examples:,} examples"] if examples else []
    small += ["compared with the results it went live with, on the same eval set", STAYS]
    small += [] if leads else ["A lead can send it back to evaluation."]
    blocks = [
        kit.section(f"*{text}*\n{kit.escape(ticket.title, 150)}"),
        kit.context(" · ".join(small)),
    ]
    return Message(text, [*blocks, *([kit.actions(button(ticket))] if leads else [])])


def button(ticket: Experiment) -> kit.Block:
    """One press."""
    return kit.button("Back to evaluation", "bounce", str(ticket.number), style="primary")


def bounced(after: Experiment, by: str) -> Message:
    """What the team reads when a lead sent it back."""
    text = f"{after.id} is back in evaluation, sent by {kit.person(by)}: it got worse in "
    text += f"production. {STAYS}"
    return Message(text, [kit.section(text), kit.context(kit.escape(after.title, 150))])
