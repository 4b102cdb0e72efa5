"""What somebody types to connect Jira, Linear or GitHub."""

import re
from dataclasses import dataclass, field

from core.errors import Refused
from core.text import clean, shorten
from core.tracking.issue import NAMES, STATUSES
from core.workspace.tracker import checked, require_no_key

MOST_DESKS = 10
USAGE = "Write `/ticket connect jira https://acme.atlassian.net project=ML`."
_USAGES = {
    "jira": USAGE,
    "linear": "Write `/ticket connect linear project=ML`.",
    "github": "Write `/ticket connect github acme/ml board=5`, or without `board=`.",
}
_URLS = {"linear": "https://api.linear.app", "github": "https://api.github.com"}
_PAIR = re.compile(r'(?<!\S)(\w+)=("[^"]*"|“[^”]*”|\S+)')
_STAGES = {"promoted": "production", "iterating": "iteration", "reopened": "evaluation"}
_REPOSITORY = re.compile(r"(?<!\S)([A-Za-z0-9][\w.-]*/[\w.-]+)(?!\S)")


@dataclass(frozen=True)
class Wish:
    """Where somebody's tickets are. Fields as core.tracking.issue.Desk."""

    kind: str
    url: str
    project: str
    board: int | None = None
    statuses: dict[str, str] = field(default_factory=dict)


def wanted(text: str, nets: tuple[str, ...]) -> Wish:
    """The place in `jira https://acme.atlassian.net project=ML killed="Won't do"`. nets: private
    networks that may be reached, there without TLS. Raises Refused, with nothing of a key in it.
    """
    typed = clean(text)
    kind, _, rest = typed.partition(" ")
    kind = kind.lower()
    require_no_key(rest)
    if kind not in NAMES:
        asked = f"I don't know the ticket tracker “{shorten(kind, 30)}”." if kind else "Which one?"
        raise Refused(asked, f"{USAGE} There are {', '.join(NAMES)}.")
    given = {name.lower(): value.strip('"“”').strip() for name, value in _PAIR.findall(rest)}
    bare = _PAIR.sub(" ", rest).strip()
    project, board = given.pop("project", ""), given.pop("board", "")
    if kind == "github":
        named = _REPOSITORY.search(bare)
        project = named[1] if named else project
        bare = _REPOSITORY.sub(" ", bare).strip() if named else bare
    _require_project(kind, project)
    if board and not (kind == "github" and board.isdigit() and len(board) < 9):
        raise Refused("`board=` is the number of a board on GitHub.", _USAGES[kind])
    url = checked(bare or _URLS.get(kind, ""), nets, _USAGES[kind])
    named_board = int(board) if board else None
    return Wish(kind, url, project if kind == "github" else project.upper(), named_board,
                _statuses(given, _USAGES[kind]))  # fmt: skip


def _require_project(kind: str, project: str) -> None:
    good = r"[\w.-]+/[\w.-]+" if kind == "github" else r"[A-Za-z][A-Za-z0-9_]*"
    if not re.fullmatch(good, project) or len(project) > 150:
        what = "Which repository?" if kind == "github" else "Which project of it?"
        raise Refused(what, _USAGES[kind])


def _statuses(given: dict[str, str], usage: str) -> dict[str, str]:
    found = {}
    for name, status in given.items():
        stage = _STAGES.get(name, name)
        if stage not in STATUSES:
            raise Refused(
                f"I don't know “{shorten(name, 30)}=” there.",
                f'{usage} Other names of statuses: `killed="Won\'t do" promoted=Done`.',
            )
        found[stage] = status[:100]
    return found
