"""Typed text -> Slack's escaped text and its rich_text block."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sandbox.shapes import Json
from sandbox.workspace.workspace import Workspace

TOKEN = re.compile(
    r"(?P<url>https?://[^\s<>|]+[^\s<>|.,;:!?)])"
    r"|(?<![\w`])@(?P<at>[\w][\w.-]*\w|\w)"
    r"|(?<![\w&`])#(?P<hash>[\w][\w-]*)"
    r"|(?<!\w):(?P<emoji>[a-z0-9_+'-]+):"
    r"|(?<![\w*])\*(?P<bold>[^\s*](?:[^*\n]*[^\s*])?)\*(?![\w*])"
    r"|(?<![\w_])_(?P<italic>[^\s_](?:[^_\n]*[^\s_])?)_(?![\w_])"
    r"|(?<![\w~])~(?P<strike>[^\s~](?:[^~\n]*[^\s~])?)~(?![\w~])"
    r"|`(?P<code>[^`\n]+)`"
)
BROADCASTS = ("here", "channel", "everyone")
STRAY = re.compile(r"&(?!amp;|lt;|gt;)|<|>")
CONTROL = re.compile(
    r"<(?:@[UWB][A-Z0-9]+|#[CGD][A-Z0-9]+|!(?:here|channel|everyone)|!subteam\^S[A-Z0-9]+"
    r"|!date\^\d+\^[^|>]+|https?://[^|>\s]+|mailto:[^|>\s]+|tel:[^|>\s]+)(?:\|[^<>]*)?>"
)
QUOTE = re.compile(r"(?m)^\s*(?:>|&gt;)+")


def escape(text: str) -> str:
    """The three characters Slack wants escaped, in its order."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescaped(mrkdwn: str) -> str | None:
    """The first stray & < or > with what follows it, or None when all is escaped."""
    rest = QUOTE.sub("", CONTROL.sub("", mrkdwn))
    stray = STRAY.search(rest)
    return rest[stray.start() : stray.start() + 20] if stray else None


@dataclass(frozen=True)
class Typed:
    """What Slack stores of a typed message."""

    text: str
    blocks: list[Json]


@dataclass(frozen=True)
class Piece:
    """One inline piece: its escaped text and its rich_text element."""

    text: str
    element: Json


class Reader:
    """Reads typed text with the names of one workspace."""

    def __init__(self, space: Workspace) -> None:
        self.space = space

    def message(self, typed: str, block_id: str = "typed") -> Typed:
        """Escaped text plus one rich_text block, as Slack's own composer sends them."""
        parts = [self._part(index, part) for index, part in enumerate(typed.split("```"))]
        if len(parts) % 2 == 0:  # an odd fence is literal text
            parts = [self._line(typed)]
        kept = [(text, block) for text, block in parts if block["elements"]]
        text = "".join(text for text, _ in parts)
        rich = {"type": "rich_text", "block_id": block_id, "elements": [b for _, b in kept]}
        return Typed(text, [rich] if kept else [])

    def command(self, typed: str, *, should_escape: bool) -> str:
        """The text of a slash command: always &<> escaped, names as ids if the manifest asks."""
        if not should_escape:
            return escape(typed)
        return "".join(self._command_piece(piece) for piece in self._pieces(typed))

    def _command_piece(self, piece: Piece) -> str:
        element = piece.element
        if element["type"] == "user":
            name = self.space.members[element["user_id"]].name
            return f"<@{element['user_id']}|{name}>"
        if element["type"] == "usergroup":
            handle = self.space.usergroups[element["usergroup_id"]].handle
            return f"<!subteam^{element['usergroup_id']}|@{handle}>"
        return piece.text

    def _part(self, index: int, part: str) -> tuple[str, Json]:
        if index % 2 == 0:
            return self._line(part)
        body = [{"type": "text", "text": part.strip("\n")}]
        return f"```{escape(part)}```", {"type": "rich_text_preformatted", "elements": body}

    def _line(self, part: str) -> tuple[str, Json]:
        pieces = list(self._pieces(part))
        section = {"type": "rich_text_section", "elements": [p.element for p in pieces]}
        return "".join(piece.text for piece in pieces), section

    def _pieces(self, typed: str) -> Iterator[Piece]:
        end = 0
        for match in TOKEN.finditer(typed):
            piece = self._piece(match)
            if piece is None:
                continue
            if match.start() > end:
                yield _plain(typed[end : match.start()])
            yield piece
            end = match.end()
        if end < len(typed):
            yield _plain(typed[end:])

    def _piece(self, match: re.Match[str]) -> Piece | None:
        kind, value = str(match.lastgroup), match.group(str(match.lastgroup))
        if kind == "at":
            return self._mention(value)
        if kind == "hash":
            return self._channel(value)
        if kind == "url":
            return Piece(f"<{escape(value)}>", {"type": "link", "url": value})
        if kind == "emoji":
            return Piece(f":{value}:", {"type": "emoji", "name": value})
        mark = match.group()[0]
        styled = {"type": "text", "text": value, "style": {kind: True}}
        return Piece(f"{mark}{escape(value)}{mark}", styled)

    def _mention(self, name: str) -> Piece | None:
        if name in BROADCASTS:
            return Piece(f"<!{name}>", {"type": "broadcast", "range": name})
        for member in self.space.members.values():
            if name in (member.name, member.id):
                return Piece(f"<@{member.id}>", {"type": "user", "user_id": member.id})
        for group in self.space.usergroups.values():
            if name == group.handle:
                element = {"type": "usergroup", "usergroup_id": group.id}
                return Piece(f"<!subteam^{group.id}>", element)
        return None

    def _channel(self, name: str) -> Piece | None:
        channel = self.space.find_channel(name)
        if channel is None or channel.kind == "im":
            return None
        element = {"type": "channel", "channel_id": channel.id}
        return Piece(f"<#{channel.id}|{channel.name}>", element)


def _plain(text: str) -> Piece:
    return Piece(escape(text), {"type": "text", "text": text})
