"""Profiles of made-up data sets, for tests of drift."""

import numpy as np

from core.drift.profile import profile, profile_like
from core.drift.source import Pushed

REFERENCE = profile(
    {
        "age": np.random.default_rng(1).normal(40, 10, 1000),
        "spend": np.random.default_rng(2).normal(100, 30, 1000),
        "plan": ["free", "pro"] * 500,
    }
)


def rows(seed=3, n=500, **change):
    """Rows like the reference's; age=8 shifts a number, plan=[…] replaces, None drops."""
    rng = np.random.default_rng(seed)
    columns = {
        "age": rng.normal(40, 10, n),
        "spend": rng.normal(100, 30, n),
        "plan": ["free", "pro"] * (n // 2),
    }
    for name, how in change.items():
        if how is None:
            del columns[name]
        elif isinstance(how, int | float):
            columns[name] = columns[name] + how
        else:
            columns[name] = how
    return columns


def reference(source="customers", *, at=None, by="UANA", profile=REFERENCE):
    """A reference to push."""
    return Pushed(source, "reference", profile, at, by)


def current(source="customers", *, at=None, by="ci", **change):
    """Current rows to push, counted like REFERENCE."""
    return Pushed(source, "current", profile_like(REFERENCE, rows(**change)), at, by)
