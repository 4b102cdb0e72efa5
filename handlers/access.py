"""What observers may use: reading, and nothing else. What is not named here is refused to them.

Leads' and owners' rights are checked by the services, where the write happens; this stands
before all of them, so that a new command is closed to observers until somebody opens it here.
"""

import re

from core.errors import NotAllowed
from handlers.ask import Ask, Reply
from services import standing
from services.ports import Lab

_ANY = re.compile(r"(?s).*")
_BARE = re.compile(r"\s*")
_ONE = re.compile(r"\s*\S+(?:\s+document)?\s*")  # an id, and perhaps the source document's way
READS: dict[str, re.Pattern[str]] = {
    **{f"/exp {verb}".strip(): _ANY for verb in ("", "show", "list", "history", "chart", "help")},
    **{f"/exp {verb}": _ANY for verb in ("roles", "quality", "audit", "report")},
    "/exp leads": _BARE,
    "/exp retention": _BARE,
    "/exp timezone": _BARE,
    "/exp rules": re.compile(r"\s*+(?:[^\s\d]*+\d\S*+)?\s*+"),
    "/kill help": _ANY,
    **{f"/standup {verb}": _ANY for verb in ("status", "list", "report", "trend", "help")},
    **{f"/blocker {verb}".strip(): _ANY for verb in ("", "list", "help")},
    "/blocker show": _ONE,
    **{f"/learn {verb}".strip(): _ANY for verb in ("", "search", "show", "help")},
    **{f"/digest {verb}".strip(): _ANY for verb in ("", "notes", "team", "help")},
    "/digest money": _BARE,
    **{f"/need {verb}".strip(): _ANY for verb in ("", "show", "help")},
    **{f"/ask {verb}".strip(): _ANY for verb in ("", "help")},
    **{f"/data {verb}".strip(): _ANY for verb in ("", "list", "versions", "history", "vendors")},
    "/data picture": _ANY,
    "/data show": _ONE,
    "/data help": _ANY,
    **{f"/forecast {verb}".strip(): _ANY for verb in ("", "show", "decided", "record", "help")},
    "/forecast document": _ANY,
    **{f"/sprint {verb}".strip(): _ANY for verb in ("", "status", "review", "velocity", "help")},
    "/sprint actions": _ANY,
    **{f"/board {verb}".strip(): _ANY for verb in ("", "funnel", "metrics", "teams", "help")},
    "/board limits": _BARE,
    "/drift": _ANY,
    "/drift help": _ANY,
    "/track": _BARE,
    "/ticket": _BARE,
    "/ticket help": _ANY,
    **{f"/track {verb}": _ANY for verb in ("show", "team", "help")},
    **{f"/gate {verb}".strip(): _ANY for verb in ("", "help")},
    "/gate show": re.compile(r"\s*\S+\s+document\s*"),
    "/gate done": _BARE,
    **{f"/canvas {verb}".strip(): _ANY for verb in ("", "history", "help")},
    **{f"/diagnose {verb}".strip(): _ANY for verb in ("", "help")},
    **{f"/eng {verb}".strip(): _ANY for verb in ("", "list", "show", "history", "help")},
    "/gpu": _BARE,
    "/gpu pool": _BARE,
    **{f"/gpu {verb}": _ANY for verb in ("queue", "help")},
    **{f"/phase {verb}".strip(): _ANY for verb in ("", "chart", "help")},
    **{f"/assay {verb}".strip(): _ANY for verb in ("", "spent", "decided", "decisions", "help")},
    **{f"/team {verb}".strip(): _ANY for verb in ("", "list", "help")},
    **{f"action:{name}": _ANY for name in (
        "audit_page", "canvas_history", "data_earlier", "data_history", "data_page",
        "data_picture", "data_versions", "drift_rows", "drift_rows_back", "eng_earlier",
        "eng_history", "eng_page", "eng_show", "experiment_show", "gpu_show", "help",
        "help_open", "history",
        "home_blockers", "home_board", "home_canvas", "home_data", "home_engineering",
        "home_experiment", "home_forecast", "home_gpus", "home_last_digest", "home_list",
        "home_all_teams", "home_ask_accuracy", "home_ask_status", "home_ask_when", "home_more",
        "home_needs", "home_phase", "home_sprint", "home_standups", "learn_find", "list_earlier",
        "list_page",
        "question_accuracy", "question_open", "question_status", "question_when", "similar_show_0",
        "similar_show_1", "similar_show_2", "track_look", "track_show",
    )},
    **{f"submit:{name}": _ANY for name in ("learn_find", "question")},  # search forms
    **{f"event:{name}": _ANY for name in (  # what Slack tells, not what people say
        "app_home_opened", "app_uninstalled", "link_shared", "member_joined_channel",
        "subteam_members_changed", "team_join", "tokens_revoked", "user_change",
    )},
}  # fmt: skip

