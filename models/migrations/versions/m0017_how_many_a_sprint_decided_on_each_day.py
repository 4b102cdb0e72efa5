"""how many a sprint decided on each of its days."""

from datetime import date

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_SPRINT = sa.table(
    "sprint",
    sa.column("id", sa.Integer),
    sa.column("starts", sa.Date),
    sa.column("ends", sa.Date),
    sa.column("closed_at", sa.DateTime),
    sa.column("decided", sa.JSON),
    sa.column("by_day", sa.JSON),
)


def upgrade() -> None:
    op.add_column("sprint", sa.Column("by_day", sa.JSON(), server_default="[]", nullable=True))
    c, connection = _SPRINT.c, op.get_bind()
    closed = sa.select(c.id, c.starts, c.ends, c.decided).where(c.closed_at.is_not(None))
    for row in connection.execute(closed).all():
        by_day = [0] * ((row.ends - row.starts).days + 1)
        for one in row.decided or []:
            day = (date.fromisoformat(one["on"]) - row.starts).days
            by_day[min(max(day, 0), len(by_day) - 1)] += 1
        connection.execute(_SPRINT.update().where(c.id == row.id).values(by_day=by_day))


def downgrade() -> None:
    with op.batch_alter_table("sprint") as batch_op:
        batch_op.drop_column("by_day")
