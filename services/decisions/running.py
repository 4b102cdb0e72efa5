"""Runs of our own runner when their experiment is killed, paused or has used up what it had: their
owner is asked, the runner is told, and the public line of the kill says what became of them.
"""

from collections.abc import Sequence
from dataclasses import replace

from core import calendar
from core.decisions.kill import Evidence, Killed
from core.errors import NotAllowed, NotFound, Refused
from core.experiments.experiment import Experiment as Ticket
from core.tracking.beat import POLICIES, STOP, Beat, Orders, Reason, reason_to_end
from core.tracking.kept import Kept
from core.workspace.token import Pusher
from models.experiments import experiment as tickets
from models.experiments.experiment import Experiment
from models.tracking import beat as table
from models.tracking import run as runs
from models.tracking.beat import RunBeat
from models.tracking.run import Run
from models.workspace.audit import TeamEvent
from services import team
from services.decisions import decider
from services.desk import Desk, desk
from services.experiments import ticket
from services.ports import Lab
from services.tracking import beat as beats
from views.decisions import kill as kill_view
from views.tracking import running as view


def hear(lab: Lab, who: Pusher, beat: Beat) -> Orders:
    """Keep what the runner tells, and answer what it is to do. Raises NotFound."""
    with desk(lab, who.team_id, lock=False) as here:
        run, kept = beats.take(here, who, beat)
        row = here.session.get(Experiment, run.experiment_id) if run.experiment_id else None
        if row is None:
            return Orders("", beat.run, kept.seq, run.gpu_hours)
        there = here.at(row.team_id)
        value = ticket.value(there.session, row)
        reason = _reason(there, value)
        is_told = bool(reason) and run.status == "running" and _is_stopping(there, kept)
        if run.status == "running":
            _ask(there, value, run, kept, reason)
        if value.stage == "killed" and reason and kept.reason == reason.key:
            _tell_line(there, row, value, kept)
        order, why = (STOP, reason.why) if reason and is_told else ("", "")
        return Orders(value.id, beat.run, kept.seq, run.gpu_hours, order, why)


def choose(lab: Lab, team_id: int, policy: str, *, by: str) -> str:
    """Whether owners are asked before a run is stopped. Raises NotAllowed (leads), Refused."""
    if policy not in POLICIES:
        raise Refused(f"“{policy[:40]}” is no way to do it.", "It is `ask` or `stop`.")
    with desk(lab, team_id) as here:
        team.require_lead(here.session, here.team, by, "say how runs are stopped")
        here.team.choose(run_stop=policy)
        told = TeamEvent(team_id=team_id, at=here.now, who=by, what="runs after a kill",
                         subject=policy)  # fmt: skip
        here.session.add(told)
        return policy


def order(lab: Lab, team_id: int, run_id: int, said: str, *, by: str) -> tuple[Ticket, Kept]:
    """What a person says of a run whose experiment ended: stop it, or let it run.

    Raises NotFound and NotAllowed (owner or lead).
    """
    with desk(lab, team_id) as here:
        run = runs.of_team(here.session, team_id, run_id)
        kept = table.of_run(here.session, run_id) if run else None
        row = here.session.get(Experiment, run.experiment_id) if run else None
        if run is None or kept is None or row is None:
            raise NotFound("I don't find that run any more.", "`/track` shows what there is.")
        value = ticket.value(here.session, row)
        if not decider.may_decide(here.session, here.team, value, by):
            raise NotAllowed(f"Only the owner ({here.name(value.owner)}) or a lead decides that.")
        kept.order = said
        return value, run.as_value()


def _reason(here: Desk, value: Ticket) -> Reason | None:
    today = here.now.astimezone(calendar.zone(here.team.zone)).date()
    return reason_to_end(value, today, here.name(value.decided_by) if value.decided_by else "")


def _is_stopping(here: Desk, kept: RunBeat) -> bool:
    at_once = here.team.chosen.run_stop == STOP and not kept.order
    return kept.stops and (at_once or kept.order == STOP)


def _ask(here: Desk, value: Ticket, run: Run, kept: RunBeat, reason: Reason | None) -> None:
    """Its owner hears once of each reason; without one, what was said for the last is void."""
    key = reason.key if reason else ""
    if kept.reason == key:
        return
    kept.reason, kept.order = key, ""
    if reason is None or not here.is_here(value.owner):
        return
    told = view.Running(run.as_value(), kept.host, kept.stops, _is_stopping(here, kept))
    here.post(f"run:{run.pk}:{key}", value.owner, view.asked(told, reason))


def _tell_line(here: Desk, row: Experiment, value: Ticket, kept: RunBeat) -> None:
    """The public line of the kill says what became of the runs, in its place."""
    kills = [c for c in tickets.changes_of(here.session, row.pk)
             if c.after.get("stage") == "killed" and not c.undone]  # fmt: skip
    decided = value.decided_at
    if not kills or decided is None:
        return
    every = table.of_experiment(here.session, row.pk)
    there = [pair for pair in every if pair[1].reason == kept.reason]
    line = view.line(value, _running(there))
    if line == kept.line:
        return
    kept.line = line
    made = kills[-1]
    done = Killed(value, Evidence(value, here.now.date()), made.pk, by=value.decided_by,
                  at=decided, call=str(made.after.get("call", "")))  # fmt: skip
    here.edit(f"decision:{value.id}:{made.pk}", kill_view.killed(replace(done, runs=line)))


def _running(found: Sequence[tuple[Run, RunBeat]]) -> list[view.Running]:
    return [view.Running(run.as_value(), kept.host, kept.stops) for run, kept in found]
