"""The message shortcuts Report as result and Report as blocker."""

from core.errors import Refused
from core.experiments import checkpoint as rules
from handlers.ask import Ask, Reply, Routes
from services import form_draft
from services.assay import quoted
from services.assay.quoted import Already, Filled, Quote
from services.blockers.report import BlockerReport
from services.experiments import experiment
from services.experiments.experiment import TicketRequest
from services.ports import Lab
from services.standups import note
from views.assay import quoted as view
from views.blockers import blocker as blockers
from views.experiments import checkpoint as results

_AS_TYPED = ("experiment", "result", "gpu", "note", "baseline", "kind", "text", "helper")


def open_result(lab: Lab, ask: Ask) -> Reply:
    """Report as result: the update form with the message in it."""
    quote = _of_message(lab, ask)
    found = quoted.result(lab, ask.team_id, quote)
    if isinstance(found, Already):
        return _already(found)
    only = found.tickets[0].number if len(found.tickets) == 1 else 0
    meta = _meta(ask, quote, found) | {"number": only}
    return Reply(modal=view.result_form(found.tickets, found.texts, meta))


def open_blocker(lab: Lab, ask: Ask) -> Reply:
    """Report as blocker: the blocker form with the message in it."""
    quote = _of_message(lab, ask)
    found = quoted.stuck(lab, ask.team_id, quote)
    if isinstance(found, Already):
        return _already(found)
    meta = _meta(ask, quote, found)
    return Reply(modal=view.blocker_form(found.tickets, found.texts, meta, found.channel))


def send_result(lab: Lab, ask: Ask) -> Reply:
    """The update form was sent."""
    number = ask.carried("number", 0) or ask.picked("experiment")
    if not number:
        raise Refused("Which experiment is it about?", "Choose one.", field="experiment")
    ticket = experiment.seen(lab, ask.team_id, number).ticket
    act = TicketRequest(ask.team_id, number, ask.user, "reported", channel=ask.told("channel"))
    made = quoted.record(lab, act, rules.from_form(ask.values, ticket), _of_form(ask))
    if isinstance(made, Already):
        return _already(made)
    before, after, day = made.before, made.after, made.today
    told = results.recorded(before, after, made.report, today=day, change_id=made.change_id)
    return Reply.of(told)


def send_blocker(lab: Lab, ask: Ask) -> Reply:
    """The blocker form was sent."""
    given = {name: ask.written(name) for name in ("kind", "text", "helper")}
    number = ask.picked("experiment")
    said = BlockerReport(ask.user, **given, experiments=[number] if number else [])
    made = quoted.report_stuck(lab, ask.team_id, said, _of_form(ask))
    return _already(made) if isinstance(made, Already) else Reply.of(blockers.reported(*made))


def close(lab: Lab, ask: Ask) -> Reply:
    """A form was closed: what was typed is offered next time."""
    what = "result" if ask.name == view.RESULT else "blocker"
    typed = {name: ask.values[name] for name in _AS_TYPED if ask.values.get(name)}
    form_draft.keep(lab, ask.team_id, ask.user, quoted.draft(what, ask.told("origin")), typed)
    return Reply()


def _of_message(lab: Lab, ask: Ask) -> Quote:
    author, program = str(ask.event.get("user") or ""), bool(ask.event.get("bot_id"))
    profile = ask.event.get("bot_profile") or {}
    called = str(ask.event.get("username") or profile.get("name") or "a program")
    posted = note.above(lab, ask.channel, ask.message_ts)[0]
    return Quote(
        by=ask.user,
        origin=f"{ask.channel}|{ask.message_ts}",
        link=ask.link,
        text=ask.text,
        author="" if program else author,
        called=called,
        head=note.above(lab, ask.channel, ask.thread_ts)[1],
        ours=bool(posted or (ask.bot and author == ask.bot)),
    )


def _meta(ask: Ask, quote: Quote, found: Filled) -> dict[str, object]:
    kept: dict[str, object] = {"origin": quote.origin, "link": quote.link}
    return kept | {"author": quote.author, "name": found.name, "channel": ask.channel}


def _of_form(ask: Ask) -> Quote:
    """The same message, as its form carries it."""
    return Quote(
        by=ask.user,
        origin=ask.told("origin"),
        link=ask.told("link"),
        text="",
        author=ask.told("author"),
        called=ask.told("name"),
    )


def _already(found: Already) -> Reply:
    return Reply.of(view.already(found.what, found.number, found.name))


ROUTES = Routes(
    shortcuts={"result_from_message": open_result, "blocker_from_message": open_blocker},
    forms={view.RESULT: send_result, view.BLOCKER: send_blocker},
    closed={view.RESULT: close, view.BLOCKER: close},
)
