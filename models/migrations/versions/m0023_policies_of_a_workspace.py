"""what a language model may be sent, and how long answers are kept, is the workspace's."""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

_COLUMNS = {"llm_policy": "", "retention_days": 0, "retention_by": "", "retention_on": ""}


def upgrade() -> None:
    text = sqlmodel.sql.sqltypes.AutoString()
    with op.batch_alter_table("workspace", schema=None) as batch_op:
        for name, default in _COLUMNS.items():
            kind = text if default == "" else sa.Integer()
            batch_op.add_column(sa.Column(name, kind, server_default=str(default), nullable=False))
    _from_teams()


def _from_teams() -> None:
    """As the workspace's oldest team that chose it has it; in no team's settings any more."""
    bind = op.get_bind()
    team = sa.table(
        "team", sa.column("id"), sa.column("workspace"), sa.column("settings", sa.JSON())
    )
    space = sa.table("workspace", sa.column("slack_id"), *map(sa.column, _COLUMNS))
    chosen: dict[str, dict[str, object]] = {}
    for row in bind.execute(sa.select(team).order_by(team.c.id)).all():
        kept = dict(row.settings or {})
        theirs = {name: kept.pop(name) for name in _COLUMNS if name in kept}
        if not theirs:
            continue
        bind.execute(sa.update(team).where(team.c.id == row.id).values(settings=kept))
        known = chosen.setdefault(row.workspace, {})
        policy, days = theirs.pop("llm_policy", None), theirs
        if policy and "llm_policy" not in known:
            known["llm_policy"] = policy
        if days.get("retention_days") and "retention_days" not in known:
            known |= days
    for slack_id, values in chosen.items():
        if values:
            bind.execute(sa.update(space).where(space.c.slack_id == slack_id).values(values))


def downgrade() -> None:
    raise NotImplementedError("a workspace's policies are no team's: restore the backup")
