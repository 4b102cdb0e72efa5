"""Loading and changing experiment tickets: found by number, changed with an audit row, and read as
they began (first result, first budget, first box) from those rows.

Every change of a ticket, whoever makes it, goes through `change`: it compares the version, so
that of two people acting at once one wins and the other hears what happened.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlmodel import Session, col

from core.errors import NotFound, Refused
from core.experiments import rollout
from core.experiments.experiment import CLOSED
from core.experiments.experiment import Experiment as Ticket
from core.quantity import experiment_id
from core.tracking.issue import comment
from core.tracking.issue import word_of as words_to_issues
from models import people
from models import webhook as hooks
from models.blockers import blocker as blockers
from models.blockers.blocker import Blocker
from models.experiments import experiment as table
from models.experiments import learning as learnings
from models.experiments import measurement as measurements
from models.experiments.experiment import Change, Experiment
from models.experiments.experiment import Experiment as Row
from models.experiments.learning import Learning
from models.team import Team
from models.tracking import decision as decisions
from models.tracking import issue as issues
from models.tracking import losses
from services import audited

HANDED_OVER = "handed over"  # to another team
MEASURED = "measured"  # by results that were pushed
PULLED = "pulled"  # from a tracker
_DIVERGENCE = "training_divergence"  # a blocker's cause


def row(session: Session, team: Team, number: int) -> Experiment:
    """The ticket's row. Raises NotFound with the nearest ids."""
    found = table.find(session, team.pk, number)
    if found is None:
        raise NotFound(f"There is no {experiment_id(number)}.", "`/exp list` shows all.")
    return found


def known(session: Session, team: Team, numbers: Sequence[int], *, field: str = "") -> None:
    """Pass when there are such experiments. Raises NotFound, under the form's field if given."""
    try:
        for number in numbers:
            row(session, team, number)
    except NotFound as refusal:
        refusal.field = field
        raise


def value(session: Session, found: Experiment) -> Ticket:
    """The ticket as a value with its checkpoints."""
    return values(session, [found])[0]


def values(session: Session, rows: Sequence[Experiment]) -> list[Ticket]:
    """Tickets as values with their checkpoints, and with what their kill lines ask for."""
    looks = measurements.of_each(session, [row.pk for row in rows])
    watched = [row.pk for row in rows if "loss" in row.kill_criteria.casefold()]
    told = losses.of_each(session, watched) if watched else {}
    return [
        replace(row.snapshot(looks.get(row.pk, [])), losses=told.get(row.pk, ())) for row in rows
    ]


def change(session: Session, found: Experiment, new: Ticket, made: Change) -> Change:
    """Take over the new value and keep the audit row `made` (who, action, why) with from → to.

    Raises Refused when somebody else changed the ticket since `found` was read.
    """
    old = found.snapshot()
    seen = found.version
    taken = session.execute(
        update(Experiment)
        .where(col(Experiment.id) == found.pk, col(Experiment.version) == seen)
        .values(version=seen)
    )
    if taken.rowcount != 1:  # type: ignore[attr-defined]
        raise Refused(
            f"{old.id} was changed by somebody else just now.", f"Look again: `/exp {old.id}`."
        )
    made.team_id = found.team_id
    new = replace(new, measurements=(), losses=())
    if "live" in (old.deploy_status, new.deploy_status):
        new = rollout.followed(new, by=made.who, at=made.at)
    audited.record(session, found, new, made)
    if {"training_status", "stage"} & made.after.keys():
        _follow_divergence(session, found, made)
    if "learnings" in made.after:
        _follow_learnings(session, found, old, made)
    _tell_decided(session, found, old.stage, made)
    if "outcome" in made.after:
        _write_decision(session, found, made)
    _tell_issues(session, found, old.stage, made)
    return made


def _write_decision(session: Session, found: Experiment, made: Change) -> None:
    """To its runs, in the words of the source document's logger; open again: taken back."""
    told = {}
    if found.outcome:
        final = "" if found.final_metric is None else f"{found.final_metric:g}"
        when = (found.decided_at or made.at).isoformat()
        told = {"decision": found.outcome, "final_metric": final, "decided_at": when}
        told["learnings"] = found.learnings
    decisions.tell(session, found.pk, told, at=made.at)


def _tell_issues(session: Session, found: Experiment, before: str, made: Change) -> None:
    """To its tickets in Jira, Linear, GitHub, in words for people."""
    after = found.snapshot()
    changed, undone = "outcome" in made.after, made.action == "undone"
    word = words_to_issues(before, after, outcome_changed=changed, undone=undone)
    if word:
        who = people.people(session, found.team_id).name(made.who)
        issues.tell(session, found, comment(after, word, who=who, why=made.why), made)


