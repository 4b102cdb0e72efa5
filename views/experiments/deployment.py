"""What the team reads when something goes live, or is live no more."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from core import figures
from core.experiments.experiment import Experiment
from core.experiments.rollout import awaits_word, is_live, went_live
from views import kit
from views.kit import Message

FORM = "live"


def button(ticket: Experiment) -> list[kit.Block]:
    """*It is live…* for what was promoted while nobody said whether it is."""
    press = kit.button("It is live…", "live_open", str(ticket.number))
    return [press] if awaits_word(ticket) else []


def form(ticket: Experiment, today: date, *, channel: str) -> kit.Block:
    """Since when it is live."""
    since: kit.Block = {"type": "datepicker", "initial_date": today.isoformat()}
    text = (
        f"*{ticket.id}* {kit.escape(ticket.title, 100)} was promoted. Live means that customers "
    )
    blocks = [
        kit.section(f"{text}get its answers: the digest and `/ask` speak of it from then on."),
        kit.field("since", "Live since", since),
    ]
    meta = {"number": ticket.number, "channel": channel}
    return kit.modal(FORM, "It is live", blocks, submit="It is live", meta=meta)


def already(ticket: Experiment, where: ZoneInfo) -> Message:
    """It was said before."""
    since = kit.day(went_live(ticket).astimezone(where).date())
    by = f", told by {kit.person(ticket.live_by)}" if ticket.live_by else ""
    return _line(f"{ticket.id} is live already, since {since}{by}.")


def said(after: Experiment, change_id: int) -> Message:
    """The answer to who said it, with Undo."""
    text = f"{after.id} is live: the digest and `/ask` speak of it now."
    undo = kit.button("Undo", "undo", str(change_id))
    return Message(text, [kit.section(text), kit.actions(undo)])


def told(after: Experiment, by: str, at: datetime, where: ZoneInfo) -> Message:
    """That it went live, or how it is deployed instead; and on whose word."""
    who = f"told by {kit.person(by)}"
    if not is_live(after):
        how = "rolled back" if after.deploy_status == "rolled back" else "not live any more"
        return _line(f"{after.id} is {how}, {who}")
    value = figures.number(after.final_metric)
    day = went_live(after).astimezone(where).date()
    early = after.live_since is not None and day < at.astimezone(where).date()
    when = f" on {kit.day(day)}" if early else ""
    return _line(
        f"{after.id} went live{when}, {who} · {kit.escape(after.metric, 60)} {value} · "
        f"{kit.escape(after.title, 80)}"
    )


def _line(text: str) -> Message:
    return Message(text, [kit.section(text)])
