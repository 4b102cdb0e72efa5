"""The team's settings: the form and what was saved."""

from collections.abc import Mapping
from typing import Any

from core.calendar import DAYS, WEEKDAYS
from core.workspace.settings import Setup
from views import kit
from views.kit import Message

USES = {
    "team_channel": ("Team channel", "Decisions and standups are posted here."),
    "leads_channel": ("Leads channel", "Proposals wait for a decision here."),
    "alerts_channel": ("Alerts channel", "Warnings go here."),
    "digest_channel": ("Digest channel", "Executives read the weekly digest here."),
}


def form(setup: Setup, draft: Mapping[str, Any], meta: Mapping[str, str]) -> kit.Block:
    """The settings form; what was typed and not sent (draft) comes before what is set."""
    now = given(setup) | dict(draft)
    target = kit.text_input(now["metric_target"], placeholder="92% or 0.92")
    higher = [kit.option("Higher is better", "higher"), kit.option("Lower is better", "lower")]
    days = [kit.option(day, short) for day, short in zip(DAYS, WEEKDAYS, strict=True)]
    hours = [kit.option(f"{hour:02d}:00", str(hour)) for hour in range(24)]
    group = kit.text_input(now["leads_group"], placeholder="S0ABC123")
    blocks = [
        kit.field(
            "team_name",
            "The team's name",
            kit.text_input(now["team_name"], placeholder="Search"),
            hint="Others read it where several teams are listed.",
            optional=True,
        ),
        *(_channel(name, now[name]) for name in USES),
        kit.field(
            "leads_group",
            "Leads' user group",
            group,
            hint="Its id. Easier: /exp leads add @group. Without a group, leads are listed.",
            optional=True,
        ),
        kit.field("zone", "Time zone", kit.text_input(now["zone"]), hint="Like Europe/Berlin."),
        kit.field(
            "metric_name",
            "Headline metric",
            kit.text_input(now["metric_name"], placeholder="accuracy"),
            hint=_metric_hint(setup),
            optional=True,
        ),
        kit.field("metric_target", "Its target", target, optional=True),
        kit.field(
            "metric_direction", "Its direction", kit.choice(higher, now["metric_direction"])
        ),
        kit.field("digest_day", "Digest day", kit.choice(days, now["digest_day"])),
        kit.field("digest_hour", "Digest hour", kit.choice(hours, now["digest_hour"])),
    ]
    return kit.modal("setup", "Team settings", blocks, submit="Save", meta=meta)


def given(setup: Setup) -> dict[str, str]:
    """What is set, as the form's fields hold it."""
    shown = {name: getattr(setup, name) for name in USES}
    return shown | {
        "team_name": setup.team_name,
        "leads_group": setup.leads_group,
        "zone": setup.zone,
        "metric_name": setup.metric_name,
        "metric_target": setup.target_text,
        "metric_direction": setup.metric_direction,
        "digest_day": WEEKDAYS[setup.digest_day],
        "digest_hour": str(setup.digest_hour),
    }


def saved(setup: Setup, *, first_lead: bool) -> Message:
    """What is set now, and what is still missing."""
    head = "The team's settings are saved."
    head += " You are the team's first lead and its admin now." if first_lead else ""
    pairs = [(label, _mention(getattr(setup, name))) for name, (label, _) in USES.items()]
    pairs += [
        ("Digest", f"{DAYS[setup.digest_day]} {setup.digest_hour:02d}:00, {setup.zone}"),
        ("Headline metric", _metric(setup)),
        ("Leads' group", f"<!subteam^{setup.leads_group}>" if setup.leads_group else "none"),
    ]
    hint = (
        "Invite me to private channels: `/invite @Assay` there. `/digest preview` shows a digest."
    )
    lines = "; ".join(f"{label.lower()}: {value}" for label, value in pairs)
    return Message(f"{head} {lines}", [kit.section(head), kit.fields(pairs), kit.context(hint)])


def _metric(setup: Setup) -> str:
    if setup.canvas_metric:
        return f"{kit.escape(setup.canvas_metric, 60)}, from the project canvas (`/canvas`)"
    if not setup.metric_name:
        return "the one most experiments share"
    goal = f", target {setup.target_text}" if setup.target_text else ", no target"
    return f"{kit.escape(setup.metric_name, 60)}{goal}, {setup.metric_direction} is better"


def _metric_hint(setup: Setup) -> str:
    if setup.canvas_metric:
        return (f"The project canvas wins: its first metric, {setup.canvas_metric}, is the "
                "digest's headline. Change it with /canvas edit.")  # fmt: skip
    return "The digest's first line. Empty: the metric most experiments share."


def _mention(channel: str) -> str:
    return f"<#{channel}>" if channel else "not set"


def _channel(name: str, chosen: str) -> kit.Block:
    label, hint = USES[name]
    element: kit.Block = {
        "type": "conversations_select",
        "filter": {"include": ["public", "private"], "exclude_bot_users": True},
        "placeholder": kit.plain("Choose a channel", 150),
    }
    element |= {"initial_conversation": chosen} if chosen else {}
    return kit.field(name, label, element, hint=hint, optional=True)


def workspace_zone(named: str, *, changed: bool | None) -> Message:
    """The workspace's time zone. changed: None when it was only looked at."""
    kept = {True: " now", False: " already", None: ""}[changed]
    text = (
        f"The time zone of the whole workspace is{kept} {named}: of new teams, and of those that "
        "have chosen none in `/exp setup`. An admin sets it: `/exp timezone Europe/Berlin`."
    )
    return Message(text, [kit.section(text)])
