"""results have an index."""

from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What the best results of a team are read from, without its tickets."""
    columns = [
        "team_id", "stage", "metric", "direction", "decided_at", "stage_since", "final_metric",
        "deploy_status", "number",
    ]  # fmt: skip
    op.create_index("ix_experiment_results", "experiment", columns)


def downgrade() -> None:
    """Without it."""
    op.drop_index("ix_experiment_results", "experiment")
