"""The verifier on fresh sentences, and on true sentences made false (tests/mutations.py).

First-run rates, before anything was mended for a set: A 54/77, B 50/79 with the first verifier and
56/79 after work on A, C 78/98 with the first verifier; D 95/105, E 58/76 (pairs made to be hard)
F 53/60 and G 41/50 as the work went on. Nearly all that was missed were true sentences held back.
Three sentences of G were taken out: two gave a cause that the sheet does not give, one took two
steps. The sets are mended for since, so that they pass says nothing of the next fresh one.
"""

import json
from functools import cache
from pathlib import Path

import pytest

from core.grounding.ground import read
from core.grounding.verifier import unsupported
from tests import mutations
from tests.cases.registry import report, run_file

CASES = Path(__file__).parent.parent.parent / "data" / "cases"
SETS = ["grounding", *(f"grounding_fresh_{letter}" for letter in "abcdefg")]
# what share of the wrong variants has to be caught
LEAST = {
    "numbers": 0.97,
    "ids": 1.0,
    "directions": 0.95,
    "units": 0.95,
    "dates": 1.0,
    "people": 1.0,
    "statuses": 1.0,
    "targets": 1.0,
    "metrics": 1.0,
}


@pytest.mark.parametrize("name", SETS)
def test_every_sentence_of_the_set_is_judged_right(name):
    found = run_file(CASES / f"{name}.json")
    assert [line for line in report(found) if line.startswith("FAIL")] == []
    assert len(found) > 40


@cache
def variants(kind):
    """(sheet, true sentence, wrong variant) of every set."""
    made = []
    for name in SETS:
        loaded = json.loads((CASES / f"{name}.json").read_text())
        for item in loaded["items"]:
            if item["label"] == "faithful":
                sheet = loaded["sheets"][item["sheet"]]
                wrong = getattr(mutations, kind)(item["summary"], sheet)
                made += [(sheet, item["summary"], sentence) for sentence in wrong]
    return made


@pytest.mark.parametrize("kind", mutations.KINDS)
def test_wrong_variants_of_true_sentences_are_caught(kind):
    made = variants(kind)
    missed = [f"{wrong}  <<  {true}" for sheet, true, wrong in made
              if not unsupported(wrong, read(sheet))]  # fmt: skip
    assert made
    assert 1 - len(missed) / len(made) >= LEAST[kind], missed
