"""Files people and the bot shared."""

from __future__ import annotations

import mimetypes
from dataclasses import dataclass, field

from sandbox.shapes import Json


@dataclass
class SharedFile:
    """One file with its bytes; ``ready`` once its upload was completed."""

    id: str
    name: str
    user_id: str
    created: int
    content: bytes = b""
    title: str = ""
    alt_txt: str = ""
    length: int = 0
    ticket: str = ""
    uploaded: bool = False
    ready: bool = False
    channels: list[str] = field(default_factory=list)

    @property
    def mimetype(self) -> str:
        """Guessed from the name, as Slack mostly does."""
        return mimetypes.guess_type(self.name)[0] or "application/octet-stream"

    def as_json(self, base_url: str) -> Json:
        """The Slack ``file`` object."""
        suffix = self.name.rpartition(".")[2] if "." in self.name else "binary"
        address = f"{base_url}/files/{self.id}/{self.name}"
        alt = {"alt_txt": self.alt_txt} if self.alt_txt else {}
        return alt | {
            "id": self.id,
            "created": self.created,
            "timestamp": self.created,
            "name": self.name,
            "title": self.title or self.name,
            "mimetype": self.mimetype,
            "filetype": suffix,
            "pretty_type": suffix.upper(),
            "user": self.user_id,
            "size": len(self.content),
            "mode": "hosted",
            "is_external": False,
            "is_public": bool(self.channels),
            "url_private": address,
            "url_private_download": address,
            "permalink": address,
            "channels": list(self.channels),
        }
