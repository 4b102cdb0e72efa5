"""/gpu: who trains, who waits for a GPU, and what leads say about compute."""

from core.board.gpu import read_places
from core.quantity import gpu_hours
from core.text import clean
from handlers.ask import Ask, Reply, Routes, Verb
from handlers.experiments.experiment import numbered
from services.board import gpu
from services.experiments.experiment import TicketRequest
from services.ports import Lab
from views.board import gpu as view


def queue(lab: Lab, ask: Ask) -> Reply:
    """`/gpu` and `/gpu queue`: who trains, who waits; `/gpu 4`: how many the team has."""
    if not ask.text.strip():
        return _queue(lab, ask, "")
    places = read_places(ask.text)
    return _queue(lab, ask, gpu.have(lab, ask.team_id, places, by=ask.user))


def line(lab: Lab, ask: Ask) -> Reply:
    """`/gpu queue`."""
    return _queue(lab, ask, "")


def off(lab: Lab, ask: Ask) -> Reply:
    """`/gpu off`: no limit, so no queue."""
    return _queue(lab, ask, gpu.have(lab, ask.team_id, None, by=ask.user))


def quota(lab: Lab, ask: Ask) -> Reply:
    """`/gpu quota 200h`, `/gpu quota off`."""
    word = clean(ask.text).casefold()
    hours = None if word == "off" else gpu_hours(word.removesuffix("a week").strip())
    return _queue(lab, ask, gpu.quota(lab, ask.team_id, hours, by=ask.user))


def short(lab: Lab, ask: Ask) -> Reply:
    """`/gpu short 1 until Friday why`, `/gpu short off`."""
    if clean(ask.text).casefold() in {"off", "over", "end"}:
        return _queue(lab, ask, gpu.plenty(lab, ask.team_id, by=ask.user))
    wish = gpu.ShortageNote(ask.text, ask.user, ask.channel)
    said = gpu.short(lab, ask.team_id, wish)
    return _queue(lab, ask, said)


def done(lab: Lab, ask: Ask) -> Reply:
    """`/gpu done EXP-042`: it needs its GPU no more."""
    act = _act(ask, "/gpu done EXP-042")
    said = gpu.release(lab, act)
    return Reply.of(view.released(said, act.number))


def resume(lab: Lab, ask: Ask) -> Reply:
    """The button Still running."""
    said = gpu.resume(lab, _act(ask, "/gpu done EXP-042"))
    return Reply(text=said, replace=bool(ask.value))


def leave(lab: Lab, ask: Ask) -> Reply:
    """`/gpu leave EXP-044`, and the button Not now."""
    said = gpu.leave(lab, _act(ask, "/gpu leave EXP-044"))
    return Reply(text=said)


def move_up(lab: Lab, ask: Ask) -> Reply:
    """The button Move up, and `/gpu up EXP-044`."""
    return _queue(lab, ask, gpu.move_up(lab, _act(ask, "/gpu up EXP-044")))


def let_run(lab: Lab, ask: Ask) -> Reply:
    """The button Let run, and `/gpu run EXP-044`."""
    return _queue(lab, ask, gpu.let_run(lab, _act(ask, "/gpu run EXP-044")))


def _act(ask: Ask, usage: str) -> TicketRequest:
    number, _ = numbered(ask, usage)
    return TicketRequest(ask.team_id, number, ask.user, "gpu")


def _queue(lab: Lab, ask: Ask, said: str) -> Reply:
    seen = gpu.look(lab, ask.team_id, by=ask.user)
    return Reply.of(view.queue(seen.queue, leads=seen.leads, note=said), replace=bool(ask.value))


ROUTES = Routes(
    verbs=(
        Verb("/gpu", "", "[4]", "Who trains and who waits; leads: how many GPUs", queue,
             takes_rest=True),
        Verb("/gpu", "queue", "", "Who trains and who waits", line),
        Verb("/gpu", "done", "EXP-042", "Its GPU is free before its stage ends", done),
        Verb("/gpu", "leave", "EXP-044", "Give up its place", leave),
        Verb("/gpu", "up", "EXP-044", "One place further to the front", move_up, leads=True),
        Verb("/gpu", "run", "EXP-044", "Let it run beside the queue", let_run, leads=True),
        Verb("/gpu", "short", "1 until Friday why", "A shortage (`off` ends it)", short,
             leads=True),
        Verb("/gpu", "quota", "200h", "GPU-hours a week (`off`)", quota, leads=True),
        Verb("/gpu", "off", "", "No limit, so no queue", off, leads=True),
    ),
    actions={
        "gpu_show": line,
        "gpu_up": move_up,
        "gpu_run": let_run,
        "gpu_leave": leave,
        "gpu_resume": resume,
    },
)  # fmt: skip
