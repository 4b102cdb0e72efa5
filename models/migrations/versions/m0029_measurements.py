"""a result is a measurement, typed or pushed."""

import json
import math
from typing import Any

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

_TEXT = sqlmodel.sql.sqltypes.AutoString


def _new() -> list[sa.Column[Any]]:
    return [
        sa.Column("push_id", sa.Integer(), nullable=True),
        sa.Column("metric", _TEXT(), server_default="", nullable=False),
        sa.Column("own", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("role", _TEXT(), server_default="candidate", nullable=False),
        sa.Column("source", _TEXT(), server_default="typed", nullable=False),
        sa.Column("examples", sa.Integer(), server_default="0", nullable=False),
        sa.Column("runs", sa.Integer(), server_default="0", nullable=False),
        sa.Column("low", sa.Float(), nullable=True),
        sa.Column("high", sa.Float(), nullable=True),
        sa.Column("noise", sa.Float(), nullable=True),
        sa.Column("eval_set", _TEXT(), server_default="", nullable=False),
        sa.Column("counts", sa.Boolean(), server_default=sa.true(), nullable=False),
    ]


def upgrade() -> None:
    op.drop_index("ix_checkpoint_looks", "checkpoint")
    op.rename_table("checkpoint", "measurement")
    for column in _new():
        op.add_column("measurement", column)
    op.create_index(
        "ix_measurement_looks",
        "measurement",
        ["experiment_id", "role", "counts", "at", "id", "value"],
    )
    _pushed(op.get_bind())


def downgrade() -> None:
    op.execute("DELETE FROM measurement WHERE source <> 'typed'")
    op.drop_index("ix_measurement_looks", "measurement")
    with op.batch_alter_table("measurement", schema=None) as batch_op:
        for column in _new():
            batch_op.drop_column(column.name)
    op.rename_table("measurement", "checkpoint")
    op.create_index("ix_checkpoint_looks", "checkpoint", ["experiment_id", "at", "id", "value"])


def _pushed(connection: sa.Connection) -> None:
    """The last results pushed of each side become measurements; their ranges are not known."""
    meta = sa.MetaData()
    push, ticket, measured = (
        sa.Table(name, meta, autoload_with=connection)
        for name in ("evalpush", "experiment", "measurement")
    )
    last = sa.select(sa.func.max(push.c.id)).group_by(push.c.experiment_id, push.c.role)
    wanted = (
        sa.select(push, ticket.c.metric.label("own_metric"), ticket.c.gpu_used)
        .join(ticket, ticket.c.id == push.c.experiment_id)
        .where(push.c.id.in_(last))
    )
    for row in connection.execute(wanted).mappings().all():
        found = _mean(row["results"], row["own_metric"])
        if found is None:
            continue
        if row["role"] == "candidate":
            typed = measured.c.experiment_id == row["experiment_id"]
            connection.execute(measured.update().where(typed).values(counts=False))
        connection.execute(
            measured.insert().values(
                experiment_id=row["experiment_id"], push_id=row["id"], at=row["at"],
                value=found[0], gpu_used=row["gpu_used"], note="", author=row["by"],
                metric=row["own_metric"], role=row["role"], source="pushed",
                examples=found[1], runs=row["runs"], eval_set=row["eval_set_hash"],
            )
        )  # fmt: skip


def _mean(results: Any, metric: str) -> tuple[float, int] | None:
    """Mean and examples of that metric, or None when a score is missing."""
    known = json.loads(results) if isinstance(results, str) else results or {}
    lines = [line for line in known.get("lines", ()) if len(line) > 3]
    wanted = metric.strip().casefold()
    scores: list[float] = []
    for _, _, named, missing, *_ in lines:
        by_name = {name.casefold(): value for name, value in named.items()}
        if wanted in {name.casefold() for name in missing} or wanted not in by_name:
            return None
        scores.append(float(by_name[wanted]))
    if not scores or not all(math.isfinite(score) for score in scores):
        return None
    return sum(scores) / len(scores), len({line[0] for line in lines})
