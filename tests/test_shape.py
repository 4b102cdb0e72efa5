"""The size rules that ruff has no rule for."""

import ast
from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
FOLDERS = ["bot", "handlers", "jobs", "views", "services", "models", "core", "prompts"]
FOLDERS += ["sandbox", "tests", "ingest"]
CLOCKS = ("Sandbox", "SandboxClock")
SKIPPED = ("migrations/versions",)


def _files(*suffixes: str) -> list[Path]:
    found = [p for f in FOLDERS for p in (ROOT / f).rglob("*") if p.suffix in suffixes]
    return [p for p in found if not any(part in str(p) for part in SKIPPED)]


def _saying(word: str, paths: Iterable[Path]) -> list[Path]:
    """Those that have the word at all: a file is parsed in ten times what it takes to read it."""
    return [path for path in paths if word in path.read_text()]


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


@cache
def _names(path: Path) -> set[str]:
    """What a module offers to who imports from it."""
    found = {n.stem for n in path.parent.iterdir()} if path.name == "__init__.py" else set()
    for node in _tree(path).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            found |= {alias.asname or alias.name.split(".")[0] for alias in node.names}
        else:
            found |= {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}
    return found


def _home(module: str) -> Path | None:
    path = ROOT.joinpath(*module.split("."))
    return next((p for p in (path.with_suffix(".py"), path / "__init__.py") if p.exists()), None)


def test_every_sandbox_of_a_test_says_what_its_clock_shows():
    """Without `at` it shows the real time, and what passes today fails on some other day."""
    real = []
    for path in _saying("Sandbox", (ROOT / "tests").rglob("*.py")):
        for node in ast.walk(_tree(path)):
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
        for node in ast.walk(_tree(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or 0) - node.lineno + 1
                if lines > 40:
                    long[f"{path}:{node.name}"] = lines
    assert long == {}


def test_what_a_test_imports_of_the_house_is_there():
    """mypy reads no tests: one written beside a move or a rename would be seen red at the end."""
    lost = []
    for path in (ROOT / "tests").rglob("*.py"):
        for node in _tree(path).body:
            if not isinstance(node, ast.ImportFrom) or node.module is None:
                continue
            if node.module.split(".")[0] in FOLDERS:
                home = _home(node.module)
                offered = _names(home) if home else set()
                lost += [
                    f"{path}: {node.module}.{n.name}" for n in node.names if n.name not in offered
                ]
    assert lost == []


def test_migrations_are_one_chain():
    """Two made on two branches may have one number or one parent, and merge without a conflict."""
    chain = {}
    for path in sorted((ROOT / "models" / "migrations" / "versions").glob("m*.py")):
        values = {
            ast.unparse(node.targets[0]): node.value
            for node in _tree(path).body
            if isinstance(node, ast.Assign)
        }
        own, parent = (ast.literal_eval(values[of]) for of in ("revision", "down_revision"))
        chain[path.name] = (own, parent)
    assert {name: own for name, (own, _) in chain.items() if not name.startswith(f"m{own}_")} == {}
    for what, numbers in enumerate(zip(*chain.values(), strict=True)):
        often = {number for number, count in Counter(numbers).items() if count > 1}
        assert [name for name, row in chain.items() if row[what] in often] == []
    known = {None, *(own for own, _ in chain.values())}
    assert [name for name, (_, parent) in chain.items() if parent not in known] == []


def test_who_wants_the_first_of_an_ordered_query_asks_for_one_row():
    """`first()` reads every row and keeps one: without a limit it costs what the past is long."""
    unlimited = []
    for path in _saying(".first(", _files(".py")):
        if path.parts[len(ROOT.parts)] == "tests":
            continue
        for node in ast.walk(_tree(path)):
            if isinstance(node, ast.FunctionDef):
                calls = {n.attr for n in ast.walk(node) if isinstance(n, ast.Attribute)}
                if {"order_by", "first"} <= calls and "limit" not in calls:
                    unlimited.append(f"{path}:{node.name}")
    assert unlimited == []
