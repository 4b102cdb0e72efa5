"""Everything around the people: clock, members, channels, faults, links, raw payloads."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from sandbox.api.conversations import enter
from sandbox.clock import SandboxClock, zone_of
from sandbox.control.base import Desk
from sandbox.delivery.courier import Parcel
from sandbox.delivery.events import Sending
from sandbox.delivery.payloads import event_envelope, new_event_id
from sandbox.faults import Fault
from sandbox.shapes import ControlError, Json
from sandbox.workspace.channels import Channel
from sandbox.workspace.people import Member

NAME = re.compile(r"[\w-]{1,80}")
CHANGEABLE = (
    "tz",
    "status_text",
    "status_emoji",
    "status_expiration",
    "deleted",
    "real_name",
    "title",
)


class World(Desk):
    """What happens to the workspace."""

    def clock_state(self) -> Json:
        """{now, iso, offset}."""
        clock = self.office.clock
        return {"now": clock.time(), "iso": clock.now().isoformat(), "offset": clock.offset_s}

    async def move_clock(self, **move: Any) -> Json:
        """``advance`` seconds, ``set`` an ISO time, or a ``preset`` (with ``tz``)."""
        there = SandboxClock()
        there.offset_s = self.office.clock.offset_s
        if "advance" in move:
            there.advance(float(move["advance"]))
        elif "set" in move:
            there.set(_moment(str(move["set"])))
        elif "preset" in move:
            there.preset(str(move["preset"]), str(move.get("tz") or "UTC"))
        else:
            raise ControlError("Give advance, set or preset.")
        if there.offset_s == 0.0:
            self.office.limits.clear()
        await self.office.travel(there.offset_s)
        return self.clock_state()

    async def fault(self, method: str = "*", kind: str = "", **more: Any) -> Json:
        """Order a fault for the next calls, or ``clear`` all."""
        if more.get("clear"):
            self.office.faults.clear()
            return {}
        self.office.faults.add(
            Fault(
                method,
                kind,
                times=int(more.get("times", 1)),
                retry_after=int(more.get("retry_after", 1)),
                seconds=float(more.get("seconds", 1.0)),
            )
        )
        return {}

    async def let_go(self) -> Json:
        """Answer every call that hangs."""
        self.office.faults.let_go()
        return {}

    async def shut_out(self, error: str = "") -> Json:
        """Refuse every call with the bot token with ``error`` (token_revoked …); "" ends that."""
        self.office.shut_out = error
        return {}

    async def disconnect(self, reason: str) -> Json:
        """Disconnect the bot's Socket Mode connections."""
        await self.office.sockets.disconnect(reason)
        return {}

    async def user(self, id: str, **changes: Any) -> Json:  # noqa: A002  # the contract's word
        """Change a member and send user_change. Hands back {delivery}."""
        person = self.office.space.person(id)
        unknown = changes.keys() - set(CHANGEABLE)
        if unknown:
            raise ControlError(f"A member has no {', '.join(sorted(unknown))}.")
        if "tz" in changes:
            zone_of(changes["tz"])
        for name, value in changes.items():
            setattr(person, name, value)
        person.updated = int(self.office.clock.time())
        self.office.changes.note("member")
        event: Json = {
            "type": "user_change",
            "user": person.as_user(self.office.space.team_id, at=self.office.clock.now()),
            "cache_ts": person.updated,
            "event_ts": self._event_ts(),
        }
        return {"delivery": await self._told(self.office.events.publish(event))}

    async def usergroup(self, id: str, users: list[str]) -> Json:  # noqa: A002
        """Change who is in a user group and send subteam_members_changed."""
        group = self.office.space.usergroups.get(id)
        if group is None:
            raise ControlError(f"There is no user group {id!r}.", 404)
        before, after = group.users, [self.office.space.person(one).id for one in users]
        event: Json = {
            "type": "subteam_members_changed",
            "subteam_id": group.id,
            "team_id": self.office.space.team_id,
            "date_previous_update": group.updated,
            "date_update": int(self.office.clock.time()),
            "added_users": [one for one in after if one not in before],
            "removed_users": [one for one in before if one not in after],
            "event_ts": self._event_ts(),
        }
        event["added_users_count"] = len(event["added_users"])
        event["removed_users_count"] = len(event["removed_users"])
        group.users, group.updated = after, event["date_update"]
        self.office.changes.note("member")
        return {"delivery": await self._told(self.office.events.publish(event))}

    async def channel(self, op: str, **what: Any) -> Json:
        """create, invite, kick, archive, unarchive or rename. Hands back {channel, delivery}."""
        if op == "create":
            place, sent = self._create(str(what.get("name") or ""), what)
            return {"channel": self._shown(place), "delivery": await self._told(sent)}
        found = self.office.space.find_channel(str(what.get("channel") or ""))
        if found is None or found.kind == "im":
            raise ControlError(f"There is no channel {what.get('channel')!r}.", 404)
        if op in ("invite", "kick"):
            sent = self._move(found, op, self._anyone(str(what.get("user") or "")))
        elif op in ("archive", "unarchive"):
            found.is_archived = op == "archive"
            sent = self._announce(found, op, {"channel": found.id})
        elif op == "rename":
            found.name = self._free_name(str(what.get("name") or ""))
            named = {"id": found.id, "name": found.name, "created": found.created}
            sent = self._announce(found, "rename", {"channel": named})
        else:
            raise ControlError("op is create, invite, kick, archive, unarchive or rename.")
        return {"channel": self._shown(found), "delivery": await self._told(sent)}

    async def event(self, event: Json, *, event_id: str | None = None, retry_num: int = 0) -> Json:
        """Deliver any event as it is, whatever is subscribed. Hands back {delivery}."""
        payload = event_envelope(
            self.office.space,
            event,
            at_s=self.office.clock.time(),
            event_id=event_id or new_event_id(),
        )
        reason = "timeout" if retry_num else ""
        parcel = Parcel("events_api", payload, attempt=retry_num, reason=reason)
        return {"delivery": (await self.office.courier.once(parcel)).as_json()}

    async def raw(self, type: str, payload: Json) -> Json:  # noqa: A002  # the contract's word
        """Deliver any envelope as it is. Hands back {delivery, answer}."""
        outcome = await self.office.courier.once(Parcel(type, payload))
        return {"delivery": outcome.as_json(), "answer": outcome.answer}

    async def redeliver(self, envelope: str = "last") -> Json:
        """The same payload once more in a new envelope. Hands back {delivery}."""
        return {"delivery": (await self.office.courier.again(envelope)).as_json()}

    async def set_strict(self, on: bool) -> Json:
        """Strictness on or off."""
        self.office.strict = bool(on)
        return {"strict": self.office.strict}

    async def reset(self) -> Json:
        """An empty workspace from the roster again; the bot stays connected."""
        self.suggested.clear()
        self.office.renew()
        return {}

    def _event_ts(self) -> str:
        return f"{self.office.clock.time():.6f}"

    def _shown(self, place: Channel) -> Json:
        return place.as_json(self.office.space.bot.id) | {"members": list(place.members)}

    def _anyone(self, who: str) -> Member:
        """A member by id or handle, the bot too."""
        bot = self.office.space.bot
        if who.removeprefix("@") in (bot.id, bot.name):
            return bot
        return self.office.space.person(who)

    def _free_name(self, name: str) -> str:
        bare = name.removeprefix("#")
        if not NAME.fullmatch(bare) or bare != bare.lower():
            raise ControlError("A channel's name is lower-case letters, digits, - and _.")
        if self.office.space.find_channel(bare) is not None:
            raise ControlError("name_taken", 409)
        return bare

    def _create(self, name: str, what: Json) -> tuple[Channel, list[Sending]]:
        space = self.office.space
        creator = self._anyone(str(what["user"])) if what.get("user") else None
        first = creator or next(m for m in space.members.values() if m.is_lead_hint)
        kind: Any = "private" if what.get("is_private") else "channel"
        place = Channel(space.new_id("C"), self._free_name(name), kind, [first.id])
        place.creator, place.created = first.id, int(self.office.clock.time())
        space.channels[place.id] = place
        self.office.changes.note("member", place.id)
        if kind == "private":
            return place, []
        fresh = {"id": place.id, "name": place.name, "created": place.created}
        event: Json = {"type": "channel_created", "channel": fresh | {"creator": first.id}}
        return place, self.office.events.publish(event | {"event_ts": self._event_ts()})

    def _move(self, place: Channel, op: str, member: Member) -> list[Sending]:
        if (member.id in place.members) is (op == "invite"):
            state = "already" if op == "invite" else "not"
            raise ControlError(f"{member.name} is {state} in #{place.name}.", 409)
        if op == "invite":
            return enter(self.office, place, member.id, inviter=place.creator)
        event: Json = {
            "type": "member_left_channel",
            "user": member.id,
            "channel": place.id,
            "channel_type": "G" if place.kind == "private" else "C",
            "team": self.office.space.team_id,
            "event_ts": self._event_ts(),
        }
        sent = self.office.events.publish(event, place)
        place.members.remove(member.id)
        self.office.changes.note("member", place.id)
        return sent

    def _announce(self, place: Channel, what: str, fields: Json) -> list[Sending]:
        self.office.changes.note("member", place.id)
        prefix = "group" if place.kind == "private" else "channel"
        event: Json = {"type": f"{prefix}_{what}", **fields, "user": place.creator}
        return self.office.events.publish(event | {"event_ts": self._event_ts()}, place)


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise ControlError("A time looks like 2026-11-27T16:00:00+01:00.") from error
