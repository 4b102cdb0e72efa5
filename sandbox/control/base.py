"""What every group of control calls shares: who acts, where, and how a delivery is told."""

from __future__ import annotations

from sandbox.delivery.events import Sending, all_of
from sandbox.delivery.payloads import view_payload
from sandbox.office import Office
from sandbox.shapes import ControlError, Json
from sandbox.workspace.channels import Channel, Message
from sandbox.workspace.people import Member
from sandbox.workspace.surfaces import View


class Desk:
    """The base of the control calls."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.suggested: dict[str, list[Json]] = {}

    def _person(self, who: str) -> Member:
        """Somebody who may act: known and not deactivated."""
        person = self.office.space.person(who)
        if person.deleted:
            raise ControlError(f"{person.name} is deactivated.", 403)
        return person

    def _seat(self, who: str, where: str) -> tuple[Member, Channel]:
        person = self._person(who)
        return person, self.office.space.place(where, person)

    def _message(self, channel: Channel, ts: str | None, person: Member) -> Message:
        """A message that person sees."""
        message = channel.messages.get(ts or "")
        if message is None or message.only_for not in (None, person.id):
            raise ControlError(f"{person.name} sees no message {ts} in {channel.name}.", 404)
        return message

    async def _told(self, sendings: list[Sending]) -> Json:
        return (await all_of(sendings)).as_json()

    def _opened(self, view_ids: list[str]) -> Json | None:
        """The view the bot opened with a trigger, when it is still open."""
        view = self.office.space.surfaces.find(view_ids[-1]) if view_ids else None
        return self._view(view) if view else None

    def _view(self, view: View) -> Json:
        shown = view_payload(self.office.space, view)
        return shown | {"values": shown["state"]["values"]}
