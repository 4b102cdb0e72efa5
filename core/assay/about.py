"""What a sentence is about: ids, lengths of time, a result told in words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from core.assay.spelling import is_known
from core.quantity import experiment_id

Id = tuple[str, int]  # letters and number: ("EXP", 42)

_NAMED = re.compile(
    r"\b(exp|blk|eng|data|experiment|blocker|ticket)[\s_#-]{0,2}0{0,5}(\d{1,6})\b", re.I
)
_SHORT = {"EXPERIMENT": "EXP", "TICKET": "EXP", "BLOCKER": "BLK"}
_PADDED = re.compile(r"(?<![\d.,-])#?0(\d{2})(?![\d.,%:-]|\s*%)")
_MEASURE = (
    r"%|percent|prozent|d\b|days?|dyas|tagen?|tage|h\b|hours?|hrs|stunden?|w\b|weeks?|"
    r"wochen?|months?|monat\w*|"
    r"sprints?|gpus?|ms\b|people|more|mehr|weitere|minutes?|mins?|items?|examples?|"
    r"questions?|seeds?|epochs?|runs|times|percent|steps?|tokens?|layers?|heads?|samples?|rows|"
    r"points?|pts?\b|models?|tasks?|commits?|tickets?|experiments?|exps?|files?|issues?|prs?\b|"
    r"images?|documents?|users?|labels?|params?|parameters?|[gmt]b\b|k\b|bucks|quid|eur\w*|"
    r"dollars?"
)
_BESIDE = re.compile(r"\b(?:on|for|number|für)\s+#?\d{2,4}\b(?![.,]\d|\s*%)")
_MONTHS = r"jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec|januar|märz|mai|juni|juli|okt|dez"
_BARE = re.compile(rf"(?<![\d.,=])#?(\d{{1,6}})(?![\d.,]|\s*(?:{_MEASURE}))", re.I)
_TAKES = re.compile(
    r"(?:(?<!\bpr )(?<!\bmr )(?<!\bissue )(?<!\bmerge )#|\b(?:put|yeet|stick|chuck|bung|pop|bin|"
    r"ditch|axe|scrap|drop|into|push|move|take|bring|send|(?:re)?train(?:ing|ed)?|re-?ran|"
    r"rerun(?:ning)?|kill|kil|stop|stopp|stoppe|"
    r"promote|ship|deploy|release|extend|extnd|show|open|card|"
    r"status|zeig\w*|update|cancel|abort|für|zu|number|nr|no|on|for|give|gib|is|are|did|does|has|"
    r"about|why|(?:end|stop|link|pointer|halt|yes|ok|okay) to|(?<!instead )(?<!out "
    r")of)\.?\s+#?)(\d{2,4}|\d(?=\s*$))\b"
    rf"(?![.,:/-]\d|st\b|nd\b|rd\b|th\b|\s*(?:{_MEASURE}|{_MONTHS}))",
    re.I,
)
_SPAN = re.compile(
    r"\b(?:(\d{1,3})\s{0,9}|"
    r"(an?|another|one|two|three|four|five|ein(?:e|en|er)?|zwei|drei|vier|fünf)\s{1,9})"
    r"(?:more|mehr|extra|weitere[nr]?|additional)?\s{0,9}"
    r"(d|h|w|days?|dyas|weeks?|hours?|sprints?|fortnights?|tagen?|tage|wochen?|stunden?)\b",
    re.I,
)
_COUNTS = {
    "a": 1, "another": 1, "an": 1, "one": 1, "ein": 1, "eine": 1, "einen": 1, "einer": 1,
    "two": 2, "zwei": 2,
    "three": 3, "drei": 3, "four": 4, "vier": 4, "five": 5, "fünf": 5,
}  # fmt: skip
_UNITS = {"t": "d", "d": "d", "h": "h", "s": "h", "w": "w"}
_NUMBER = r"[+-]?\d{1,9}(?:[.,]\d{1,9})?(?:\s?%|\s(?:percent|prozent)\b)?|[+-]?[.,]\d{1,9}"
_LINKS = (
    r"(?:[=:]|it|us|is|was|at|of|to|now|up|hit|hits|reached|got|went|rose|fell|dropped|"
    r"down|on|currently|"
    r"arrived|came|comes|in|landed|sits|sitting|stands|converged|about|reached|to|like|"
    r"with|liegt|ist|jetzt|bei|auf|von|beträgt|von|a|the|around|about)"
)
_TOLD = re.compile(
    rf"\b([a-z][\w@/-]{{0,39}})\s{{0,3}}(?:{_LINKS}\s{{0,3}}){{0,4}}({_NUMBER})(?![\w.,-]*\d)",
    re.I,
)
_TOLD_BEFORE = re.compile(
    rf"(?<![\w.,])({_NUMBER})\s{{1,3}}(?:of\s)?(win rate|[a-z][\w@-]{{0,39}})", re.I
)
_HOURS = re.compile(
    r"\b(\d{1,6}(?:[.,]\d{1,3})?)\s*(?:more\s|mehr\s)?gpu[\s-]*(?:h|hours?|stunden)\b", re.I
)
_METRICS = re.compile(
    r"^(?:acc|accuracy|recall|recal|precision|f1|auc|auroc|bleu|rouge\w*|wer|cer|mrr|ndcg\S*|map|"
    r"em|loss|perplexity|ppl|latency|throughput|score|result|rmse|mae|iou|psnr|hit@?\w*|"
    r"recall@\w+|"
    r"precision@\w+|win rate|winrate|genauigkeit|ergebnis|value|wert|metric|p95|p99|p50|kappa|"
    r"exact)$",
    re.I,
)


# A number that can hardly be anything but an experiment, in a few words: not one that is measured
# or counted, nor one beside a word that we do not know.
_FEW = 9
_LOOSE = re.compile(
    rf"(?<![\w.,:/+-])#?(\d{{2,4}})(?![\d.,:/-]\d|[a-z\d%]|[.)]\s|\s?(?:[ap]m|uhr)\b|"
    rf"st\b|nd\b|rd\b|th\b|"
    rf"\s*(?:{_MEASURE}|{_MONTHS}))",
    re.I,
)
_LAST = re.compile(r"([^\W\d_]+(?:'[a-z]+)?)\W*$")
_CLAUSES = re.compile(r"[,;!?](?:\s|$)|\.(?:\s|$)|\s[–—-]\s")
_NEXT = re.compile(r"\s+([^\W\d_]+)")
_COUNTED = re.compile(
    r"(?:\b(?:pr|mr|issue|line|port|build|invoice|not|nicht|statt|last|past|next|only|"
    r"first|top|another|about|around|over|under|than|top|hit|hits|"
    r"reach\w*|got|at|to|by|was|it|now|is|are|page|slide|room|floor|version|v|gpt|llama|part|step|"
    r"chapter|sprint|quarter|week|since|h|q|kw|woche|cet|pm|am|um)|[=:@~+<>-])\s*$",
    re.I,
)


@dataclass(frozen=True)
class Told:
    """A result told in words. metric "" when it is not named; value as typed; gpu: hours."""

    metric: str = ""
    value: str = ""
    gpu: str = ""

    @property
    def typed(self) -> str:
        """As `/exp update` takes it: `recall=0.85 gpu=6h`."""
        name = f"{self.metric}=" if self.metric else ""
        parts = [f"{name}{self.value}"] if self.value else []
        return " ".join([*parts, *([f"gpu={self.gpu}h"] if self.gpu else [])])


def ids(text: str) -> list[Id]:
    """The ids in a text, in order, without repeats: `EXP-042`, `exp 42`, `036`, `kill 42`."""
    found = [(m.start(), _id(m[1], m[2])) for m in _NAMED.finditer(text)]
    rest = _NAMED.sub(lambda m: " " * len(m[0]), text)
    for pattern in (_PADDED, _TAKES):
        found += [
            (m.start(), ("EXP", int(m[1])))
            for m in pattern.finditer(rest)
            if not _is_value(rest, m)
        ]
    if re.fullmatch(r"[^\w+]*\d{1,4}\W*", rest) and "%" not in rest and not found:
        found += [(m.start(), ("EXP", int(m[1]))) for m in _BARE.finditer(rest)]
    if not found:
        clauses = [part for part in _CLAUSES.split(rest) if len(part.split()) <= _FEW]
        found += [(0, ("EXP", number)) for part in clauses for number in _loose(part, rest)][:1]
    return list(dict.fromkeys(one for _, one in sorted(found) if one[1]))


def _loose(text: str, line: str) -> list[int]:
    """Numbers that nothing names as an experiment, where they can hardly be anything else: beside
    words that we know, or after a verb that begins what is said (`scratch 41`). line: all of it.
    """
    for one in _LOOSE.finditer(text):
        before, after = text[: one.start(1)].rstrip("# "), text[one.end() :]
        last = (_LAST.findall(before) or [""])[-1]
        follows = _NEXT.match(after)
        asked = after.strip() == "" and "?" in line
        measured = _METRICS.match(last) and not asked
        begins = len(before.split()) == 1 and not follows
        beside = (begins or not last or is_known(last)) and (not follows or is_known(follows[1]))
        if beside and not measured and not _COUNTED.search(before):
            return [int(one[1])]
    return []


def _is_value(text: str, found: re.Match[str]) -> bool:
    """True for the number in `recall is 88`, which is no id."""
    before = text[: found.start()].split()
    links = found[0].split()[:1] in (["is"], ["are"], ["of"])
    return links and bool(before) and bool(_METRICS.match(before[-1]))


def _id(letters: str, number: str) -> Id:
    name = letters.upper()
    return _SHORT.get(name, name), int(number)


def span(text: str) -> str:
    """A length of time in a text as `3d`, `2w` or `36h`; "" without one."""
    found = _SPAN.search(_NAMED.sub(" ", text))
    if found is None:
        return ""
    amount = int(found[1]) if found[1] else _COUNTS[found[2].casefold()]
    unit = found[3].casefold()
    if unit.startswith(("sprint", "fortnight")):
        return f"{amount * 2}w"
    return f"{amount}{'h' if unit.startswith('stunde') else _UNITS[unit[0]]}" if amount else ""


def told(text: str) -> Told | None:
    """A result told in words, None without one. A number needs a metric's name before it, or
    stands alone beside an id; lengths of time and dates are none.
    """
    rest = _BESIDE.sub(" ", _NAMED.sub(" ", _PADDED.sub(" ", text)))
    hours = _HOURS.search(rest)
    rest = _HOURS.sub(" ", rest)
    rest = _SPAN.sub(" ", rest)
    gpu = hours[1].replace(",", ".") if hours else ""
    pairs = [(found[1], found[2]) for found in _TOLD.finditer(rest)]
    pairs += [(found[2], found[1]) for found in _TOLD_BEFORE.finditer(rest)]
    for metric, value in pairs:
        if _METRICS.match(metric):
            return Told(metric.replace(" ", "_"), _number(value), gpu)
    alone = re.fullmatch(rf"\W*({_NUMBER})\W*", rest)
    near = re.search(rf"(?:^|\s)({_NUMBER})(?:$|[\s.,;!?])", rest)
    named = ids(text)
    is_id = alone is not None and ("EXP", alone[1]) in [(kind, str(n)) for kind, n in named]
    if alone and named and not is_id and text.strip() != alone[1]:
        return Told("", _number(alone[1]), gpu)
    if near and re.search(r"[.,]\d|%", near[1]) and (named or len(rest.split()) <= 8):
        return Told("", _number(near[1]), gpu)
    return Told(gpu=gpu) if gpu else None


def _number(text: str) -> str:
    plain = re.sub(r"\s?(?:percent|prozent)", "%", text)
    return plain.replace(" ", "").replace(",", ".")


def name(one: Id) -> str:
    """`EXP-042` for ("EXP", 42)."""
    return experiment_id(one[1]) if one[0] == "EXP" else f"{one[0]}-{one[1]:03d}"


def first(found: Sequence[Id], letters: str = "EXP") -> int:
    """The number of the first id with these letters, 0 without one."""
    return next((number for kind, number in found if kind == letters), 0)


def days(length: str) -> int:
    """Whole days, at least one and at most 14, of a span like `3d`, `2w`; 0 for none."""
    if not length:
        return 0
    amount, unit = int(length[:-1]), length[-1]
    whole = amount * 7 if unit == "w" else -(-amount // 24) if unit == "h" else amount
    return max(1, min(whole, 14))


_TITLE = re.compile(
    r"^.*?\b(?:experiment|exp|ticket|hypothesis|idea|idee)\b\s*"
    r"(?:(?:about|on|for|to|zu|über|für|:|-|–|—|,)\s*)+(.+)$",
    re.I | re.S,
)


def title(text: str) -> str:
    """What a new experiment is to be called: what follows `new experiment about` or a colon."""
    found = _TITLE.match(" ".join(text.split()))
    said = found[1] if found else ""
    return said.strip(" .!?\"'“”")[:150] if len(said.split()) < 25 else ""
