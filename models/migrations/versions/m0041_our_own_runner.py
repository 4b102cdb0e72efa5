"""what our own runner tells of a run."""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None


def upgrade() -> None:
    text = sqlmodel.sql.sqltypes.AutoString
    op.create_table(
        "runbeat",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("host", text(), nullable=False),
        sa.Column("stops", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("metrics_elsewhere", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("reason", text(), nullable=False),
        sa.Column("order", text(), nullable=False),
        sa.Column("line", text(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("run_id"),
    )


def downgrade() -> None:
    op.drop_table("runbeat")
