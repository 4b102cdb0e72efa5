"""Who may use which route: the explicit table, a team to try it on, and what would be typed.

A new route that is in none of these tables makes tests/dialog/test_access.py fail.
"""

import itertools
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, text

from handlers import edge, envelope
from handlers.ask import Ask, Reply
from handlers.routes import table
from models import db
from models.tables import metadata
from tests import databases
from tests.conversation import START, Conversation
from tests.experiments import FORM
from tests.tickets import experiment, person, stored

TABLE = table()
ROUTES = [f"{verb.command} {verb.verb}".strip() for verb in TABLE.verbs]
ROUTES += [f"{kind}:{name}" for kind, name in TABLE.named] + [f"event:{n}" for n in TABLE.events]

ADMINS = {
    "/assay prompts",
    "/exp llm", "/exp token", "action:retention_set", "/team merge", "action:team_merge",
    "/gpu share", "/ticket connect", "/ticket disconnect", "/track connect", "/track disconnect",
}  # fmt: skip
LEADS = {
    "/track runs",
    "/exp handover", "/exp promote", "action:promote_open", "submit:promote_experiment",
    "action:approval_yes", "action:approval_no", "/standup setup", "/standup pause",
    "/standup resume", "/standup pictures", "/standup off", "/digest preview", "/digest add",
    "/digest copy",
    "/digest done",
    "/need add", "/need change", "/need withdraw", "/need done", "submit:money",
    "/sprint add", "/sprint drop", "/sprint setup", "/sprint template",
    "action:gate_override_open", "submit:gate_override_ask", "action:gate_done_add",
    "action:gate_done_text", "submit:gate_done_toml", "/digest correct", "/digest draft",
    "/digest edit", "/digest hold", "/digest post", "/digest release", "/digest rhythm",
    "action:edition_edit", "action:edition_hold", "action:edition_post", "action:edition_preview",
    "action:edition_release", "action:sprint_commit", "action:sprint_template", "submit:need",
    "action:sprint_agree", "action:canvas_gpus", "/gpu approve",
    "submit:sprint_setup", "submit:standup_question_form", "/canvas edit",
    "action:canvas_edit", "action:canvas_risk", "submit:canvas", "/gpu off", "/gpu quota",
    "/gpu run", "/gpu short", "/gpu up", "action:gpu_run", "action:gpu_up", "/phase set",
    "/phase start", "action:symptom_snooze", "action:alone_snooze", "action:gate_done_canvas",
    "action:home_candidates", "action:home_digest", "action:home_standup",
    "action:onboarding_close", "action:onboarding_people", "action:onboarding_skip",
    "action:rehearsal_change", "action:rehearsal_start", "action:rehearsal_stop",
    "/data gpus", "action:gate_done_pick", "submit:gate_done", "submit:standup_setup",
    "submit:edition_edit", "submit:edition_correct", "/exp role", "/exp setup",
    "action:team_setup", "action:onboarding_channels", "submit:setup", "/team add",
    "/team remove", "/team hand", "/team rename", "/team open", "/team private", "/team archive",
    "/team release",
    "action:team_archive", "/exp webhook", "action:webhook_on", "action:bounce",
}  # fmt: skip
OWNERS = {
    "/exp edit", "/exp move", "/exp extend", "/exp reopen", "/kill", "action:edit_open",
    "submit:edit_experiment", "action:move_open", "submit:move_experiment", "action:kill_open",
    "submit:kill", "action:proposal_extend", "submit:proposal_extend", "/gpu done", "/gpu leave",
    "/ticket link", "/ticket unlink", "action:ticket_again", "action:ticket_ours",
    "action:ticket_theirs",
    "action:gpu_leave", "action:gpu_resume", "action:budget_ask", "action:live_open",
    "submit:live",
}  # fmt: skip
# Whoever of the team does it, and what belongs to whoever is named in it (a need's owner, a
# blocker's helper, one's own answer, draft or undo), which the dialog tests of those nouns try.
MEMBERS = set((Path(__file__).parent / "data" / "member_routes.txt").read_text().splitlines())

# Written to us, and answered in words, whoever it is; what is kept of it is its writer's.
SAID = {"event:message", "event:app_mention"}
THEIRS = {"pending", "occurrence"}

