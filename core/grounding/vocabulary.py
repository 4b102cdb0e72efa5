"""Words by what they claim, and words cut to what tells them apart."""

import re
from collections.abc import Iterable

from core.text import listed

_WORD = re.compile(r"[A-Za-z][A-Za-z0-9@]*")
_HABIT = re.compile(r"\bused to\b", re.IGNORECASE)
_SAME = {
    "accur": "correct correctly right wrong accurate inaccurate mistaken mistakes errors error",
    "hallu": "hallucination hallucinated wrong invented",
    "laten": "latency wait waits slow slower slowed fast faster speed response sped",
    "compl": "finished concluded completed done ran closed",
    "kill": "stopped ended abandoned cancelled canceled dead scrapped axed dropped",
    "promo": "graduated",
    "live": "shipped deployed launched",
    "cost": "costs spend spent spends spending pay paid money",
    "compu": "compute gpu budget",
    "decis": "approve approves approval decide decides decided choose sign",
    "deliv": "arrive arrives arrived delivers",
    "delay": "late behind delayed overdue",
    "ready": "readiness ready",
    "label": "labels labelling labeling labelled annotation annotator",
    "alert": "alerts alarm drifted",
    "monit": "watch watched tracked",
    "use": "used uses using",
    "toxic": "toxicity toxic",
    "preci": "false precise",
    "recal": "caught catches detected",
    "rejec": "rejected refused declined turned bounced",
    "accep": "approved accepted",
    "sampl": "samples examples",
    "revie": "review demo",
}
_STOP = set(
    listed(
        "the a an of in to for by with on at and or is are was were be been it its this "
        "that our we rate share score project per not no than since until from into time "
        "still now only"
    )
)


def stem(word: str) -> str:
    """A word cut to what its forms have in common."""
    low = word.lower()
    for end, least in (("ing", 4), ("ed", 4), ("es", 4), ("s", 3), ("ly", 4)):
        if low.endswith(end) and not low.endswith("ss") and len(low) - len(end) >= least:
            low = low[: -len(end)]
            break
    return low[:5]


_CONCEPT: dict[str, set[str]] = {}
for _key, _forms in _SAME.items():
    for _form in _forms.split():
        _CONCEPT.setdefault(stem(_form), set()).add(_key)


def concepts(text: str) -> set[str]:
    """What a text talks about: its words' stems, and what they mean here."""
    found: set[str] = set()
    for word in _WORD.findall(_HABIT.sub(" ", text.replace("_", " "))):
        if word.lower() not in _STOP:
            cut = stem(word)
            found |= {cut} | _CONCEPT.get(cut, set())
    return found


def own(label: str) -> set[str]:
    """The stems of a label itself, without what they might mean elsewhere."""
    words = [w for w in _WORD.findall(label.replace("_", " ")) if w.lower() not in _STOP]
    cut = {stem(w) for w in words}
    return cut | {next(iter(_CONCEPT[c])) for c in cut if len(_CONCEPT.get(c, ())) == 1}


def any_of(words: str | Iterable[str]) -> re.Pattern[str]:
    """A pattern that finds any of the words or phrases, whole and in any case."""
    listed = words.split() if isinstance(words, str) else list(words)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(listed)})(?![\w])", re.IGNORECASE)


