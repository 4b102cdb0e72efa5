"""Every pattern and every reader of text in the house, and text made to slow each of them down."""

import ast
import importlib
import inspect
import re
import signal
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import FrameType, ModuleType
from typing import Any, TypeGuard

ROOT = Path(__file__).parents[2]
LAYERS = ("core", "models", "views", "services", "ingest", "handlers", "jobs", "bot")
FILLERS = (
    " ", "-", "_", "x", "x-", "x ", "9", "1,", "1.", "1 ", "a.", "A ", ":", "(", "<", "<@", '"',
    "'", "*", "/", "\n", " \n", ", ", "=", "a=", "the ", "not ", "or ", "EXP-1 ", "if ", "“",
)  # fmt: skip
_OPS = ("search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer")
_ASKS_RE = re.compile(rf"\bre\.({'|'.join(_OPS)})\b")
_PALETTE = " -x9X_.:,a1\n/@=<>[](){}\"'`*~;|+%$#é“”≤\x01"


def modules() -> Iterator[tuple[str, ModuleType]]:
    """Every module that may read text, by its dotted name."""
    for layer in LAYERS:
        for path in sorted((ROOT / layer).rglob("*.py")):
            name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            if "migrations" not in name and not name.endswith(("__main__", "__init__")):
                yield name, importlib.import_module(name)


def patterns() -> dict[tuple[str, int, str], str]:
    """(pattern, flags, what is done with it) → where it stands; found by looking, not listed."""
    sources = {name: inspect.getsource(module) for name, module in modules()}
    used = _used("\n".join(sources.values()))
    found: dict[tuple[str, int, str], str] = {}
    for name, module in modules():
        for label, value in vars(module).items():
            for pattern in _compiled(value):
                for op in used.get(label, {"search"}):
                    found.setdefault((pattern.pattern, pattern.flags, op), f"{name}.{label}")
        for pattern, op, line in _written(sources[name], module):
            found.setdefault((pattern.pattern, pattern.flags, op), f"{name}:{line}")
    return found


