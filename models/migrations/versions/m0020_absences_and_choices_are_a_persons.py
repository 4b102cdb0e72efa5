"""absences, holidays and reminders are a person's, in whichever team."""

from datetime import date

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    text = sqlmodel.sql.sqltypes.AutoString()
    with op.batch_alter_table("profile", schema=None) as batch_op:
        batch_op.add_column(sa.Column("country", text, server_default="", nullable=False))
        batch_op.add_column(
            sa.Column("nudges", sa.Boolean(), server_default=sa.true(), nullable=False)
        )
    _choices()
    op.drop_table("preference")

    with op.batch_alter_table("absence", schema=None) as batch_op:
        batch_op.add_column(sa.Column("workspace", text, server_default="", nullable=False))
    op.execute(
        "UPDATE absence SET workspace ="
        " (SELECT workspace FROM team WHERE team.id = absence.team_id)"
    )
    _one_of_overlapping()
    with op.batch_alter_table("absence", schema=None) as batch_op:
        batch_op.drop_index("ix_absence_team_id")
        batch_op.drop_column("team_id")
        batch_op.alter_column("workspace", existing_type=text, server_default=None)


def _choices() -> None:
    """A country that was chosen stands; who wanted no reminders in one team gets none."""
    theirs = (
        "FROM preference JOIN team ON team.id = preference.team_id"
        " WHERE team.workspace = profile.workspace AND preference.user_id = profile.user_id"
    )
    op.execute(
        "INSERT INTO profile (workspace, user_id, name, zone, zone_override, admin, active,"
        " home_shown) SELECT DISTINCT team.workspace, preference.user_id, '', '', '', false, true,"
        " '' FROM preference JOIN team ON team.id = preference.team_id WHERE NOT EXISTS"
        " (SELECT 1 FROM profile WHERE profile.workspace = team.workspace"
        " AND profile.user_id = preference.user_id)"
    )
    op.execute(
        f"UPDATE profile SET country = COALESCE((SELECT MAX(preference.country) {theirs}), ''),"
        f" nudges = NOT EXISTS (SELECT 1 {theirs} AND NOT preference.nudges)"
    )


def _one_of_overlapping() -> None:
    """What somebody told two teams is one absence, so that `back` ends it in both."""
    bind = op.get_bind()
    absence = sa.table(
        "absence", sa.column("id"), sa.column("workspace"), sa.column("user_id"),
        sa.column("first_day", sa.Date()), sa.column("last_day", sa.Date()),
    )  # fmt: skip
    order = (absence.c.workspace, absence.c.user_id, absence.c.first_day, absence.c.id)
    kept, last = None, date.min
    for row in bind.execute(sa.select(absence).order_by(*order)).all():
        same = kept and (kept.workspace, kept.user_id) == (row.workspace, row.user_id)
        if not same or row.first_day > last:
            kept, last = row, row.last_day
            continue
        last = max(last, row.last_day)
        bind.execute(sa.delete(absence).where(absence.c.id == row.id))
        bind.execute(sa.update(absence).where(absence.c.id == kept.id).values(last_day=last))


def downgrade() -> None:
    raise NotImplementedError("an absence of all teams is not one team's: restore the backup")
