"""/board funnel and /board metrics."""

import re

from core.board import funnel as funnels
from core.errors import Refused, too_old
from handlers.ask import Ask, Reply, Routes, Verb, number_in
from services.board import metrics as board_metrics
from services.digest import picture
from services.ports import Lab
from views import kit
from views.board import metrics as view
from views.digest import picture as pictures

MOST = 12
_AGAIN = "Type `/board metrics` again."


def funnel(lab: Lab, ask: Ask) -> Reply:
    """`/board funnel`, with its picture by direct message."""
    found = board_metrics.funnel(lab, ask.workspace)
    spec = funnels.chart(found)
    if spec:
        picture.send(lab, ask.workspace, spec, to=ask.user, key=ask.key)
    text, blocks = view.funnel(found, pictured=bool(spec))
    return Reply(text=text, blocks=[*blocks, _share("funnel")])


def metrics(lab: Lab, ask: Ask) -> Reply:
    """`/board metrics`, `/board metrics last 6 sprints`."""
    count = _count(ask.text)
    text, blocks = view.metrics(board_metrics.look(lab, ask.workspace, count))
    return Reply(text=text, blocks=[*blocks, _share(f"metrics {count}")])


def share(lab: Lab, ask: Ask) -> Reply:
    """The button: what it names, as it stands now, goes into the channel."""
    what, _, count = ask.value.partition(" ")
    if what == "funnel":
        found = board_metrics.funnel(lab, ask.workspace)
        message, spec = view.funnel(found), funnels.chart(found)
    elif what == "metrics":
        many = number_in(count, _AGAIN)
        message, spec = view.metrics(board_metrics.look(lab, ask.workspace, many)), None
    else:
        raise too_old(_AGAIN)
    picture.share(lab, ask.workspace, ask.channel, message, spec)
    return Reply.of(pictures.done(), replace=True)


def _count(text: str) -> int:
    if not text.strip():
        return board_metrics.SPRINTS
    typed = re.fullmatch(r"(?:last\s+)?(\d{1,4})(?:\s+sprints?)?", text.strip(), re.IGNORECASE)
    if not typed or not 1 <= int(typed.group(1)) <= MOST:
        raise Refused(
            f"“{text.strip()[:30]}” is no number of sprints from 1 to {MOST}.",
            "Write `/board metrics last 6 sprints`.",
        )
    return int(typed.group(1))


def _share(what: str) -> kit.Block:
    return kit.actions(kit.button("Share here", "board_metrics_share", what))


ROUTES = Routes(
    verbs=(
        Verb(
            "/board", "funnel", "", "How far experiments come, and where they are killed", funnel
        ),
        Verb("/board", "metrics", "[last 4 sprints]", "Throughput, cycle time, rates", metrics),
    ),
    actions={"board_metrics_share": share},
)