DUE = "owner=<@UANA> by=2026-12-11 amount=$5k otherwise=“it slips”"
TYPED = {
    "/assay prompts": "on", "/track connect": "mlflow https://mlflow.example/ experiments=rag",
    "/track disconnect": "1",
    "/exp role": "<@UBEN> lead", "/team add": "<@UBEN>", "/team remove": "<@UBEN>",
    "/team hand": "<@UMIA>", "/team rename": "Speech", "/team open": "", "/team private": "",
    "/team archive": "", "/team release": "", "/team leave": "", "/team merge": "NLP into Vision",
    "/team new": "Vision",
    "/exp webhook": "add https://x.example/hook",
    "/exp token": "new CI", "/exp promote": "8 it works on all data",
    "/exp handover": "42 to Vision it fits there",
    "/exp llm": "never", "/standup setup": "", "/standup pause": "", "/standup resume": "",
    "/standup pictures": "on",
    "/standup off": "2026-12-24 party", "/digest preview": "", "/digest add": "risk it may slip",
    "/digest copy": "on",
    "/digest done": "1", "/need add": f"More GPUs {DUE}", "/need change": "1 by=2026-12-12",
    "/need withdraw": "1 not needed", "/need done": "1", "/sprint setup": "",
    "/sprint add": "42 it is urgent", "/sprint drop": "42 not now", "/sprint template": "off",
    "/exp move": "42 evaluation", "/exp extend": "42 3d more data", "/exp setup": "",
    "/exp reopen": "7 the labels were wrong", "/kill": "42 it overfits on the new corpus",
    "/exp leads": "add <@UBEN>", "/exp retention": "answers=365d", "/standup trend": "4w",
    "/exp timezone": "Asia/Tokyo",
    "/phase set": "convergence the baseline holds", "/phase start": "2026-11-02",
    "/data gpus": "4", "/gpu": "4", "/gpu off": "", "/gpu quota": "200h",
    "/gpu pool": "4", "/gpu share": "first 40%",
    "/track runs": "stop", "/gpu approve": "42", "/gpu short": "1 until Friday a node fails",
    "/eng edit": "ENG-001", "/eng move": "ENG-001 doing", "/eng done": "ENG-001 why=all of it",
    "/eng link": "ENG-001 EXP-042", "/eng unlink": "ENG-001 EXP-042", "/eng undo": "ENG-001",
    "/eng list": "all", "/eng show": "ENG-001", "/eng history": "ENG-001",
    "/ticket connect": "jira https://acme.example project=ML",
    "/ticket import": "ML-18", "/ticket disconnect": "1", "/ticket link": "42 ML-18",
    "/ticket unlink": "42 ML-17",
    "/diagnose": "we haven't shipped in 3 sprints",
}  # fmt: skip
PRESSED = {
    "action:ticket_again": "1", "action:ticket_ours": "1", "action:ticket_theirs": "1",
    "action:team_merge": "1:1", "action:webhook_on": "1",
    "action:approval_yes": "1", "action:approval_no": "1", "action:promote_open": "8",
    "action:gate_done_add": "", "action:gate_done_text": "", "action:drift_rows": "x|0|0",
    "action:drift_rows_back": "x|0|0", "action:onboarding_skip": "people",
    "action:gate_done_pick": "accuracy",
    "action:help_open": "start", "action:home_list": "open", "action:home_blockers": "",
    "action:eng_page": "all|0", "action:eng_earlier": "all|0", "action:eng_show": "ENG-001",
    "action:eng_history": "ENG-001", "action:eng_edit": "ENG-001", "action:eng_undo": "1",
    "action:eng_move": "ENG-001 doing", "action:eng_done": "ENG-001",
}  # fmt: skip
FILLED: dict[str, dict[str, Any]] = {
    "submit:promote_experiment": {"learnings": "it works on all data"},
    "submit:live": {"since": "2026-11-23"},
    "submit:edit_experiment": FORM | {"title": "Another title"},
    "submit:move_experiment": {"stage": "evaluation", "note": "it is time"},
    "submit:kill": {"learnings": "it overfits on the new corpus"},
    "submit:proposal_extend": {"days": "3", "reason": "the labels came late"},
    "submit:gate_override_ask": {"reason": "the launch cannot wait for more examples"},
    "submit:gate_done_toml": {"toml": '[[metric]]\nname = "accuracy"\nthreshold = 0.9\n'},
    "submit:money": {"cost": "$5"},
    "submit:gate_done": {"name": "groundedness", "threshold": "0.9", "flags": ["blocking"]},
    "submit:standup_setup": {
        "channel": "CTEAM",
        "name": "Standup",
        "people": ["UANA"],
        "days": ["0"],
    },
    "submit:canvas": {"objective": "Half as many support tickets"},
    "submit:learn_find": {"words": "labels"},
    "submit:question": {"question": "when will it be ready"},
    "submit:setup": {
        "team_channel": "CNEW",
        "zone": "Europe/Berlin",
        "metric_direction": "higher",
        "digest_day": "fri",
        "digest_hour": "16",
    },
}


