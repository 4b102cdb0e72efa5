"""learnings count once they are confirmed: by a decision, by who logged them, or by a press on
what was said in a standup; what was said in standups before stays, and counts no more.
"""

import re

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

_LEARNING = sa.table(
    "learning",
    sa.column("id", sa.Integer),
    sa.column("source", sa.String),
    sa.column("text", sa.String),
    sa.column("said", sa.String),
    sa.column("at", sa.DateTime),
    sa.column("confirmed_at", sa.DateTime),
)
# As core.experiments.learning.sentence was then.
_ID = re.compile(
    r"\s{0,9}[*_`]{0,3}exp[ _-]{0,3}0{0,9}(\d{1,6})\b[*_`]{0,3}\s{0,9}[:,;.–—-]{0,3}\s{0,9}",
    re.IGNORECASE,
)


def upgrade() -> None:
    with op.batch_alter_table("learning") as batch_op:
        batch_op.add_column(
            sa.Column("confirmed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True)
        )
        batch_op.add_column(
            sa.Column(
                "said", sqlmodel.sql.sqltypes.AutoString(), server_default="", nullable=False
            )
        )
    op.create_index("ix_learning_said", "learning", ["team_id", "said", "id"])
    op.create_index("ix_learning_confirmed", "learning", ["team_id", "confirmed_at"])
    c, connection = _LEARNING.c, op.get_bind()
    counts = c.source != "standup"
    connection.execute(_LEARNING.update().where(counts).values(confirmed_at=c.at))
    for row in connection.execute(sa.select(c.id, c.text)).all():
        said = _sentence(row.text)
        connection.execute(_LEARNING.update().where(c.id == row.id).values(said=said))


def _sentence(text: str) -> str:
    found = _ID.match(text)
    rest = text[found.end() :] if found else text
    words = re.findall(r"\w+", (rest if rest.strip() else text).casefold())
    return " ".join(words)[:200]


def downgrade() -> None:
    op.drop_index("ix_learning_confirmed", "learning")
    op.drop_index("ix_learning_said", "learning")
    with op.batch_alter_table("learning") as batch_op:
        batch_op.drop_column("said")
        batch_op.drop_column("confirmed_at")