UP = any_of(
    "rose rises rise rising risen increased increases increase increasing grew grows grow growing "
    "grown climbed climbs climb climbing jumped jumps jump up lifted lifting lifts lift raised "
    "raises raise raising higher surged surges surge soared soars doubled tripled "
    "widened widens widening expanded expands swelled ballooned upward upwards topped bumped "
    "boosted boosts boost boosting spiked mounted"
)
DOWN = any_of(
    "fell falls fall falling fallen dropped drops drop dropping decreased decreases decrease "
    "decreasing declined declines decline declining down cut cuts cutting lowered lowers reduced "
    "reduces reducing reduction shrank shrinks shrunk shrinking lower slipped slips slipping slid "
    "slides sliding slide halved halves sank sinks sunk trimmed trims trimming shaved shaves "
    "narrowed narrows narrowing eased plunged plummeted tumbled dipped dips dwindled downward "
    "downwards shed sheds lessened contracted crashed"
)
BETTER = any_of(
    [
        *listed(
            "improved improves improve improving improvement improvements better recovered "
            "recovers recovering gained gains gain gaining rebounded"
        ),
        *["faster", "accelerated", "cheaper", "sped", "quicker", "quickened", "strengthened"],
    ]
)
WORSE = any_of(
    "worsened worsens worsen worse worsening regressed regresses regress regression degraded "
    "degrades degrading degradation slowed slows slower deteriorated deteriorates deteriorating "
    "lost losing costlier weakened suffered"
)
MOVED = re.compile(
    "|".join(p.pattern for p in (UP, DOWN, BETTER, WORSE))
    + r"|\b(?:moved|moves|changed|change|went|swing|by|difference|longer|shorter)\b"
    + r"|\b(?:reduction)\b",
    re.IGNORECASE,
)
GAP = any_of(
    [
        *listed(
        "short over above below under left remain remains remaining unused gap late past"
),
        *listed(
        "beyond away missing exceed exceeds exceeded overran more less fewer behind"
),
        *listed(
        "outside overshot miss misses missed shy off ahead spare headroom overdue planned inside "
        "clear clears cleared beat beats "
        "within "
        "another lack lacks lacking further allowed overrun excess"
), "to go", "too (?:many|much|high|slow|low|long|few)",
    ]
)  # fmt: skip
TARGET = any_of(
    [
        *listed("target targets goal threshold limit box time-box bar ceiling level allowed aim"),
        *listed("allowance budget needs need needed required requires requirement cap minimum"),
        *listed(
            "maximum against reach reaches reaching vs versus hit hits hitting floor planned want "
            "wants wanted aiming aims hope hoping asked mark"
        ),
    ]
)
TARGET_NOUN = any_of(
    "target goal threshold limit box bar ceiling level aim cap minimum maximum floor"
)
BASELINE = any_of(
    [
        *listed(
        "from was were baseline previously before earlier originally initially than formerly once "
        "had prior"
),
        "used to", "instead of", "rather than", "as opposed to", "started at", "compared with",
        "compared to", "versus", "after",
    ]
)  # fmt: skip
WRONG = any_of(
    "wrong incorrect incorrectly wrongly error errors mistaken mistake mistakes inaccurate "
    "hallucinated hallucinates hallucination failing fail fails unanswered"
)
RIGHT = any_of("right correct correctly accurate accurately properly")
NEGATED = any_of(
    [
        *listed(
        "not never no nothing without nor neither cannot isn't wasn't hasn't didn't doesn't "
        "aren't"
),
        *["don't", "won't", "weren't", "haven't", "couldn't"], "yet to", "fails to", "failed to",
    ]
)  # fmt: skip
CAUSE = any_of(
    [
        *listed("because caused causes thereby triggered"),
        *("due to", "thanks to", "as a result of", "driven by", "owing to", "led to"),
        *("leads to", "on account of", "explained by", "the reason", "stems from"),
        *("came from", "comes from", "attributed to"),
    ]
)
OPINION = any_of(
    "delighted happy pleased love loves loved impressed satisfied unhappy angry proud excited "
    "complain complained complaining thrilled disappointed worried confident excellent great "
    "amazing terrible fantastic praised enthusiastic applauded guaranteed guarantee certainly "
    "definitely obviously record best-ever unprecedented promising hopefully everyone nobody "
    "breakthrough world-class flawless perfect agree agreed agrees"
)
LOOSE = any_of(
    [
        "(?<!too )(?<!as )(?<!so )(?<!how )many",
        "several",
        "dozens",
        "hundreds",
        "thousands",
        "(?<!as )few(?! to be sure)",
        "most of",
        "majority",
        "lots",
    ]
)
CHANCE = re.compile(
    r"\b(?:chance|probability|likelihood|odds|risk(?= (?:that|of))|confident|confidence|likely"
    r"|probable)\b",
    re.IGNORECASE,
)
SURELY = any_of(
    [
        *("surely", "certainly", "definitely", "guaranteed", "bound to", "without (?:a )?doubt"),
        "will (?:reach|hit|meet|beat|exceed|be ready|finish|launch|ship)",
    ]
)