def lab(engine: Engine) -> Conversation:
    """One of each role, three experiments, an engineering ticket, a need, a note, a request."""
    if not db.is_sqlite(engine):
        return _begun(engine)
    content, talk = _kept()
    raw = engine.raw_connection()
    raw.driver_connection.deserialize(content)  # type: ignore[union-attr]
    raw.close()
    return replace(talk, engine=engine, replies=[*talk.replies], _count=itertools.count(100))


@cache
def _kept() -> tuple[bytes, Conversation]:
    """It is made once for all tests of this process, and copied."""
    engine = db.open_engine("sqlite://")
    raw = engine.raw_connection()
    raw.driver_connection.deserialize(databases.template())  # type: ignore[union-attr]
    talk = _begun(engine)
    content: bytes = raw.driver_connection.serialize()  # type: ignore[union-attr]
    raw.close()
    engine.dispose()
    return content, talk


def _begun(engine: Engine) -> Conversation:
    talk = Conversation(engine=engine, table=TABLE)
    roles = {"UADM": "admin", "ULEE": "lead", "UMIA": "lead", "UANA": "member", "UBEN": "member"}
    for user_id, role in (roles | {"UOBS": "observer"}).items():
        person(engine, user_id, role=role)
    places = {"team_channel": "CTEAM", "leads_channel": "CLEADS", "digest_channel": "CEXEC"}
    stored(engine, experiment((0.8,)), **places)
    stored(engine, experiment((0.9,), number=8, stage="evaluation", title="Reranker"))
    stored(engine, experiment((0.7,), number=7, stage="killed", title="Old", outcome="killed"))
    talk.say(f"/need add More GPUs {DUE}", by="ULEE")
    talk.say("/digest add risk labels may be late", by="ULEE")
    talk.say("/eng new Serving type=infra", by="UANA")
    talk.say("/ticket connect jira https://acme.example project=ML", by="UADM")
    talk.say("/ticket link EXP-042 ML-17", by="ULEE")
    talk.say("/exp extend 42 15d more data is coming", by="UANA")
    return talk


def use(
    talk: Conversation, name: str, by: str, *, workspace: str = "T0LAB", foreign: bool = False
) -> Reply:
    """That person uses that route, with what the sample says, else with EXP-042."""
    ask = asked(name, by, workspace=workspace, foreign=foreign)
    return edge.answer(talk.lab, talk.table, ask, {})


def asked(name: str, by: str, *, workspace: str = "T0LAB", foreign: bool = False) -> Ask:
    """What `use` says."""
    kind, _, rest = ("command", "", name) if name[0] == "/" else name.partition(":")
    more: dict[str, Any] = {"values": FILLED.get(name, {"title": "typed", "text": "typed"})}
    if kind == "command":
        command, _, verb = name.partition(" ")
        rest, more = (
            command,
            {"text": f"{verb} {TYPED.get(name, 'EXP-042' if verb else '')}".strip()},
        )
    elif kind == "action":
        more = {"value": PRESSED.get(name, "42")}
    elif kind == "event":
        said = {"type": rest, "user": by, "channel": "D1", "channel_type": "im"}
        more = {"event": said, "text": "3 things done", "message_ts": "1.2"}
        more |= envelope.message_parts(said)
    number = 8 if "promote" in name else 42
    meta: Mapping[str, Any] = {
        "number": number,
        "id": 1,
        "channel": "CTEAM",
        "title": "",
        "version": 1,
    }
    return Ask(
        kind=kind, name=rest, workspace=workspace, user=by, now=START, key=f"{by}:{name}",
        channel="CTEAM", meta=meta, foreign=foreign, **more,
    )  # fmt: skip


def heard(reply: Reply) -> str:
    """All the person was told."""
    return " ".join([reply.text, *reply.errors.values()])


def kept(engine: Engine) -> dict[str, list[Any]]:
    """Every row of every table but the inputs themselves and what only the asker sees."""
    found: dict[str, list[Any]] = {}
    with engine.connect() as connection:
        for one in metadata.sorted_tables:
            rows = connection.execute(text(f'SELECT * FROM "{one.name}" ORDER BY 1')).mappings()
            found[one.name] = [dict(row) for row in rows]
    del found["inbox"]
    found["outbox"] = [row for row in found["outbox"] if not _is_own(row)]
    return found


def _is_own(row: dict[str, Any]) -> bool:
    """Looked up, or shown to the one person who asked for it."""
    private = row["kind"] in ("picture", "upload") and row["channel"].startswith("U")
    return private or row["kind"] in ("profile", "group", "home")
