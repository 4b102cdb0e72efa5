"""Logging: one line per event on stderr, ids and never texts, no request bodies."""

import logging
import sys


def set_up(*, verbose: bool = False) -> None:
    """Log our own INFO (DEBUG when verbose) and other libraries' warnings."""
    logging.basicConfig(
        stream=sys.stderr,
        level=logging.WARNING,
        format="%(asctime)s %(levelname)s %(name)s: %(message)s",
    )
    level = logging.DEBUG if verbose else logging.INFO
    for name in ("bot", "handlers", "jobs", "services", "models"):
        logging.getLogger(name).setLevel(level)
    logging.getLogger("slack_sdk").setLevel(logging.WARNING)
    logging.getLogger("alembic").setLevel(logging.WARNING)
