"""The Home tab of somebody in one team, at most 100 blocks."""

from collections.abc import Sequence

from core.blockers.blocker import Blocker, age
from core.board.engineering import Engineering
from core.digest.need import Need
from core.experiments.experiment import Experiment, budget_share
from core.experiments.words import box_day, is_running
from core.workspace.home import Home
from views import kit
from views.board import engineering
from views.digest import need
from views.experiments import experiment
from views.workspace import home_lead, home_me

MOST = 100  # blocks of a view
OWN = 7  # each with its buttons
ROWS = 10
BLOCKERS = 5
NEEDS = 3


def home(shown: Home) -> kit.Block:
    """What is due first, what is mine, what is everybody's, then settings."""
    blocks = [
        *due(shown),
        *home_lead.first_steps(shown),
        *home_me.entries(shown),
        *home_lead.waiting(shown),
        *_needs(shown),
        *_mine(shown),
        *_engineering(shown),
        *_stuck(shown),
        *board(shown),
        *home_me.settings(shown),
        *home_lead.team(shown),
    ]
    return as_home(kit.of_team(blocks[:MOST], shown.team_id))


def as_home(blocks: Sequence[kit.Block]) -> kit.Block:
    """The tab with these blocks."""
    return {"type": "home", "callback_id": "home", "blocks": list(blocks[:MOST])}


def due(shown: Home) -> list[kit.Block]:
    """The answer this person owes, with its buttons."""
    if shown.due is None:
        return []
    text = f"*Your answer is due:* {kit.escape(shown.due.name, 80)}{of(shown)}, until "
    text += kit.moment(shown.due.closes_at, "{time}")
    number = str(shown.due.round_id)
    answer = kit.button("Answer", "standup_answer", number, style="primary")
    skip = kit.button("Skip today", "standup_skip", number)
    return [kit.section(text), kit.actions(answer, skip), kit.divider()]


def _needs(shown: Home) -> list[kit.Block]:
    if not shown.needs:
        return []
    blocks = [kit.header("Asked of you: decisions")]
    blocks += [block for one in shown.needs[:NEEDS] for block in asked(one, shown)]
    rest = len(shown.needs) - NEEDS
    return [*blocks, *([kit.context(f"{rest} more: `/need`")] if rest > 0 else [])]


def asked(one: Need, shown: Home) -> list[kit.Block]:
    """An ask of leadership with its buttons."""
    text = f"*Need {one.note.number}*{of(shown)}: {kit.escape(one.note.text, 300)}"
    late = f" ({one.overdue} d overdue)" if one.overdue else ""
    by = f", due {kit.day(one.note.by)}{late}" if one.note.by else ""
    return [kit.section(f"{text}{by}. Asked by {kit.person(one.by)}."), need.buttons(one)]


def _mine(shown: Home) -> list[kit.Block]:
    if shown.observer and not shown.mine:
        return []
    blocks = [kit.header("My experiments")]
    if not shown.mine:
        text = "You own no open experiment. *New experiment* above writes a hypothesis ticket."
        return [*blocks, kit.section(text)]
    for own in shown.mine[:OWN]:
        blocks += mine(own, shown)
    return [*blocks, *_more(len(shown.mine) - OWN, "mine")]


def mine(own: Experiment, shown: Home) -> list[kit.Block]:
    """One of my experiments with its buttons."""
    return [kit.section(_own(own, shown)), _buttons(own)]


def of(shown: Home) -> str:
    """Of which team, for who is in several."""
    return f" · {kit.escape(shown.where, 60)}" if shown.where else ""


def _own(own: Experiment, shown: Home) -> str:
    mark = " · stale" if own.number in shown.stale else ""
    lines = [f"{experiment.named(own)}{of(shown)} · {own.stage}{mark}"]
    if is_running(own) or own.values:
        lines.append(experiment.result(own))
    day, share = box_day(own, shown.today), budget_share(own)
    if day is not None and is_running(own):
        lines.append(f"{kit.bar(day / max(1, own.box_days))} {experiment.box(own, shown.today)}")
    if share is not None:
        lines.append(f"{kit.bar(share)} {experiment.gpu(own)}")
    return "\n".join(lines)


