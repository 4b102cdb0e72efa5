"""inputs of evals are forgotten."""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("evalpush", schema=None) as batch_op:
        # Of what is there nobody knows: it is looked at once.
        batch_op.add_column(
            sa.Column("texts", sa.Boolean(), server_default=sa.true(), nullable=False)
        )


def downgrade() -> None:
    with op.batch_alter_table("evalpush", schema=None) as batch_op:
        batch_op.drop_column("texts")
