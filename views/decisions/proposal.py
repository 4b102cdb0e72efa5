"""Proposals: what the owner gets, and the form to extend."""

from collections.abc import Mapping

from core.decisions.policy import Verdict
from core.decisions.proposal import Pending
from core.experiments.experiment import Experiment
from views import kit
from views.decisions import waiting
from views.decisions.kill import rules, spoken_by
from views.experiments import experiment
from views.kit import Message

_ASKS = {
    "kill": "kill it?",
    "promote": "promote it?",
    "decide": "a decision is due:",
    "update": "how is it going?",
    "warn": "nearly used up:",
}
_PLAIN = frozenset({"update", "warn"})  # what is asked says which rule it is
_OWN_LINE = "own kill line"  # whose words say so


def pending(shown: Pending) -> Message:
    """A proposal or a warning for one person, with what they can do about it."""
    text = _first_line(shown)
    if shown.settled or not shown.verdicts:
        return Message(text, [kit.section(text), _past(shown)])
    mark = "stale" if any(one.rule == "stale" for one in shown.verdicts) else ""
    head = kit.section(f"{text}\n{experiment.line(shown.ticket, shown.today, mark=mark)}")
    spoke = spoken_by(shown.rule_set, shown.ticket.id)
    lacks = [kit.section(told)] if (told := waiting.missing(shown)) else []
    said = rules(shown.verdicts, shown.unjudged)
    return Message(text, [head, *lacks, *said, spoke, *_footer(shown)])


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
    ends = f"Its time box: until {kit.day(ticket.box_ends)}." if ticket.box_ends else ""
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
    asked = "target met, promote it?" if shown.is_good else _ASKS[first.action]
    plain = first.action in _PLAIN or first.rule == _OWN_LINE
    return f"{shown.ticket.id}: {asked} {kit.escape(first.text if plain else _fact(first), 600)}"


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
    update = kit.button("Post an update", "update_open", number)
    if shown.strongest.action == "warn":
        extend = kit.button("Extend…", "proposal_extend", number)
        return [*blocks, kit.actions(update, extend)]
    decide = waiting.buttons(shown)
    return [*blocks, kit.actions(*decide, *([] if update in decide else [update]))]
