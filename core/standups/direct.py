"""What is written to the bot while a standup waits: clearly an answer, or only perhaps one.

An answer is published, so doubt goes to the person: what asks, orders, greets or chats is never
taken for one, and neither is what says nothing about work. Words are English and German.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from core.blockers.blocker import says_no
from core.standups import standup as reading
from core.standups import typed_reply
from core.standups.questions import Question
from core.text import clean, straighten

_ASKS = frozenset(
    "what whats what's why how hows how's who whos who's whom whose which when where whether was "  # noqa: SIM905
    "wer wen wem wessen wie wieviel wieviele warum wieso weshalb welche welcher welches welchen "
    "wann wo wohin woher woran womit wofür wofuer wozu".split()
)
_OPENS = frozenset(
    "is are am isn't aren't can could should would may might shall do does did don't didn't has "  # noqa: SIM905
    "ist sind bin bist kann kannst könnt könnte könntest können darf soll sollte sollen muss "
    "müssen gibt gibts hat habt weiß weiss weißt any anyone "
    "anybody somebody someone jemand".split()
)
_ORDERS = frozenset(
    "kill show list move promote stop start pause resume tell give send post remind delete undo "  # noqa: SIM905
    "extend snooze add create open close log set change update remove cancel schedule assign "
    "find explain search help mark skip let lets let's ask compare summarise summarize draft "
    "check look forget ignore unsubscribe approve reject confirm note save publish call put get "
    "make zeig zeige stopp stoppe starte lösch lösche beende verschieb verschiebe mach mache "
    "schick schicke sag sage erklär erkläre gib such suche finde vergiss ignorier setz setze "
    "ändere füge trag trage erinnere".split()
)
# Said in passing before what is meant.
_LEADS = frozenset("ok okay so and also well btw und also um ähm hm hmm but aber".split())  # noqa: SIM905
_LATER = frozenset("what why how who can could should warum wieso wie wer kann".split())  # noqa: SIM905
_SOMEBODY = (
    r"(?:i|we|you|it|he|she|they|this|that|these|those|there|the|my|our|your|any\w*|exp-?\d+|"
    r"ich|wir|du|ihr|es|er|sie|das|der|die)"
)
_INVERTED = re.compile(
    rf"^(?:is|are|am|do|does|did|have|has|had|will|was|were|habe|haben|habt|hat|wird|werden|wurde)"
    rf"(?:n't)? {_SOMEBODY}\b"
)
_WAS_GERMAN = re.compile(
    r"^was (?:ist|sind|soll\w*|muss|kann|habe?n?|hat|wurde|wird|war|mach\w*|für|heißt|bedeutet)\b"
)
_TO_THE_BOT = re.compile(
    r"\b(?:you|your|yours|u|pls|plz|please|bitte|du|dir|dich|dein\w*|ihr|euch|assay|bot|"
    r"questions?|fragen?|wonder\w*|whether|supposed|understand|verstehe\w*|"
    r"(?:i|we)(?: would|'d)? (?:want|like) to|(?:need|want|like) to know|let me|tell me|how to|"
    r"(?:my|your|an|this|last|to|will) answer\w*|antwort\w*|standups?|"
    r"digest\w*|board|forecast\w*|velocity|reminders?|nudg\w*|"
    r"kill\w*|promot\w*|extend\w*|undo|status|password)\b"
)
_SMALL_TALK = re.compile(
    r"\b(?:hi|hello|hallo|hey|moin|servus|good (?:morning|afternoon|evening|night)|"
    r"guten (?:morgen|tag|abend)|thanks?|thx|danke\w*|dank|sorry|oops|never ?mind|nvm|lol|haha\w*|"
    r"brb|bye|tschüss|see you|weekend|wochenende|birthday|"
    r"sick|ill|krank|vacation|holidays?|urlaub|day off|doctor\w*|arzt\w*|appointment|"
    r"off (?:today|tomorrow)|(?:i'm|im|am|be|running|min|minutes) late|later|später|gleich|lunch|"
    r"not now|wrong (?:window|channel|chat))\b"
)
_ABOUT_WORK = re.compile(
    r"\b(?:learn\w*|lern\w*|gelernt|found|find out|turns? out|discover\w*|herausgefunden|"
    r"overfit\w*|underfit\w*|converg\w*|diverg\w*|train\w*|retrain\w*|tun(?:e|ed|ing)|distil\w*|"
    r"ablat\w*|rerank\w*|rerun\w*|reran|evaluat\w*|evals?|dropout|warmup|lr|lernrate|"
    r"loss|accuracy|recall|precision|f1|auc|perplexity|latency|throughput|baselines?|seeds?|"
    r"labels?|labell?ing|annotat\w*|data|datasets?|daten\w*|splits?|models?|modelle?|token\w*|"
    r"prompts?|retriev\w*|embedd\w*|quanti[sz]\w*|gpus?|gpu-\w+|cluster|quota|memory|oom|batch\w*|"
    r"epochs?|epochen|variance|noise|noisy|augment\w*|negatives|chunk\w*|finetun\w*|fine-tun\w*|"
    r"hyperparam\w*|checkpoints?|gradients?|optimi[sz]er|pipeline|loader|crash\w*|bugs?|fix\w*|"
    r"stuck|block\w*|blockier\w*|wait\w*|warte\w*|fehl(?:t|en|ende\w*)|hurts?|help(?:s|ed)|"
    r"schade\w*|hilft|beats?|outperform\w*|drop(?:s|ped)|improv\w*|regress\w*|gains?|errors?|"
    r"tests?|results?|metrics?|runs?|ran|finished|started|progress|corpus|weights?|access|zugang|"
    r"decay|matters|context|plateau\w*|search|greedy|trainier\w*|overfittet|report)\b"
)
_TELLS = re.compile(  # how a sentence begins that tells what one did, does or waits for
    r"^(?:(?:i|we|ich|wir|today|tomorrow|heute|morgen|still|yesterday|gestern|now|just|"
    r"also|next) )*"
    r"(?:learn(?:ed|t)|lerned|found|discovered|fixed|tried|trained|retrained|ran|finished|reran|"
    r"spent|hit|noticed|(?:stuck|blocked|blockiert|waiting|warte) (?:by|on|for|with|at|in|since|"
    r"because|durch|auf|an|bei|weil)|(?:was|am|been) \w+|have (?:been|to|\w+ed)|will \w+|"
    r"going to|i'm \w+ing|nothing new|no progress|no access|need (?:more|access)|habe \w+|"
    r"gelernt|werde \w+|trainiere|"
    r"(?:re-?running|running|tuning|training|writing|cleaning|labell?ing|testing|evaluating|"
    r"debugging|tune|train|distil|rerun|run|test) (?:the|a|an|my|our|it|with|on|two|three|\d+|"
    r"das|den|die|ein\w*))\b"
)
_SAYS = re.compile(  # what a sentence says of its subject
    r"\b(?:hurts?|helps|helped|matters?|beats?|improve[sd]|drops|dropped|costs?|shows?|overfit\w*|"
    r"underfit\w*|crashed|plateaus?|loses?|disagree\w*|converge[sd]|diverge[sd]|went|is|are|was|needs?|braucht|"
    r"were|isn't|aren't|wasn't|weren't|(?:do|does|did)(?:n't| not)|delivers?|has|schadet|hilft|"
    r"hilfts|fehl(?:t|en)|ist|sind|war|dauert|bringt|overfittet)\b"
)
_ONLY_NAMES = re.compile(  # … and what only names something, or hangs a question on its end
    r"\b(?:that|which|who) (?:is|are|was|were|has|have)\b|\bif the\b|\bcurious\b|\bso far\b|"
    r"\b(?:looking for|trying to find|can't find|cannot find|suche)\b|\b(?:told|tells?) me\b|"
    r"\b(?:yet|or not|or no|or what|right|correct|true|okay|ok|oder|oder nicht|schon|nicht wahr|"
    r"huh|eh|no)[.!]*$|"
    r"^(?:all|any|every|latest|last|best|top|number|list|results?|alle|letzte\w*|just|trying)\b"
)
_PLANNED = re.compile(r"\b(?:next|today|tomorrow|first|then|heute|morgen|als nächstes)\b")
_BARE = re.compile(
    r"^(?:fix|train|retrain|tune|rerun|run|finish|test|distil\w*|write|clean|try)\b"
)
_NOTHING = re.compile(
    r"^(?:nein|nichts|keine?|keine? (?:blocker|probleme?)|nichts neues)(?: heute)?[.!]?$"
)
_URL = re.compile(r"<?https?://\S+|<@[^<>]*>")
_ID = re.compile(r"\b(?:exp|blk|eng|ds|data)[- ]?\d+\b")
_MARK = re.compile(r"^\s*(?:[-•*◦]|[*_]*q?\d{1,2}\s*[.):]+)[*_]*\s+", re.I)
_COMMON = frozenset("that then than there these those now hot wait want wheel wash wire".split())  # noqa: SIM905


@dataclass(frozen=True)
class Unsure:
    """A direct message that may be an answer. place: `channel|ts`; text: as people read it.
    state: asked | posted | late (posted after the round) | dropped | gone (deleted).
    """

    place: str
    text: str
    state: str = "asked"


def is_clear(asked: Sequence[Question], text: str) -> bool:
    """True for what can only be an answer to these questions: it may be published unasked.

    It is one when it is the number, choice or yes or no that a question takes; when it says what
    belongs where (numbers, labels, a line for each question) and asks nothing; or when it is a
    statement about the work.
    """
    questions = [question.text for question in asked]
    if typed_reply.fits(asked, reading.combine(questions, [text])) or says_no(text):
        return True
    if _NOTHING.match(_plain(text)):
        return True
    lines = [line for line in clean(text).splitlines() if line.strip()]
    parts = [_plain(_MARK.sub("", line)) for line in lines]
    if any(_asks(part) or _SMALL_TALK.match(part) for part in parts):
        return False
    found = reading.read(questions, text)
    if found is not None and (len(lines) > 1 or lines[0].strip() not in found):
        return not any(_is_order(part) and _TO_THE_BOT.search(part) for part in parts)
    return _is_statement(" ".join(parts))


def is_talk(text: str) -> bool:
    """True for what asks, orders, greets or chats, whether or not it is about work."""
    parts = [_plain(line) for line in clean(text).splitlines() if line.strip()]
    return any(_asks(p) or _is_order(p) or _SMALL_TALK.search(p) for p in parts)


def _plain(text: str) -> str:
    return " ".join(_URL.sub(" ", straighten(text)).casefold().split())


def _is_statement(body: str) -> bool:
    if _is_order(body) or _TO_THE_BOT.search(body) or _SMALL_TALK.search(body):
        return False
    if _ONLY_NAMES.search(body) or (_BARE.match(body) and not _PLANNED.search(body)):
        return False  # "rerun EXP-042" may be a plan, or meant for the bot
    said = " ".join(_ID.sub("it", body).split())
    tells = bool(_TELLS.match(said)) or bool(_SAYS.search(said))
    return tells and len(said.split()) > 1 and bool(_ABOUT_WORK.search(said))


def _is_order(body: str) -> bool:
    return _near(_first(body), _ORDERS)


def _asks(body: str) -> bool:
    if "?" in body:
        return True
    clauses = [clause.strip() for clause in re.split(r"[.,;:!–—]{1,20} ", body)]
    first = " ".join(_without_lead(clauses[0]))
    if _WAS_GERMAN.match(first) or _INVERTED.match(first):
        return True
    word = _first(first)
    if word != "was" and _near(word, _ASKS | _OPENS):
        return True
    return any(_first(one) in _LATER or _INVERTED.match(one) for one in clauses[1:])


def _without_lead(body: str) -> list[str]:
    words = body.split()
    while words and words[0].strip(".,!:") in _LEADS:
        words = words[1:]
    return words


def _first(body: str) -> str:
    words = _without_lead(body)
    return words[0].strip(".,!:;()\"'") if words else ""


def _near(word: str, known: frozenset[str]) -> bool:
    """True for one of these words, or for one of them with a slip of the finger."""
    if word in known:
        return True
    slips = len(word) > 2 and word not in _COMMON
    return slips and any(_is_slip(word, other) for other in known)


def _is_slip(typed: str, meant: str) -> bool:
    if len(typed) == len(meant):
        wrong = [n for n, pair in enumerate(zip(typed, meant, strict=True)) if pair[0] != pair[1]]
        if len(wrong) == 2 and wrong[1] == wrong[0] + 1:
            return typed[wrong[0]] == meant[wrong[1]] and typed[wrong[1]] == meant[wrong[0]]
        return False
    short, long = sorted((typed, meant), key=len)
    if len(short) < 4 or len(long) - len(short) != 1:
        return False
    return any(long[:n] + long[n + 1 :] == short for n in range(len(long)))
