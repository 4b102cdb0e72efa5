"""/exp update: results, GPU-hours and notes."""

from core.errors import Refused
from core.experiments import checkpoint as rules
from core.experiments.checkpoint import CheckpointReport
from core.quantity import experiment_number
from core.tracking.beside import require_beside
from handlers.ask import Ask, Reply, Routes, Verb
from handlers.experiments.experiment import numbered
from services import form_draft
from services.experiments import checkpoint, experiment, listing
from services.experiments.experiment import TicketRequest
from services.ports import Lab
from views.experiments import checkpoint as view
from views.experiments.form import KEPT_UPDATE, SAFE

FORM = "update_experiment"
USAGE = '/exp update EXP-042 acc=0.83 gpu=6h "what happened"'
_MOST = 100  # tickets to choose from in the form


def update(lab: Lab, ask: Ask) -> Reply:
    """`update EXP-042 …`; without anything to record, or without an id, a form."""
    if not (ask.value or ask.text.strip()):
        return _form(lab, ask, 0)
    number, rest = numbered(ask, USAGE)
    if not rest:
        return _form(lab, ask, number)
    ticket = experiment.seen(lab, ask.team_id, number).ticket
    report = rules.read(rest, ticket)
    require_beside(ticket, report, rest)
    return record(lab, ask, number, report)


def beside(lab: Lab, ask: Ask) -> Reply:
    """The button: what was typed is recorded beside what a tracker tells."""
    named, _, rest = ask.value.partition(" ")
    number = experiment_number(named)
    ticket = experiment.seen(lab, ask.team_id, number).ticket
    return record(lab, ask, number, rules.read(rest, ticket))


def _form(lab: Lab, ask: Ask, number: int) -> Reply:
    if number:
        tickets = [checkpoint.to_report(lab, ask.team_id, number)]
    else:
        tickets = listing.to_update(lab, ask.team_id, ask.user, most=_MOST)
    if not tickets:
        raise Refused("There is no open experiment to update.", "Start one with `/exp new`.")
    kept = form_draft.offer(lab, ask.team_id, ask.user, _draft(number))
    note = KEPT_UPDATE if kept else SAFE
    meta = {"channel": ask.channel, "number": tickets[0].number if len(tickets) == 1 else 0}
    meta["draft"] = _draft(number)
    return Reply(modal=view.form(tickets[:_MOST], kept, meta=meta, note=note))


def _draft(number: int) -> str:
    return f"{FORM}:{number}" if number else FORM


def post(lab: Lab, ask: Ask) -> Reply:
    """The form for an update was sent."""
    number = ask.carried("number", 0) or ask.picked("experiment")
    ticket = experiment.seen(lab, ask.team_id, number).ticket
    reply = record(lab, ask, number, rules.from_form(ask.values, ticket))
    form_draft.forget(lab, ask.team_id, ask.user, ask.told("draft", FORM))
    return reply


def record(lab: Lab, ask: Ask, number: int, report: CheckpointReport) -> Reply:
    """Take over a report and answer the reporter."""
    channel = ask.channel or ask.told("channel")
    act = TicketRequest(ask.team_id, number, ask.user, "reported", channel=channel)
    made = checkpoint.record_result(lab, act, report)
    return Reply.of(
        view.recorded(made.before, made.after, report, today=made.today, change_id=made.change_id)
    )


def keep(lab: Lab, ask: Ask) -> Reply:
    """The form was closed: what was typed is kept."""
    words = ("result", "gpu", "note", "baseline")
    typed = {name: ask.values[name] for name in words if ask.values.get(name)}
    if typed:
        chosen = ask.values.get("experiment")
        typed |= {"experiment": chosen} if chosen else {}
        form = ask.told("draft", FORM)
        form_draft.keep(lab, ask.team_id, ask.user, form, typed)
    return Reply()


ROUTES = Routes(
    verbs=(Verb("/exp", "update", 'EXP-042 acc=0.83 gpu=6h "note"', "Report a result", update),),
    actions={"update_open": update, "update_beside": beside},
    forms={FORM: post},
    closed={FORM: keep},
)
