"""No way from "cannot compute" to GO, through the whole of storing and judging."""

import json
import math

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlmodel import Session

from core.evals.definition_of_done import KINDS, Requirement, as_records
from core.evals.push import Line, Push, RunMean
from models import db
from models.evals.gate import DoneDefinition, GateAttempt
from models.experiments.experiment import Experiment as Row
from services.evals import gate
from services.ports import Lab
from tests.conversation import START, TEAM, PlainTestWriter
from tests.tickets import experiment, stored

NUMBERS = st.one_of(
    st.sampled_from([0.0, 1.0, 0.9, -1.0, 1e300, 1e-300]), st.floats(allow_nan=False, width=32)
)
LINES = st.builds(
    Line,
    example=st.sampled_from("abcdef"),
    run=st.sampled_from(["1", "2"]),
    scores=st.dictionaries(st.just("m"), NUMBERS, max_size=1),
    missing=st.one_of(st.just({}), st.just({"m": "nan"})),
    cluster=st.sampled_from(["", "x", "y"]),
    slices=st.sampled_from([{}, {"lang": "en"}, {"lang": "de"}]),
    latency_ms=st.one_of(st.none(), st.floats(0, 1e6)),
)
MEANS = st.builds(RunMean, st.just("m"), st.sampled_from("123"), st.one_of(st.none(), NUMBERS))
LIMITS = st.one_of(st.none(), st.sampled_from([0.0, 0.05, 0.5, 0.9, 500.0]))
REQUIREMENTS = st.builds(
    Requirement,
    name=st.just("m"),
    direction=st.sampled_from(["higher", "lower"]),
    kind=st.sampled_from(KINDS),
    threshold=LIMITS,
    margin=LIMITS,
    relative=st.booleans(),
    sequential=st.booleans(),
    slices=st.sampled_from([(), ("lang",)]),
    gap=st.one_of(st.none(), st.just(0.05)),
)


def side(role):
    made = st.tuples(st.lists(LINES, max_size=12), st.lists(MEANS, max_size=4))
    return made.map(lambda parts: Push(role, tuple(parts[0]), tuple(parts[1]), by="ci"))


def judge(engine: Engine, requirement: Requirement, *pushes: Push):
    lab = Lab(engine=engine, clock=lambda: START, writer=PlainTestWriter())
    with db.transaction(engine) as session:
        session.add(DoneDefinition(
            team_id=1, requirements=as_records([requirement]), by="ULEE", at=START,
        ))  # fmt: skip
    status = None
    for push in pushes:
        if push.metrics:
            status = gate.push(lab, TEAM, 42, push, gate=True).status
    return status


@settings(max_examples=120, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(REQUIREMENTS, side("candidate"), side("baseline"))
@example(
    Requirement("m", direction="lower", kind="exact"),
    Push("candidate", (Line("a", "1", {"m": 0.0}, {"m": "nan"}), Line("b", "1", {"m": 0.0}))),
    Push("baseline"),
)
def test_a_go_has_a_computed_pass_behind_every_blocking_metric(
    sqlite_engine, requirement, candidate, baseline
):
    with Session(sqlite_engine) as session:
        is_new = session.get(Row, 1) is None
    if is_new:
        stored(sqlite_engine, experiment(), team_channel="CTEAM")
    status = judge(sqlite_engine, requirement, baseline, candidate)
    if status is None or status.decision != "GO":
        return
    for verdict in status.metrics:
        assert verdict.verdict == "PASS"
        assert verdict.checks
        for check in verdict.checks:
            assert check.verdict == "PASS"
            assert check.estimate is None or math.isfinite(check.estimate)
    lines = [line for line in candidate.lines if "m" in line.scores or "m" in line.missing]
    assert not any(line.missing for line in lines)
    assert len({line.example for line in lines}) > 1 or len(candidate.means) > 1 or lines == []


def test_what_is_stored_is_json_without_nan(sqlite_engine):
    stored(sqlite_engine, experiment(), team_channel="CTEAM")
    lines = tuple(Line(f"q{i}", "1", {"m": 1e300 * (-1) ** i}) for i in range(4))
    wanted = Requirement("m", kind="mean", threshold=0.5, margin=0.1)
    judge(sqlite_engine, wanted, Push("baseline", lines), Push("candidate", lines))
    with Session(sqlite_engine) as session:
        kept = session.get(GateAttempt, 2)
    assert kept.decision == "HOLD"
    json.dumps(kept.verdicts, allow_nan=False)
