"""/canvas: the one-page project canvas: read, edit, history, share."""

from handlers.ask import Ask, Reply, Routes, Verb
from services import share as sharing
from services.ports import Lab
from services.project import canvas, canvas_limits
from services.project.canvas import Page, Sent
from views.project import canvas as view
from views.project import canvas_form as forms
from views.project import canvas_limits as limits
from views.sprints import sprint as shares


def look(lab: Lab, ask: Ask) -> Reply:
    """`/canvas` and `/canvas`."""
    shown = canvas.look(lab, ask.team_id, ask.user)
    if shown.version is None:
        return Reply.of(view.empty(leads=shown.leads))
    math = canvas_limits.math(lab, ask.team_id)
    press = limits.press(math.gpus, leads=shown.leads)
    below = view.footer(ask.short_key, leads=shown.leads, more=press)
    below = [*limits.launch(math.launch), *below]
    known = shown.version.canvas.risks
    risks = view.risk_rows(known, shown.notes, canvas.key_of, leads=shown.leads)
    return Reply.of(view.page(shown.version, footer=below, risks=risks, checks=_checks(shown)))


def gpus(lab: Lab, ask: Ask) -> Reply:
    """The button Set 4 GPUs."""
    return Reply(text=canvas_limits.set_gpus(lab, ask.team_id, by=ask.user))


def edit(lab: Lab, ask: Ask) -> Reply:
    """`/canvas edit`, and the button."""
    found = canvas.offer(lab, ask.team_id, by=ask.user)
    modal = forms.form(found.texts, number=found.number, kept=found.kept, channel=ask.channel)
    return Reply(modal=modal)


def saved(lab: Lab, ask: Ask) -> Reply:
    """The form was sent."""
    based = ask.carried("number", 0)
    sent = Sent(ask.values, based)
    return Reply.of(view.saved(canvas.save(lab, ask.team_id, sent, by=ask.user, key=ask.key)))


def closed(lab: Lab, ask: Ask) -> Reply:
    """The form was closed: what was typed is offered next time."""
    based = ask.carried("number", 0)
    canvas.keep(lab, ask.team_id, ask.values, based=based, by=ask.user)
    return Reply()


def history(lab: Lab, ask: Ask) -> Reply:
    """`/canvas history`, and the button."""
    return Reply.of(view.history(canvas.history(lab, ask.team_id)))


def share(lab: Lab, ask: Ask) -> Reply:
    """`/canvas share`, and the button: the page for everybody, as it is now."""
    shown = canvas.look(lab, ask.team_id, ask.user)
    if shown.version is None:
        return Reply.of(view.empty(leads=shown.leads))
    launch = limits.launch(canvas_limits.math(lab, ask.team_id).launch)
    message = view.page(shown.version, by=ask.user, checks=_checks(shown), footer=launch)
    place, new = sharing.post(
        lab,
        ask.team_id,
        f"canvas-share:{ask.value or ask.short_key}",
        message,
        channel=ask.channel,
    )
    return Reply.of(shares.shared(place, new=new), replace=ask.kind == "action")


def risk(lab: Lab, ask: Ask) -> Reply:
    """The button Put in the digest."""
    kept = canvas.into_digest(lab, ask.team_id, ask.value, by=ask.user)
    return Reply.of(view.in_digest(kept.number, kept.text))


def _checks(shown: Page) -> str:
    has = shown.version is not None and shown.version.canvas.kill
    return view.when_checked(sprints=shown.sprints, now=shown.now) if has else ""


ROUTES = Routes(
    verbs=(
        Verb("/canvas", "", "", "The project on one page: goals, data, risks, time box", look),
        Verb("/canvas", "edit", "", "Write or change it (a form)", edit, leads=True),
        Verb("/canvas", "history", "", "Who changed what when", history),
        Verb("/canvas", "share", "", "Show it to everybody here", share),
    ),
    actions={
        "canvas_edit": edit,
        "canvas_gpus": gpus,
        "canvas_history": history,
        "canvas_share": share,
        "canvas_risk": risk,
    },
    forms={forms.FORM: saved},
    closed={forms.FORM: closed},
)
