"""Kills: the public line, the evidence under it, the form, and lists to choose from."""

from collections.abc import Sequence

from core import figures
from core.decisions.kill import (
    CALLS,
    Evidence,
    Killed,
    Undone,
    released,
)
from core.decisions.kill_criteria import Unjudged
from core.decisions.policy import RULES_VERSION, Verdict
from core.decisions.proposal import Waiting
from core.experiments.experiment import Experiment, meets_target
from views import kit
from views.decisions import waiting
from views.experiments import experiment
from views.kit import Message

SETS = {"honest": "The honest rules", "document": "The source document's rules"}


def killed(done: Killed) -> Message:
    """The public line, with Undo."""
    text = _headline(done) + (f" · {done.runs}" if done.runs else "")
    spare = released(done.ticket)
    small = [kit.escape(done.ticket.title, 150)]
    is_said = " saved" in done.runs
    small += [f"{figures.number(spare, 1)} GPU-h released"] if spare and not is_said else []
    small += [CALLS[done.call]] if done.call in CALLS else []
    undo = kit.button("Undo", "kill_undo", str(done.change_id))
    return Message(text, [kit.section(text), kit.context(" · ".join(small)), kit.actions(undo)])


def evidence(done: Killed) -> Message:
    """What spoke for the kill and what was learned, for the thread."""
    text = f"Why {done.ticket.id} was killed, and what was learned"
    blocks = facts(done.evidence)
    owner = f"Owner {kit.person(done.ticket.owner)} · killed in {done.evidence.ticket.stage}"
    blocks += [kit.context("*What we learned*"), kit.quote(done.ticket.learnings)]
    return Message(text, [*blocks, kit.context(owner)])


def late_learning(ticket: Experiment, by: str, learnings: str) -> Message:
    """What somebody learned who wanted to kill it too, a moment later."""
    text = f"{kit.person(by)} learned from {ticket.id} as well"
    return Message(text, [kit.section(f"{text}:"), kit.quote(learnings)])


def undone(done: Undone) -> Message:
    """Takes the place of the public line."""
    text = f"{done.ticket.id} is back in {done.ticket.stage}: kill undone by {kit.person(done.by)}"
    return Message(text, [kit.section(text), kit.context(kit.escape(done.ticket.title, 150))])


def told(done: Killed) -> Message:
    """What the person hears who killed it, or who came second."""
    if done.already:
        return already(done.ticket)
    spare = released(done.ticket)
    told = (
        "the team is told"
        if done.in_channel
        else "no team channel is set; a lead sets it: `/exp setup`"
    )
    text = f"{done.ticket.id} is killed; {told}."
    text += f" {figures.number(spare, 1)} GPU-h released." if spare else ""
    undo = kit.button("Undo", "kill_undo", str(done.change_id))
    return Message(text, [kit.section(text), kit.actions(undo)])


def already(ticket: Experiment) -> Message:
    """Who killed it and when."""
    when = kit.moment(ticket.decided_at or ticket.stage_since)
    who = f" by {kit.person(ticket.decided_by)}" if ticket.decided_by else ""
    text = f"{ticket.id} was already killed{who} on {when}."
    history = kit.button("History", "history", str(ticket.number))
    return Message(text, [kit.section(text), kit.actions(history)])


def told_undone(done: Undone) -> Message:
    """What the person hears who took it back, or who came second."""
    who = f" by {kit.person(done.by)}" if done.already and done.by else ""
    how = f"was already undone{who}" if done.already else "is undone"
    text = f"The kill of {done.ticket.id} {how}; it is in {done.ticket.stage}."
    return Message(text, [kit.section(text)])


def facts(shown: Evidence) -> list[kit.Block]:
    """Box, GPU, best against target, and every rule that fires with its arithmetic."""
    ticket = shown.ticket
    blocks = [
        kit.fields(
            [
                ("Best and target", f"{kit.escape(ticket.metric, 60)}: {_result(ticket)}"),
                ("Time box", experiment.box(ticket, shown.today)),
                ("GPU-hours", experiment.gpu(ticket).removeprefix("GPU ")),
                ("Results", str(len(ticket.values))),
            ]
        )
    ]
    spoke = [spoken_by(shown.rule_set, ticket.id)] if shown.verdicts else []
    return [*blocks, *rules(shown.verdicts, shown.unjudged), *spoke]


