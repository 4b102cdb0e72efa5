"""What Assay says unasked, once: to a person who writes to it, to a channel it comes into."""

from datetime import date

from models import occurrence
from services.ports import Lab
from services.say import Voice
from views.assay import welcome as view

_ONCE = date(1970, 1, 1)  # the claim is for ever, not for a day


def person(lab: Lab, workspace: str, user_id: str) -> bool:
    """True for the first time that this person writes to us in that workspace."""
    with lab.begin() as session:
        subject = f"{workspace}:{user_id}"
        return occurrence.claim(session, "welcome", subject, _ONCE, now=lab.clock())


def channel(lab: Lab, workspace: str, channel_id: str) -> bool:
    """Say what Assay is in a channel it was invited to, once; True when it is new."""
    with lab.begin() as session:
        subject = f"{workspace}:{channel_id}"
        now = lab.clock()
        if not occurrence.claim(session, "welcome", subject, _ONCE, now=now):
            return False
        voice = Voice(session, workspace, now)
        return voice.post(f"welcome:{workspace}:{channel_id}", channel_id, view.to_channel())


def react(lab: Lab, workspace: str, place: tuple[str, str], name: str) -> None:
    """A reaction to somebody's message at (channel, ts)."""
    with lab.begin() as session:
        Voice(session, workspace, lab.clock()).react(*place, name)
