"""/exp audit: who changed what, when, from what to what, and why."""

from core.workspace import audit as rules
from core.workspace.audit import AuditQuery
from handlers.ask import Ask, Reply, Routes, Verb
from services.ports import Lab
from services.workspace import audit
from views.kit import Message
from views.workspace import audit as view


def log(lab: Lab, ask: Ask) -> Reply:
    """`audit [EXP-042] [@name] [last 2w] [csv]`."""
    wish = rules.read(ask.text)
    if not wish.csv:
        return Reply.of(_page(lab, ask, wish, 0))
    once = ask.short_key
    return Reply.of(view.sent(audit.export(lab, ask.workspace, wish, once, by=ask.user)))


def turn(lab: Lab, ask: Ask) -> Reply:
    """Older entries; the button's value is `what was asked|first`."""
    typed, first = ask.page("Write `/exp audit`.")
    return Reply.of(_page(lab, ask, rules.read(typed), first), replace=True)


def _page(lab: Lab, ask: Ask, wish: AuditQuery, first: int) -> Message:
    found = audit.page(lab, ask.workspace, wish, by=ask.user, first=first)
    return view.page(found.lines, wish, first=first, more=found.more, full=found.full)


ROUTES = Routes(
    verbs=(
        Verb("/exp", "audit", "[EXP-042|@name|last 2w|csv]", "Who changed what, and why", log),
    ),
    actions={"audit_page": turn},
)
