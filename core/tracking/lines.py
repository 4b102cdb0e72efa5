"""Metrics in what a training prints: the dicts of Hugging Face, JSON, `key: value`, `key=value`,
Keras' progress and nanoGPT's `loss 2.31`.
"""

import ast
import json
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

LONGEST = 2000  # characters of a line that is read
_STEPS = ("step", "global_step", "iter", "iteration", "iters", "steps")
_NUMBER = r"[-+]?(?:\d{1,25}(?:\.\d{0,25})?(?:e[-+]?\d{1,4})?|\.\d{1,25}|nan|inf(?:inity)?)"
_SCORE = (
    r"(?:loss|acc|accuracy|f1|auc|roc_auc|precision|recall|bleu|rouge\w{0,6}|ppl|perplexity|wer|cer|mse"
    r"|rmse|mae|r2|map|iou|miou|dice|em|exact_match|reward|grad_norm|nll|bpb|bpc|psnr|ssim|fid)"
)
_SPLIT = r"(?:train(?:ing)?|val(?:id(?:ation)?)?|eval(?:uation)?|test|dev)"
_PAIR = re.compile(
    rf"(?<![\w.])([A-Za-z][\w./@-]{{0,80}})\s{{0,9}}[:=]\s{{0,9}}({_NUMBER})(%?)(?![\w.:/])",
    re.IGNORECASE,
)
_WORDS = re.compile(
    rf"(?<![\w./])((?:{_SPLIT}[\s_/-]{{1,3}})?{_SCORE}(?:[_/@-][\w/@-]{{0,60}})?)\s{{0,9}}(?:[:=]|is)?\s{{0,9}}({_NUMBER})(%?)"
    r"(?![\w.:/])",
    re.IGNORECASE,
)
_STEP = re.compile(
    r"\b(?:global[_ ]step|step|iter(?:ation)?)s?\s{0,9}[:=#\[]?\s{0,9}(\d{1,12})\b", re.IGNORECASE
)
_DICT = re.compile(r"\{[^{}]*\}")
_ANSI = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
_PACE = re.compile(
    r"^(?:lr|learning_rate|eta|time|date|seed|rank|gpu|cuda|port|pid|batch_size|bs|dt|ms|mem|memory"
    r"|tokens?|fps|samples|throughput|speed|it/s|s/it|size|workers?|world_size|epochs)$"
    r"|runtime|per_second|_time$|_sec(?:ond)?s?$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Told:
    """What one line tells. step: None when it names none; values: None for NaN and infinite."""

    step: int | None
    values: Mapping[str, float | None]


def read(line: str) -> Told | None:
    """What that line of output tells of a training, or None when it tells no metric."""
    plain = _ANSI.sub("", line[:LONGEST]).rpartition("\r")[2].strip()
    if not any(one.isdigit() for one in plain) and "nan" not in plain.casefold():
        return None
    found, step = dict(_pairs(plain)), _STEP.search(plain)
    for name in _STEPS:
        if found.get(name) is not None:
            return _told(int(found[name] or 0), found)
    return _told(int(step.group(1)) if step else None, found)


def _told(step: int | None, found: Mapping[str, float | None]) -> Told | None:
    values = {n[:100]: v for n, v in found.items() if n not in _STEPS and not _PACE.search(n)}
    if not values or set(values) == {"epoch"}:
        return None
    return Told(step, values)


def _pairs(plain: str) -> Iterator[tuple[str, float | None]]:
    whole = _DICT.search(plain)
    table = _table(whole.group(0)) if whole else None
    if table is not None:
        for name, value in table.items():
            told = str(value) if isinstance(value, (int, float, str)) else ""
            if re.fullmatch(_NUMBER, told, re.IGNORECASE):
                yield str(name), _finite(float(told), "")
        return
    for name, number, percent in _WORDS.findall(plain):
        yield re.sub(r"[\s]+", "_", name.strip()), _finite(float(number), percent)
    for name, number, percent in _PAIR.findall(plain):
        if name.casefold() in ("epoch", *_STEPS) or re.search(_SCORE, name, re.IGNORECASE):
            yield name, _finite(float(number), percent)


def _table(text: str) -> dict[str, Any] | None:
    for parse in (json.loads, ast.literal_eval, _with_nan):
        try:
            found = parse(text)
        except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
            continue
        if isinstance(found, dict):
            return found
    return None


def _with_nan(text: str) -> Any:
    return ast.literal_eval(re.sub(r"(?<![\w'\"])(nan|-?inf)(?![\w'\"])", r"'\1'", text))


def _finite(value: float, percent: str) -> float | None:
    if not math.isfinite(value):
        return None
    return value / 100 if percent else value
