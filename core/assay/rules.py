"""Ideas and signs → intents with scores, in one table.

A rule holds when all its ideas are in the sentence and none that it excludes; the highest score
wins. Where none holds, those that nearly do are what is offered (never done).
"""

from dataclasses import dataclass

from core.text import listed

ENOUGH = 40
NEARLY = 38  # of a rule's score, after what it lacks; found on the sentences in tests/data/assay
MOST_GUESSES = 3
_LACKS, _BARRED, _STRANGE = 20, 9, 4  # what a missing idea, one too many, a strange word cost
# How something is said, not what: a rule of which only these hold guesses nothing.
_FORMS = frozenset(
    listed(
        "ASKS ORDER REQUEST SHORT LONGISH WHAT HOW WHO WHY SHOW SELF TEAM ID THREAD NOT THING CAN "
        "NEED EXPERIMENT NEW MINE REASON BEGINS TELLS THIRD ASKSWHEN BACKFIRST LATERON "
        "STARTSWHEN BEENAWAY FORBIDS GIVES PUTS WE TELLME HELLO PERIOD SHOULD DOING GOOD WORKS"
    )
)


@dataclass(frozen=True)
class Rule:
    """intent and its score. needs: ideas that must be there, `A|B` for one of both. bars: ideas
    that must not. most: how many words from elsewhere there may be.
    """

    intent: str
    score: int
    needs: str
    bars: str = ""
    most: int = 99


