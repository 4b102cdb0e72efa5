"""What somebody types to connect a tracker, and keys of trackers in the environment."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.errors import Refused
from core.privacy.secrets import secrets
from core.text import clean, shorten
from core.workspace.webhook import checked_url

MOST_TRACKERS, MOST_PROJECTS = 10, 20
USAGE = (
    "Write `/track connect mlflow https://mlflow.example.com experiments=support,rag` or "
    "`/track connect wandb team/project`."
)
_KINDS = {"mlflow": "mlflow", "wandb": "wandb", "w&b": "wandb"}
_NAMED = re.compile(r'(?<!\S)(?:experiments?|projects?)=("[^"]*"|\S+)', re.IGNORECASE)
_KEY = re.compile(
    r"(?<!\S)(?:token|key|api[_-]?key|password|pass|user(?:name)?|auth|secret|bearer)\s*[=:]\s*\S",
    re.IGNORECASE,
)
_BARE_KEY = re.compile(r"(?<!\S)[\w-]{32,}(?!\S)")  # W&B's look like commits
_IN_ADDRESS = re.compile(r"://[^\s/]*@")
_PROJECT = re.compile(r"[\w.-]{1,128}/[^\s/\\#?%:,]{1,128}")


@dataclass(frozen=True)
class Wish:
    """A tracker somebody wants read."""

    kind: str
    url: str
    projects: tuple[str, ...]


def wanted(text: str, nets: tuple[str, ...]) -> Wish:
    """The tracker in `mlflow https://… experiments=support,rag`. nets: private networks that may
    be reached, there without TLS. Raises Refused, with nothing of a key in it.
    """
    typed = clean(text)
    kind, _, rest = typed.partition(" ")
    require_no_key(rest)
    if not kind:
        raise Refused("Which tracker, and where?", USAGE)
    known = _KINDS.get(kind.lower(), "")
    if not known:
        raise Refused(f"I don't know the tracker “{shorten(kind, 30)}”.", USAGE)
    named = [one.strip('"') for one in _NAMED.findall(rest)]
    where = _NAMED.sub(" ", rest).strip()
    if known == "wandb":
        where, named = _wandb(where, named)
    projects = dict.fromkeys(
        one.strip()[:200] for one in ",".join(named).split(",") if one.strip()
    )
    url = checked(where, nets, USAGE)
    if not projects:
        raise Refused("Which of its experiments are yours?", USAGE)
    if len(projects) > MOST_PROJECTS:
        raise Refused(f"{len(projects)} experiments are too many for one tracker.",
                      f"Name {MOST_PROJECTS} at most.")  # fmt: skip
    return Wish(known, url, tuple(projects))


def _wandb(where: str, named: Sequence[str]) -> tuple[str, list[str]]:
    """Where its interface is, and its projects: `team/project`, or the address of a project, or of
    a page in one, in W&B's cloud or of a server of one's own.
    """
    typed = where.strip("<>").partition("|")[0]
    scheme, sign, rest = typed.partition("://")
    host, _, path = rest.partition("/")
    parts = re.split(r"[?#]", path)[0].split("/")
    found = [*named, *(["/".join(parts[:2])] if sign and path else [])]
    if not sign:
        scheme, host, found = "https", "", [*named, *re.split(r"[\s,]+", typed)]
    wrong = [one for one in ",".join(found).split(",") if one and not _PROJECT.fullmatch(one)]
    if wrong or not any(found):
        said = f"“{shorten(wrong[0], 60)}” is no project of W&B." if wrong else "Which project?"
        raise Refused(said, "Write it as `/track connect wandb team/project`.")
    cloud = host.lower() in ("", "wandb.ai", "www.wandb.ai", "api.wandb.ai")
    return ("https://api.wandb.ai" if cloud else f"{scheme}://{host}"), found


def require_no_key(text: str) -> None:
    """Pass unless there is a key in what was typed. Raises Refused."""
    if _KEY.search(text) or _BARE_KEY.search(text) or secrets(text) or _IN_ADDRESS.search(text):
        raise Refused(
            "A key does not belong in a command. I have kept nothing of it; but it was typed, so "
            "change it.",
            "Who runs Assay sets it in TRACKER_TOKENS, as `mlflow.example.com=…`; then connect "
            "without it.",
        )


def checked(text: str, nets: tuple[str, ...], usage: str) -> str:
    """Where a server begins. Raises Refused, also for plain http outside `nets`."""
    if not text:
        raise Refused("Where is it?", usage)
    if text.strip("<>").startswith("http:") and not nets:
        raise Refused(
            "Over plain http everybody on the way reads along.",
            "Write its https address; who runs Assay names private networks in TRACKER_NETS.",
        )
    url = checked_url(text, nets or ("127.0.0.1/32",))
    if "?" in url:
        raise Refused("That is the address of one page.", "Write where the server begins.")
    return url.partition("#")[0].rstrip("/")


def keys(text: str) -> Mapping[str, str]:
    """Keys by host: `mlflow.example.com=TOKEN other.example:5000=user:password`. Raises ValueError
    for what names no host.
    """
    found = {}
    for part in text.split():
        host, sign, key = part.partition("=")
        if not (
            sign and key and re.fullmatch(r"[\w.-]+(?::\d{1,5})?|\[[0-9a-f:]+\](?::\d+)?", host)
        ):
            raise ValueError
        found[host.lower()] = key
    return found
