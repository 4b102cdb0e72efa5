"""Which fields of a tool's results are an example's class and what the model took it for."""

import json

import pytest

from ingest.classes import keys
from ingest.evals import read_eval
from ingest.file import File


def fields(*pairs, truth="label", guess="predicted"):
    return [{truth: one, guess: other} for one, other in pairs]


@pytest.mark.parametrize(
    ("truth", "guess"),
    [("label", "predicted"), ("Expected", "PREDICTION"), ("ground_truth", "pred")],
)
def test_the_usual_names_are_known_as_they_are_written(truth, guess):
    told = fields(("refund", "billing"), ("login issue", "refund"), truth=truth, guess=guess)
    assert keys(told) == (truth, guess)


@pytest.mark.parametrize(
    "told",
    [
        [{"label": "refund"}],
        [{"predicted": "refund"}],
        [{"label": "refund", "answer": "billing"}],
        fields(("refund", "You can get your money back in the settings.")),
        fields(("refund", "a" * 41)),
        fields(("refund", "why?")),
        fields(*((f"class-{n}", "other") for n in range(50))),
        [],
    ],
)
def test_one_alone_free_answers_and_too_many_kinds_are_no_classes(told):
    assert keys(told) == ("", "")


def test_fifty_kinds_are_classes_and_examples_may_lack_theirs():
    told = fields(*((f"class-{n}", "class-0") for n in range(50)))
    assert keys([*told, {}, {"label": None, "predicted": ""}]) == ("label", "predicted")


def _promptfoo(*rows):
    results = [
        {"vars": {"text": f"question {n}", "label": label, "predicted": guess}, "promptIdx": 0,
         "testIdx": n, "success": True, "score": 1.0, "provider": {"id": "m"},
         "gradingResult": {"pass": True, "score": 1.0}}
        for n, (label, guess) in enumerate(rows)
    ]  # fmt: skip
    body = {"version": 3, "results": results, "stats": {}, "prompts": []}
    content = json.dumps({"evalId": "e", "results": body, "config": {}}).encode()
    return read_eval([File("out.json", content)]).results


def test_of_a_tool_s_results_classes_are_kept_and_answers_are_not():
    kept = _promptfoo(("refund", "billing"), ("login", "login"), ("login", ""))
    assert sorted((one.label, one.predicted) for one in kept) == [
        ("", ""), ("login", "login"), ("refund", "billing"),
    ]  # fmt: skip
    free = _promptfoo(("refund", "Sure! Open the settings, then press the button."))
    assert [(one.label, one.predicted) for one in free] == [("", "")]
