"""`python -m tests.cases FILE…`: a line by failing case and area, exit code 1 on a failure."""

import logging
import sys
from pathlib import Path

from tests.cases.registry import report, run_file


def main(paths: list[str]) -> int:
    if not paths:
        print("usage: python -m tests.cases FILE…")
        return 2
    results = [result for path in paths for result in run_file(Path(path))]
    for line in report(results):
        print(line)
    return 0 if results and all(result.passed for result in results) else 1


if __name__ == "__main__":
    logging.disable(logging.WARNING)  # refusals are what some files ask for
    sys.exit(main(sys.argv[1:]))
