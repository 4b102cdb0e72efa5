"""What the board reads: who stands in a column, and how everything got where it is."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy
from sqlalchemy import case, distinct, func
from sqlmodel import Session, col, select

import core.experiments.experiment as rules
from core.experiments.words import Decided
from models.experiments.experiment import (
    FROM_STAGE,
    TO_STAGE,
    Change,
    Experiment,
    Which,
    is_open,
    left_since,
    numbered,
)

Period = tuple[datetime, datetime]  # from the one up to the other


def in_stage(
    session: Session, team_id: int, stage: str, *, since: datetime
) -> list[rules.Experiment]:
    """The team's experiments in that stage as they are committed now, without checkpoints; in a
    closed stage those that came into it since then.

    Read as columns: rows that this session holds stay as they were read, versions included.
    """
    wanted = select(*(getattr(Experiment, name) for name in rules.FIELDS)).where(
        Experiment.team_id == team_id,
        Experiment.stage == stage,
        is_open() | left_since(since),
    )
    return [rules.Experiment(**row._mapping) for row in session.exec(wanted)]


def kill_reasons(session: Session, team_id: int, numbers: Sequence[int]) -> dict[int, str]:
    """The rules that spoke for each kill of those that stands, by number; without those that had
    none.
    """
    wanted = (
        select(Experiment.number, Change.after)
        .where(
            Change.experiment_id == Experiment.id,
            # By their ids, not by the team: its history is longer than theirs.
            col(Change.experiment_id).in_(
                select(Experiment.id).where(Experiment.team_id == team_id, numbered(numbers))
            ),
            Change.action == "killed",
            col(Change.undone).is_(False),
        )
        .order_by(col(Change.id))
    )
    return {number: after["rules"] for number, after in session.exec(wanted) if after.get("rules")}


def stage_changes(
    session: Session, team_id: int, since: datetime
) -> list[tuple[int, datetime, str, str]]:
    """Every change of stage from then on that stands: number, when, from ("" at creation), to;
    oldest first.
    """
    wanted = (
        sqlalchemy.select(col(Experiment.number), col(Change.at), FROM_STAGE, TO_STAGE)
        .join(Experiment, col(Experiment.id) == Change.experiment_id)
        .where(*_moves(team_id), col(Change.at) >= since)
        .order_by(col(Change.at), col(Change.id))
    )
    return [(n, at, frm or "", to) for n, at, frm, to in session.execute(wanted)]


def decided(session: Session, team_id: int, periods: Sequence[Period]) -> Decided:
    """What was decided in those periods together, each as core.experiments.words.decided counts
    it: summed by the database however much was. periods: oldest first, none within another.
    """
    made, later = Change, Change.__table__.alias()  # type: ignore[attr-defined]
    within = case(
        *[((col(made.at) >= start) & (col(made.at) < end), end) for start, end in periods]
    )
    moved_on = sqlalchemy.select(later.c.id).where(
        later.c.team_id == team_id,
        later.c.experiment_id == col(made.experiment_id),
        later.c.to_stage != "",
        later.c.action != "undone",
        later.c.undone.is_(False),
        later.c.at < within,
        (later.c.at > col(made.at)) | ((later.c.at == col(made.at)) & (later.c.id > made.id)),
    )
    stood = TO_STAGE.in_(rules.CLOSED) & ~moved_on.exists()
    refined = (FROM_STAGE == "evaluation") & (TO_STAGE == "iteration")
    wanted = (
        sqlalchemy.select(TO_STAGE, func.count())
        .where(*_moves(team_id), col(made.at) >= periods[0][0], col(made.at) < periods[-1][1])
        .where(within.is_not(None), stood | refined)
        .group_by(TO_STAGE)
    )
    found = {to: count for to, count in session.execute(wanted)}
    counts = (found.get(to, 0) for to in ("killed", "production", "iteration"))
    return Decided(*counts)


def first_move(session: Session, team_id: int) -> datetime | None:
    """When the first change of stage was made that stands, or None."""
    at = col(Change.at)
    return session.exec(select(at).where(*_moves(team_id)).order_by(at).limit(1)).first()


def first_in(
    session: Session, team_id: int, stage: str, numbers: Sequence[int]
) -> dict[int, datetime]:
    """When each of those experiments first came into that stage, by number."""
    wanted = (
        sqlalchemy.select(col(Experiment.number), func.min(col(Change.at)))
        .join(Experiment, col(Experiment.id) == Change.experiment_id)
        .where(*_moves(team_id), TO_STAGE.in_([stage]))
        .where(col(Experiment.team_id) == team_id, numbered(numbers))
        .group_by(col(Experiment.number))
    )
    return {number: at for number, at in session.execute(wanted)}


def paths(session: Session, team_id: int) -> list[tuple[set[str], str, str, int]]:
    """How experiments came to where they are: the stages they were ever in, the last change of
    stage (from, to), and how many came so.
    """
    bit = {stage: 1 << at for at, stage in enumerate(rules.STAGES)}
    ever = (
        sqlalchemy.select(
            col(Change.experiment_id).label("ticket"),
            func.sum(distinct(case(bit, value=TO_STAGE))).label("stages"),
        )
        .where(*_moves(team_id))
        .group_by(col(Change.experiment_id))
        .subquery()
    )
    latest = (  # a look-up for each is quicker than a window over all
        sqlalchemy.select(col(Change.id))
        .where(*_moves(team_id), col(Change.experiment_id) == ever.c.ticket)
        .order_by(col(Change.at).desc(), col(Change.id).desc())
        .limit(1)
        .scalar_subquery()
    )
    last = Change.__table__.alias()  # type: ignore[attr-defined]
    each = (ever.c.stages, last.c.from_stage, last.c.to_stage)
    found = session.execute(
        sqlalchemy.select(*each, func.count())
        .select_from(ever)
        .join(last, last.c.id == latest)
        .group_by(*each)
    )
    return [
        ({stage for stage in rules.STAGES if stages & bit[stage]}, frm or "", to, count)
        for stages, frm, to, count in found
    ]


def _moves(team_id: int) -> list[Which]:
    return [
        col(Change.team_id) == team_id,
        TO_STAGE != "",
        col(Change.action) != "undone",
        col(Change.undone).is_(False),
    ]
