"""The HTTP door held to its own description by schemathesis.

Deterministic and small here; `make fuzz EXAMPLES=500` tries more.
"""

import asyncio
import os
from typing import Any

import hypothesis
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS

from ingest.openapi import OPENAPI
from models import db
from tests import databases
from tests.pushing import serving
from tests.tickets import experiment as ticket
from tests.tickets import stored

EXAMPLES = int(os.environ.get("EXAMPLES", "5"))
# A cursor is opaque and a document has rules that no schema can say: what fits the description
# may still be refused, in a sentence. Everything else that schemathesis knows is held against it.
LEFT_OUT = {"positive_data_acceptance"}


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
async def test_whatever_is_sent_the_answer_is_as_described(tmp_path, mode):
    engine = db.open_engine(databases.file(tmp_path / "fuzz.db"))
    stored(engine, ticket((0.7, 0.8)))
    try:
        async with serving(engine) as served:
            headers = served.issued("read", "push", "decide")
            tried = await asyncio.to_thread(_fuzz, served.url, headers, mode)
    finally:
        engine.dispose()
    assert len(tried) >= 18
    assert max(tried.values()) >= EXAMPLES // 2


def _fuzz(url: str, headers: dict[str, str], mode: GenerationMode) -> dict[str, int]:
    """How many cases each operation was tried with."""
    tried: dict[str, int] = {}
    described = schemathesis.openapi.from_dict(OPENAPI)  # its checks are there from now on
    checks = [check for check in CHECKS.get_all() if check.__name__ not in LEFT_OUT]
    assert "status_code_conformance" in {check.__name__ for check in checks}
    for found in described.get_all_operations():
        operation = found.ok()
        try:
            cases = operation.as_strategy(generation_mode=mode)
            tried[operation.label] = _try(cases, url, headers, checks)
        except hypothesis.errors.Unsatisfiable:
            continue  # nothing in it can be wrong
    return tried


def _try(cases: Any, url: str, headers: dict[str, str], checks: list[Any]) -> int:
    tried = 0

    @settings(
        max_examples=EXAMPLES, derandomize=True, database=None, deadline=None,
        suppress_health_check=list(HealthCheck), phases=[Phase.generate],
    )  # fmt: skip
    @given(case=cases, known=st.booleans())
    def each(case: Any, known: bool) -> None:
        nonlocal tried
        tried += 1
        if known and "id" in (case.path_parameters or {}):
            case.path_parameters["id"] = "EXP-042"
        case.call_and_validate(base_url=url, headers=headers, checks=checks)

    each()
    return tried