def rules(verdicts: Sequence[Verdict], unjudged: Sequence[Unjudged]) -> list[kit.Block]:
    """The rules that fire, and the kill lines that only a person can judge."""
    lines = [f"• *{verdict.rule}*: {kit.escape(verdict.text, 600)}" for verdict in verdicts]
    blocks = [kit.section("\n".join(lines))] if lines else []
    if not lines:
        blocks = [kit.context("No rule proposes this; that is fine, the decision is yours.")]
    left = [f"“{kit.escape(x.text, 300)}” ({kit.escape(x.why, 200)})" for x in unjudged]
    if left:
        blocks.append(kit.context("*For a person to judge:* " + " · ".join(left)))
    return blocks


def spoken_by(rule_set: str, ticket_id: str) -> kit.Block:
    """Which rules spoke, and where they explain themselves."""
    return kit.context(f"{SETS[rule_set]}, version {RULES_VERSION} · `/exp rules {ticket_id}`")


def form(
    shown: Evidence, typed: str = "", *, call: str = "", channel: str = "", note: str = ""
) -> kit.Block:
    """Asks what was learned. typed, call: what is filled in; note: a sentence put first."""
    ticket = shown.ticket
    blocks = [kit.section(kit.escape(note, 500))] if note else []
    blocks += [kit.section(f"{experiment.named(ticket)} · {ticket.stage}"), *facts(shown)]
    learned = kit.text_input(
        typed, lines=True, placeholder="What does this tell us about the next experiment?"
    )
    options = [kit.option(label.capitalize(), value) for value, label in CALLS.items()]
    blocks += [
        kit.field("learnings", "What did we learn?", learned, hint="One sentence or more."),
        kit.field(
            "call", "Was it a good moment?", kit.choice(options, call, radio=True), optional=True
        ),
    ]
    meta = {"number": ticket.number, "channel": channel}
    submit = f"Kill {ticket.id}"
    return kit.modal("kill", submit, blocks, submit=submit, meta=meta)


def candidates(found: Waiting) -> Message:
    """What waits for a decision, each with its buttons."""
    if not found.rows:
        text = "Nothing waits for a decision. `/kill EXP-042 why` works at any time."
        if found.others:
            others = f"{found.others} {'waits' if found.others == 1 else 'wait'}"
            text = f"No experiment waits for your decision; {others} for one of the leads."
        worse = waiting.regressed(found)
        return Message(text, [kit.section(text), *worse, *waiting.asleep(found)])
    text = f"{len(found.rows)} to decide on{waiting.age(found)}: {waiting.ids(found.rows)}"
    return Message(text, [kit.section(f"*{text}*"), *waiting.rows(found)])


def several(shown: Sequence[Evidence | str]) -> Message:
    """The named experiments one by one, each with its button, or why it has none."""
    text = "Nothing is killed yet: with several ids each is asked for on its own."
    return Message(text, [kit.section(text), *(_asked(one) for one in shown)])


def _asked(one: Evidence | str) -> kit.Block:
    if isinstance(one, str):
        return kit.section(kit.escape(one))
    if not one.ticket.is_open:
        return kit.section(f"{experiment.named(one.ticket)} · already {one.ticket.stage}")
    return _choice(one.ticket, one.verdicts[0].text if one.verdicts else one.ticket.stage)


def _choice(ticket: Experiment, reason: str) -> kit.Block:
    number, best = str(ticket.number), meets_target(ticket, ticket.best)
    decide = (
        kit.button(f"Promote {ticket.id}…", "promote_open", number, style="primary")
        if best
        else kit.button(f"Kill {ticket.id}…", "kill_open", number, style="danger")
    )
    met = "target met: promote it, or `/kill` it with what was learned" if best else reason
    return kit.section(f"{experiment.named(ticket)}\n{kit.escape(met, 500)}", decide)


def _headline(done: Killed) -> str:
    ticket = done.ticket
    used, budget = figures.number(ticket.gpu_used, 1), figures.number(ticket.gpu_budget, 1)
    result = f"{kit.escape(ticket.metric, 60)} {_result(ticket)}"
    return f"{ticket.id} killed by {kit.person(done.by)} · {result} · {used}/{budget} GPU-h"


def _result(ticket: Experiment) -> str:
    best = "no result" if ticket.best is None else figures.number(ticket.best)
    return f"{best}, target {figures.number(ticket.target)}"