def _tell_decided(session: Session, found: Experiment, before: str, made: Change) -> None:
    """To webhooks: it was killed, promoted, or is open again."""
    if before == found.stage or not {before, found.stage} & set(CLOSED):
        return
    word = {"killed": "killed", "production": "promoted"}.get(found.stage, "reopened")
    told = {"experiment": experiment_id(found.number), "title": found.title, "decision": word,
            "by": people.people(session, found.team_id).name(made.who), "at": made.at,
            "learnings": found.learnings}  # fmt: skip
    hooks.tell(session, found.team_id, "decided", made.pk, told)


def _follow_learnings(session: Session, found: Experiment, old: Ticket, made: Change) -> None:
    """A decision that is undone takes its learning with it, other words take its place; what was
    learned from one that stood and is reopened stays learned.
    """
    if made.action == "undone" or {old.stage, found.stage} <= set(CLOSED):
        learnings.drop(session, found.team_id, f"decision:{found.id}", text=old.learnings)
    if found.learnings:
        learnings.put(session, learned(found, made.who, found.learnings, at=made.at))


def learned(found: Experiment, who: str, text: str, *, at: datetime) -> Learning:
    """What somebody learned from deciding on that ticket; it goes when the decision is undone."""
    return Learning(
        team_id=found.team_id,
        source="decision",
        origin=f"decision:{found.id}:{who}:{at.isoformat()}",
        user_id=who,
        text=text,
        about=learnings.about([found.number]),
        at=at,
    )


def audit(who: str, action: str, *, at: datetime, why: str = "") -> Change:
    """An audit row to hand to `change`."""
    return Change(team_id=0, experiment_id=0, at=at, who=who, action=action, why=why)


# A ticket as it began, read from its audit rows: first result, first budget, first box.


def first_result(session: Session, row: Row) -> datetime | None:
    """When its first result was written, also when that was undone since; None before it."""
    made = [c.at for c in table.changes_of(session, row.pk) if c.after.get("value") is not None]
    first = measurements.first(session, row.pk)
    return min([*made, *([first] if first else [])], default=None)


def gpu_budget(session: Session, row: Row) -> float:
    """The compute budget it had when its box started (GPU-hours); today's before that."""
    if row.box_starts is None:
        return row.gpu_budget
    changes = [c for c in table.changes_of(session, row.pk) if not c.undone]
    began = next((n for n, c in enumerate(changes) if c.after.get("box_starts")), 0)
    raised = (c.before["gpu_budget"] for c in changes[began:] if "gpu_budget" in c.before)
    return float(next(raised, row.gpu_budget))


def boxes(session: Session, row: Row) -> list[int]:
    """The length of its box (days) before each extension so far."""
    done = [c for c in table.changes_of(session, row.pk) if c.action == "extended"]
    return [int(c.before["box_days"]) for c in done if not c.undone and "box_days" in c.before]


def _follow_divergence(session: Session, found: Experiment, made: Change) -> None:
    """A training that diverges is a blocker for as long as the ticket says so: an undo, a kill and
    a reopening carry it along. It is silent: its reporter hears its id, `/blocker` shows it.
    """
    diverged = found.training_status == "diverged" and found.stage not in ("killed", "production")
    row = _last_blocker(session, found)
    if diverged and (row is None or row.state == "withdrawn"):
        _open_blocker(session, found, made)
    elif diverged and row is not None and row.state == "resolved":
        row.state, row.resolved_at, row.closed_by, row.resolution = "open", None, "", ""
        _note(row, made, "updated", "The training has diverged again.")
    elif not diverged and row is not None and row.state == "open":
        _close_blocker(row, found, made)
    session.flush()


def _open_blocker(session: Session, found: Experiment, made: Change) -> None:
    row = Blocker(
        team_id=found.team_id,
        number=0,
        user_id=found.owner,
        kind="other",
        cause=_DIVERGENCE,
        text=f"The training of {found.snapshot().id} has {_how(made)}.",
        experiments=[found.number],
        at=made.at,
        moved_at=made.at,
    )
    blockers.add(session, row)


def _how(made: Change) -> str:
    return made.why if made.action == PULLED and made.why else "diverged"


def _close_blocker(row: Blocker, found: Experiment, made: Change) -> None:
    if made.action == "undone" and not row.trail:
        row.state, row.resolved_at = "withdrawn", made.at
        return
    how = f"training is {found.training_status}" if found.training_status else "training restarts"
    closed = found.stage in ("killed", "production")
    row.state, row.resolved_at, row.closed_by = "resolved", made.at, made.who
    row.resolution = f"{found.snapshot().id} was {made.action}" if closed else how
    _note(row, made, "resolved", row.resolution)


def _note(row: Blocker, made: Change, what: str, text: str) -> None:
    step: dict[str, Any] = {"who": made.who, "what": what, "text": text, "at": made.at.isoformat()}
    row.trail = [*row.trail, step]


def _last_blocker(session: Session, found: Experiment) -> Blocker | None:
    mine = blockers.by_cause(session, found.team_id, _DIVERGENCE)
    told = [row for row in mine if row.answer_id is None and row.experiments == [found.number]]
    return told[-1] if told else None
