"""Where a text holds a key, a token or a password."""

import re

from core.text import listed

_TOKENS = re.compile(
    r"\bxox[abeoprs](?:\.xox[bp])?-[\w-]{8,}|\bxapp-[\w-]{8,}|\bxwfp-[\w-]{8,}"
    r"|https?://hooks\.slack\.com/(?:services|workflows|triggers)/[\w/-]+"
    r"|\bhooks\.slack\.com/(?:services|workflows|triggers)/[\w/-]+"
    r"|\bsk-[A-Za-z0-9_-]{16,}|\bgh[pousr]_[A-Za-z0-9]{16,}|\bgithub_pat_\w{16,}"
    r"|\bgl(?:pat|dt|rt|soat|cbt)-[\w-]{12,}"
    r"|\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{12,}\b|\bAIza[\w-]{30,}|\bya29\.[\w-]{10,}"
    r"|\bhf_[A-Za-z0-9]{16,}|\bapi_org_[A-Za-z0-9]{16,}"
    r"|\bnpm_[A-Za-z0-9]{20,}|\bpypi-[\w-]{16,}|\b[rsp]k_(?:live"
    r"|test)_[A-Za-z0-9]{10,}|\bwhsec_[\w]{10,}"
    r"|\bSG\.[\w-]{10,}\.[\w-]{10,}|\bdop_v1_[a-f0-9]{20,}|\bdapi[a-f0-9]{30,}"
    r"|\bshp(?:at|ss|ca|pa)_[a-fA-F0-9]{20,}"
    r"|\bgsk_\w{20,}|\br8_\w{20,}|\bxai-\w{20,}|\bpplx-\w{20,}|\bnvapi-[\w-]{20,}"
    r"|\bwandb_v1_\w{10,}|\blin_api_\w{16,}|\bsecret_[A-Za-z0-9]{20,}|\bntn_\w{20,}"
    r"|\bAGE-SECRET-KEY-1[A-Z0-9]{20,}|\bEAA[A-Za-z0-9]{40,}|\bSK[a-f0-9]{32}\b"
    r"|\bAC[a-f0-9]{32}\b|\bdckr_pat_[\w-]{16,}|\bATATT\w[\w=-]{20,}"
    r"|(?<![\w-])eyJ[\w-]{5,}\.[\w-]{5,}(?:\.[\w-]*)?(?:\.[\w-]+)*"
    r"|\b\d{8,10}:AA[\w-]{30,}"
)
_BLOCK = re.compile(
    r"-----BEGIN [A-Z0-9 ]*(?:PRIVATE KEY|CERTIFICATE)[A-Z ]*-----"
    r"(?:.*?-----END [A-Z0-9 ]*-----|(?:\s*[A-Za-z0-9+/=]{16,})*)",
    re.DOTALL,
)
_URL = re.compile(
    r"\b[a-z][a-z0-9+.-]{0,30}://[^\s:/@]*:(?P<secret>[^\s/]+)@(?=[\w\[])", re.IGNORECASE
)
_NAMED = re.compile(
    r"(?<![A-Za-z])(?:pass(?:word|wd|phrase|code)?|pwd|passwort"
    r"|kennwort|secret|token|api[_ -]?key|apikey|access[_ -]?key"
    r"|secret[_ -]?key|private[_ -]?key|credentials?|client[_ -]?secret"
    r"|auth[_ -]?token|encryption[_ -]?key|license[_ -]?key|key)"
    r"(?:[_-](?:id|key|value))?[\"']?\s*(?P<how>:=|=>|=|:|\bis(?: now)?\b|\bwas\b"
    r"|\bist\b|\blautet\b|→)\s*"
    r"(?P<quote>[\"'`“]?)(?P<secret>[^\s\"'`”,;<>()]{4,})",
    re.IGNORECASE,
)
_PHRASED = re.compile(
    r"\b(?:pass(?:word|phrase)?|pwd|token"
    r"|secret)\s+(?P<quote>[\"'`“])(?P<secret>[^\"'`”\n]{4,})[\"'`”]"
    r"|\bauthorization\s*:\s*(?:basic|token)\s+(?P<basic>[\w+/=.-]{8,})"
    r"|\bbearer\s+(?P<bearer>[\w.~+/-]{12,}=*)",
    re.IGNORECASE,
)
_NAME_BEFORE = re.compile(r"(?<![A-Za-z])[\w-]{0,60}[_-]$")  # what a name begins with: DB_…
_DULL = set(listed("true false none null expired missing invalid unset empty required wrong yes"))


def secrets(text: str) -> list[tuple[int, int]]:
    """Start and end of every secret, as tightly as it is written; may overlap."""
    found = [hit.span() for form in (_BLOCK, _TOKENS) for hit in form.finditer(text)]
    found += [hit.span("secret") for hit in _URL.finditer(text)]
    for hit in _NAMED.finditer(text):
        end = hit.start("secret") + len(hit.group("secret").rstrip(".!?:"))
        before = _NAME_BEFORE.search(text[max(0, hit.start() - 60) : hit.start()])
        name = (before.group(0) if before else "") + hit.group(0)
        if _is_secret(text[hit.start("secret") : end], name.lower(), hit.group("how")):
            found.append((hit.start("secret"), end))
    for hit in _PHRASED.finditer(text):
        group = next(g for g in ("secret", "basic", "bearer") if hit.group(g))
        if group != "bearer" or _has_digit_or_is_long(hit.group(group)):
            found.append(hit.span(group))
    return found


def _is_secret(word: str, name: str, how: str) -> bool:
    """A password has something that is no letter, or is long; `tokens: 987` is a number."""
    if (
        word.lower() in _DULL
        or len(word) < 4
        or (re.fullmatch(r"[\d.,:%]+", word) and len(word) < 6)
    ):
        return False
    if re.match(r"[\w-]*tokens?\b", name) and re.fullmatch(r"[\d.,]+", word):
        return False
    if re.match(r"key\b", name) and not (_mixed(word) and len(word) >= 12):
        return False
    spoken = how.strip().lower() in ("is", "was", "is now", "ist", "lautet")
    if re.fullmatch(r"[A-Za-z'-]+", word):
        named = re.match(r"[\w-]*(?:pass|pwd)", name)
        return len(word) >= 12 and not spoken and (bool(named) or not word.islower())
    return _mixed(word) or len(word) >= 12 or (not spoken and not word.isalnum())


def _mixed(word: str) -> bool:
    return (bool(re.search(r"[^A-Za-z]", word)) and bool(re.search(r"[A-Za-z]", word))) or (
        len(word) >= 6 and word.isdigit()
    )


def _has_digit_or_is_long(word: str) -> bool:
    return any(c.isdigit() for c in word) or len(word) >= 20
