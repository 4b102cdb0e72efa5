"""What one can do from Home without remembering a command, and how one is treated."""

from core.workspace.home import Home, Me
from views import kit

_DO = (
    ("New experiment", "experiment_new"),
    ("Log a learning", "learn_new"),
    ("Report a blocker", "blocker_new"),
)
_LOOK = (
    ("Search learnings", "learn_find"),
    ("Ask a question", "question_open"),
    ("Board", "home_board"),
    ("Sprint", "home_sprint"),
    ("Phase", "home_phase"),
    ("Canvas", "home_canvas"),
    ("Data", "home_data"),
    ("Engineering", "home_engineering"),
    ("GPUs", "home_gpus"),
    ("Forecast", "home_forecast"),
    ("Last digest", "home_last_digest"),
    ("Help", "help_open"),
)


def entries(shown: Home) -> list[kit.Block]:
    """The buttons that everything starts from; who looks on gets those for looking."""
    card = shown.lead.onboarding if shown.lead else None
    busy = shown.mine or shown.due or (card and card.shown)
    first = "" if busy else "experiment_new"
    look = [kit.button(label, action) for label, action in _LOOK]
    if shown.observer:
        note = "You read along: nobody waits for a report of yours."
        return [kit.actions(*look), kit.context(note)]
    do = [kit.button(label, to, style="primary" if to == first else "") for label, to in _DO]
    ahead = (
        [kit.button("Answer ahead", "home_ahead")] if shown.in_standup and not shown.due else []
    )
    return [kit.actions(*do, *ahead), kit.actions(*look)]


def settings(shown: Home) -> list[kit.Block]:
    """Absence, zone, holidays, reminders, with the buttons that change them."""
    me = shown.me
    buttons = [kit.button("I'm back" if _running(me) else "Call it off", "absence_back")]
    buttons = buttons if me.away else []
    buttons += [
        kit.button("I'm away…", "absence_open"),
        kit.button("Zone, holidays…", "locale_open"),
    ]
    if not shown.observer:
        label, action = ("Stop reminders", "off") if me.nudges else ("Start reminders", "on")
        buttons.append(kit.button(label, f"standup_nudges_{action}"))
    return [kit.header("Your settings"), kit.section(_lines(shown)), kit.actions(*buttons)]


def _lines(shown: Home) -> str:
    me = shown.me
    own = "chosen by you" if me.own_zone else "from Slack"
    country = me.country or "none"
    holidays = f"{country} ({'chosen by you' if me.own_country else 'by your zone'})"
    lines = [
        f"*Absence:* {_away(me)}",
        f"*Zone:* {me.zone.replace('_', ' ')} ({own})",
        f"*Public holidays:* {holidays}: you are not asked on them",
    ]
    reminded = "on, at most twice a round, in your working hours" if me.nudges else "off"
    return "\n".join([*lines, *([] if shown.observer else [f"*Reminders:* {reminded}"])])


def _away(me: Me) -> str:
    if me.away is None:
        return "you are here, nothing is planned"
    first, last = kit.day(me.away.first), kit.day(me.away.last)
    if _running(me):
        return f"away until {last}, included; nobody waits for your answer"
    return f"planned, {first}" if me.away.first == me.away.last else f"planned, {first} to {last}"


def _running(me: Me) -> bool:
    return me.away is not None and me.away.first <= me.today
