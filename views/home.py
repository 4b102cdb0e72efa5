"""The Home tab."""

from core.experiment import BOXED, Experiment, box_day, budget_share
from core.home import Home
from core.pending import Pending
from views import engineering, experiment, kit

ROWS = 10
BLOCKERS = 5


def home(shown: Home) -> kit.Block:
    """One person's Home tab, at most 100 blocks."""
    blocks = [
        *_due(shown),
        *_waiting(shown),
        *_mine(shown),
        *_engineering(shown),
        *_stuck(shown),
        *_board(shown),
        *_foot(shown),
    ]
    return {"type": "home", "callback_id": "home", "blocks": blocks[:100]}


def _due(shown: Home) -> list[kit.Block]:
    if shown.due is None:
        return []
    text = f"*Your answer is due:* {kit.escape(shown.due.name, 80)}, until "
    text += kit.moment(shown.due.closes_at, "{time}")
    answer = kit.button("Answer", "standup_answer", str(shown.due.round_id), style="primary")
    return [kit.section(text, answer), kit.divider()]


def _waiting(shown: Home) -> list[kit.Block]:
    awake = len(shown.waiting) + shown.unshown
    if not awake + shown.snoozed:
        return []
    blocks = [kit.header(f"{awake} waiting for a decision" if awake else "No decision waits")]
    for pending in shown.waiting:
        blocks += _proposal(pending)
    notes = [f"{shown.unshown} more: `/kill` shows candidates"] if shown.unshown else []
    notes += [f"{shown.snoozed} snoozed"] if shown.snoozed else []
    return [*blocks, *([kit.context(" · ".join(notes))] if notes else [])]


def _proposal(pending: Pending) -> list[kit.Block]:
    number = str(pending.ticket.number)
    first = pending.verdicts[0] if pending.verdicts else None
    why = f": {first.action}? {kit.escape(first.text, 300)}" if first else ""
    decide = kit.button("Kill…", "kill_open", number, style="danger")
    if first and first.action == "promote":
        decide = kit.button("Promote…", "promote_open", number, style="primary")
    return [
        kit.section(f"{experiment.named(pending.ticket)}{why}"),
        kit.actions(
            decide,
            kit.button("Extend…", "proposal_extend", number),
            kit.button("Snooze 2 days", "proposal_snooze", number),
        ),
    ]


def _mine(shown: Home) -> list[kit.Block]:
    new = kit.button("New experiment", "experiment_new", style="" if shown.mine else "primary")
    blocks = [kit.header("My experiments")]
    if not shown.mine:
        return [*blocks, kit.section("You own no open experiment."), kit.actions(new)]
    blocks += [kit.section(_own(own, shown), _update(own)) for own in shown.mine[:ROWS]]
    rest = len(shown.mine) - ROWS
    if rest > 0:
        blocks.append(kit.context(f"{rest} more: `/exp list mine`"))
    return [*blocks, kit.actions(new)]


def _own(own: Experiment, shown: Home) -> str:
    mark = " · stale" if own.number in shown.stale else ""
    lines = [f"{experiment.named(own)} · {own.stage}{mark}"]
    if own.stage in BOXED or own.values:
        lines.append(experiment.result(own))
    day, share = box_day(own, shown.today), budget_share(own)
    if day is not None and own.stage in BOXED:
        lines.append(f"{kit.bar(day / max(1, own.box_days))} {experiment.box(own, shown.today)}")
    if share is not None:
        lines.append(f"{kit.bar(share)} {experiment.gpu(own)}")
    return "\n".join(lines)


def _update(own: Experiment) -> kit.Block:
    return kit.button("Update", "update_open", str(own.number))


def _engineering(shown: Home) -> list[kit.Block]:
    if not shown.engineering:
        return []
    blocks = [kit.header("My engineering tickets")]
    for own in shown.engineering[:BLOCKERS]:
        show = kit.button("Show", "eng_show", str(own.number))
        blocks.append(kit.section(engineering.line(own, shown.today), show))
    rest = len(shown.engineering) - BLOCKERS
    return [*blocks, *([kit.context(f"{rest} more: `/eng list mine`")] if rest > 0 else [])]


def _stuck(shown: Home) -> list[kit.Block]:
    if not shown.stuck:
        return []
    blocks = [kit.header("Blockers: mine, and those I can help with")]
    for stuck in shown.stuck[:BLOCKERS]:
        since = kit.day(stuck.at.date())
        blocks.append(
            kit.section(
                f"*{stuck.called}* {stuck.kind}, {kit.escape(stuck.name, 80)}, since {since}: "
                f"{kit.escape(stuck.text, 300)}"
            )
        )
    rest = len(shown.stuck) - BLOCKERS
    return [*blocks, *([kit.context(f"{rest} more")] if rest > 0 else [])]


def _board(shown: Home) -> list[kit.Block]:
    blocks = [kit.header("The team's board")]
    if not shown.board:
        text = "No open experiment yet. `/exp new` writes the first hypothesis ticket."
        return [*blocks, kit.section(text)]
    counts = " · ".join(f"{amount} in {stage}" for stage, amount in shown.stages)
    lines = [
        experiment.line(e, shown.today, mark="stale" if e.number in shown.stale else "")
        for e in shown.board[:ROWS]
    ]
    blocks += [kit.context(counts), *[kit.section(line) for line in lines]]
    rest = len(shown.board) - ROWS
    return [*blocks, *([kit.context(f"{rest} more: `/exp list`")] if rest > 0 else [])]


def _foot(shown: Home) -> list[kit.Block]:
    if not shown.leads:
        return [kit.context("`/exp help` · `/standup` · `/digest`")]
    missing = "" if shown.set_up else "No team channel is set yet: decisions have nowhere to go. "
    style = "" if shown.set_up else "primary"
    settings = kit.button("Team settings", "team_setup", style=style)
    return [kit.divider(), kit.context(f"{missing}`/exp help` · `/digest preview`"),
            kit.actions(settings)]  # fmt: skip
