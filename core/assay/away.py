"""An absence told in a sentence, as `ooo` takes it: the days, in English words."""

import re

from core.assay.spelling import plain

_ENGLISH = {
    "heute": "today", "morgen": "tomorrow", "montag": "monday", "dienstag": "tuesday",
    "mittwoch": "wednesday", "donnerstag": "thursday", "freitag": "friday", "samstag": "saturday",
    "sonntag": "sunday", "bis": "until", "nächste woche": "next week", "diese woche": "this week",
    "ab": "from", "von": "from", "tmrw": "tomorrow", "tommorow": "tomorrow", "tomorow": "tomorrow",
    "tonight": "today", "januar": "january", "februar": "february", "märz": "march",
    "mai": "may", "juni": "june", "juli": "july", "oktober": "october", "dezember": "december",
    "tage": "days", "wochen": "weeks", "through": "until", "zum": "",
}  # fmt: skip
_WORDS = re.compile(rf"\b(?:{'|'.join(sorted(_ENGLISH, key=len, reverse=True))})\b")
_DAY = (
    r"(?:\d{4}-\d{1,2}-\d{1,2}|today|tomorrow|(?:mon|tues|wednes|thurs|fri|satur|sun)day|"
    r"\d{1,2}(?:st|nd|rd|th|\.)?\s(?:of\s)?[a-z]{3,9}|[a-z]{3,9}\s\d{1,2}(?:st|nd|rd|th)?)"
)
_MONTHS = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
_SHARED = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th|\.)?\s?(?:to|until|-|–)\s?(\d{{1,2}})(?:st|nd|rd|th|\.)?\s({_MONTHS})\b"
)
_SPANS = tuple(re.compile(pattern) for pattern in (
    rf"(?:from\s+)?{_DAY}\s+(?:to|until|till)\s+{_DAY}",
    rf"(?:until|till|til)\s+{_DAY}",
    r"(?:this|next) week\b",
    r"(?:for\s+)?\d{1,2}\s*(?:days?|weeks?|d|w)\b",
    _DAY,
))  # fmt: skip
_PLAIN_DAY = re.compile(
    r"^(?:today|tomorrow|\w+day|until|from|for|this|next|\d)|(?:" + _MONTHS + ")"
)
_ILL = re.compile(
    r"\b(?:sick|ill|krank|fever|flu|covid|migraine|fieber|grippe|unwell|not feeling well)\b"
)
_UNSURE = re.compile(r"\b(?:maybe|perhaps|might|vielleicht|can i|could i|may i|kann ich|if)\b|\?")


def days(text: str) -> str:
    """What of it `ooo` reads (`until friday`, `from monday to friday`, `today`); "" when it does
    not say, or only asks.
    """
    line = plain(text)
    if _UNSURE.search(line):
        return ""
    said = _WORDS.sub(lambda found: _ENGLISH[found[0]], line)
    said = _SHARED.sub(r"\1 \3 to \2 \3", said)
    said = re.sub(r"\bnext week(?= \w+day)|\bof next week\b", " ", said)
    said = re.sub(r"\b(?:back|return(?:ing)?|wieder da)\b.*$", "", said)
    for pattern in _SPANS:
        for found in pattern.finditer(said):
            if _PLAIN_DAY.search(found[0]):
                return _only(found[0].replace(" of ", " "))
    return "today" if _ILL.search(line) else ""


def _only(said: str) -> str:
    return " ".join(said.removeprefix("from ").split())
