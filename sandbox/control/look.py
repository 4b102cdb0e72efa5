"""What people and tests see: the workspace, messages, the inspector."""

from __future__ import annotations

from sandbox.control.base import Desk
from sandbox.shapes import ControlError, Json
from sandbox.workspace.channels import Channel, Message
from sandbox.workspace.people import Member


class Looking(Desk):
    """Reading, as one person."""

    def state(self, who: str | None = None) -> Json:
        """Everything the page's frame shows, as that person (the first one by default)."""
        office, space = self.office, self.office.space
        person = self._person(who) if who else self._anybody()
        clock = office.clock
        return {
            "team": {"id": space.team_id, "name": space.team_name, "domain": space.domain},
            "now": clock.time(),
            "offset": clock.offset_s,
            "me": self._shown_member(person),
            "members": [self._shown_member(member) for member in space.members.values()],
            "usergroups": [
                group.as_json(space.team_id, with_users=True)
                for group in space.usergroups.values()
            ],
            "channels": [
                self._shown_channel(channel, person)
                for channel in space.channels.values()
                if space.sees(person.id, channel)
            ],
            "commands": [vars(command) for command in office.manifest.commands],
            "shortcuts": [vars(shortcut) for shortcut in office.manifest.shortcuts],
            "bot": {
                "user_id": space.bot.id,
                "name": space.bot.name,
                "connected": office.courier.transport.connected,
                "transport": office.courier.transport.name,
            },
            "suggested": space.dm(person.id).suggested,
            "strict": office.strict,
            "seq": office.changes.seq,
        }

    def messages(
        self, who: str, channel: str, *, thread_ts: str | None = None, newest: int = 0
    ) -> list[Json]:
        """Messages that person sees there, oldest first: top level, or one thread.

        newest: only so many of them, or all (0). Looking at a channel marks it read.
        """
        person, place = self._seat(who, channel)
        seen = place.visible_to(person.id)
        if thread_ts is None:
            if seen:
                place.last_read[person.id] = seen[-1].ts
            chosen = [message for message in seen if message.on_top]
        else:
            chosen = [m for m in seen if thread_ts in (m.ts, m.thread_ts)]
            if not chosen:
                raise ControlError(f"There is no thread {thread_ts} here.", 404)
        return [self._shown_message(place, message) for message in chosen[-newest:]]

    def inspector(self, after: int = 0) -> Json:
        """Entries after a number, counts of all, and every violation."""
        found = self.office.inspector
        return {
            "entries": [entry.as_json() for entry in found.after(after)],
            "counts": dict(found.counts),
            "violations": [entry.as_json() for entry in found.violations],
        }

    def _anybody(self) -> Member:
        people = self.office.space.members.values()
        return next(member for member in people if not member.is_bot and not member.deleted)

    def _shown_member(self, member: Member) -> Json:
        return {
            "id": member.id,
            "name": member.name,
            "real_name": member.real_name,
            "title": member.title,
            "tz": member.tz,
            "tz_label": member.tz_label(self.office.clock.now()),
            "tz_offset": member.tz_offset_s(self.office.clock.now()),
            "is_bot": member.is_bot,
            "is_lead_hint": member.is_lead_hint,
            "deleted": member.deleted,
            "status_text": member.status_text,
            "status_emoji": member.status_emoji,
            "status_expiration": member.status_expiration,
            "color": member.color,
        }

    def _shown_channel(self, channel: Channel, person: Member) -> Json:
        seen = channel.visible_to(person.id)
        return {
            "id": channel.id,
            "name": self.office.space.bot.name if channel.kind == "im" else channel.name,
            "kind": channel.kind,
            "user": self.office.space.bot.id if channel.kind == "im" else None,
            "is_member": person.id in channel.members,
            "is_archived": channel.is_archived,
            "members": list(channel.members),
            "topic": channel.topic,
            "unread": channel.unread_by(person.id),
            "last_ts": seen[-1].ts if seen else None,
        }

    def _shown_message(self, channel: Channel, message: Message) -> Json:
        shown = channel.shown(message)
        return shown | ({"ephemeral": True} if message.only_for else {})
