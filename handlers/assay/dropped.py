"""A results file that comes without an id: asked about, kept, read once it is said whose it is."""

from dataclasses import asdict, replace

from core.assay import about
from core.assay.spelling import plain
from core.evals.upload import looks_like_results
from handlers.ask import Ask, Reply, Verb
from services import pending
from services.evals import upload
from services.evals.upload import Drop
from services.experiments import listing
from services.ports import Lab
from views.assay import offers as view

_OFFERED = 8  # experiments to choose from
_FEW = 8  # words beside a file in the DM: more than these answer the standup


def is_dropped(ask: Ask) -> bool:
    """True for a message that is there for its file: one in a channel, or with few words."""
    files = ask.event.get("files") or []
    return bool(looks_like_results(files)) and len(ask.text.split()) <= _FEW


def read(lab: Lab, ask: Ask, number: int = 0) -> Reply | None:
    """The files are taken, or asked about; None for what is no results file. number: of the
    experiment that was chosen.
    """
    named = f"{ask.text} {about.name(('EXP', number))}" if number else ask.text
    if heard(lab, replace(ask, text=named)):
        return Reply()
    if not is_dropped(ask):
        return None
    asks = ask.is_direct or upload.is_theirs(lab, ask.team_id, ask.channel)
    return _which(lab, ask) if asks else None


def heard(lab: Lab, ask: Ask) -> bool:
    """True when the files are taken for the experiment that the message or its thread names."""
    files = ask.event.get("files") or []
    drop = Drop(ask.user, ask.channel, ask.message_ts, ask.text, files, ask.thread_ts)
    return upload.hear(lab, ask.team_id, drop)


def verb(ask: Ask) -> Verb | None:
    """What reads the file of a message that went on with the experiment on a button."""
    if ask.kind != "command" or not ask.event.get("files"):
        return None
    return Verb(ask.name, "", "EXP-042", "", _chosen)


def _chosen(lab: Lab, ask: Ask) -> Reply:
    number = about.first(about.ids(plain(ask.text)))
    taken = read(lab, ask, number)
    return taken if taken and taken.text else Reply.of(view.reading(number))


def _which(lab: Lab, ask: Ask) -> Reply:
    open_ = listing.to_update(lab, ask.team_id, ask.user, most=_OFFERED)[:_OFFERED]
    bare = asdict(replace(ask, wish={}, others=()))
    kept = bare | {"now": ask.now.isoformat(), "event": {"files": ask.event["files"]}}
    number = pending.keep(lab, ask.workspace, ask.user, kept) if open_ else 0
    return Reply.of(view.which(number, [one.number for one in open_], "are these results of"))
