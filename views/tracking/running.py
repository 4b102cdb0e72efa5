"""What is said of runs that go on, or were stopped, when their experiment is over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from core import figures
from core.decisions.kill import released
from core.experiments.experiment import Experiment
from core.tracking.beat import Reason
from core.tracking.kept import Kept
from views import kit
from views.kit import Message
from views.tracking import run as run_view


@dataclass(frozen=True)
class Running:
    """A run of our runner. stops: it ends the training when told; stopping: it is told now."""

    run: Kept
    host: str
    stops: bool
    stopping: bool = False

    @property
    def where(self) -> str:
        """` on gpu-7`."""
        return f" on {kit.escape(self.host, 60)}" if self.host else ""


def asked(one: Running, reason: Reason) -> Message:
    """What the owner hears while a run of it goes on."""
    why = kit.escape(reason.why[:1].upper() + reason.why[1:])
    run = run_view.called(one.run)
    spent = run_view.hours(one.run)
    if one.stopping:
        text = f"{why}: I am stopping run {run}{one.where} now ({spent}), as your team decided."
        return Message(text, [kit.section(text)])
    text = f"{why}, and run {run} goes on{one.where} ({spent})."
    if not one.stops:
        text += " It was started without `--stop-on-kill`, so it ends only where it runs."
        return Message(text, [kit.section(text)])
    key = str(one.run.key)
    buttons = [kit.button("Stop it", "run_stop", key, style="danger"),
               kit.button("Let it run", "run_leave", key)]  # fmt: skip
    return Message(text, [kit.section(text), kit.actions(*buttons)])


def stopping(run: Kept) -> Message:
    """Whoever pressed *Stop it*."""
    if run.status != "running":
        return _one(f"Run {run_view.called(run)} has ended already.")
    return _one(
        f"Run {run_view.called(run)} hears it with its next heartbeat: checkpoint, then an end."
    )


def leaving(run: Kept) -> Message:
    """Whoever pressed *Let it run*."""
    return _one(f"Run {run_view.called(run)} goes on; its GPU-hours count as before.")


def chosen(policy: str) -> Message:
    """What a lead chose."""
    how = {
        "ask": "the owner is asked first",
        "stop": "a run that was started with `--stop-on-kill` is stopped at once",
    }
    when = "When an experiment is killed, paused or has used up its time or compute"
    return _one(f"{when}, {how[policy]}.")


def line(ticket: Experiment, found: Sequence[Running]) -> str:
    """`run lora-16 stopped after 41 s, 6.2 GPU-hours saved`, `still running on gpu-7`; "" without
    runs. Saved is what the budget has left, said once nothing runs any more.
    """
    parts = [_became(ticket, one) for one in found]
    stopped = any(one.run.status == "stopped" for one in found)
    over = all(one.run.status != "running" for one in found)
    saved = released(ticket)
    if stopped and over and saved >= 0.05:
        parts.append(f"{figures.number(saved, 1)} GPU-hours saved")
    return ", ".join(parts)


def _became(ticket: Experiment, one: Running) -> str:
    name = f"run {run_view.called(one.run)}"
    ended = one.run.ended_at
    if one.run.status == "running" or ended is None:
        return f"{name} still running{one.where}"
    after = ended - (ticket.decided_at or ended)
    word = {"stopped": "stopped", "failed": "failed"}.get(one.run.status, "finished")
    return f"{name} {word} after {_span(after)}"


def _span(after: timedelta) -> str:
    seconds = max(0, round(after.total_seconds()))
    if seconds < 120:
        return f"{seconds} s"
    return f"{seconds // 60} min" if seconds < 7200 else f"{seconds / 3600:.1f} h"


def _one(text: str) -> Message:
    return Message(text, [kit.section(text)])
