"""Where a text holds somebody's e-mail, account, card, address, phone or name."""

import ipaddress
import re
from collections.abc import Callable, Iterator

from core.text import listed

_BEFORE = 160  # characters: a word further away says nothing about a number
_EMAIL = re.compile(
    r"(?<![\w.%+'’-])[A-Za-z0-9À-ÿ_][\w.%+'’À-ÿ-]*@(?:[A-Za-z0-9À-ÿ](?:[A-Za-z0-9À-ÿ-]*[A-Za-z0-9À-ÿ])?\.)+[A-Za-z]{2,24}(?![\w@])"
)
_IBAN = re.compile(
    r"(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]{1,4}){3,9}(?![A-Za-z0-9])", re.IGNORECASE
)
_CARD = re.compile(r"(?<![\w.-])(?<!\d )[2-6](?:[ -]?\d){12,18}(?![\w-])(?!\.\d)")
_IP4 = re.compile(r"(?<![\w.-])(?:\d{1,3}\.){3}\d{1,3}(?![\w]|\.\d|-\d)")
_IP6 = re.compile(
    r"(?<![\w:.])(?:[0-9A-Fa-f]{0,4}:){2,7}(?:[0-9A-Fa-f]{1,4}|(?:\d{1,3}\.){3}\d{1,3})?(?![\w:])"
)
_VERSION = re.compile(
    r"(?:\bv|\b(?:version|ver|release|python|cuda|torch|pytorch|driver|build|numpy"
    r"|tensorflow|transformers|vllm|triton"
    r"|kernel|firmware|sdk|cudnn|nccl|image|tag|chrome|lib\w{0,60})[\s:=]{0,20}v?"
    r"|==|>=|<=|~=)\s{0,9}$",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"\b(?:row|rows|count|counts|step|steps|seed|id|ids|number of|bytes|offset"
    r"|timestamp|epoch|run|job|hash|commit|sum|total|checksum|index|ts"
    r"|size)\b\W{0,20}(?:\w{1,60}\W{1,20}){0,1}$",
    re.IGNORECASE,
)
_PHONE = re.compile(
    r"(?:(?<=[=:])(?=\+)|(?<![\w.+/=:#$€£@-])(?<!\d ))"
    r"(?:\+\d{1,3}[ ./()\u00a0-]{0,2}(?:\(?\d{1,5}\)?[ ./\u00a0-]{0,2}){1,6}\d"
    r"|00\d{2}[ ./-]?(?:\d{1,5}[ ./-]?){2,5}\d"
    r"|\((?:0\d{1,4}|[2-9]\d{2})\)[ ./-]{0,2}\d{2,5}(?:[ ./-]?\d{2,5}){0,3}"
    r"|0\d{1,5}[ ./-]{1,3}\d{2,8}(?:[ ./-]\d{2,6}){0,4}|0\d{9,11}"
    r"|(?:1[.-])?[2-9]\d{2}[-.][2-9]\d{2}[-.]\d{4})(?![\w%]|[-./:]\d|,\d)"
)
_NAME = r"[A-ZÀ-ÖØ-Þ][\w'’-]*[a-zà-öø-ÿß][\w'’-]*"
_CUE = re.compile(
    r"\b(?:(?:[Cc]ustomer|[Cc]lient|[Uu]ser|[Pp]atient|[Kk]und(?:e|in|en)"
    r"|[Nn]utzer(?:in)?|[Pp]atient(?:in)?|[Bb]uyer|[Cc]aller"
    r"|[Ss]hopper|[Ss]ubscriber|[Cc]omplainant|[Aa]ccount holder|[Tt]ester"
    r"|[Aa]nnotator|[Ll]abell?er|[Cc]ontact(?: person)?|[Cc]lienta?e?|[Ss]ignor[ae]?"
    r"|named|[Nn]ame(?: is|:)|[Cc]alled by|[Tt]icket from|[Ee]mail from"
    r"|[Cc]omplaint from|[Mm]ember|[Gg]uest|[Ss]tudent|[Ee]mployee"
    r"|Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Herrn?|Frau|Mme|Madame|Monsieur|Señora?"
    r"|Sra?|Sir)\b\.?:?\s+(?:(?:Mr|Mrs|Ms|Dr|Prof|Herr|Frau)\.?\s+)*)"
    rf"(?P<name>{_NAME}(?:[ ]+(?:(?:van|von|de|der|den|da|di|del|la|bin|al"
    rf"|el)[ ]+){{0,2}}{_NAME}|[ ]+[A-Z]\.(?=[ ]+[A-Z])){{0,3}})"
)
_NO_NAME = set(
    listed(
        "The This That These Those A An And Or But If It Its They We I You He She Support "
        "Success Service Services Care Data Team Satisfaction Experience Journey Feedback "
        "Interview Interviews Survey Story Stories Acceptance Study Research Testing Test "
        "Tickets Ticket Email Emails Accounts Account IDs ID API Portal Facing Monday "
        "Tuesday Wednesday Thursday Friday Saturday Sunday January February March April "
        "May June July August September October November December English German French "
        "Spanish Italian Japanese Queries Questions Reports Complaints Churn Segment "
        "Segments Base Effort Slack Model Also Not No Says Said Is Was Are Were Has Have "
        "Will"
    )
)


