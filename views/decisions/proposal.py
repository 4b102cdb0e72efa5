"""Proposals: what the owner gets, the leads' daily thread, and the form to extend."""

from collections.abc import Mapping, Sequence

from core.decisions.policy import Verdict
from core.decisions.proposal import Pending
from core.experiments.experiment import Experiment
from core.quantity import experiment_id
from views import kit
from views.decisions.kill import SETS, rules, spoken_by
from views.experiments import experiment
from views.kit import Message

_NAMED = 5
_ASKS = {
    "kill": "kill it?",
    "promote": "promote it?",
    "decide": "a decision is due:",
    "update": "how is it going?",
    "warn": "nearly used up:",
}


def pending(shown: Pending) -> Message:
    """A proposal or a warning for one person, with what they can do about it."""
    text = _first_line(shown)
    if shown.settled or not shown.verdicts:
        return Message(text, [kit.section(text), _past(shown)])
    head = kit.section(f"{text}\n{experiment.line(shown.ticket, shown.today)}")
    spoke = spoken_by(shown.rule_set, shown.ticket.id)
    return Message(text, [head, *rules(shown.verdicts, shown.unjudged), spoke, *_footer(shown)])


def line(one: Pending) -> Message:
    """The same as one line of the leads' daily thread."""
    text = _first_line(one)
    if one.settled or not one.verdicts:
        return Message(text, [kit.section(text)])
    owner = "nobody (its owner has left)" if one.owner_left else kit.person(one.ticket.owner)
    others = [verdict.rule for verdict in one.verdicts[1:]]
    small = [kit.escape(one.ticket.title, 80), f"owner {owner}"]
    small += [f"also: {', '.join(others)}"] if others else []
    small += [SETS[one.rule_set].lower()]
    return Message(text, [kit.section(text), kit.context(" · ".join(small)), *_footer(one)])


def day(waiting: Sequence[int], settled: int, *, before: int = 0) -> Message:
    """The head of the leads' thread for one day: which wait, how many are settled since. before:
    how many of those that wait are told in no line of the thread.
    """
    count = len(waiting)
    what = f"experiment{'' if count == 1 else 's'} need{'s' if count == 1 else ''} a decision"
    text = _head(waiting, settled, what) if waiting else "No experiment needs a decision any more"
    text += f" · {settled} settled" if settled and not waiting else ""
    told = f"{before} of them told on other days: `/kill` lists all that wait."
    return Message(text, [kit.section(f"*{text}*"), *([kit.context(told)] if before > 0 else [])])


def earlier_day(waiting: Sequence[int], settled: int) -> Message:
    """The head of a thread of another day: what became of those told in it."""
    what = f"of these still need{'s' if len(waiting) == 1 else ''} a decision"
    text = _head(waiting, settled, what) if waiting else "None of these needs a decision any more"
    return Message(text, [kit.section(f"*{text}*")])


def _head(waiting: Sequence[int], settled: int, what: str) -> str:
    named = ", ".join(experiment_id(number) for number in waiting[:_NAMED])
    more = f" and {len(waiting) - _NAMED} more" if len(waiting) > _NAMED else ""
    done = f" · {settled} settled" if settled else ""
    return f"{len(waiting)} {what}: {named}{more}{done}"


def snoozed(shown: Pending) -> Message:
    """What the person hears who pressed Snooze."""
    if shown.settled:
        text = f"There is nothing to snooze: {shown.ticket.id} is settled, {shown.settled}."
    else:
        until = kit.moment(shown.snoozed_until or shown.at)
        text = f"Proposals about {shown.ticket.id} sleep until {until}, for everybody."
    return Message(text, [kit.section(text)])


def extend_form(ticket: Experiment, typed: Mapping[str, str], *, channel: str) -> kit.Block:
    """Asks for days and a reason."""
    days: kit.Block = {"type": "number_input", "is_decimal_allowed": False, "min_value": "1"}
    days |= {"max_value": "14", "initial_value": typed.get("days") or "3"}
    ends = f"Its box ends on {kit.day(ticket.box_ends)}." if ticket.box_ends else ""
    blocks = [
        kit.section(f"{experiment.named(ticket)}\n{ends or 'Its time box has not started.'}"),
        kit.field("days", "Days more (1 to 14)", days),
        kit.field("reason", "Why?", kit.text_input(typed.get("reason", ""), lines=True)),
    ]
    meta = {"number": ticket.number, "channel": channel}
    return kit.modal("proposal_extend", f"Extend {ticket.id}", blocks, submit="Extend", meta=meta)


def _first_line(shown: Pending) -> str:
    if shown.settled:
        return f"{shown.ticket.id} settled: {shown.settled}"
    if not shown.verdicts:
        return f"{shown.ticket.id}: nothing to decide any more"
    first = shown.strongest
    return f"{shown.ticket.id}: {_ASKS[first.action]} {kit.escape(_fact(first), 600)}"


def _fact(verdict: Verdict) -> str:
    return f"{verdict.rule} · {verdict.text}"


def _past(shown: Pending) -> kit.Block:
    facts = "; ".join(kit.escape(_fact(verdict), 300) for verdict in shown.verdicts)
    return kit.context(f"It had been proposed: {facts}" if facts else "It had been proposed.")


def _footer(shown: Pending) -> list[kit.Block]:
    blocks = []
    if shown.snoozed_until and shown.snoozed_by:
        until = kit.moment(shown.snoozed_until)
        blocks.append(kit.context(f"Snoozed until {until} by {kit.person(shown.snoozed_by)}"))
    number = str(shown.ticket.number)
    extend = kit.button("Extend…", "proposal_extend", number)
    snooze = kit.button("Snooze 2 days", "proposal_snooze", number)
    update = kit.button("Post an update", "update_open", number)
    if shown.strongest.action == "warn":
        return [*blocks, kit.actions(update, extend)]
    decide = experiment.deciding(shown.ticket, promote=shown.strongest.action == "promote")
    return [*blocks, kit.actions(*decide, extend, snooze, update)]
