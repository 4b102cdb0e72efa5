"""`make bench`: what Assay costs, each figure beside a peer or limit measured in the same run.

`python -m tests.bench curve --sizes 100,1000 --only /exp` measures one part, here the cost curve.
"""

import argparse
import asyncio
import tempfile
from functools import partial
from pathlib import Path

from tests.bench import crowd, curve, drift, kills, looks, process, replies, roundtrip

PARTS = {
    "roundtrip": ("/kill round trip over Socket Mode", roundtrip.measure),
    "replies": ("standup replies persisted", replies.measure),
    "process": ("the process", process.measure),
    "drift": ("drift of a data set", drift.measure),
    "kills": ("the kill rule on curves whose end is known", kills.measure),
    "looks": ("ten looks at one eval set", looks.measure),
    "crowd": ("ten days of 200 people", crowd.measure),
    "teams": ("ten days of ten teams of 20, beside one", crowd.measure_teams),
    "curve": ("what commands cost as history grows", curve.measure),
}


def main() -> None:
    """Print every measurement, or those of one part."""
    given = _given()
    if given.part == "curve":
        sizes = [int(size) for size in given.sizes.split(",")]
        chosen = partial(curve.measure, sizes=sizes, answers=given.answers, only=given.only)
        _print({"curve": (PARTS["curve"][0], chosen)})
    else:
        _print({given.part: PARTS[given.part]} if given.part else PARTS)


def _given() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("part", nargs="?", choices=list(PARTS), help="one part; all without it")
    parser.add_argument("--sizes", default=",".join(map(str, curve.SIZES)), help="experiments")
    parser.add_argument("--answers", type=int, default=curve.ANSWERS, help="at the largest size")
    parser.add_argument("--only", default="", help="commands that begin so, or `tick`")
    return parser.parse_args()


def _print(parts: dict) -> None:
    with tempfile.TemporaryDirectory(prefix="assay-bench-") as name:
        for title, measure in parts.values():
            print(f"\n{title}")
            for line in asyncio.run(measure(Path(name))):
                print(f"  {line}", flush=True)


if __name__ == "__main__":
    main()
