"""a team's learnings are found by when they were written."""

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_learning_of_team", "learning", ["team_id", "at"])
    op.drop_index("ix_learning_team_id", "learning")


def downgrade() -> None:
    op.create_index("ix_learning_team_id", "learning", ["team_id"])
    op.drop_index("ix_learning_of_team", "learning")
