"""Alembic runs this; models/db.py hands it an open connection."""

from alembic import context

from models.experiments import learning
from models.tables import metadata

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=True,
    compare_type=True,
    include_name=lambda name, _kind, _parents: not (name or "").startswith(learning.SEARCH),
)
with context.begin_transaction():
    context.run_migrations()
    learning.prepare_search(connection)
