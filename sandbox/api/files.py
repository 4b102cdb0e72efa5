"""files.*: the external upload in its three steps, and reading a file back."""

from __future__ import annotations

import secrets
from typing import Any

from aiohttp import web

from sandbox.api import posting
from sandbox.api.args import Args
from sandbox.api.chat import draft_of, target
from sandbox.api.method import TIER_4, Method
from sandbox.api.posting import Draft
from sandbox.office import BOT_TOKEN, Office
from sandbox.shapes import Json, SlackError
from sandbox.workspace.shared_files import SharedFile


def new_file(office: Office, name: str, user_id: str, content: bytes = b"") -> SharedFile:
    """A file of that member, kept in memory."""
    created = int(office.clock.time())
    shared = SharedFile(office.space.new_id("F"), name, user_id, created, content)
    office.space.files[shared.id] = shared
    return shared


def get_upload_url(office: Office, args: Args) -> Json:
    """files.getUploadURLExternal."""
    length = args.number("length", 0)
    if length < 1:
        raise SlackError("invalid_arguments", violation="invalid_arguments")
    shared = new_file(office, args.needed("filename"), office.space.bot.id)
    shared.length = length
    shared.alt_txt = args.text("alt_txt")[:1000]
    shared.ticket = secrets.token_urlsafe(18)
    return {"upload_url": f"{office.url}/files/upload/{shared.ticket}", "file_id": shared.id}


def complete(office: Office, args: Args) -> Json:
    """files.completeUploadExternal: shares the files, as one message a channel."""
    wanted = args.json("files", "invalid_arguments")
    if not isinstance(wanted, list) or not wanted:
        raise SlackError("invalid_arguments", violation="invalid_arguments")
    places = [target(office, where) for where in _places(args)]
    shared = [_uploaded(office, one) for one in wanted]
    draft = _comment(args)
    if draft.text or draft.blocks:
        posting.check(office, draft, what="files.completeUploadExternal")
    for channel in places:
        if not office.space.has_bot(channel):
            raise SlackError("not_in_channel", violation="not_in_channel")
        for one in shared:
            one.channels.append(channel.id)
        files = [one.as_json(office.url) for one in shared]
        posting.post(office, channel, draft, files=files, subtype="file_share", upload=True)
    return {"files": [one.as_json(office.url) for one in shared]}


def _places(args: Args) -> list[str]:
    return args.words("channels") or ([args.text("channel_id")] if args.text("channel_id") else [])


def _comment(args: Args) -> Draft:
    """initial_comment wins over blocks, as in Slack."""
    draft = draft_of(args)
    comment = args.text("initial_comment")
    blocks = None if comment else draft.blocks
    return Draft(text=comment, blocks=blocks, thread_ts=draft.thread_ts)


def _uploaded(office: Office, wanted: Any) -> SharedFile:
    shared = office.space.files.get(str(wanted.get("id"))) if isinstance(wanted, dict) else None
    if shared is None or not shared.uploaded:
        raise SlackError("file_not_found", violation="file_not_found")
    shared.title = str(wanted.get("title") or shared.name)
    shared.ready = True
    return shared


def info(office: Office, args: Args) -> Json:
    """files.info."""
    shared = office.space.files.get(args.text("file"))
    if shared is None or not shared.ready:
        raise SlackError("file_not_found")
    return {"file": shared.as_json(office.url), "comments": []}


async def take_upload(office: Office, request: web.Request) -> web.Response:
    """The bytes of an upload, raw or as a form, to the address handed out."""
    ticket = request.match_info["ticket"]
    found = [f for f in office.space.files.values() if f.ticket == ticket and not f.uploaded]
    if not found:
        raise web.HTTPNotFound(text="no such upload")
    shared = found[0]
    shared.content = await _bytes(request)
    if len(shared.content) != shared.length:
        office.refused("upload_length", file=shared.id)
        raise web.HTTPBadRequest(text="the length differs from the one announced")
    shared.uploaded = True
    return web.Response(text=f"OK - {shared.length}")


async def _bytes(request: web.Request) -> bytes:
    if not request.content_type.startswith("multipart/"):
        return await request.read()
    for value in (await request.post()).values():
        if isinstance(value, web.FileField):
            return value.file.read()
    return b""


async def give_file(office: Office, request: web.Request) -> web.Response:
    """A file's bytes: for people with ?as=U, for the bot with its token and files:read."""
    shared = office.space.files.get(request.match_info["file"])
    if shared is None or not shared.ready:
        raise web.HTTPNotFound(text="no such file")
    person = request.query.get("as")
    if person is None:
        bearer = request.headers.get("Authorization") == f"Bearer {BOT_TOKEN}"
        if not bearer or "files:read" not in office.manifest.scopes:
            raise web.HTTPForbidden(text="files need the bot's token and files:read")
    headers = {"Content-Security-Policy": "sandbox", "X-Content-Type-Options": "nosniff"}
    return web.Response(body=shared.content, content_type=shared.mimetype, headers=headers)


METHODS = {
    "files.getUploadURLExternal": Method(get_upload_url, "files:write", TIER_4),
    "files.completeUploadExternal": Method(complete, "files:write", TIER_4),
    "files.info": Method(info, "files:read", TIER_4),
}
