"""The GPU queue to read, and what is said about it."""

from core import figures
from core.board.gpu import ORDERS, Call, Queue, Seen, Short, Turn
from core.experiments.experiment import Experiment
from views import kit
from views.experiments import experiment
from views.kit import Message

ROWS = 10


def queue(seen: Queue, *, leads: bool, note: str = "") -> Message:
    """Who trains, whose turn it is and who waits; leads get the buttons that change the order."""
    text = _head(seen)
    blocks = [kit.section(note)] if note else []
    blocks += [kit.section("\n".join([f"*{text}*", *_limits(seen)]))]
    blocks += _group("Training", [_training(one) for one in seen.running])
    blocks += _group("Whose turn it is", [_called(turn) for turn in seen.called])
    blocks += _group("In experiment, GPU released", [experiment.named(e) for e in seen.released])
    if seen.waiting:
        many = len(seen.waiting) > 1
        rule = f" (order: {ORDERS[seen.order]}; by hand first)" if many else ""
        blocks.append(kit.context(f"*Waiting*{rule}"))
    for at, turn in enumerate(seen.waiting[:ROWS], start=1):
        blocks += _waiting(at, turn, leads=leads)
    rest = len(seen.waiting) - ROWS
    if rest > 0:
        blocks.append(kit.context(f"{rest} more wait"))
    return Message(note or text, blocks)


def _head(seen: Queue) -> str:
    if seen.pool:
        return _pooled(seen, seen.pool)
    running = f"{len(seen.running)} of {seen.limit}" if seen.limit is not None else None
    waits = f"{len(seen.waiting)} {'waits' if len(seen.waiting) == 1 else 'wait'}"
    if running is None:
        return f"GPUs: {len(seen.running)} in training, no limit is set, {waits}"
    return f"GPUs: {running} in training, {waits}"


def _pooled(seen: Queue, pool: Seen) -> str:
    waits = f"{len(seen.waiting)} {'waits' if len(seen.waiting) == 1 else 'wait'}"
    fair = figures.number(pool.fair, 1)
    share = f"{pool.mine} ours, our share is {fair} ({pool.share:.0%})"
    return f"GPUs: {pool.taken} of {pool.places} of the pool are taken, {share}; {waits}"


def _limits(seen: Queue) -> list[str]:
    lines = []
    short = seen.capacity.shortage(seen.today)
    if short:
        had = f" instead of {seen.capacity.places}" if seen.capacity.places else ""
        lines.append(
            f"Short until {kit.day(short.until)}: {short.places} at a time{had}, says "
            f"{kit.person(short.by)}: {kit.escape(short.why, 200)}"
        )
    if seen.hours_left is not None:
        used, quota = figures.number(seen.used, 1), figures.number(seen.capacity.quota, 1)
        left = figures.number(max(0.0, seen.hours_left), 1)
        lines.append(f"This week: {used} of {quota} GPU-hours reported, {left} left")
        if seen.is_spent:
            lines.append("The week's GPU-hours are used: nothing starts before Monday.")
    if seen.pool:
        lines.append("All teams share these GPUs: `/gpu pool` shows who is next.")
    elif seen.limit is None and seen.capacity.quota is None:
        lines.append("Who is ready starts. A lead sets a limit with `/gpu 4`.")
    elif not seen.waiting and not seen.called and not seen.running:
        lines.append("Nothing trains and nothing waits.")
    return lines


def _group(title: str, lines: list[str]) -> list[kit.Block]:
    if not lines:
        return []
    rest = [f"and {len(lines) - ROWS} more"] if len(lines) > ROWS else []
    return [kit.context(f"*{title}*"), kit.section("\n".join([*lines[:ROWS], *rest]))]


def _training(one: Experiment) -> str:
    owner = kit.person(one.owner)
    return f"{experiment.named(one, 60)} · {owner} · {experiment.gpu(one)}"


def _called(turn: Turn) -> str:
    by = f", let by {kit.person(turn.let_by)}" if turn.let_by else ""
    until = f" until {kit.moment(turn.until)}" if turn.until else ""
    return f"{experiment.named(turn.ticket, 60)} · {kit.person(turn.ticket.owner)}{until}{by}"


