"""what sums of the past read is found in indices."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    moves = sa.text("to_stage IS NOT NULL")
    op.create_index(
        "ix_change_path",
        "change",
        ["team_id", "experiment_id", "at", "id", "to_stage", "action", "undone"],
        unique=False,
        sqlite_where=moves,
        postgresql_where=moves,
    )
    op.create_index("ix_experiment_metric", "experiment", ["team_id", "metric", "noise_sd"])
    op.create_index("ix_checkpoint_looks", "checkpoint", ["experiment_id", "at", "id", "value"])
    op.drop_index("ix_checkpoint_experiment_id", "checkpoint")


def downgrade() -> None:
    op.create_index("ix_checkpoint_experiment_id", "checkpoint", ["experiment_id"])
    op.drop_index("ix_checkpoint_looks", "checkpoint")
    op.drop_index("ix_experiment_metric", "experiment")
    op.drop_index("ix_change_path", "change")