RULES = (
    Rule("kill", 90, "KILL ID|THREAD", "ASKS NEGATED PAST"),
    Rule("kill", 84, "KILL ID|THREAD ORDER", "NEGATED PAST SHOULD WHY INWAY"),
    Rule("help", 89, "HOWTO KILL|PROMOTE|EXTEND|UPDATES|UPDATE", "ID THREAD WHEN"),
    Rule("help", 92, "HOWTO NEW EXPERIMENT", "ID THREAD"),
    Rule("help", 83, "HOWTO BLOCKED|SPENT|GPU", "ID THREAD WHO TEAM WHAT"),
    Rule("kill", 72, "KILL EXPERIMENT", "NEGATED PAST WHY WHEN WHO SHOULD INWAY"),
    Rule("kill", 60, "KILL SHORT", "NEGATED PAST WHY WHEN WHO ASKS", 0),
    Rule("promote", 90, "PROMOTE ID|THREAD", "ASKS NEGATED PAST"),
    Rule("promote", 84, "PROMOTE ID|THREAD ORDER", "NEGATED PAST SHOULD WHY INWAY"),
    Rule("promote", 86, "PROMOTED ID|THREAD ORDER", "NEGATED PAST SHOULD WHY INWAY"),
    Rule("promote", 84, "PROMOTED ID PUTS", "NEGATED PAST ASKS"),
    Rule("kill", 85, "KILL ID SUGGESTS", "NEGATED PAST WHY WHO"),
    Rule("promote", 85, "PROMOTE ID SUGGESTS", "NEGATED PAST WHY WHO"),
    Rule("promote", 72, "PROMOTE EXPERIMENT", "NEGATED PAST WHY WHEN WHO SHOULD"),
    Rule("promote", 60, "PROMOTE SHORT", "NEGATED PAST WHY WHEN WHO ASKS", 1),
    Rule("promote", 61, "PROMOTE ORDER", "ASKS NEGATED PAST WHY WHEN WHO SHOULD NEW", 1),
    Rule("extend", 91, "EXTEND ID|THREAD", "NEGATED PAST WHY"),
    Rule("extend", 89, "SPAN GIVES ID|THREAD", "NEGATED PAST"),
    Rule("extend", 76, "SPAN ID SHORT", "NEGATED PAST ASKS"),
    Rule("extend", 74, "EXTEND", "NEGATED PAST WHY WHO"),
    Rule("update", 88, "VALUE ID", "ASKS NEGATED PAST"),
    Rule("update", 88, "VALUE THREAD", "ASKS NEGATED PAST"),
    Rule("update", 76, "UPDATES ID|THREAD", "NEGATED"),
    Rule("update", 78, "UPDATES RESULT", "NEGATED"),
    Rule("update", 78, "UPDATES EXPERIMENT", "NEGATED NEW MINE"),
    Rule("update", 72, "RESULT NEW", "ASKS NEGATED ID"),
    Rule("update", 80, "VALUE METRIC", "ASKS NEGATED"),
    Rule("update", 88, "GPUTOLD ID|THREAD", "ASKS NEGATED"),
    Rule("new", 75, "NEW EXPERIMENT", "SHIPPED DROPPED KNOWN ID KILL WHAT WHO WHEN NEGATED"),
    Rule("new", 90, "NEW EXPERIMENT ORDER", "WHO SHIPPED DROPPED ID KILL NEGATED"),
    Rule("new", 93, "NEW EXPERIMENT REQUEST", "ID THREAD KILL"),
    Rule("new", 79, "IDEA NEW|EXPERIMENT", "ID KILL"),
    Rule("new", 70, "IDEA", "ID WHAT NEGATED"),
    Rule("blocker", 80, "SELF BLOCKED", "WHO NEGATED ID_BLOCKS BEGINS SHOW"),
    Rule("blocker", 80, "HOLDS", "WHO WHAT NEGATED"),
    Rule("blocker", 74, "BLOCKED LONGISH", "WHO WHAT ASKS WHY NEGATED SHOW"),
    Rule("blocker", 73, "SELF WAITING", "ASKS DECIDE NEGATED"),
    Rule("blocker", 60, "WAITING LONGISH", "ASKS DECIDE NEGATED WHO WHAT SHOW ID"),
    Rule("blocker", 79, "UPDATE BLOCKED", "WHO WHAT"),
    Rule("blocker", 79, "NEW BLOCKED", "WHO WHAT ASKS"),
    Rule("blocked", 85, "WHO BLOCKED"),
    Rule("blocked", 82, "WHAT BLOCKED", "SELF"),
    Rule("blocked", 81, "SHOW BLOCKED", "MINE"),
    Rule("blocked", 78, "BLOCKED ASKS", "SELF"),
    Rule("blocked", 65, "BLOCKED SHORT", "SELF", 1),
    Rule("blocked", 83, "WHO WAITING", "THANKS"),
    Rule("blocked", 80, "WAITING ASKS ID|THREAD", "DECIDE SELF"),
    Rule("mine", 80, "MINE EXPERIMENT", "KILL PROMOTE EXTEND ID NEW"),
    Rule("mine", 78, "OWN", "KILL PROMOTE EXTEND ID DECIDE BLOCKED AWAY BACKNOW"),
    Rule("mine", 76, "WORKING SELF", "BOARD TEAM GONE"),
    Rule("board", 78, "BOARD", "ID", 2),
    Rule("board", 77, "OWNER", "ID THREAD"),
    Rule("board", 61, "EXPERIMENT RUNNING", "ID MINE", 2),
    Rule("board", 60, "EXPERIMENT SHOW", "ID MINE", 2),
    Rule("board", 60, "EXPERIMENT WHAT", "ID MINE", 2),
    Rule("board", 58, "EXPERIMENT SHORT", "ID MINE NEW KILL", 1),
    Rule("board", 65, "RUNNING WHAT", "ID HOW", 1),
    Rule("board", 66, "RUNNING SHOW", "ID", 3),
    Rule("status", 75, "ONTRACK", "", 4),
    Rule("status", 66, "STATUS", "ID THREAD MINE", 4),
    Rule("status", 65, "MEET ASKS", "ID", 3),
    Rule("status", 62, "ANYTHING ASKS", "ID", 3),
    Rule("status", 64, "HOW DOING", "ID THREAD", 0),
    Rule("status", 68, "LATE EXPERIMENT", "ID WHY"),
    Rule("status", 66, "LATE WHO", "ID WHY"),
    Rule("status", 60, "NEW WHAT", "ID EXPERIMENT", 1),
    Rule("why_late", 86, "WHY LATE"),
    Rule("why_late", 83, "WHY LONG"),
    Rule("why_late", 74, "LATE ASKS ID|THREAD"),
    Rule("why_late", 70, "LATE ASKS TEAM", "WHEN EXPERIMENT"),
    Rule("why_late", 87, "BLOCKED LATE WHAT|WHY"),
    Rule("when", 76, "WHEN DONE", "", 3),
    Rule("when", 75, "WHEN PROMOTE|PROMOTED", "", 3),
    Rule("when", 82, "FUTURE DONE|DECIDED ASKS", "SELF WHO AWAY BLOCKED", 3),
    Rule("when", 77, "EVER DONE|PROMOTE|PROMOTED|ACCURATE", "SELF", 3),
    Rule("when", 74, "WHEN ID|THREAD"),
    Rule("when", 73, "WHEN VALUE"),
    Rule("when", 66, "WHEN SHORT", "AWAY", 0),
    Rule("when", 64, "DONE ASKS", "WHY AWAY BLOCKED SELF WHO ID HELP EXPERIMENT WHAT", 1),
    Rule("when", 64, "DONE ASKS ID", "AWAY BLOCKED WHO WHAT"),
    Rule("accuracy", 79, "ACCURATE ID|THREAD", "VALUE"),
    Rule("accuracy", 78, "GOOD HOW ID|THREAD"),
    Rule(
        "accuracy", 77, "MEASURE ID|THREAD ASKS|SHORT", "VALUE WHEN WHY LATE KILL PROMOTE TARGET"
    ),
    Rule(
        "accuracy", 73, "MEASURE ASKS|SHOW", "VALUE WHEN WHY LATE KILL PROMOTE KILLED LEARNED", 2
    ),
    Rule("accuracy", 76, "ACCURATE ASKS", "VALUE", 3),
    Rule("accuracy", 74, "ACCURATE SHOW", "VALUE", 2),
    Rule("accuracy", 66, "ACCURATE SHORT", "VALUE", 1),
    Rule("accuracy", 66, "GOOD HOW", "DOING SELF", 0),
    Rule("accuracy", 72, "BETTER ASKS", "SELF BACKNOW", 2),
    Rule("add", 76, "ADD CAN THING", "ID SELF_OBJECT EXPERIMENT AWAY"),
    Rule("add", 77, "ADD CAN WE THING", "ID SELF_OBJECT AWAY"),
    Rule("add", 68, "ADD ORDER THING", "ID EXPERIMENT VALUE SELF_OBJECT SELF RESULT BLOCKED"),
    Rule("history", 84, "KILLED|PROMOTED|LEARNED|DECIDED WHAT", "ID SPENT"),
    Rule("history", 84, "KILL|PROMOTE WHAT", "ID SELF_DO SHOULD INWAY"),
    Rule("history", 84, "KILL|PROMOTE PAST", "ID"),
    Rule("history", 80, "KILLED|PROMOTED|LEARNED|DECIDED SHOW", "ID"),
    Rule("history", 79, "KILLED|PROMOTED|LEARNED ASKS", "ID WHY SELF WHEN FUTURE", 3),
    Rule("history", 79, "KILLED|PROMOTED|LEARNED|DECIDED PERIOD", "ID SELF", 2),
    Rule("history", 77, "KILLED|PROMOTED|LEARNED|DECIDED EXPERIMENT", "ID SELF", 2),
    Rule("history", 70, "KILLED|PROMOTED|LEARNED SHORT", "ID SELF WHO", 1),
    Rule("history", 78, "WHY KILLED|KILL TEAM", "ID"),
    Rule("spent", 80, "SPENT HOW|WHAT|SHOW|ASKS|WHO"),
    Rule("spent", 77, "GPU WHO", "WAITING BLOCKED", 1),
    Rule("spent", 78, "GPU HOW|WHAT|ASKS USED|SPENT"),
    Rule("spent", 74, "GPU USED|PERIOD", "VALUE UPDATES NEED BLOCKED ID GPUTOLD GIVES", 1),
    Rule("spent", 74, "GPU HOW|WHAT|SHOW", "ID", 1),
    Rule("help|spent", 71, "USED SHORT", "GPU ID VALUE BLOCKED MEASURE SPENT", 0),
    Rule("spent", 70, "GPU|USED SHORT", "ID VALUE BLOCKED", 0),
    Rule("spent", 74, "SPENT PERIOD", "ID ADD SELF", 1),
    Rule("spent", 72, "SPENT SHORT", "ID", 1),
    Rule("spent", 72, "SPENT SHORT ID", "VALUE KILL", 1),
    Rule("decisions", 82, "DECIDE ASKS|SHOW|WHAT|WHO", "ID"),
    Rule("decisions", 79, "DECIDE SELF|MINE|TEAM", "ID"),
    Rule("decisions", 73, "DECIDE SHORT", "ID", 1),
    Rule("decisions", 76, "SHOULD KILL WHAT", "ID"),
    Rule("away", 86, "ILL", "WHO ASKS ID EXPERIMENT", 3),
    Rule("away", 88, "AWAY SELF", "WHO EXPERIMENT BEENAWAY RETURNED"),
    Rule("away", 79, "AWAYTURN", "WHO ID EXPERIMENT"),
    Rule("away", 80, "AWAY", "WHO ASKS ID EXPERIMENT LONGISH", 3),
    Rule("away", 78, "AWAY FIRST", "WHO ASKS ID", 3),
    Rule("away", 77, "WHO AWAY", "", 2),
    Rule("away", 77, "AWAY ASKS", "ID", 2),
    Rule("back", 90, "BACKNOW", "ASKS ID NEGATED", 4),
    Rule("help", 69, "HELP", "ID", 3),
    Rule("help", 64, "HOW WORKS", "ID", 2),
    Rule("thanks", 52, "THANKS", "ASKS ID NEGATED", 3),
    Rule("hello", 54, "HELLO GREETS", "ID ASKS", 3),
    Rule("hello", 46, "HELLO", "ID", 2),
    Rule("card", 71, "ID WHAT|HOW|SHOW|STATUS|DOING|ASKS|WHY|GOOD|RUNNING"),
    Rule("card", 79, "OWNER ID|THREAD"),
    Rule("card", 67, "THREAD STATUS|DOING"),
    Rule("card", 66, "THREAD SHOW|WHAT SHORT", "", 0),
    Rule("card", 66, "THREAD ASKS WHAT", "DECIDE BOARD HELP"),
    # by what a whole clause is about (core/assay/turns)
    Rule("why_late", 87, "OFFPLAN REASON", "ADD ID_BLOCKS KILLED PROMOTED RUNSON VALUE"),
    Rule("why_late", 72, "OFFPLAN SHORT", "ID EXTEND"),
    Rule("why_late", 71, "OFFPLAN ASKS", "EXTEND RUNSON ID", 3),
    Rule("blocked", 84, "INWAY WHO|WHAT|SHOW|ASKS", "SELF ID"),
    Rule("add", 81, "ADDS ASKS|CAN|HOW|WHAT", "ID SELF_OBJECT RUNSON"),
    Rule("add", 69, "ADDS", "ID SELF_OBJECT RUNSON SELF NEW BLOCKED"),
    Rule("decisions", 84, "OWED ASKS|SHOW|SHORT", "ID WHO"),
    Rule("blocked|decisions", 85, "OWED WHO ASKS", "ID"),
    Rule("history", 80, "DROPPED WHAT|SHOW|PERIOD", "ID"),
    Rule("history", 80, "SHIPPED WHAT|SHOW|PERIOD", "ID FUTURE WHEN"),
    Rule("history", 82, "KNOWN WHAT|SHOW|PERIOD|ASKS", "ID SELF GRASP"),
    Rule("kill", 89, "ENDS ID|THREAD", "ASKS NEGATED PAST WHY VALUE"),
    Rule("promote", 88, "LIVES ID|THREAD", "NEGATED FORBIDS PAST WHY ASKSWHEN WHO SHOULD FUTURE"),
    Rule("extend", 90, "RUNSON ID|THREAD", "NEGATED FORBIDS WHY ASKSWHEN VALUE KILL STUCK"),
    Rule("extend", 90, "EXTEND|RUNSON ID|THREAD UNFINISHED", "FORBIDS WHY PAST ASKSWHEN"),
    Rule("update", 87, "VALUE ID TELLS", "NEGATED"),
    Rule("update", 72, "ID TELLS", "ASKS TELLME BEGINS NEGATED BLOCKED WHY ORDER WHAT"),
    Rule("update", 72, "ID TELLS UPDATE", "ASKS TELLME BEGINS NEGATED BLOCKED WHY"),
    Rule("update", 80, "LOGS ID|THREAD", "NEGATED WHY WHO"),
    Rule("when", 66, "STARTSWHEN", "AWAY ID PAST BLOCKED SELF KILLED PROMOTED LEARNED", 1),
    Rule("blocker", 67, "STUCK ID|THREAD", "ASKS WHO WHAT SHOW BEGINS EXTEND RUNSON"),
    Rule("blocker", 63, "STUCK LONGISH", "ASKS WHO WHAT SHOW BEGINS DECIDE OWED LATE"),
    Rule("extend", 89, "RUNSON SPAN ID|THREAD", "WHY ASKSWHEN VALUE KILL STUCK FORBIDS"),
    Rule("help", 70, "YOUDO", "ID LATE", 3),
    Rule("accuracy", 76, "RIGHTLY ASKS", "VALUE SELF", 3),
    Rule(
        "when", 81, "ASKSWHEN DONE", "ID AWAY BLOCKED SELF KILLED PROMOTED LEARNED WHY PAST GPU", 4
    ),
    Rule("when", 79, "ETA", "ID AWAY BLOCKED PAST WHY"),
    Rule("accuracy", 85, "MEASURE LATEST ASKS|SHOW", "VALUE ID WHEN WHY LATE KILLED LEARNED", 4),
    Rule("hello", 81, "HOWAREYOU"),
    Rule("update", 86, "ID TELLS MEASURE|BETTER|ACCURATE", "ASKS TELLME BEGINS BLOCKED WHY WHAT"),
    Rule("update", 83, "ID DAYTOLD", "ASKS BEGINS TELLME"),
    Rule("new", 92, "NEWONE", "ID KILL WHO SHIPPED DROPPED NEGATED HOWTO PAST"),
    Rule(
        "blocker",
        81,
        "SELF STUCK",
        "ASKS WHO WHAT SHOW BEGINS DECIDE OWED EXTEND RUNSON ID NEGATED",
    ),
    Rule("accuracy", 73, "MEASURE LATEST", "VALUE ID WHEN WHY LATE", 3),
    Rule("thanks", 71, "PRAISE", "ASKS ID NEGATED", 5),
    Rule("thanks", 71, "THANKS HELP", "ASKS ID NEGATED", 4),
    Rule("hello", 55, "WISHES", "ID ASKS BEGINS", 3),
    Rule(
        "away",
        75,
        "GONE SELF|FIRST|MINE",
        "BEENAWAY ASKS ID EXPERIMENT WHO BLOCKED RETURNED THIRD",
    ),
    Rule("back", 91, "RETURNED SELF|BACKFIRST", "ASKS ID LATERON FUTURE THIRD"),
    Rule("status", 76, "FARES", "ID THREAD WHY WORKING MEASURE ASKSWHEN"),
    Rule("accuracy", 76, "FARES MEASURE", "ID VALUE WHY ASKSWHEN"),
    Rule("when", 78, "ASKSWHEN ONTRACK|MEET", "ID"),
    Rule("board", 79, "THEIRS", "ID THREAD BLOCKED AWAY DECIDE"),
    Rule("mine", 80, "YOURS", "KILL PROMOTE EXTEND ID NEW DECIDE BLOCKED AWAY"),
    Rule("accuracy", 72, "MEASURE ASKS|SHOW|STATUS", "VALUE ID WHEN WHY LATE", 4),
    Rule("help", 68, "HOWTO SELF", "ID", 3),
    Rule("card", 62, "ID"),
    Rule("card", 62, "OTHER"),
)


