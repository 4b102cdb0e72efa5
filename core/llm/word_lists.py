"""Word lists of the lint of a model's wording: what joins and what claims."""

import re

from core.text import listed

# Beyond the template's own words a line may hold these: they join, they claim nothing.
JOINING = frozenset(
    listed(
        "a an and also are as at been by during each for from had has have in into is it "
        "its of on or our over so still team than that the their them there these they "
        "this those through to was we week were when where which while with experiment "
        "experiments completed finished closed running open active currently now far "
        "among including include includes made metric metrics overall result results "
        "report reported reports work working seen measured measurement next "
        "milestone planned plan risk risks blocker blockers known under way figure figures "
        "stands standing status state remain remains continue continues continued "
        "altogether together total here period last since latest"
    )
)
# In a condensed note only these may be added to its own words.
GLUE = frozenset(listed("a an and are as at for from in is it its of on our that the this to was"))
UP = frozenset(
    listed(
        "up rose rise rises risen rising increase increased increases grew grow grows growing "
        "growth higher climbed climbs raised upward"
    )
)
DOWN = frozenset(
    listed(
        "down fell fall falls fallen falling drop drops dropped decrease decreased decreases "
        "lower lowered sank shrank reduced reduces downward declined declines"
    )
)
BETTER = frozenset(
    listed(
        "improve improved improves improving improvement improvements better best gain gained "
        "gains progress progressed advance advanced"
    )
)
WORSE = frozenset(
    listed("worse worst worsened worsening degraded regressed regression lost loses lose setback")
)
SAME = frozenset(listed("unchanged flat stable steady constant"))
MOVES = {
    **dict.fromkeys(UP, "up"),
    **dict.fromkeys(DOWN, "down"),
    **dict.fromkeys(BETTER, "better"),
    **dict.fromkeys(WORSE, "worse"),
    **dict.fromkeys(SAME, "same"),
}
STATUS = {
    **dict.fromkeys(("killed", "stopped", "ended"), "killed"),
    "promoted": "promoted",
    **dict.fromkeys(("shipped", "launched", "released", "live"), "live"),
    **dict.fromkeys(("iterating", "iterated", "repeated"), "iterating"),
}
CAUSE = re.compile(
    r"\b(?:because|due to|thanks to|caus\w+|led to|leads to|result(?:s|ed|ing)? (?:in|from)"
    r"|owing to|driven by|therefore|hence|consequently)\b",
    re.IGNORECASE,
)
SIGNIFICANT = re.compile(r"\b(?:statistical\w*|significan\w+)\b", re.IGNORECASE)
WEASEL = re.compile(
    r"\b(?:soon|promising|hopefully|many|much|a lot|very|huge\w*|massive\w*|great\w*|excellent"
    r"|exciting|excited|delighted|proud\w*|likely|probably|should|might|could|will|expect\w*"
    r"|almost|nearly|roughly|about|around|several|few|most|some|successful\w*|strong\w*"
    r"|on track|off track|at risk)\b",
    re.IGNORECASE,
)
JARGON = re.compile(
    r"\b(?:AUC|PSI|kappa|p-value|epochs?|LoRA|RAG|embeddings?|overfit\w*|precision|recall|tokens?"
    r"|latency|inference|baselines?|hyperparameters?|logits?|perplexity|fine-?tun\w+|ablations?"
    r"|regulari[sz]ation|dropout|gradients?|backprop\w*|holdout|quanti[sz]\w+)\b",
    re.IGNORECASE,
)
NUMBERS = re.compile(
    r"\b(?:zero|one|once|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen"
    r"|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred\w*|thousand\w*|[mb]illion\w*"
    r"|dozens?|half|halves|halved|twice|thrice|doubl\w+|tripl\w+|quadrupl\w+|quarter\w*|percent"
    r"|per cent|first|second|third|fourth|fifth|single|couple|majority|both|EXP)\b"
    r"|[$€£¥%‰°]",
    re.IGNORECASE,
)
DATES = re.compile(
    r"\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|June|July"
    r"|August|September|October|November|December|Q\d|today|tomorrow|yesterday|tonight)\b"
)
# Words that turn a statement round or bound it: a condensed note keeps those it passes over.
KEPT = frozenset(
    listed(
        "not no never none nothing without unless except only may might could if hardly cannot "
        "can't don't doesn't didn't isn't wasn't won't couldn't nor neither less fewer but "
        "however though although until seems perhaps maybe nicht kein keine ohne nur"
    )
)
# What the program's own words for a fact may show of themselves to a model; all else becomes "…".
SHOWN = (JOINING | MOVES.keys() | STATUS.keys() | frozenset(
    listed(
        "chance by target weeks week days sprint sprints gpu hours used no change not yet set per "
        "via back going reached improving decided more learnings customers answers wrong right "
        "get still every out expected range between best improvement headline since cost costs"
    )
))  # fmt: skip