def _used(source: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for label, op in re.findall(rf"\b(\w+)(?:\[\w+\])?\.({'|'.join(_OPS)})\(", source):
        found.setdefault(label, set()).add(_kind(op))
    return found


def _kind(op: str) -> str:
    return op if op in {"search", "match", "fullmatch"} else "finditer"


def _compiled(value: object, depth: int = 0) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
        yield value
    elif depth < 4 and isinstance(value, dict):
        for one in (*value, *value.values()):
            yield from _compiled(one, depth + 1)
    elif depth < 4 and isinstance(value, list | tuple | set | frozenset):
        for one in value:
            yield from _compiled(one, depth + 1)


def _written(source: str, module: ModuleType) -> Iterator[tuple[re.Pattern[str], str, int]]:
    """Patterns handed to `re` where they are used; a value not known here reads as a word."""
    if not _ASKS_RE.search(source):
        return
    tree = ast.parse(source)
    for node in ast.walk(tree):
        called = node.func if isinstance(node, ast.Call) else None
        if not isinstance(node, ast.Call) or not isinstance(called, ast.Attribute):
            continue
        if getattr(called.value, "id", "") != "re" or called.attr not in _OPS:
            continue
        options = [*node.args[1:], *(word.value for word in node.keywords)]
        given = [_value(one, module) for one in options]
        flags = sum({int(one) for one in given if isinstance(one, re.RegexFlag)})
        for text in _texts_of(node.args[0], tree, module):
            yield re.compile(text, flags), _kind(called.attr), node.lineno


def _texts_of(node: ast.expr, tree: ast.Module, module: ModuleType) -> Iterator[str]:
    """The pattern as written there; of a local variable all it may be: what is put together for
    it, and every text of a table that it is taken from.
    """
    text = _text_of(node, module)
    if text is not None:
        yield text
    elif isinstance(node, ast.Name):
        for given in (one.value for one in ast.walk(tree) if _assigns(one, node.id)):
            put = _text_of(given, module)
            names = {one.id for one in ast.walk(given) if isinstance(one, ast.Name)}
            tables = [vars(module).get(name) for name in names]
            yield from {put} if put is not None else set().union(*map(_strings, tables))


def _assigns(node: ast.AST, name: str) -> TypeGuard[ast.Assign]:
    return isinstance(node, ast.Assign) and any(
        isinstance(target, ast.Name) and target.id == name for target in node.targets
    )


def _strings(table: object) -> set[str]:
    within = table.values() if isinstance(table, dict) else table
    if not isinstance(within, Iterable) or isinstance(within, str):
        return set()
    return {one for one in within if isinstance(one, str)}


def _text_of(node: ast.expr, module: ModuleType) -> str | None:
    if isinstance(node, ast.JoinedStr):
        parts = [_text_of(part, module) for part in node.values]
        return "".join("word" if part is None else part for part in parts)
    value = _value(node.value if isinstance(node, ast.FormattedValue) else node, module)
    return value if isinstance(value, str) else None


def _value(node: ast.expr, module: ModuleType) -> Any:
    try:
        return eval(compile(ast.Expression(node), "pattern", "eval"), dict(vars(module)))
    except Exception:
        return None


def attacks(pattern: str) -> set[tuple[str, str]]:
    """(what comes first, what is repeated) for every long run the pattern can take."""
    found = set(_runs(re._parser.parse(pattern), ""))  # type: ignore[attr-defined]
    return found | {("", filler) for filler in FILLERS}


def has_long_runs(pattern: str) -> bool:
    """True when some part of it is repeated as often as a text is long; else its work at one
    place has a bound, and all its work grows as the text does.
    """
    return any(_runs(re._parser.parse(pattern), ""))  # type: ignore[attr-defined]


def _runs(tree: Any, before: str) -> Iterator[tuple[str, str]]:
    for op, given in tree:
        name = str(op)
        if name in {"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"}:
            _low, high, body = given
            if high > 30:
                for run in _bodies(body):
                    yield before, run
                    yield "", before + run
            yield from _runs(body, before)
        elif name == "BRANCH":
            for one in given[1]:
                yield from _runs(one, before)
        elif name in {"SUBPATTERN", "ATOMIC_GROUP"}:
            yield from _runs(given[-1] if name == "SUBPATTERN" else given, before)
        before += _sample([(op, given)])


def _bodies(body: Any) -> list[str]:
    if len(body) == 1 and str(body[0][0]) in {"IN", "ANY", "NOT_LITERAL"}:
        return [c for c in _PALETTE if _takes(body[0], c)][:5]
    return [_sample(body)] if _sample(body) else []


def _sample(tree: Any) -> str:
    said = ""
    for op, given in tree:
        name = str(op)
        if name == "LITERAL":
            said += chr(given)
        elif name in {"IN", "ANY", "NOT_LITERAL"}:
            said += next((c for c in _PALETTE if _takes((op, given), c)), "")
        elif name.endswith("REPEAT"):
            said += _sample(given[2]) * min(given[0], 20)
        elif name == "BRANCH":
            said += _sample(given[1][0])
        elif name == "SUBPATTERN":
            said += _sample(given[-1])
    return said


def _takes(item: Any, char: str) -> bool:
    state = re._parser.State()  # type: ignore[attr-defined]
    state.str = ""
    tree = re._parser.SubPattern(state, [item])  # type: ignore[attr-defined]
    return bool(re._compiler.compile(tree).match(char))  # type: ignore[attr-defined]


def readers() -> dict[str, Callable[[str], Any]]:
    """Every public function of core that needs one text and nothing else."""
    found: dict[str, Callable[[str], Any]] = {}
    for name, module in modules():
        for label, value in vars(module).items():
            if not name.startswith("core") or label.startswith("_"):
                continue
            if getattr(value, "__module__", "") != name:
                continue
            if inspect.isfunction(value) and _reads_text(value):
                found[f"{name}.{label}"] = value
    return found


def _reads_text(function: Callable[..., Any]) -> bool:
    given = list(inspect.signature(function).parameters.values())
    needed = [one for one in given if one.default is inspect.Parameter.empty]
    kinds = {inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.POSITIONAL_ONLY}
    return len(needed) == 1 and needed[0].kind in kinds and needed[0].annotation in (
        str, "str", str | None,
    )  # fmt: skip


class TooLong(Exception):
    """The work took more of this process's time than it may."""


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise TooLong


def work(act: Callable[[str], Any], text: str, *, at_most: float = 2.0, tries: int = 1) -> float:
    """Seconds of this process's own time, the least of `tries`; infinite beyond `at_most`.

    Time on the clock would measure who else uses the machine.
    """
    least = float("inf")
    before = signal.signal(signal.SIGVTALRM, _stop)
    try:
        for _ in range(tries):
            signal.setitimer(signal.ITIMER_VIRTUAL, at_most)
            started = time.process_time()
            act(text)
            least = min(least, time.process_time() - started)
    except TooLong:
        return float("inf")
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
    return least
