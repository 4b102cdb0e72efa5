"""what is live and got worse."""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("evalpush", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "regressed", sqlmodel.sql.sqltypes.AutoString(), server_default="", nullable=False
            )
        )


def downgrade() -> None:
    with op.batch_alter_table("evalpush", schema=None) as batch_op:
        batch_op.drop_column("regressed")
