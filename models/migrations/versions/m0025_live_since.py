"""since when an experiment is live, and on whose word."""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

# The newest change that said so and stands tells both; what nobody's change told (a ticket that
# was brought in so) is live since it came into production.
_TOLD = """
    SELECT {what} FROM change
    WHERE change.experiment_id = experiment.id AND change.undone = {no}
        AND change.after ->> 'deploy_status' = 'live'
    ORDER BY change.at DESC, change.id DESC LIMIT 1
"""
_LIVE = "stage = 'production' AND deploy_status = 'live'"


def upgrade() -> None:
    with op.batch_alter_table("experiment", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("live_since", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True)
        )
        batch_op.add_column(
            sa.Column(
                "live_by", sqlmodel.sql.sqltypes.AutoString(), server_default="", nullable=False
            )
        )
        batch_op.create_index("ix_experiment_live", ["team_id", "live_since"], unique=False)
    no = "false" if op.get_bind().dialect.name == "postgresql" else "0"
    at, who = (_TOLD.format(what=f"change.{what}", no=no) for what in ("at", "who"))
    op.execute(
        f"UPDATE experiment SET live_since = COALESCE(({at}), stage_since), "
        f"live_by = COALESCE(({who}), '') WHERE {_LIVE}"
    )


def downgrade() -> None:
    with op.batch_alter_table("experiment", schema=None) as batch_op:
        batch_op.drop_index("ix_experiment_live")
        batch_op.drop_column("live_by")
        batch_op.drop_column("live_since")