def best(signs: set[str], left: int) -> tuple[str, int]:
    """The intent whose rule holds, and its score; `unknown` for none. left: how many words are
    from elsewhere.
    """
    if "MACHINE" in signs:
        return "unknown", 0
    held = [rule for rule in RULES if left <= rule.most and _holds(rule, signs)]
    found = max(held, key=lambda rule: rule.score, default=None)
    if found is None or found.score < ENOUGH or "|" in found.intent:
        return "unknown", 0
    return found.intent, found.score


def support(intent: str, signs: set[str], left: int) -> int:
    """How many rules hold for that intent."""
    held = (left <= rule.most and _holds(rule, signs) for rule in RULES if rule.intent == intent)
    return sum(held)


def guesses(signs: set[str], left: int) -> tuple[str, ...]:
    """The intents whose rules nearly hold, the nearest first."""
    near: dict[str, int] = {}
    for rule in RULES:
        score = _nearly(rule, signs, left)
        if score >= NEARLY:
            for intent in rule.intent.split("|"):
                near[intent] = max(score, near.get(intent, 0))
    ranked = sorted(near, key=lambda intent: -near[intent])
    return tuple(ranked[:MOST_GUESSES])


def _nearly(rule: Rule, signs: set[str], left: int) -> int:
    parts = [signs.intersection(part.split("|")) for part in rule.needs.split()]
    if not set().union(*parts) - _FORMS or ("NEGATED" in signs and "NEGATED" in rule.bars):
        return 0
    lacks = sum(not part for part in parts)
    barred = len(signs.intersection(rule.bars.split()))
    strange = max(0, min(left - rule.most, 3))
    return rule.score - _LACKS * lacks - _BARRED * barred - _STRANGE * strange


def _holds(rule: Rule, signs: set[str]) -> bool:
    wanted = all(signs.intersection(part.split("|")) for part in rule.needs.split())
    return wanted and not signs.intersection(rule.bars.split())
