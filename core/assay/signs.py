"""What a sentence looks like: a question, an order, short, about what is over, not to be done."""

import re
from collections.abc import Sequence
from itertools import pairwise

from core.assay.spelling import ideas, words
from core.assay.turns import WORK
from core.assay.turns_people import PEOPLE
from core.text import listed

_NOT = frozenset(
    listed("not don't dont never no nobody without cannot can't shouldn't won't wouldn't")
)
_GERMAN_NOT = frozenset(listed("nicht kein keine keinen keiner niemals nie ohne"))
_CLAUSES = re.compile(r"[.,;:!?–—]{1,9}(?:\s|$)|\s(?:but|aber|and then|sondern)\s")
_LEADS = frozenset(listed(
    "please bitte pls hey hi hello assay ok okay so and also und can could would will you kannst "
    "könntest koenntest du mal i'd like to i want let's lets go ahead we should ich möchte "
    "moechte wir mir us me the sollten now jetzt just how do wie kann"
))  # fmt: skip
_GREETS = frozenset(listed(
    "hi hello hey so and ok okay assay hallo moin please well also und there team good morning "
    "btw wait sorry um uh hm hmm erm ugh oh alright yo cool quick question sag mal hast du"
))  # fmt: skip
_ASKS = frozenset(listed(
    "what whats what's why how hows how's who whos who's whom whose which when where whether is "
    "are am isn't aren't can could should would may might shall do does did didn't has have had "
    "any anyone anybody anything will wer wen wem wie warum wieso weshalb welche welcher welches "
    "wann wo ist sind kann können könnt könnten soll sollte sollen muss müssen gibt hat haben "
    "was wird werden eta"
))  # fmt: skip
_CLAUSES_OF = WORK | PEOPLE
_OPENS = frozenset(listed("is are am was were will does do did can could has have ist sind hat"))
_POLITE = frozenset({"please", "bitte", "pls"})
_ORDERED = frozenset({"KILL", "PROMOTE", "EXTEND", "UPDATE", "NEW", "SHOW", "ADD"})
_CAN_BE_DENIED = (_ORDERED - {"SHOW", "ADD"}) | {
    "DONE", "GRASP", "HELP", "BACK", "PROMOTED", "WAITING", "BLOCKED", "THANKS", "AWAY",
}  # fmt: skip
# Turns of phrase that say more than their words.
_TURNS = {name: re.compile(pattern) for name, pattern in {
    "TELLME": r"\b(?:give|show|tell|send|remind|zeig\w*|sag\w*|gib) (?:me|us|mir|uns)\b|"
              r"\blet me know\b",
    "SHOULD": r"\b(?:should (?!be )|shall|sollten?|soll|(?:can|could) we|können wir)",
    "SELF_DO": r"\b(?:do|can|could|should|may) i\b|\bkann ich\b",
    "SELF_OBJECT": r"\badd (?:me|us|him|her|them|a note|@)|\bfüge mich\b",
    "GIVES": r"\b(?:give|gib|geben|gebe|add|needs?|braucht|grant|another|extra)\b",
    "PUTS": r"\b(?:put|take|move|push|bring|setz\w*|go|went)\b",
    "IDEA": r"\b(?:have|habe|i|new|neue|got|log)\b.{0,200}\b(?:idea|idee|propose|proposal|"
            r"vorschlag|hypothesis)\b|\bpropose\b|"
            r"\b(?:let'?s|want to|like to|should|could) (?:\w+ )?(?:try|test|check|see|"
            r"find out) (?:if|whether|out|how)\b|"
            r"\bleg\w*\b.{0,40}\ban\b|\b(?:ausprobieren|testen|prüfen),? ob\b",
    "WE": r"\b(?:can|could|able|können|könnten|conceivable|possible|feasible)\b.{0,200}"
          r"\b(?:we|wir|to)\b",
    "ANYTHING": r"\banything\b.{0,200}\b(?:working|works|good|moving|happening|interesting)\b",
    "MEET": r"\b(?:likely|going|able) to (?:meet|make|hit|keep|reach|deliver)\b|"
            r"\b(?:meet|keep|make) (?:our|the|what we)\b|"
            r"\b(?:are|do|will|can) we (?:\w+ )?(?:going |to )*make it\b",
    "SHOW": r"\b(?:pull|bring|call) (?:it |that |this |that one |this one |#?\d+ |exp\S* )?up\b",
    "EVER": r"\b(?:are|will|do|can|is|does|wird|werden) (?:we|you|they|it|this|that|wir|das|es)"
            r"(?: \w+){0,2} (?:ever|jemals|mal)\b",
    "FUTURE": r"\b(?:will|we'll|it'll|they'll|going|gonna|chance|wird|werden|likely|expect|"
              r"hope)\b",
    "WORKS": r"\bworks?\b|\bfunktionier\w*\b|\buse\b",
    "HOLDS": r"\b(?:hold(?:s|ing)? (?:me|us) up|block(?:s|ing) me|blockiert mich)\b",
    "PERIOD": r"\b(?:last|past|this|since|letzte\w*|diese\w*|seit|yesterday|gestern|recent\w*|"
              r"lately|today|heute|january|february|march|april|june|july|august|september|"
              r"october|november|december|weeks?|fortnight|month|monat|woche|quarter|sprint)\b",
    "PAST": r"\b(?:did|was|were|been|had|wurden?|haben wir|have we)\b(?: \w+){0,3} (?:kill\w*|"
            r"stop\w*|promot\w*|ship\w*|launch\w*|releas\w*|deploy\w*|gestoppt|gekillt)\b|"
            r"\bwe (?:\w+ )?(?:killed|stopped|promoted|shipped|launched|released|deployed)\b",
    "AWAYTURN": r"\b(?:tak\w*|have|am|be|i'm|im)\b(?: \w+){0,5} off\b(?! by)|"
                r"\bon (?:\w+ )?leave\b",
    "HOWTO": r"\bhow (?:do|can|could|should|would|to|does)(?: i| we| one)?\b(?! have| get| it)|"
             r"\bwie (?:kann|lege|trage|melde|mache|starte|stoppe) ich\b|"
             r"\b(?:a|some|any) way (?:to|of)\b|\bwhere (?:do|can) i\b",
}.items()}  # fmt: skip
_ASKED = re.compile(r"\b(?:can|could|would|will) (?:you|u)\b|\bplease\b|\bbitte\b|\bi'd like to\b|"
                    r"\bi (?:want|would like|wish) to\b|\bkannst du\b")  # fmt: skip
