"""Charts are PNGs of a size people can read, whatever the names in them."""

import struct

import pytest

from views.charts import draw

ROW = {"name": "accuracy", "verdict": "PASS", "low": 0.91, "high": 0.96, "estimate": 0.94,
       "limit": 0.9, "better": "higher", "caption": "91% to 96%, limit 90%"}  # fmt: skip
SEEDS = {"kind": "seeds", "title": "EXP-042: accuracy over 3 runs", "limit": 0.9, "alt": "",
         "candidate": [0.91, 0.92, 0.9], "baseline": [0.9, 0.88, 0.89]}  # fmt: skip


def intervals(*rows):
    return {"kind": "intervals", "title": "EXP-042 HOLD", "rows": list(rows), "alt": ""}


def size(png):
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    return struct.unpack(">II", png[16:24])


@pytest.mark.parametrize(
    "spec",
    [
        intervals(ROW),
        intervals(*[ROW | {"verdict": v} for v in ("PASS", "FAIL", "INCONCLUSIVE")] * 4),
        intervals(ROW | {"low": 0.0, "high": 0.0, "limit": 0.0, "estimate": None}),
        SEEDS,
        SEEDS | {"baseline": [], "limit": None},
        SEEDS | {"candidate": [0.9, 0.9]},
    ],
)
def test_a_chart_is_a_png_that_can_be_read(spec):
    width, height = size(draw(spec))
    assert width == 1200
    assert 200 <= height <= 2000


def test_signs_of_formulas_and_unknown_scripts_in_a_name_are_only_text():
    name = r"cost in $ and \frac{ $x_{ 精度 🙂"
    width, _ = size(draw(intervals(ROW | {"name": name}) | {"title": name}))
    assert width == 1200
