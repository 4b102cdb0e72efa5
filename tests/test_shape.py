"""The size rules that ruff has no rule for."""

import ast
from pathlib import Path

ROOT = Path(__file__).parent.parent
FOLDERS = ["bot", "handlers", "jobs", "views", "services", "models", "core", "prompts"]
FOLDERS += ["sandbox", "tests", "ingest"]
CLOCKS = ("Sandbox", "SandboxClock")
SKIPPED = ("migrations/versions",)


def _files(*suffixes: str) -> list[Path]:
    found = [p for f in FOLDERS for p in (ROOT / f).rglob("*") if p.suffix in suffixes]
    return [p for p in found if not any(part in str(p) for part in SKIPPED)]


def test_every_sandbox_of_a_test_says_what_its_clock_shows():
    """Without `at` it shows the real time, and what passes today fails on some other day."""
    real = []
    for path in (ROOT / "tests").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in CLOCKS:
                words = ", ".join(ast.unparse(word) for word in node.keywords)
                if "at=" not in words and "'at':" not in words:
                    real.append(f"{path}:{node.lineno}")
    assert real == []


def test_no_file_is_longer_than_300_lines():
    sizes = {p: len(p.read_text().splitlines()) for p in _files(".py", ".js", ".css")}
    assert {str(p): n for p, n in sizes.items() if n > 300} == {}


def test_no_function_is_longer_than_40_lines():
    long = {}
    for path in _files(".py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or 0) - node.lineno + 1
                if lines > 40:
                    long[f"{path}:{node.name}"] = lines
    assert long == {}


def test_who_wants_the_first_of_an_ordered_query_asks_for_one_row():
    """`first()` reads every row and keeps one: without a limit it costs what the past is long."""
    unlimited = []
    for path in (p for p in _files(".py") if p.parts[len(ROOT.parts)] != "tests"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef):
                calls = {n.attr for n in ast.walk(node) if isinstance(n, ast.Attribute)}
                if {"order_by", "first"} <= calls and "limit" not in calls:
                    unlimited.append(f"{path}:{node.name}")
    assert unlimited == []
