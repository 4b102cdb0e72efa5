"""A team renamed, shown to others or not, archived, brought back."""

from collections.abc import Sequence

from core.teams.team import Renamed, StillOpen, TeamCard
from views import kit
from views.kit import Message

SEEN = {
    "open": "open: everybody here may read it, its members change it",
    "private": "private: only its people and admins see it",
}


def renamed(done: Renamed) -> Message:
    """What it is called now."""
    return _said(f"{kit.escape(done.before)} is called {kit.escape(done.after)} now.")


def shown_to(done: Renamed) -> Message:
    """Who sees it now."""
    already = " already" if done.before == done.after else " now"
    return _said(f"The team is{already} {SEEN[done.after]}.")


def released(name: str, channel: str) -> Message:
    """A channel is nobody's any more."""
    return _said(f"<#{channel}> is {kit.escape(name)}'s no more: another team may take it.")


def to_archive(left: StillOpen, team_id: int) -> Message:
    """What archiving means, what is still open, and the button."""
    name = kit.escape(left.team)
    text = (
        f"Archive {name}? Nobody is asked and nothing is posted any more, its channels are free, "
        "its tickets stay readable by their ids."
    )
    still = _still(left)
    facts = f"Still open: {still}." if still else "Nothing is open in it."
    button = kit.button(f"Archive {left.team}", "team_archive", str(team_id), style="danger")
    blocks = [kit.section(text), kit.section(facts), kit.actions(button)]
    return Message(f"{text} {facts}", kit.of_team(blocks, team_id))


def archived(left: StillOpen) -> Message:
    """To who archived it."""
    name = kit.escape(left.team)
    return _said(f"{name} is archived. `/team reopen {name}` brings it back.")


def archived_here(name: str, by: str) -> Message:
    """In what was the team's channel."""
    return _said(
        f"{kit.person(by)} archived the team {kit.escape(name)}: this channel belongs to no team "
        "any more. What was written stays readable."
    )


def reopened(card: TeamCard, lost: Sequence[str]) -> Message:
    """It is back, with the channels it still has."""
    text = f"{kit.escape(card.name)} is at work again"
    text += ", in " + ", ".join(f"<#{one}>" for one in card.channels) if card.channels else ""
    if lost:
        gone = ", ".join(f"<#{one}>" for one in lost)
        text += f". {gone} went to another team meanwhile: choose others with `/exp setup`"
    return _said(f"{text}.")


def _still(left: StillOpen) -> str:
    parts = [
        _ids(left.experiments, "experiment"),
        _ids(left.blockers, "blocker"),
        f"{left.engineering} engineering ticket(s)" if left.engineering else "",
        f"{left.needs} need(s)" if left.needs else "",
        f"standups: {kit.escape(', '.join(left.standups))}" if left.standups else "",
    ]
    return "; ".join(part for part in parts if part)


def _ids(ids: Sequence[str], noun: str) -> str:
    if not ids:
        return ""
    more = f" and {len(ids) - 5} more" if len(ids) > 5 else ""
    return f"{len(ids)} {noun}{'s' if len(ids) > 1 else ''} ({', '.join(ids[:5])}{more})"


def _said(text: str) -> Message:
    return Message(text, [kit.section(text)])
