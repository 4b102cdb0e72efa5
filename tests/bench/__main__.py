"""`make bench`: what Assay costs, each figure beside a peer or limit measured in the same run."""

import asyncio
import tempfile
from pathlib import Path

from tests.bench import crowd, drift, process, replies, roundtrip


def main() -> None:
    """Print every measurement."""
    with tempfile.TemporaryDirectory(prefix="assay-bench-") as name:
        folder = Path(name)
        for title, measure in (
            ("/kill round trip over Socket Mode", roundtrip.measure),
            ("standup replies persisted", replies.measure),
            ("the process", process.measure),
            ("drift of a data set", drift.measure),
            ("ten days of 200 people", crowd.measure),
        ):
            print(f"\n{title}")
            for line in asyncio.run(measure(folder)):
                print(f"  {line}")


if __name__ == "__main__":
    main()
