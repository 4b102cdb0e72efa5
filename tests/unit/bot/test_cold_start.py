"""What a command waits for before it does anything: what it may never need is not loaded."""

import subprocess
import sys

DEAR = ("scipy.stats", "scipy.optimize", "matplotlib", "holidays", "openai", "pyarrow")


def test_a_command_starts_without_what_only_some_of_them_need():
    script = f"import sys, bot.__main__; print([m for m in {DEAR} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("[]\n", "")
