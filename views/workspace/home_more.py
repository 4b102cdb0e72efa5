"""What Home keeps behind *More…*: everything else one can do and see, and one's settings."""

from collections.abc import Sequence

from core.facts import count
from core.workspace.home import Digest, Me, More, Planned
from views import kit
from views.workspace import home_status

STANDUPS = 4
_DO = (
    ("New experiment", "experiment_new"),
    ("Log a learning", "learn_new"),
    ("Report a blocker", "blocker_new"),
)
_LOOK = (
    ("Board", "home_board"),
    ("Sprint", "home_sprint"),
    ("Forecast", "home_forecast"),
    ("Phase", "home_phase"),
    ("Canvas", "home_canvas"),
    ("Data", "home_data"),
    ("Engineering", "home_engineering"),
    ("GPUs", "home_gpus"),
    ("Last digest", "home_last_digest"),
)
_FIND = (
    ("Ask a question", "question_open"),
    ("Search learnings", "learn_find"),
    ("Help", "help_open"),
)


def more(shown: More) -> list[kit.Block]:
    """Doing, looking, finding; the team for who leads it; how one is treated."""
    do = [kit.button(label, action) for label, action in _DO]
    ahead = [kit.button("Answer ahead", "home_ahead")] if shown.in_standup else []
    blocks = [] if shown.observer else [kit.header("Do"), kit.actions(*do, *ahead)]
    blocks += [kit.header("Look"), _row(_LOOK), kit.header("Find"), _row(_FIND)]
    return [*blocks, *_team(shown), *_settings(shown)]


def _row(buttons: Sequence[tuple[str, str]]) -> kit.Block:
    return kit.actions(*(kit.button(label, action) for label, action in buttons))


def _team(shown: More) -> list[kit.Block]:
    if shown.digest is None:
        return []
    lines = [_digest(shown.digest), *(_standup(one) for one in shown.standups[:STANDUPS])]
    rest = len(shown.standups) - STANDUPS
    lines += [count(rest, "more standup")] if rest > 0 else []
    lines += [] if shown.standups else ["*Standup:* none yet."]
    lines += [] if shown.set_up else ["No team channel is set yet: decisions have nowhere to go."]
    every = [kit.button("All standups", "home_standups")] if rest > 0 else []
    standup = "Change the standup…" if shown.standups else "New standup…"
    return [
        kit.header("The team"),
        kit.section("\n".join(lines)),
        kit.actions(
            kit.button(*home_status.DIGEST),
            kit.button("Ask leadership…", "home_need"),
            kit.button(standup, "home_standup", _place(shown.standups)),
            *every,
            kit.button("Team settings", "team_setup", style="" if shown.set_up else "primary"),
        ),
    ]


def _place(standups: Sequence[Planned]) -> str:
    return standups[0].channel if standups else ""


def _digest(digest: Digest) -> str:
    notes = f"{count(digest.notes, 'note') if digest.notes else 'nothing'} added by leads"
    last = f", the last one {kit.day(digest.last_on)}" if digest.last_on else ""
    if not digest.channel:
        return f"*Digest:* no channel is set, so none is posted; {notes}{last}."
    when = f"{kit.moment(digest.at)} in <#{digest.channel}>"
    edits = f", {count(digest.edits, 'section')} changed by leads" if digest.edits else ""
    if digest.draft == "held":
        who = f" by {kit.escape(digest.by, 80)}" if digest.by else ""
        return f"*Digest:* its draft is held{who}{edits}: nothing is posted until it is released."
    if digest.draft:
        return f"*Digest:* its draft is there{edits} and posts itself {when}."
    return f"*Digest:* next {when}; {notes}{last}."


def _standup(one: Planned) -> str:
    state = f"next {kit.day(one.next_on)}" if one.next_on else "nobody is left to ask"
    state = state if one.active else "paused"
    people = count(one.people, "person", "people")
    return f"*{kit.escape(one.name, 80)}* in <#{one.channel}>: {people}, {state}."


def away(me: Me) -> list[kit.Block]:
    """On Home, while one is away: until when, and the way back."""
    if me.away is None or not _runs(me):
        return []
    back = kit.button("I'm back", "absence_back")
    return [kit.section(f"You are {_away(me)}.", back), kit.divider()]


def _settings(shown: More) -> list[kit.Block]:
    me = shown.me
    buttons = [kit.button("I'm back" if _runs(me) else "Call it off", "absence_back")]
    buttons = buttons if me.away else []
    buttons += [
        kit.button("I'm away…", "absence_open"),
        kit.button("Zone, holidays…", "locale_open"),
    ]
    if not shown.observer:
        label, action = ("Stop reminders", "off") if me.nudges else ("Start reminders", "on")
        buttons.append(kit.button(label, f"home_nudges_{action}"))
    return [kit.header("Your settings"), kit.section(_lines(shown)), kit.actions(*buttons)]


def _lines(shown: More) -> str:
    me = shown.me
    own = "chosen by you" if me.own_zone else "from Slack"
    country = me.country or "none"
    holidays = f"{country} ({'chosen by you' if me.own_country else 'by your zone'})"
    lines = [
        f"*Away:* {_away(me)}",
        f"*Zone:* {me.zone.replace('_', ' ')} ({own})",
        f"*Public holidays:* {holidays}: you are not asked on them",
    ]
    reminded = "on, at most twice a round, in your working hours" if me.nudges else "off"
    return "\n".join([*lines, *([] if shown.observer else [f"*Reminders:* {reminded}"])])


def _away(me: Me) -> str:
    if me.away is None:
        return "not planned"
    first, last = kit.day(me.away.first), kit.day(me.away.last)
    if _runs(me):
        return f"away until {last}, included; nobody waits for your answer"
    return f"planned, {first}" if me.away.first == me.away.last else f"planned, {first} to {last}"


def _runs(me: Me) -> bool:
    return me.away is not None and me.away.first <= me.today
