"""/data: the data readiness board and its cards."""

import re

from core.data.dataset import dataset_number, read_stage
from core.errors import Refused
from core.quantity import metric_value
from core.text import clean
from handlers.ask import Ask, Reply, Routes, Verb
from handlers.audited import Kind
from services import form_draft
from services.audited import ChangeRequest
from services.data import card, dataset
from services.data import move as dataset_move
from services.data.dataset import WrittenCard
from services.ports import Lab
from views.data import dataset as view
from views.data import form as dataset_form
from views.data import label_batch, version
from views.experiments.form import KEPT_EDIT, SAFE
from views.kit import Message

KIND = Kind(
    ("/data", "DATA-003"), ("data", "dataset"), dataset_number,
    "Which card?", "`/data` shows the board",
)  # fmt: skip


def board(lab: Lab, ask: Ask) -> Reply:
    """`/data` and `/data list [column]`."""
    return Reply.of(_page(lab, ask.team_id, ask.text, 0))


def turn(lab: Lab, ask: Ask) -> Reply:
    """Another page; the button's value is `wanted|first`."""
    return Reply.of(_page(lab, ask.team_id, *ask.page("`/data` begins anew.")), replace=True)


def _page(lab: Lab, team_id: int, wanted: str, first: int) -> Message:
    found = dataset.board(lab, team_id, wanted)
    return view.board(found.cards, found.rate.text, wanted=found.wanted, first=first)


def show(lab: Lab, ask: Ask) -> Reply:
    """`/data DATA-003`, and with `document` the source document's kappa of its labels."""
    number, rest = KIND.numbered(ask, "/data DATA-003")
    found = dataset.shown(lab, ask.team_id, number)
    if rest.casefold() == "document":
        return Reply.of(label_batch.document(list(found.batches), found.card.id))
    if rest:
        hint = f"Write `/data {found.card.id}` or `/data {found.card.id} document`."
        raise Refused(f"I don't know “{rest[:30]}” there.", hint)
    return Reply.of(view.card(found.outlook, found.batches, found.versions, found.trained))


def new(lab: Lab, ask: Ask) -> Reply:
    """`/data new [what]`: the form, with what was typed earlier when no title is given."""
    title = clean(ask.text, limit=150)
    kept = {} if title else form_draft.offer(lab, ask.team_id, ask.user, card.NEW)
    meta = {"channel": ask.channel}
    texts = {"title": title, **kept}
    return Reply(modal=dataset_form.new(texts, meta=meta, note=KEPT_EDIT if kept else SAFE))


def write(lab: Lab, ask: Ask) -> Reply:
    """The form of a new card was sent."""
    act = ChangeRequest(0, ask.user, channel=ask.told("channel"), typed=ask.values)
    return written(card.create(lab, ask.team_id, act))


def move(lab: Lab, ask: Ask) -> Reply:
    """`/data move DATA-003 [annotation]`: the form of that column, or of the next one."""
    number, rest = KIND.numbered(ask, "/data move DATA-003 annotation")
    to = read_stage(re.sub(r"^(?:to|→|->)\s+", "", rest, flags=re.IGNORECASE)) if rest else ""
    found = dataset_move.opening(lab, ask.team_id, number, to, by=ask.user)
    texts = {**({"agreement": found.agreement} if found.agreement else {}), **found.draft}
    meta = {"channel": ask.channel, "number": number, "to": found.to, "seen": found.seen}
    form = dataset_form.move(found.card, found.to, texts, meta=meta, lacks=found.lacks)
    return Reply(modal=form)


def send_move(lab: Lab, ask: Ask) -> Reply:
    """The form of a move was sent."""
    act = ChangeRequest(
        number=ask.carried("number"),
        by=ask.user,
        why=ask.written("why"),
        channel=ask.told("channel"),
        accept=ask.written("accept"),
        seen=ask.carried("seen") if "seen" in ask.meta else None,
        typed=ask.values,
    )
    return written(dataset_move.move(lab, ask.team_id, ask.told("to"), act))


def pii(lab: Lab, ask: Ask) -> Reply:
    """`/data pii DATA-003 clean` or `found what`."""
    usage = "/data pii DATA-003 clean"
    number, rest = KIND.numbered(ask, usage)
    state, _, why = rest.partition(" ")
    if state.casefold() not in {"clean", "found"}:
        raise Refused("Is it clean, or was PII found?", f"Write `{usage}` or `… found what`.")
    act = ChangeRequest(number, ask.user, why=why, channel=ask.channel)
    return written(card.mark_pii(lab, ask.team_id, state.casefold(), act))