_WISHED = re.compile(
    r"\b(?:should|shall|can|could|let|must|sollten)\b.{0,200}\b(?:we|wir)\b|"
    r"\bwe (?:should|can|could|must|need)\b"
)


def seen(line: str, said: Sequence[str], found: frozenset[str], left: Sequence[str]) -> set[str]:
    """The signs in a plain line. said: its words; found: their ideas; left: words from
    elsewhere.
    """
    mended = " ".join(said)
    signs = {name for name, turn in _TURNS.items() if turn.search(mended)}
    signs |= {
        name for name, turn in _CLAUSES_OF.items() if turn.search(line) or turn.search(mended)
    }
    signs |= {"BEGINS"} if _first(said) in _OPENS and not line[:1].isdigit() else set()
    if _WISHED.search(mended):
        signs.discard("PAST")
    signs |= {"NEGATED"} if any(_denies(words(part)) for part in _CLAUSES.split(line)) else set()
    signs |= {"SHORT"} if len(said) <= 3 else {"LONGISH"}
    signs |= {"GREETS"} if "HELLO" in ideas(said[:2])[0] | ideas(said[:1])[0] else set()
    signs |= {"THING"} if left or ("ADD" in found and len(said) > 3) else set()
    opened = _first(said)
    begins = not line[:1].isdigit()  # `36 is at 0.9` asks nothing
    leads = begins and (opened in _ASKS or (bool(said) and said[0] in _ASKS))
    if "?" in line or leads or "TELLME" in signs:
        signs.add("ASKS")
    return signs | _order(line, said, found)


def _first(said: Sequence[str]) -> str:
    """The word that opens what is said, after the greeting."""
    return next((word for word in said if word not in _GREETS), "")


def _denies(clause: Sequence[str]) -> bool:
    """True when what a clause names is not to be: `don't kill it`, `EXP-042 nicht abbrechen`."""
    acts = [place for place, word in enumerate(clause) if ideas([word])[0] & _CAN_BE_DENIED]
    if not acts:
        return False
    return bool(_GERMAN_NOT & set(clause)) or bool(_NOT & set(clause[: acts[-1]]))


def _order(line: str, said: Sequence[str], found: frozenset[str]) -> set[str]:
    """ORDER: it begins with what is to be done, or asks politely; UPDATES: a result is to be
    taken down.
    """
    rest = list(said)
    while rest and rest[0] in _LEADS:
        rest = rest[1:]
    first = ideas(rest[:1])[0] | ideas(rest[:2])[0] if rest else frozenset()
    signs = {"ORDER"} if first & _ORDERED or (_POLITE & set(said) and _ORDERED & found) else set()
    signs |= {"REQUEST"} if _ORDERED & found and _ASKED.search(line) else set()
    signs |= {"FIRST"} if "AWAY" in first | ideas(rest[:3])[0] else set()
    told_of = {"on", "for", "about", "zu", "status", "from"}
    noun = any(a == "update" and b in told_of for a, b in pairwise(said))
    if "UPDATE" in first and not noun and (said[:1] != ["any"]):
        signs.add("UPDATES")
    return signs
