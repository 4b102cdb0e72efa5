"""/standup report: who answered, what was learned; shared, or as a file."""

from dataclasses import replace

from core.errors import too_old
from handlers.ask import Ask, Reply, Routes, Verb
from services import share as sharing
from services.ports import Lab
from services.standups import report
from views.standups import report as view


def show(lab: Lab, ask: Ask) -> Reply:
    """`/standup report [days] [@name] [EXP-042] [csv]`."""
    wish = report.read(lab, ask.workspace, ask.text)
    found = report.look(lab, ask.workspace, wish, by=ask.user, channel=ask.channel)
    once = ask.short_key
    if wish.csv:
        name = report.export(lab, ask.workspace, found, once, by=ask.user)
        return Reply.of(view.sent(name))
    return Reply.of(view.report(found, once=once if found.entries else ""))


def share(lab: Lab, ask: Ask) -> Reply:
    """The Share button; its value names the report and says what it was about."""
    once, _, typed = ask.value.partition("|")
    if not typed:
        raise too_old("Write `/standup report`.")
    wish = replace(report.read(lab, ask.workspace, typed), csv=False)
    found = report.look(lab, ask.workspace, wish, by=ask.user, channel=ask.channel)
    message = view.report(found, shared_by=ask.user)
    place, new = sharing.post(lab, ask.workspace, f"report:{once}", message, channel=ask.channel)
    return Reply.of(view.shared(place, new=new), replace=True)


ROUTES = Routes(
    verbs=(
        Verb(
            "/standup", "report", "today|yesterday|last 2w|@name|EXP-042 [csv]",
            "Who answered, what was learned", show,
        ),
    ),
    actions={"standup_report_share": share},
)  # fmt: skip
