"""Whatever is pushed: a document that survives a round trip, or one sentence."""

import copy
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.errors import Refused
from ingest.drift import read_profile
from ingest.dvc import read_dvc
from ingest.evals import read_eval
from ingest.file import File
from ingest.labels import read_labels
from ingest.usage import read_usage
from ingest.wire import read_canonical, written

DATA = Path(__file__).parent.parent.parent / "data"
SMALL = sorted(
    path
    for path in (DATA / "evals").rglob("*")
    if path.is_file() and path.stat().st_size < 60_000 and path.suffix != ".yaml"
)
JSONS = [path for path in SMALL if path.suffix in (".json", ".txt", ".jsonl")]
OWN = {
    "eval.json": '{"schema": "eval/1", "results": [{"example_id": "q1", "run": "2",'
    ' "scores": {"acc": 1}, "slices": {"l": "de"}}, {"example_id": "q2",'
    ' "missing": {"acc": "nan"}}], "aggregates": [{"metric": "f1", "value": 0.5}]}',
    "usage.json": '[{"schema": "usage/1", "experiment": "EXP-042", "source_id": "j1",'
    ' "gpu_hours": 3.5, "started_at": "2026-11-23T09:00:00Z",'
    ' "cost": {"amount": 2, "currency": "EUR"}}]',
    "usage.csv": "exp_id,job_id,gpus,hours,date,cost\nEXP-042,j1,2,3.5,2026-11-23,7\n",
    "sacct.txt": "JobID|JobName|State|ElapsedRaw|AllocTRES|Comment\n"
    "7|train|COMPLETED|7200|cpu=8,gres/gpu=4,gres/gpu:a100=4|EXP-042\n",
    "labels.csv": "item,annotator,label\ni1,ann,yes\ni1,bob,no\n",
    "labels.jsonl": '{"item": "i1", "annotator": "ann", "label": 1}\n'
    '{"item": "i1", "annotator": "bob", "label": null}\n',
    "data.dvc": "outs:\n- md5: 83bb47623e23249af4f05f8c410cccb9\n  size: 27\n  path: t.csv\n",
    "wide.csv": "example_id;seed;latency_ms;language;accuracy\nq1;1;12;de;0,5\nq2;1;13;en;1\n",
    "profile.json": '{"schema": "drift/1", "rows": 3, "features": [{"name": "a",'
    ' "type": "numeric", "edges": [0, 1], "counts": [1, 1, 1]}]}',
}
VALUES = st.sampled_from(
    [
        *(None, True, 0, -1, 3.5, float("nan"), float("inf"), 10**400, "", "x" * 300, "\ud800"),
        *([], {}, [None], [[]], {"": 1}, {"value": "C"}, "NaN", "2026-01-01"),
        "9999-12-31T23:59:59-23:59",
    ]
)


def answered(file: File) -> None:
    """Pushes the file everywhere it could go; anything but a document or a sentence is raised."""
    for read in (read_one, read_usage, read_labels, read_profile, read_dvc):
        if sentence := refusal_of(read, file):
            assert "\n" not in sentence
            assert len(sentence) < 600


def read_one(file: File) -> None:
    document = read_eval([file])
    assert read_canonical(File("again.json", written(document).encode())) == document


def refusal_of(read: Callable[[File], object], file: File) -> str:
    try:
        read(file)
    except Refused as refusal:
        return refusal.sentence if refusal.hint else "a refusal\nwithout what to do"
    return ""


@pytest.mark.parametrize("path", SMALL, ids=lambda path: path.name)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_damaged_bytes_give_a_document_or_a_sentence(path, data):
    content = path.read_bytes()
    answered(File(path.name, damaged(data, content)))


@pytest.mark.parametrize("name", OWN)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_damaged_own_formats_give_a_document_or_a_sentence(name, data):
    answered(File(name, damaged(data, OWN[name].encode())))


@pytest.mark.parametrize("path", JSONS, ids=lambda path: path.name)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_values_of_another_kind_give_a_document_or_a_sentence(path, data):
    text = path.read_text()
    is_lines = path.suffix == ".jsonl"
    value = [json.loads(line) for line in text.splitlines()] if is_lines else json.loads(text)
    changed = with_other_values(data, value)
    plain = "\n".join(map(json.dumps, changed)) if is_lines else json.dumps(changed)
    answered(File(path.name, plain.encode()))


@pytest.mark.parametrize("name", [name for name in OWN if name.endswith(".json")])
@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_own_json_with_values_of_another_kind(name, data):
    changed = with_other_values(data, json.loads(OWN[name]))
    answered(File(name, json.dumps(changed).encode()))


@settings(max_examples=200, deadline=None)
@given(
    content=st.one_of(
        st.binary(max_size=300),
        st.text(max_size=300).map(lambda text: text.encode("utf-8", "surrogatepass")),
    )
)
def test_noise_gives_a_sentence(content):
    answered(File("noise", content))


def damaged(data: st.DataObject, content: bytes) -> bytes:
    where = data.draw(st.integers(0, len(content)))
    length = data.draw(st.integers(0, 40))
    kind = data.draw(st.sampled_from(["cut", "drop", "put", "twice"]))
    if kind == "cut":
        return content[:where]
    if kind == "drop":
        return content[:where] + content[where + length :]
    if kind == "put":
        return content[:where] + data.draw(st.binary(max_size=8)) + content[where:]
    return content[: where + length] + content[where:]


def with_other_values(data: st.DataObject, value: object) -> object:
    changed = copy.deepcopy(value)
    for _ in range(data.draw(st.integers(1, 3))):
        node = changed
        for _ in range(data.draw(st.integers(0, 8))):
            inner = children(node)
            deeper = [key for key in inner if isinstance(node[key], dict | list) and node[key]]
            if not deeper:
                break
            node = node[data.draw(st.sampled_from(deeper))]
        if keys := children(node):
            node[data.draw(st.sampled_from(keys))] = copy.deepcopy(data.draw(VALUES))
    return changed


def children(node: object) -> list:
    return list(node) if isinstance(node, dict) else list(range(len(node)))
