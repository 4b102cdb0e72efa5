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
from views.workspace import home_lead, home_more, home_status

MOST = 100  # blocks of a view
OWN = 7  # each with its buttons
BLOCKERS = 5
NEEDS = 3


def home(shown: Home) -> kit.Block:
    """What is due from this person, how the team stands, four buttons, and what is theirs."""
    waits = home_lead.waiting(shown)
    blocks = [
        *due(shown),
        *home_more.away(shown.me),
        *home_lead.first_steps(shown),
        *_needs(shown),
        *waits,
        *([kit.divider()] if waits else []),
        *unset(shown),
        home_status.status(shown),
        *home_status.entries(shown),
        *home_status.last_digest(shown),
        *_mine(shown),
        *_engineering(shown),
        *_stuck(shown),
    ]
    return as_home(kit.of_team(blocks[:MOST], shown.team_id))


def unset(shown: Home) -> list[kit.Block]:
    """What is missing before a team can work, for who sets it up and for the others."""
    if shown.set_up or home_lead.first_steps(shown):
        return []
    if shown.lead is None:
        return [kit.context("The team is not set up yet: a lead of it chooses its channel.")]
    text = "No team channel is set yet: decisions have nowhere to go."
    return [kit.section(text, kit.button("Team settings", "team_setup", style="primary"))]


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
    return [*blocks, *rest_of(len(shown.needs) - NEEDS, ("home_needs", ""))]


def asked(one: Need, shown: Home) -> list[kit.Block]:
    """An ask of leadership with its buttons."""
    text = f"*Need {one.note.number}*{of(shown)}: {kit.escape(one.note.text, 300)}"
    late = f" ({one.overdue} d overdue)" if one.overdue else ""
    by = f", due {kit.day(one.note.by)}{late}" if one.note.by else ""
    text += f", {kit.escape(one.note.amount, 60)}" if one.note.amount else ""
    text += f"{by}. Asked by {kit.person(one.by)}."
    otherwise = kit.escape(one.note.otherwise, 120)
    text += f" Otherwise: {otherwise}." if otherwise else ""
    return [kit.section(text), need.buttons(one)]


def _mine(shown: Home) -> list[kit.Block]:
    if not shown.mine:
        text = "You own no open experiment. Press *New experiment* to start one."
        return [] if shown.reads or shown.lead else [kit.section(text)]
    blocks = [kit.header("My experiments")]
    for own in shown.mine[:OWN]:
        blocks += mine(own, shown)
    return [*blocks, *rest_of(len(shown.mine) - OWN, ("home_list", "mine"))]


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
        lines.append(f"{kit.escape(own.metric, 60)}: {experiment.result(own)}")
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


def rest_of(rest: int, every: tuple[str, str], of_team: str = "") -> list[kit.Block]:
    """How many more there are than are shown, and the button that shows them (action, value)."""
    if rest <= 0:
        return []
    return [kit.section(f"{rest} more{of_team}", kit.button("Show all", *every))]


def _engineering(shown: Home) -> list[kit.Block]:
    if not shown.engineering:
        return []
    blocks = [kit.header("My engineering tickets")]
    blocks += [ticket(own, shown) for own in shown.engineering[:BLOCKERS]]
    return [*blocks, *rest_of(len(shown.engineering) - BLOCKERS, ("home_engineering", "mine"))]


def ticket(own: Engineering, shown: Home) -> kit.Block:
    """One of my engineering tickets with its button."""
    show = kit.button("Show", "eng_show", str(own.number))
    return kit.section(f"{engineering.line(own, shown.today)}{of(shown)}", show)


def _stuck(shown: Home) -> list[kit.Block]:
    if not shown.stuck:
        return []
    blocks = [kit.header("Blockers: mine, and those I can help with")]
    blocks += [block for one in shown.stuck[:BLOCKERS] for block in blocker(one, shown)]
    return [*blocks, *rest_of(len(shown.stuck) - BLOCKERS, ("home_blockers", "mine"))]


def blocker(stuck: Blocker, shown: Home) -> list[kit.Block]:
    """A blocker with its buttons."""
    return [kit.section(f"{_blocker(stuck)}{of(shown)}"), _acts(stuck, shown.user)]


def _blocker(stuck: Blocker) -> str:
    helper = f", asks {stuck.name_of(stuck.helper)}" if stuck.helper else ""
    acknowledged = stuck.acknowledged_by and f", {stuck.name_of(stuck.acknowledged_by)} is on it"
    who = kit.escape(f"{stuck.name}{helper}{acknowledged}", 200)
    text = kit.escape(stuck.told, 300)
    return f"*{stuck.called}* {stuck.kind}, {age(stuck.days)}, {who}: {text}"


def _acts(stuck: Blocker, user: str) -> kit.Block:
    number = str(stuck.number)
    own = user == stuck.user and user != stuck.helper
    free = not stuck.acknowledged_by and not own
    buttons = [kit.button("Acknowledge", "blocker_ack", number)] if free else []
    buttons += [kit.button("Update", "blocker_update", number)]
    return kit.actions(*buttons, kit.button("Resolve", "blocker_resolve", number))
