"""A gate's verdict for a terminal, for a pull request (Markdown) and for a CI server (JUnit)."""

import re
from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree as Xml

Gate = Mapping[str, Any]
_CONTROL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def headline(gate: Gate) -> str:
    """`EXP-042: HOLD` and what is particular about it."""
    parts = [f"{gate['experiment']}: {gate['decision'] or 'not judged yet'}"]
    if gate.get("overridden"):
        parts.append("overridden by two leads")
    elif gate["decision"] and not gate.get("current", True):
        parts.append("results changed since, judge again")
    if gate.get("missing_examples"):
        parts.append(f"{gate['missing_examples']} more examples needed")
    if gate.get("missing_seeds"):
        parts.append(f"{gate['missing_seeds']} more seeds needed")
    return " · ".join(parts)


def terminal(gate: Gate) -> str:
    """The headline and the reasons, a line each."""
    return "\n".join([headline(gate), *(f"  {_line(one)}" for one in gate.get("reasons", ()))])


def markdown(gate: Gate) -> str:
    """The verdict as a table, ready for a step summary or a comment."""
    rows = [
        "| "
        + " | ".join(
            [
                _cell(one["metric"]) + ("" if one["blocking"] else " (not blocking)"),
                _estimate(one),
                _number(one["baseline"]),
                one["verdict"],
                _cell(one["reason"]),
            ]
        )
        + " |"
        for one in gate.get("metrics", ())
    ]
    head = ["| metric | candidate | baseline | verdict | why |", "|---|---|---|---|---|"]
    return "\n".join([f"### {_cell(headline(gate))}", "", *(head + rows if rows else []), ""])


def junit(gate: Gate) -> str:
    """The verdict as JUnit XML: a case a metric; what does not pass and blocks is a failure."""
    metrics = list(gate.get("metrics", ()))
    failed = [one for one in metrics if one["verdict"] != "PASS" and one["blocking"]]
    suite = Xml.Element("testsuite", name=f"{gate['experiment']} gate", tests=str(len(metrics)),
                        failures=str(len(failed)))  # fmt: skip
    for one in metrics:
        case = Xml.SubElement(suite, "testcase", classname=str(gate["experiment"]),
                              name=_plain(one["metric"]))  # fmt: skip
        if one["verdict"] != "PASS":
            kind = "failure" if one["blocking"] else "skipped"
            found = Xml.SubElement(case, kind, message=_plain(one["reason"]))
            if one["blocking"]:
                found.set("type", one["verdict"])
    return Xml.tostring(suite, encoding="unicode", xml_declaration=True) + "\n"


def _estimate(one: Mapping[str, Any]) -> str:
    text = _number(one["estimate"])
    if one["low"] is None or one["high"] is None:
        return text
    return f"{text} ({_number(one['low'])} to {_number(one['high'])})"


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.4g}"


def _cell(text: str) -> str:
    safe = _line(text).replace("&", "&amp;").replace("<", "&lt;").replace("@", "@\u200b")
    return re.sub(r"([\\`*_\[\]|])", r"\\\1", safe)


def _line(text: str) -> str:
    return " ".join(_plain(text).split())


def _plain(text: str) -> str:
    return _CONTROL.sub("", text)