# What is about the person who says it, whose channel it is said in: the same in all their teams.
OWN = frozenset(f"/standup {verb}" for verb in ("ooo", "back", "zone", "country", "nudges"))

# Of these, what sends a picture beside its answer, through the outbox.
_PICTURED = {
    **{
        name: _ANY
        for name in (
            "/board",
            "/board funnel",
            "/exp chart",
            "/forecast",
            "/phase chart",
            "/data picture",
            "action:data_picture",
        )
    },
    **{f"action:home_{name}": _ANY for name in ("board", "forecast")},
    "/drift": re.compile(r"(?s).*\bchart\b.*"),
}


def only_reads(ask: Ask, name: str) -> bool:
    """True for what people ask for that writes nothing; events tell what has happened."""
    pictured = name in _PICTURED and _PICTURED[name].fullmatch(ask.text)
    return ask.kind != "event" and not pictured and is_read(ask, name)


def is_read(ask: Ask, name: str) -> bool:
    """True for what is named in READS, as far as it reads with these words."""
    return name in READS and bool(READS[name].fullmatch(ask.text))


def require(lab: Lab, ask: Ask, name: str) -> Reply | None:
    """Pass for everybody but observers, and for them when it only reads; as for them for who is in
    another team, and what they say in this one's channel or DM is not for it.

    name: `/exp list`, `action:history`, …. What an observer says in a channel is talk and passes
    by (an empty Reply). Raises NotAllowed.
    """
    if ask.is_direct and ask.message in ("changed", "gone"):
        return None  # somebody's own words, also after they have left
    role = standing.of(lab, ask.team_id, ask.user) if ask.user and ask.team_id else ""
    if role == standing.OUTSIDE:
        return _outside(ask)
    if is_read(ask, name) or role not in ("observer", standing.GUEST):
        return None
    if role == standing.GUEST and ask.kind in ("event", "closed"):
        return Reply() if standing.is_somewhere(lab, ask.workspace, ask.user) else None
    if role == standing.GUEST:
        if name not in OWN or not standing.is_somewhere(lab, ask.workspace, ask.user):
            standing.join(lab, ask.team_id, ask.user)
        return None
    if ask.kind == "event" and not _to_us(ask):
        return Reply()
    raise _looks_on()


def require_part(lab: Lab, ask: Ask) -> None:
    """Pass for everybody who may change things there, or come to. Raises NotAllowed for observers:
    they are offered nothing that would refuse them.
    """
    if standing.of(lab, ask.team_id, ask.user) == "observer":
        raise _looks_on()


def _looks_on() -> NotAllowed:
    return NotAllowed(
        "You are an observer here: you can read everything and change nothing.",
        "Ask an admin for another role; `/exp roles` shows who is.",
    )


def _outside(ask: Ask) -> Reply:
    if ask.kind in ("event", "closed"):
        return Reply()
    raise standing.in_no_team()


def _to_us(ask: Ask) -> bool:
    return ask.is_direct and ask.is_plain
