"""The pool of GPUs to read: what each team takes of its share, and who is next over all teams."""

from core import figures
from core.board.gpu_pool import Next, Pool, PoolPage, Using
from views import kit
from views.experiments import experiment
from views.kit import Message

ROWS = 10
_OTHER = "Another team"


def pool(page: PoolPage) -> Message:
    """Who takes how much of it, and who waits in the order of all."""
    if page.pool is None:
        text = page.said or "There is no pool of GPUs: each team has its own."
        hint = "An admin makes one with `/gpu pool 8`, and shares with `/gpu share vision 40%`."
        return Message(text, [kit.section(text), kit.context(hint)])
    taken = sum(one.taken for one in page.using)
    waits = f"{len(page.line)} {'waits' if len(page.line) == 1 else 'wait'}"
    text = f"GPU pool of all teams: {taken} of {page.pool.places} places taken, {waits}"
    blocks = [kit.section(page.said)] if page.said else []
    rows = [_team(page, page.pool, one) for one in page.using]
    blocks.append(kit.section("\n".join([f"*{text}*", *rows])))
    if page.line:
        blocks.append(kit.context("*Next, over all teams* (who stays within the share first)"))
        shown = [_next(page, at, one) for at, one in enumerate(page.line[:ROWS], start=1)]
        rest = len(page.line) - ROWS
        shown += [f"{rest} more wait"] if rest > 0 else []
        blocks.append(kit.section("\n".join(shown)))
    blocks.append(kit.context("Idle GPUs are lent: who is over its share waits when others wait."))
    return Message(page.said or text, blocks)


def _team(page: PoolPage, pool: Pool, one: Using) -> str:
    share = page.shares[one.team_id]
    fair = figures.number(share * pool.places, 1)
    waits = f", {len(one.waiting)} waiting" if one.waiting else ""
    return f"{_name(page, one.team_id)}: {one.taken} of {fair} ({share:.0%}){waits}"


def _next(page: PoolPage, at: int, one: Next) -> str:
    more = " · over its share" if one.borrows else ""
    if one.team_id not in page.known:
        return f"{at}. {_OTHER}{more}"
    ticket = one.turn.ticket
    name = f"{experiment.named(ticket, 60)} · {kit.person(ticket.owner)}"
    return f"{at}. {_name(page, one.team_id)} · {name}{more}"


def _name(page: PoolPage, team_id: int) -> str:
    named = {one.team_id: one.name for one in page.using}
    return kit.escape(named[team_id], 60) if team_id in page.known else _OTHER