def check(lab: Lab, ask: Ask) -> Reply:
    """`/data check DATA-003 pilot|first100 ok|bad [what]`."""
    number, rest = KIND.numbered(ask, "/data check DATA-003 pilot ok")
    words = re.sub(r"first[\s-]+100", "first100", rest, flags=re.IGNORECASE).split()
    name, state = (word.casefold() for word in [*words, "", ""][:2])
    if name not in {"pilot", "first100"} or state not in {"ok", "bad"}:
        hint = "Write `/data check DATA-003 pilot ok` or `… first100 bad 12 of 100`."
        raise Refused("What was checked, and how did it go?", hint)
    why = " ".join(words[2:])
    act = ChangeRequest(number, ask.user, why=why, channel=ask.channel)
    return written(card.check(lab, ask.team_id, (name, state), act))


def gate(lab: Lab, ask: Ask) -> Reply:
    """`/data gate DATA-003 0.85 [why]`."""
    usage = "/data gate DATA-003 0.85"
    number, rest = KIND.numbered(ask, usage)
    figure, _, why = rest.partition(" ")
    if not figure:
        raise Refused("How much agreement must its labels show?", f"Write `{usage}`.")
    act = ChangeRequest(number, ask.user, why=why, channel=ask.channel)
    return written(card.gate(lab, ask.team_id, figure, act))


def versions(lab: Lab, ask: Ask) -> Reply:
    """`/data versions DATA-003`."""
    number, _ = KIND.numbered(ask, "/data versions DATA-003")
    found = dataset.shown(lab, ask.team_id, number)
    return Reply.of(version.versions(found.card, found.versions))


def gpus(lab: Lab, ask: Ask) -> Reply:
    """`/data gpus 4`: how many GPUs train side by side."""
    amount = metric_value(ask.text)
    card.use_gpus(lab, ask.team_id, amount, by=ask.user)
    return Reply(text=f"Training time is now worked out for {amount:g} GPUs side by side.")


def keep(lab: Lab, ask: Ask) -> Reply:
    """One of the forms was closed: what was typed is offered next time."""
    form = card.NEW
    if ask.name == dataset_form.MOVE:
        form = dataset_move.form_name(ask.carried("number"), ask.told("to"))
    form_draft.keep(lab, ask.team_id, ask.user, form, ask.values)
    return Reply()


def written(done: WrittenCard) -> Reply:
    """A card after a change."""
    found = done.shown
    shown = view.card(found.outlook, found.batches, found.versions, found.trained, note=done.said)
    return Reply.of(shown)


link = KIND.linking("link", card.link, written)
unlink = KIND.linking("unlink", card.unlink, written)
history = KIND.history(dataset.history, view.history)

ROUTES = Routes(
    verbs=(
        Verb("/data", "", "", "The data readiness board", board),
        Verb("/data", "list", "[column]", "One column of it", board),
        Verb("/data", "new", "[what]", "Write a card: data that is needed", new),
        Verb("/data", "show", "DATA-003", "One card (also `/data DATA-003 document`)", show),
        Verb("/data", "move", "DATA-003 annotation", "To its next column, or edit it", move),
        Verb("/data", "pii", "DATA-003 clean|found what", "The PII check, before annotation", pii),
        Verb("/data", "check", "DATA-003 pilot|first100 ok|bad", "Check labels early", check),
        Verb("/data", "gate", "DATA-003 0.85 [why]", "The agreement its labels must show", gate),
        Verb("/data", "link", "DATA-003 EXP-042", "It blocks that experiment", link),
        Verb("/data", "unlink", "DATA-003 EXP-042", "It does not", unlink),
        Verb("/data", "versions", "DATA-003", "Its versions", versions),
        Verb("/data", "history", "DATA-003", "Who changed what", history),
        Verb("/data", "gpus", "4", "GPUs that train side by side", gpus, leads=True),
    ),
    actions={
        "data_new": new,
        "data_page": turn,
        "data_earlier": turn,
        "data_move": move,
        "data_versions": versions,
        "data_history": history,
    },
    forms={dataset_form.NEW: write, dataset_form.MOVE: send_move},
    closed={dataset_form.NEW: keep, dataset_form.MOVE: keep},
)
