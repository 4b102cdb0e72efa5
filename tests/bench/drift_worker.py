"""One tool on one data set, in a process of its own: prints CPU seconds and extra MiB as JSON.

Run as `python drift_worker.py TOOL FOLDER` by the Python of that tool's environment; it knows
nothing of this repository unless the tool is ours. Imports, loading and a warm-up on 200 rows
are not measured.
"""

import json
import sys
import time
import warnings
from pathlib import Path

import numpy as np

warnings.simplefilter("ignore")


def ours(reference, current):
    """What a push costs: both profiles, then every verdict with PSI, JS, KS, p and BH."""
    from core.drift.compare import compare
    from core.drift.profile import profile, profile_like

    def run(before, after):
        kept = profile(before)
        return compare(kept, profile_like(kept, after))

    return run, reference, current


def ours_samples(reference, current):
    """Both data sets side by side: exact KS and Wasserstein too."""
    from core.drift.compare import compare_samples

    return compare_samples, reference, current


def evidently(reference, current):
    """What its users run: the drift preset, every column by PSI."""
    from evidently.presets import DataDriftPreset

    return _evidently(reference, current, [DataDriftPreset(num_method="psi", cat_method="psi")])


def evidently_bare(reference, current):
    """The PSI of every column and nothing else."""
    from evidently.metrics import ValueDrift

    metrics = [ValueDrift(column=name, method="psi") for name in reference]
    return _evidently(reference, current, metrics)


def _evidently(reference, current, metrics):
    import pandas as pd
    from evidently import DataDefinition, Dataset, Report

    words = [name for name, values in reference.items() if values.dtype == object]
    kinds = DataDefinition(
        numerical_columns=[name for name in reference if name not in words],
        categorical_columns=words,
    )
    before, after = (
        Dataset.from_pandas(pd.DataFrame(columns), data_definition=kinds)
        for columns in (reference, current)
    )

    def run(before, after):
        return Report(metrics).run(current_data=after, reference_data=before).dict()

    return run, before, after


def nannyml(reference, current):
    """The Jensen-Shannon distance of every column, in ten chunks as by default."""
    import pandas as pd
    from nannyml import UnivariateDriftCalculator

    def run(before, after):
        calculator = UnivariateDriftCalculator(
            column_names=list(before.columns),
            treat_as_categorical=[c for c in before.columns if before[c].dtype == object],
            continuous_methods=["jensen_shannon"],
            categorical_methods=["jensen_shannon"],
        )
        return calculator.fit(before).calculate(after).to_df()

    return run, pd.DataFrame(reference), pd.DataFrame(current)


TOOLS = {
    "ours": ours,
    "ours-samples": ours_samples,
    "evidently": evidently,
    "evidently-bare": evidently_bare,
    "nannyml": nannyml,
}


def main():
    """Measure once."""
    tool, folder = sys.argv[1], Path(sys.argv[2])
    sides = [
        dict(np.load(folder / f"{side}.npz", allow_pickle=True))
        for side in ("reference", "current")
    ]
    few = [{name: values[:200] for name, values in side.items()} for side in sides]
    run, *tiny = TOOLS[tool](*few)
    run(*tiny)
    run, *whole = TOOLS[tool](*sides)
    Path("/proc/self/clear_refs").write_text("5")  # the peak counts from here
    before, began = _memory("VmRSS"), time.process_time()
    run(*whole)
    cpu_s = time.process_time() - began
    extra_mib = max(0.0, _memory("VmHWM") - before)
    sys.stdout.write("\n" + json.dumps({"cpu_s": cpu_s, "extra_mib": extra_mib}) + "\n")


def _memory(field):
    status = Path("/proc/self/status").read_text()
    return int(status.split(f"{field}:")[1].split()[0]) / 1024


if __name__ == "__main__":
    main()
