"""Drift of 20 columns x 100,000 rows beside Evidently (PSI) and NannyML (JS), interleaved.

Each tool runs in a process and an environment of its own, on the same arrays. The environments
are made once per machine in the temporary folder; without them our own figures stand alone and
the report says so.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parent.parent.parent
WORKER = Path(__file__).parent / "drift_worker.py"
PEERS = {
    "evidently": ("evidently==0.7.23", "pandas<3", "statsmodels"),
    "nannyml": ("nannyml==0.13.1", "pandas<3", "statsmodels"),
}
NAMES = {
    "ours": "Assay, profiles (PSI, JS, KS, p, BH)",
    "ours-samples": "Assay, samples (exact KS, Wasserstein too)",
    "evidently": "Evidently 0.7.23, its drift preset by PSI",
    "evidently-bare": "Evidently 0.7.23, PSI and nothing else",
    "nannyml": "NannyML 0.13.1, JS",
}
QUIET = {"NML_DISABLE_USAGE_LOGGING": "1", "DO_NOT_TRACK": "1"}  # the peers call home otherwise
OURS = ("ours", "ours-samples")
ROWS, REPEATS, INSTALL_S, RUN_S = 100_000, 3, 900, 600


async def measure(folder: Path) -> list[str]:
    """CPU seconds and extra memory, medians of three interleaved runs, and the ratios."""
    pythons, lines = _pythons()
    for title, sides in (("20 numeric", _numeric()), ("10 numeric, 10 categories", _mixed())):
        data = folder / f"drift-{len(title)}"
        data.mkdir()
        for side, columns in zip(("reference", "current"), sides, strict=True):
            np.savez(data / f"{side}.npz", **columns)
        lines += _compared(f"{title}, {ROWS:,} rows against {ROWS:,}", data, pythons)
    return lines


def _compared(title: str, data: Path, pythons: dict[str, str]) -> list[str]:
    runs: dict[str, list[dict[str, float]]] = {tool: [] for tool in pythons}
    lines = [f"{title}:"]
    for tool, python in [*pythons.items()] * REPEATS:
        if tool not in runs:
            continue
        try:
            runs[tool].append(_run(tool, python, data))
        except subprocess.SubprocessError as error:
            said = str(getattr(error, "stderr", "") or error).strip().splitlines()[-1][:120]
            lines.append(f"  !!! NOT MEASURED: {NAMES[tool]} failed ({said})")
            del runs[tool]
    cpu, extra = (
        {tool: statistics.median(run[what] for run in found) for tool, found in runs.items()}
        for what in ("cpu_s", "extra_mib")
    )
    for tool in runs:
        line = f"  {NAMES[tool]}: {cpu[tool]:.3f} CPU s, {extra[tool]:.0f} MiB extra"
        if tool not in OURS:
            line += f" = {cpu[tool] / cpu['ours']:.1f}x our CPU"
            line += f", {extra[tool] / max(extra['ours'], 1):.1f}x our memory"
        lines.append(line)
    return lines


def _run(tool: str, python: str, data: Path) -> dict[str, float]:
    ours = {"PYTHONPATH": str(ROOT) if python == sys.executable else ""}
    done = subprocess.run(
        [python, "-P", str(WORKER), tool, str(data)],
        cwd=data, env=os.environ | QUIET | ours,
        capture_output=True, text=True, check=True, timeout=RUN_S,
    )  # fmt: skip
    found: dict[str, float] = json.loads(done.stdout.strip().splitlines()[-1])
    return found


def _pythons() -> tuple[dict[str, str], list[str]]:
    """The Python of every tool that can be run, and a loud line for every one that cannot."""
    pythons, lines = dict.fromkeys(OURS, sys.executable), []
    for tool, packages in PEERS.items():
        try:
            python = _environment(tool, packages)
            pythons |= {name: python for name in NAMES if name.startswith(tool)}
        except (subprocess.SubprocessError, OSError) as error:
            why = str(error).splitlines()[0][:120]
            lines.append(f"!!! NOT MEASURED: {NAMES[tool]}; no environment for it ({why})")
    return pythons, lines


def _environment(tool: str, packages: tuple[str, ...]) -> str:
    """The Python of the tool's environment, which is made when it is not there yet."""
    home = Path(tempfile.gettempdir()) / f"assay-bench-peers-{os.getuid()}" / tool
    python, ready = home / "bin" / "python", home / ".ready"
    if not ready.exists():
        quiet = {"check": True, "capture_output": True, "timeout": INSTALL_S}
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(home)], **quiet)
        subprocess.run([str(python), "-m", "pip", "install", "-q", *packages], **quiet)
        ready.touch()
    return str(python)


def _numeric() -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    rng = np.random.default_rng(20)
    return tuple(  # type: ignore[return-value]
        {f"n{i}": rng.normal(size=ROWS) + shift * (i % 4 == 0) for i in range(20)}
        for shift in (0.0, 0.3)
    )


def _mixed() -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    rng = np.random.default_rng(10)
    sides: list[dict[str, np.ndarray]] = []
    for is_current in (False, True):
        columns: dict[str, np.ndarray] = {}
        for i in range(10):
            values = rng.normal(size=ROWS)
            values[rng.random(ROWS) < 0.03] = np.nan
            columns[f"n{i}"] = values
            levels = (5, 10, 20, 50, 100, 200, 300, 500, 800, 1000)[i] + is_current
            words = np.array([f"level {n}" for n in range(levels)], dtype=object)
            columns[f"c{i}"] = words[rng.integers(0, levels, ROWS)]
        sides.append(columns)
    return sides[0], sides[1]
