"""DeepEval test runs: `.deepeval/.latest_test_run.json`, results folder and temporary run data."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ingest.canonical import EvalDocument
from ingest.draft import ABSENT, ERROR, SKIPPED, Draft, document, head_of
from ingest.file import File, Unreadable
from ingest.pick import digest, experiment, listing, name, table, tables, word

_INPUTS = ("input", "scenario", "turns")


def read_deepeval(
    file: File, content: Mapping[str, Any], slices: Sequence[str] | None = None
) -> EvalDocument:
    """The document of a test run; a metric that raised is missing, not 0. Raises Unreadable.

    DeepEval scores between 0 and 1 per metric; `<metric>/pass` says whether its threshold held.
    """
    run = table(content.get("testRunData"), "testRunData") or content
    if "testCases" not in run and "conversationalTestCases" not in run:
        raise Unreadable(
            "it only links to a test run on a server", "Push .deepeval/.latest_run_full.json."
        )
    cases = tables(run.get("testCases"), "testCases")
    cases += tables(run.get("conversationalTestCases"), "conversationalTestCases")
    head = head_of(file, "deepeval", tool="deepeval", version="", run_id=run.get("identifier"))
    head["suite"] = word(run.get("datasetAlias")) or word(run.get("testFile"))
    hyper = run.get("hyperparameters")
    metadata = hyper if isinstance(hyper, dict) else {}
    head["model"], head["experiment"] = (
        word(metadata.get("model")),
        experiment(metadata.get("exp_id")),
    )
    names = _names(cases)
    drafts = [_draft(case, example) for case, example in zip(cases, names, strict=True)]
    return document(head, drafts, slices=slices)


def _names(cases: Sequence[Mapping[str, Any]]) -> list[str]:
    """The case names; one that stands for several inputs gets the hash of its input added."""
    inputs = defaultdict(set)
    for case in cases:
        inputs[word(case.get("name"))].add(digest(_given(case)))
    return [
        named if len(inputs[named]) == 1 else f"{named}#{digest(_given(case))[:8]}"
        for case in cases
        for named in [name(case.get("name"), "a test case's name")]
    ]


def _given(case: Mapping[str, Any]) -> Any:
    return next((case[key] for key in _INPUTS if case.get(key)), None)


def _draft(case: Mapping[str, Any], example: str) -> Draft:
    metadata = case.get("additionalMetadata")
    tags = listing(case.get("tags"), "tags")
    return Draft(
        example_id=example,
        scores=dict(_scores(tables(case.get("metricsData"), "metricsData"))),
        fields={
            **(metadata if isinstance(metadata, dict) else {}),
            **({"tag": tags[0]} if tags else {}),
        },
        given=_given(case),
    )


def _scores(metrics: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, Any]]:
    for metric in metrics:
        named = name(metric.get("name"), "a metric's name")
        if metric.get("skipped") is True:
            yield named, SKIPPED
        elif metric.get("error"):
            yield named, ERROR
        else:
            yield named, metric.get("score", ABSENT)
            if isinstance(metric.get("success"), bool):
                yield f"{named}/pass", metric["success"]
