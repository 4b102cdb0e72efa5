"""Write the next migration from the tables: python -m models.migrations.revise "what changed"."""

import sys

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

from models import db


def main() -> None:
    """Compare a freshly migrated SQLite with the tables and write the difference."""
    engine = db.open_engine("sqlite://")
    db.migrate(engine)
    config = Config()
    config.set_main_option("script_location", "models:migrations")
    config.set_main_option("file_template", "m%%(rev)s_%%(slug)s")
    number = int(ScriptDirectory.from_config(config).get_current_head() or 0) + 1
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        command.revision(config, message=sys.argv[1], autogenerate=True, rev_id=f"{number:04d}")


if __name__ == "__main__":
    main()