def personal(text: str) -> Iterator[tuple[str, int, int]]:
    """(type, start, end) of everything personal that a rule finds, surest kinds first."""
    for hit in _EMAIL.finditer(text):
        yield "EMAIL", *hit.span()
    for hit in _IBAN.finditer(text):
        yield "IBAN", hit.start(), hit.start() + _iban_end(hit.group(0))
    for type_, form, holds, unlike in _NUMBERED:
        for hit in form.finditer(text):
            before = text[max(0, hit.start() - _BEFORE) : hit.start()]
            if holds(hit.group(0)) and not unlike.search(before):
                yield type_, *hit.span()
    for hit in _CUE.finditer(text):
        yield "NAME", *_name(hit)


def _name(hit: re.Match[str]) -> tuple[int, int]:
    """The name after a cue, without words that are none."""
    start, words = hit.start("name"), hit.group("name").split(" ")
    kept: list[str] = []
    for word in words:
        if re.sub(r"['’]s$", "", word) in _NO_NAME:
            break
        kept.append(word)
    name = re.sub(r"['’]s$", "", " ".join(kept))
    return start, start + len(name)


def _iban_end(text: str) -> int:
    """Length of the longest part that is an IBAN by its check digits; 0 when none is."""
    for end in range(len(text), 14, -1):
        plain = re.sub(r"[ -]", "", text[:end]).upper()
        if not 15 <= len(plain) <= 34 or text[end - 1] in " -":
            continue
        if end < len(text) and text[end].isalnum():
            continue
        digits = "".join(str(int(c, 36)) for c in plain[4:] + plain[:4])
        if int(digits) % 97 == 1:
            return end
    return 0


def _is_card(text: str) -> bool:
    digits = [int(c) for c in text if c.isdigit()]
    if not 13 <= len(digits) <= 19 or len(set(digits)) == 1:
        return False
    doubled = [sum(divmod(2 * d, 10)) for d in digits[-2::-2]]
    return (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0


def _is_ip(text: str) -> bool:
    if ":" in text and (len(text) < 6 or not any(c.isalnum() for c in text)):
        return False
    try:
        found = ipaddress.ip_address(text)
    except ValueError:
        return False
    return not found.is_unspecified


def _is_phone(text: str) -> bool:
    return 7 <= sum(c.isdigit() for c in text) <= 15


# type, what it looks like, what makes it one, and the words before it that make it none
_NUMBERED: list[tuple[str, re.Pattern[str], Callable[[str], bool], re.Pattern[str]]] = [
    ("CARD", _CARD, _is_card, _COUNTED),
    ("IP", _IP4, _is_ip, _VERSION),
    ("IP", _IP6, _is_ip, _VERSION),
    ("PHONE", _PHONE, _is_phone, _COUNTED),
]
