"""/drift: have the inputs changed?"""

from core.errors import Refused
from handlers.ask import Ask, Reply, Routes, Verb, number_in
from handlers.digest import picture
from services.drift import drift
from services.ports import Lab
from views.drift import table as view


def look(lab: Lab, ask: Ask) -> Reply:
    """`/drift`, `/drift SOURCE`, `/drift SOURCE document`, `/drift [SOURCE] chart`."""
    source, *more = ask.text.split() or [""]  # still Slack-escaped, so safe to say back
    if "chart" in [word.lower() for word in (source, *more)][:2]:
        named = [word for word in (source, *more[:1]) if word.lower() != "chart"]
        return picture.drift(lab, ask, named[0] if named else "")
    if not source:
        return Reply.of(view.sources(drift.all_seen(lab, ask.team_id), ask.now))
    if [word.lower() for word in more] not in ([], ["document"]):
        raise Refused(
            f"I don't know “{' '.join(more)[:40]}” after the name of a source.",
            "`/drift SOURCE` shows its columns, `/drift SOURCE document` the document's PSI, "
            "`/drift SOURCE chart` its weeks.",
        )
    return _page(lab, ask, source, 0, by_document=bool(more))


def turn(lab: Lab, ask: Ask) -> Reply:
    """The button for the next or the previous rows. value: `ours|10|customers`."""
    rule, offset, source = (*ask.value.split("|", 2), "", "")[:3]
    first = number_in(offset, "`/drift` lists the sources.")
    return _page(lab, ask, source, first, by_document=rule == "document")


def _page(lab: Lab, ask: Ask, source: str, offset: int, *, by_document: bool) -> Reply:
    seen = drift.seen(lab, ask.team_id, source)
    return Reply.of(
        view.page(seen, ask.now, offset, by_document=by_document), replace=ask.kind == "action"
    )


ROUTES = Routes(
    verbs=(Verb("/drift", "", "[SOURCE] [document|chart]", "Have the inputs changed?", look),),
    actions={"drift_rows": turn, "drift_rows_back": turn},
)