def _waiting(at: int, turn: Turn, *, leads: bool) -> list[kit.Block]:
    one = turn.ticket
    facts = [kit.person(one.owner), experiment.gpu(one), f"since {kit.moment(turn.queued_at)}"]
    facts += [f"score {figures.number(turn.score, 3)}"] if turn.score is not None else []
    facts += ["placed by hand"] if turn.rank is not None else []
    facts += [f"let its turn pass {turn.passed} times"] if turn.passed > 1 else []
    facts += ["let its turn pass"] if turn.passed == 1 else []
    line = f"{at}. {experiment.named(one, 60)} · " + " · ".join(facts)
    if not leads:
        return [kit.section(line)]
    number = str(one.number)
    up = [kit.button("Move up", "gpu_up", number)] if at > 1 else []
    return [kit.section(line), kit.actions(*up, kit.button("Let run", "gpu_run", number))]


def queued(seen: Queue, number: int) -> Message:
    """The answer to a move that must wait: place, who is before it, what comes next."""
    place = seen.place(number)
    ticket = seen.waiting[place - 1].ticket
    text = f"{ticket.id} is queued for a GPU, place {place}; it stays in {ticket.stage}"
    why = "the week's GPU-hours are used" if seen.is_spent else _full(seen)
    lines = [f"*{text}*", f"Why: {why}. You hear by direct message when it is its turn."]
    lines += [line for line in _limits(seen) if line.startswith("Short")]
    buttons = [
        kit.button("Show the queue", "gpu_show"),
        kit.button("Leave the queue", "gpu_leave", str(number)),
    ]
    return Message(text, [kit.section("\n".join(lines)), kit.actions(*buttons)])


def _full(seen: Queue) -> str:
    ids = [e.id for e in seen.running] + [f"{t.ticket.id} (called)" for t in seen.called]
    who = f": {', '.join(ids[:5])}" + (" …" if len(ids) > 5 else "") if ids else ""
    if seen.pool and seen.own_free != 0:
        taken = f"{seen.pool.taken} of {seen.pool.places} places of the pool are taken"
        over = ", and teams within their share come first" if seen.pool.elsewhere else ""
        return f"{taken}, {seen.pool.mine} by us (our share is {seen.pool.share:.0%}){over}"
    if seen.free:
        return f"others wait longer or score higher{who}"
    return f"{len(ids)} of {seen.limit} places are taken{who}"


def released(said: str, number: int) -> Message:
    """The answer to a release, with the way back."""
    return Message(
        said,
        [
            kit.section(said),
            kit.actions(kit.button("Still running", "gpu_resume", str(number))),
        ],
    )


def call(what: Call) -> Message:
    """To the owner: its turn; or, in the same place, that it is so no more."""
    ticket, title = what.ticket, kit.escape(what.ticket.title, 150)
    if what.passed:
        now = f"it waits at place {what.place}" if what.place else "it left the queue"
        text = f"{ticket.id}: its turn on a GPU has passed, {now}"
        return Message(text, [kit.section(f"*{text}*\n{title}")])
    text = f"{ticket.id}: your turn, a GPU is free for it"
    by = f"{kit.person(what.let_by)} lets it run beside the queue. " if what.let_by else ""
    body = f"{by}Start it by {kit.moment(what.until)}; after that the next may have the GPU."
    start = kit.button("Start it", "move_open", f"{ticket.number} experiment", style="primary")
    later = kit.button("Not now", "gpu_leave", str(ticket.number))
    return Message(text, [kit.section(f"*{text}*\n{title}\n{body}"), kit.actions(start, later)])


def shortage(short: Short, *, over: bool = False) -> Message:
    """Said in public: GPUs are short, or not any more."""
    if over:
        text = "The GPU shortage is over"
        return Message(
            text, [kit.section(f"*{text}*\n~{kit.escape(short.why, 200).replace('~', '-')}~")]
        )
    count = f"{short.places} experiment{'' if short.places == 1 else 's'} may train at a time"
    text = f"GPUs are short until {kit.day(short.until)}: {count}"
    body = f"by {kit.person(short.by)}; who is ready beyond that is queued: `/gpu`"
    return Message(text, [kit.section(f"*{text}*\n{body}"), kit.quote(short.why)])


def let_run(ticket: Experiment, by: str) -> Message:
    """Said in public: a lead let one run beside the queue."""
    text = f"{ticket.id} may train now, beside the GPU queue (by {kit.person(by)})"
    return Message(text, [kit.section(f"*{text}*\n{kit.escape(ticket.title, 150)}")])
