"""`python -m tests.quick`: the rules and dialogs of the wings that differ from main.

What lies in no wing (`services/ports.py`, a fixture) counts for the tests that lie in none; a test
for itself, and words for the tests that name their file. What takes more than ten seconds is left
to `make test`.
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
    wings: set[str] = {room.name for folder in ROOMS for room in folder.iterdir() if room.is_dir()}
    found = {"tests/test_shape.py"}
    for path in map(Path, paths):
        # The sandbox's rooms are none of Assay's wings, though one is called as one of them is.
        its = {path.parts[0]} if path.parts[0] == "sandbox" else {*path.parts[:-1]}
        found |= {str(one.relative_to(ROOT)) for one in _beside(path, wings & its) if one.exists()}
    return sorted(found)


def _beside(path: Path, its: set[str]) -> Iterable[Path]:
    if its:
        return [folder / wing for folder in ROOMS for wing in its]
    if path.name.startswith("test_"):
        return [ROOT / path]
    alone = [test for folder in ROOMS for test in folder.glob("test_*.py")]
    if path.suffix == ".md" and path.parts[0] != "prompts":
        return [test for test in alone if path.name in test.read_text()]
    return alone


def _git(*words: str) -> list[str]:
    done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.split()


if __name__ == "__main__":
    run = [sys.executable, "-m", "pytest", "-n", "2", "-m", "not slow", *near(changed())]
    sys.exit(subprocess.run(run, cwd=ROOT, check=False).returncode)
