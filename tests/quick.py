"""`python -m tests.quick`: the rules and dialogs of the wings that differ from main.

What lies in no wing (`services/ports.py`, a fixture) counts for the tests that lie in none. What
takes more than ten seconds is left to `make test`.
"""

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).parent.parent
ROOMS = (ROOT / "tests" / "unit", ROOT / "tests" / "dialog")


def changed() -> list[str]:
    """Paths that differ from where this branch left main, committed or not."""
    base = _git("merge-base", "HEAD", "main") or ["HEAD"]
    return _git("diff", "--name-only", base[0]) + _git(
        "ls-files", "--others", "--exclude-standard"
    )


def near(paths: Iterable[str]) -> list[str]:
    """The folders and files of tests that concern those paths; the shape of the code always."""
    wings = {room.name for folder in ROOMS for room in folder.iterdir() if room.is_dir()}
    found = {"tests/test_shape.py"}
    for path in map(Path, paths):
        its = wings.intersection(path.parts[:-1])
        for folder in ROOMS:
            rooms = [folder / wing for wing in its] if its else sorted(folder.glob("test_*.py"))
            found |= {str(room.relative_to(ROOT)) for room in rooms if room.exists()}
    return sorted(found)


def _git(*words: str) -> list[str]:
    done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.split()


if __name__ == "__main__":
    run = [sys.executable, "-m", "pytest", "-n", "2", "-m", "not slow", *near(changed())]
    sys.exit(subprocess.run(run, cwd=ROOT, check=False).returncode)
