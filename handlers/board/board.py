"""/board: the columns with their cards, limits, the funnel and the metrics."""

from core.board import chart
from core.errors import too_old
from handlers.ask import Ask, Reply, Routes, Verb
from services.board import board, teams
from services.board import limits as board_limit
from services.board.limits import Order
from services.digest import picture
from services.ports import Lab
from views.board import board as view
from views.board import teams as lines
from views.digest import picture as pictures


def look(lab: Lab, ask: Ask) -> Reply:
    """`/board`, `/board mine`, `/board @name`, `/board experiment`, `/board EXP-042`."""
    found = board.look(lab, ask.team_id, ask.text, by=ask.user)
    spec = chart.board(found)
    if spec:
        picture.send(lab, ask.team_id, spec, to=ask.user, key=ask.key)
    text, blocks = view.board(found, pictured=bool(spec))
    return Reply(text=text, blocks=[*blocks, view.share(_named(ask))])


def share(lab: Lab, ask: Ask) -> Reply:
    """The button: what it names, as it stands now, goes into the channel."""
    wanted, _, by = ask.value.rpartition("|")
    if not wanted:
        raise too_old("Type `/board` again.")
    found = board.look(lab, ask.team_id, "" if wanted == "all" else wanted, by=by or ask.user)
    spec = chart.board(found)
    picture.share(lab, ask.team_id, ask.channel, view.board(found), spec)
    return Reply.of(pictures.done(), replace=True)


def _named(ask: Ask) -> str:
    return f"{ask.text.strip()[:150] or 'all'}|{ask.user}"


def every(lab: Lab, ask: Ask) -> Reply:
    """`/board teams`: a line for each team one may read."""
    return Reply.of(lines.listed(teams.look(lab, ask.workspace, by=ask.user)))


def every_if_any(lab: Lab, ask: Ask) -> Reply | Ask:
    """The same without asking which team is meant; who may read none is answered as elsewhere."""
    found = teams.look(lab, ask.workspace, by=ask.user)
    return Reply.of(lines.listed(found)) if found else ask


def limits(lab: Lab, ask: Ask) -> Reply:
    """`/board limits`, `/board limits experiment=4`."""
    if not ask.text.strip():
        return Reply.of(view.limits(board_limit.look(lab, ask.team_id)))
    order = Order(ask.team_id, ask.user, ask.text, ask.key, ask.channel)
    columns, changed = board_limit.change(lab, order)
    return Reply.of(view.limits(columns, changed=changed))


ROUTES = Routes(
    verbs=(
        Verb("/board", "", "[mine|@name|column|EXP-042]", "The board, with its picture", look,
             takes_rest=True),
        Verb("/board", "teams", "", "Every team you may read, a line each", every,
             across=every_if_any),
        Verb("/board", "limits", "[experiment=4]", "WIP limits (a lead sets them)", limits),
    ),
    actions={"board_share": share},
)  # fmt: skip
