"""/canvas: the one-page project canvas: read, edit, history, share."""

from handlers.ask import Ask, Reply, Routes, Verb
from services import share as sharing
from services.ports import Lab
from services.project import canvas
from services.project.canvas import Page, Sent
from views.project import canvas as view
from views.project import canvas_form as forms
from views.sprints import sprint as shares


def look(lab: Lab, ask: Ask) -> Reply:
    """`/canvas` and `/canvas`."""
    shown = canvas.look(lab, ask.workspace, ask.user)
    if shown.version is None:
        return Reply.of(view.empty(leads=shown.leads))
    risks = view.risk_rows(
        shown.version.canvas.risks, shown.notes, canvas.key_of, leads=shown.leads
    )
    return Reply.of(
        view.page(
            shown.version,
            footer=view.footer(ask.short_key, leads=shown.leads),
            risks=risks,
            checks=_checks(shown),
        )
    )


def edit(lab: Lab, ask: Ask) -> Reply:
    """`/canvas edit`, and the button."""
    found = canvas.offer(lab, ask.workspace, by=ask.user)
    modal = forms.form(found.texts, number=found.number, kept=found.kept, channel=ask.channel)
    return Reply(modal=modal)


def saved(lab: Lab, ask: Ask) -> Reply:
    """The form was sent."""
    based = ask.carried("number", 0)
    sent = Sent(ask.values, based)
    return Reply.of(view.saved(canvas.save(lab, ask.workspace, sent, by=ask.user, key=ask.key)))


def closed(lab: Lab, ask: Ask) -> Reply:
    """The form was closed: what was typed is offered next time."""
    based = ask.carried("number", 0)
    canvas.keep(lab, ask.workspace, ask.values, based=based, by=ask.user)
    return Reply()


def history(lab: Lab, ask: Ask) -> Reply:
    """`/canvas history`, and the button."""
    return Reply.of(view.history(canvas.history(lab, ask.workspace)))


def share(lab: Lab, ask: Ask) -> Reply:
    """`/canvas share`, and the button: the page for everybody, as it is now."""
    shown = canvas.look(lab, ask.workspace, ask.user)
    if shown.version is None:
        return Reply.of(view.empty(leads=shown.leads))
    message = view.page(shown.version, by=ask.user, checks=_checks(shown))
    place, new = sharing.post(
        lab,
        ask.workspace,
        f"canvas-share:{ask.value or ask.short_key}",
        message,
        channel=ask.channel,
    )
    return Reply.of(shares.shared(place, new=new), replace=ask.kind == "action")


def risk(lab: Lab, ask: Ask) -> Reply:
    """The button Put in the digest."""
    kept = canvas.into_digest(lab, ask.workspace, ask.value, by=ask.user)
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
        "canvas_history": history,
        "canvas_share": share,
        "canvas_risk": risk,
    },
    forms={forms.FORM: saved},
    closed={forms.FORM: closed},
)
