"""rounds are found by when they close."""

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_round_closes", "round", ["standup_id", "closes_at"])


def downgrade() -> None:
    op.drop_index("ix_round_closes", "round")
