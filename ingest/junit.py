"""JUnit XML: a test case is an example; passed 1, failed 0, error and skipped are missing.

`<property>` elements of a case carry more: numbers become metrics (pytest's record_property),
example_id, run or seed, cluster_id and latency_ms are what they say, short words are slices.
A case that stands several times was run several times.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from ingest.canonical import EvalDocument
from ingest.draft import ERROR, SKIPPED, Draft, document, head_of
from ingest.file import File, Unreadable
from ingest.grid import looks_numeric, number
from ingest.pick import count, experiment, moment, word
from ingest.xml_tree import Element

_OWN = ("example_id", "run", "seed", "cluster_id", "latency_ms")


def read_junit(file: File, root: Element, slices: Sequence[str] | None = None) -> EvalDocument:
    """The document of a JUnit report. Raises Unreadable for other XML."""
    if root.tag not in ("testsuites", "testsuite"):
        raise Unreadable(
            f"it is XML with the root <{word(root.tag)[:40]}>, not a JUnit report",
            "Push JUnit XML (promptfoo: -o out.junit.xml) or the tool's JSON.",
        )
    is_promptfoo = root.attributes.get("name") == "promptfoo"
    tool = "promptfoo" if is_promptfoo else "junit"
    head = head_of(file, "junit", tool=tool, version="", run_id=root.attributes.get("id"))
    cases = list(_cases(root))
    head["suite"] = word(root.attributes.get("name"))
    head["started_at"] = _started(root)
    head["experiment"] = experiment(
        *[_properties(one).get("exp_id") for one in (root, *root.inside)]
    )
    if shortfall := _shortfall(root):
        head |= {"status": "partial", "notes": [shortfall]}
    drafts = [_draft(suite, case, is_variant=is_promptfoo) for suite, case in cases]
    return document(head, drafts, slices=slices)


def _cases(element: Element, suite: str = "") -> Iterator[tuple[str, Element]]:
    here = element.attributes.get("name", suite)
    for one in element.inside:
        if one.tag == "testcase":
            yield here, one
        elif one.tag in ("testsuite", "testsuites"):
            yield from _cases(one, here)


def _draft(suite: str, case: Element, *, is_variant: bool) -> Draft:
    extra = _properties(case)
    named, group = case.attributes.get("name", ""), case.attributes.get("classname", "")
    full = named if is_variant or not group else f"{group}::{named}"
    numbers = {key: value for key, value in extra.items() if looks_numeric(value)}
    metrics = {key: number(numbers[key], 0, key) for key in numbers if key not in _OWN}
    latency = numbers.get("latency_ms")
    return Draft(
        example_id=extra.get("example_id") or full,
        scores={"pass": _verdict(case), **metrics},
        run=extra.get("run") or extra.get("seed"),
        variant=suite if is_variant else "",
        cluster_id=extra.get("cluster_id"),
        fields={key: extra[key] for key in extra if key not in (*_OWN, *metrics, "exp_id")},
        latency_ms=number(latency, 0, "latency_ms") if latency else None,
    )


def _verdict(case: Element) -> Any:
    tags = {one.tag for one in case.inside}
    if "error" in tags:
        return ERROR
    if "skipped" in tags:
        return SKIPPED
    return 0.0 if "failure" in tags else 1.0


def _properties(element: Element) -> dict[str, str]:
    return {
        word(one.attributes.get("name")): one.attributes.get("value", "").strip()
        for block in element.all("properties")
        for one in block.all("property")
        if word(one.attributes.get("name"))
    }


def _started(root: Element) -> Any:
    stamps = [one.attributes.get("timestamp") for one in (root, *root.all("testsuite"))]
    return next((at for stamp in stamps if (at := moment(stamp))), None)


def _shortfall(root: Element) -> str:
    """What is missing when a suite announces more tests than it holds; "" when all are there."""
    for element in (root, *root.inside):
        held = sum(1 for _ in _cases(element))
        announced = element.attributes.get("tests", "")
        said = count(int(announced)) if announced.isascii() and announced[:9].isdigit() else None
        if said is not None and said > held and element.tag != "testcase":
            return word(f"it announces {said} tests and holds {held}")
    return ""
