"""What is said of tickets that experiments have in Jira, Linear or GitHub."""

from collections.abc import Sequence

from core.experiments.experiment import CLOSED
from core.quantity import experiment_id
from core.tracking.issue import Desk, Linked
from core.tracking.issue_import import Imported
from core.workspace.issue import USAGE
from views import kit
from views.kit import Message

_MORE = (
    "`/ticket link EXP-042 ML-17` links one, `/ticket unlink EXP-042` ends that, "
    "`/ticket disconnect 1` sends nothing there any more."
)
_GOES = (
    "Killed, promoted, iterating, reopened and taken back go to a linked ticket as a comment and "
    "a status. What people change there changes nothing here: `/ticket` shows it."
)


def greeting(desk: Desk) -> Message:
    """What who connected it hears when it answered."""
    text = kit.escape(f"{desk.called} is connected, and Assay's key sees it.")
    hint = "`/ticket link EXP-042 ML-17` gives an experiment its ticket."
    return Message(text, [kit.section(text), kit.context(hint)])


def trouble(desk: Desk) -> Message:
    """What who connected it hears when it cannot be used."""
    text = kit.escape(f"{desk.called} cannot be used: {desk.trouble}")
    return Message(text, [kit.section(text)])


def unsent(desk: Desk, key: str, number: int, link: int, why: str) -> Message:
    """What leads hear when a decision did not get to its ticket."""
    text = (
        f"{_page(desk, key)} was not told what {experiment_id(number)} came to: "
        f"{kit.escape(desk.called)}: {kit.escape(why, 400)} The decision itself stands."
    )
    button = kit.button("Try again", "ticket_again", str(link))
    plain = f"{desk.shown(key)} was not told what {experiment_id(number)} came to: {why}"
    return Message(kit.escape(plain), [kit.section(text, button)])


def _page(desk: Desk, key: str) -> str:
    return f"<{desk.page(key)}|{kit.escape(desk.shown(key))}>"


def listing(desks: Sequence[Desk], links: Sequence[Linked]) -> Message:
    """`/ticket`: what is connected, what is linked, and what differs."""
    if not desks:
        text = "No ticket tracker is connected: decisions stay in Slack."
        return Message(text, [kit.section(text), kit.context(f"An admin connects one. {USAGE}")])
    odd = sum(1 for one in links if one.differs)
    lost = sum(1 for one in links if one.dead)
    text = f"Tickets: {len(links)} linked"
    text += f", {odd} with another status there" if odd else ""
    text += f", {lost} that could not be told" if lost else ""
    blocks = [kit.section(f"*{text}*"), *(kit.section(_desk(one)) for one in desks)]
    for one in links:
        blocks += _linked(one)
    return Message(text, [*blocks, kit.context(_MORE)])


def _desk(desk: Desk) -> str:
    line = f"*{desk.number}* · {kit.escape(desk.called)} · {kit.escape(desk.url, 200)}"
    line += f" · board {desk.board}" if desk.board is not None else ""
    if desk.trouble and desk.trouble_at:
        since = kit.moment(desk.trouble_at)
        line += f"\n:warning: Since {since}: {kit.escape(desk.trouble, 500)}"
    return line


def _linked(one: Linked) -> list[kit.Block]:
    name = f"{experiment_id(one.number)} → {_page(one.desk, one.key)}"
    if one.dead:
        text = f":warning: {name} · not told: {kit.escape(one.why, 300)}"
        return [kit.section(text, kit.button("Try again", "ticket_again", str(one.link)))]
    if not one.differs:
        state = "on its way" if one.waiting else kit.escape(one.theirs) or "not read yet"
        return [kit.section(f"{name} · {state}")]
    ours = one.ours or one.desk.status(one.stage)
    text = f":left_right_arrow: {name} · there “{kit.escape(one.theirs)}”, here {one.stage}"
    text += f" (“{kit.escape(ours)}”)"
    send = kit.button("Send ours", "ticket_ours", str(one.link))
    return [kit.section(text), kit.actions(_theirs(one), send)]


def _theirs(one: Linked) -> kit.Block:
    """A decision is made here by its own form, with what was learned; another status is taken."""
    stage = one.desk.stage(one.theirs)
    if one.stage not in CLOSED and stage in CLOSED:
        form = "kill_open" if stage == "killed" else "promote_open"
        return kit.button("Take theirs…", form, str(one.number))
    return kit.button("Take theirs", "ticket_theirs", str(one.link))


def imported(made: Sequence[Imported]) -> Message:
    """What became of tickets from elsewhere."""
    count = sum(1 for one in made if one.id and not one.again)
    text = made[0].key if len(made) == 1 else f"{count} of {len(made)} tickets are here now"
    if len(made) == 1:
        text = became(made[0])
    lines = [kit.section(kit.escape(became(one), 1000)) for one in made[:40]]
    return Message(kit.escape(text), lines)


def became(one: Imported) -> str:
    """What became of one, as a sentence or two."""
    if not one.id:
        return f"{one.key} is not imported: {one.why}"
    if one.again:
        return f"{one.key} is {one.id} already."
    text = f"{one.key} is {one.id} now."
    text += f" {'; '.join(one.notes).capitalize()}." if one.notes else ""
    return text + (f" Not read: {', '.join(one.unread)}." if one.unread else "")


def not_fetched(desk: Desk, key: str, why: str) -> Message:
    """What who wanted a ticket here hears when it did not come."""
    return _said(f"{desk.shown(key)} is not imported: {why}")


def fetching(shown: str) -> Message:
    """It comes in a moment."""
    return _said(f"I fetch {shown} now; a direct message tells you what became of it.")


def _said(text: str, hint: str = "") -> Message:
    safe = kit.escape(text)
    return Message(safe, [kit.section(safe), *([kit.context(hint)] if hint else [])])


def connected(desk: Desk) -> Message:
    """It will be looked at in a moment."""
    return _said(f"I look at {desk.called} now; a direct message tells you how it went.", _GOES)


def disconnected(desk: Desk) -> Message:
    """Nothing goes there any more."""
    return _said(f"Nothing goes to {desk.called} any more. What stands there stays.")


def linked(one: Linked, *, new: bool) -> Message:
    """The experiment has a ticket."""
    id_ = experiment_id(one.number)
    if not new:
        return _said(f"{one.shown} is the ticket of {id_} already.")
    return _said(f"{one.shown} is the ticket of {id_} now; decisions on it go there.", _GOES)


def unlinked(links: Sequence[Linked]) -> Message:
    """It has it no more."""
    names = ", ".join(one.shown for one in links)
    return _said(f"{experiment_id(links[0].number)} and {names} are not linked any more.")


def sent(one: Linked) -> Message:
    """Our status goes there again."""
    if not one.differs:
        return _said(f"{one.shown} has our status already.")
    return _said(f"{one.shown} gets “{one.desk.status(one.stage)}” in a moment.")


def taken(one: Linked) -> Message:
    """Their status is right as it is."""
    return _said(f"{one.shown} stays at “{one.theirs}”; nothing differs any more.")


def again(one: Linked) -> Message:
    """What was given up is tried again."""
    if not one.dead:
        return _said(f"Nothing is left to tell {one.shown}.")
    return _said(f"{one.shown} is told again in a moment.")
