"""Many experiments at once: the menu of one's own, and lists with pages."""

from datetime import date

from core.experiments.experiment import Experiment
from core.experiments.listing import ALL, ROWS, Listing, Mine
from views import kit
from views.experiments import experiment
from views.kit import Message


def menu(own: Mine) -> Message:
    """One's open experiments with buttons; how to start when there is none."""
    mine, others = own.found, own.others
    if mine:
        text = f"You own {_count(len(mine))}."
    elif others:
        text = f"You own no open experiment; the team has {others}."
    else:
        text = "There is no experiment yet."
    blocks = [kit.section(f"*{text}*" if mine else _start(text, others))]
    blocks += [_row(e, own.today, own.stale) for e in mine[:ROWS]]
    if len(mine) > ROWS:
        blocks.append(kit.context(f"{len(mine) - ROWS} more: `/exp list mine`"))
    blocks.append(
        kit.actions(
            kit.button("New experiment", "experiment_new", style="" if mine else "primary"),
            kit.button("List", "list_page", "open|0"),
            kit.button("Help", "help", "/exp"),
        )
    )
    return Message(text, blocks)


def _start(text: str, others: int) -> str:
    if others:
        return f"{text} `/exp list` shows them, *New experiment* writes yours."
    return (
        f"{text} *New experiment* opens a form: what you expect, how you measure it, what it may "
        "cost, and when to stop."
    )


def _count(number: int) -> str:
    return f"{number} open experiment{'' if number == 1 else 's'}"


def _row(ticket: Experiment, today: date, stale: frozenset[int]) -> kit.Block:
    mark = "stale" if ticket.number in stale else ""
    show = kit.button("Show", "experiment_show", str(ticket.number))
    return kit.section(experiment.line(ticket, today, mark=mark), show)


def page(shown: Listing) -> Message:
    """One page, with buttons to the others."""
    text = _title(shown.wanted, shown.count, shown.team)
    if not shown.count:
        hint = "`/exp list all` shows everything, `/exp new` starts one."
        return Message(text, [kit.section(f"{text} {hint}")])
    blocks = [kit.section(f"*{text}*")]
    blocks += [_row_of(e, shown) for e in shown.found]
    return Message(text, blocks + _turning(shown))


def _row_of(ticket: Experiment, shown: Listing) -> kit.Block:
    row = _row(ticket, shown.today, shown.stale)
    team_id, name = shown.whose.get(ticket.number, (0, ""))
    if not team_id:
        return row
    if shown.team == ALL:
        row["text"] = kit.mrkdwn(f"{row['text']['text']} · {kit.escape(name, 60)}")
    return row | {"block_id": f"team{team_id}.row{ticket.number}"}  # its button is that team's


def _title(wanted: str, count: int, team: str) -> str:
    where = " in all teams" if team == ALL else f" in {kit.escape(team, 60)}" if team else ""
    return f"{_found(wanted, count)}{where}."


def _found(wanted: str, count: int) -> str:
    amount, plural = str(count or "No"), "" if count == 1 else "s"
    if wanted.startswith("@"):
        return f"{amount} open experiment{plural} of {kit.person(wanted[1:])}"
    if wanted in ("open", "stale"):
        return f"{amount} {wanted} experiment{plural}"
    return f"{amount} experiment{plural} {'in all' if wanted == 'all' else f'in {wanted}'}"


def _turning(shown: Listing) -> list[kit.Block]:
    wanted, first, rest = shown.wanted, shown.first, shown.rest
    wanted = f'team="{shown.team}" {wanted}' if shown.team else wanted
    buttons = []
    if first:
        buttons.append(kit.button("Earlier", "list_earlier", f"{wanted}|{first - ROWS}"))
    if rest > 0:
        label = f"Next {min(ROWS, rest)}"
        buttons.append(kit.button(label, "list_page", f"{wanted}|{first + ROWS}"))
    if not buttons:
        return []
    more = f"{rest} more: narrow it with `/exp list mine`, `stale`, a stage or @name."
    notes = [kit.context(more)] if rest > 0 else []
    return [*notes, kit.actions(*buttons)]