def _buttons(own: Experiment) -> kit.Block:
    number = str(own.number)
    return kit.actions(
        kit.button("Update", "update_open", number),
        kit.button("Move", "move_open", number),
        kit.button("Show", "home_experiment", number),
    )


def _more(rest: int, which: str) -> list[kit.Block]:
    if rest <= 0:
        return []
    return [kit.context(f"{rest} more"), kit.actions(kit.button("Show all", "home_list", which))]


def _engineering(shown: Home) -> list[kit.Block]:
    if not shown.engineering:
        return []
    blocks = [kit.header("My engineering tickets")]
    blocks += [ticket(own, shown) for own in shown.engineering[:BLOCKERS]]
    rest = len(shown.engineering) - BLOCKERS
    return [*blocks, *([kit.context(f"{rest} more: `/eng list mine`")] if rest > 0 else [])]


def ticket(own: Engineering, shown: Home) -> kit.Block:
    """One of my engineering tickets with its button."""
    show = kit.button("Show", "eng_show", str(own.number))
    return kit.section(f"{engineering.line(own, shown.today)}{of(shown)}", show)


def _stuck(shown: Home) -> list[kit.Block]:
    if not shown.stuck:
        return []
    blocks = [kit.header("Blockers: mine, and those I can help with")]
    blocks += [block for one in shown.stuck[:BLOCKERS] for block in blocker(one, shown)]
    rest = len(shown.stuck) - BLOCKERS
    if rest <= 0:
        return blocks
    every = kit.button("Show all", "home_blockers", "mine")
    return [*blocks, kit.context(f"{rest} more"), kit.actions(every)]


def blocker(stuck: Blocker, shown: Home) -> list[kit.Block]:
    """A blocker with its buttons."""
    return [kit.section(f"{_blocker(stuck)}{of(shown)}"), _acts(stuck, shown.user)]


def _blocker(stuck: Blocker) -> str:
    helper = f", asks {stuck.name_of(stuck.helper)}" if stuck.helper else ""
    acknowledged = stuck.acknowledged_by and f", {stuck.name_of(stuck.acknowledged_by)} is on it"
    who = kit.escape(f"{stuck.name}{helper}{acknowledged}", 200)
    text = kit.escape(" ".join(stuck.text.split()), 300)
    return f"*{stuck.called}* {stuck.kind}, {age(stuck.days)}, {who}: {text}"


def _acts(stuck: Blocker, user: str) -> kit.Block:
    number = str(stuck.number)
    own = user == stuck.user and user != stuck.helper
    free = not stuck.acknowledged_by and not own
    buttons = [kit.button("Acknowledge", "blocker_ack", number)] if free else []
    buttons += [kit.button("Update", "blocker_update", number)]
    return kit.actions(*buttons, kit.button("Resolve", "blocker_resolve", number))


def board(shown: Home) -> list[kit.Block]:
    """What is open in the team."""
    blocks = [kit.header(f"The board of {shown.where}" if shown.where else "The team's board")]
    if not shown.board:
        return [*blocks, kit.section("No open experiment yet: the board is empty.")]
    counts = " · ".join(f"{amount} in {stage}" for stage, amount in shown.stages)
    lines = [_line(one, shown) for one in shown.board[:ROWS]]
    halves = [lines[:5], lines[5:]]
    blocks += [kit.context(counts), *(kit.section("\n".join(half)) for half in halves if half)]
    return [*blocks, *_more(len(shown.board) - ROWS, "open")]


def _line(one: Experiment, shown: Home) -> str:
    mark = "stale" if one.number in shown.stale else ""
    return experiment.line(one, shown.today, mark=mark)
