"""chat.*: posting, changing, deleting and whispering."""

from __future__ import annotations

from sandbox.api import posting
from sandbox.api.args import Args
from sandbox.api.method import TIER_3, TIER_4, Method
from sandbox.api.posting import Draft
from sandbox.office import Office
from sandbox.shapes import Json, SlackError
from sandbox.workspace.channels import Channel, Message


def draft_of(args: Args) -> Draft:
    """The message in a call's arguments."""
    blocks = args.json("blocks", "invalid_blocks_format")
    attachments = args.json("attachments", "invalid_attachments")
    metadata = args.json("metadata", "invalid_metadata_format")
    if blocks is not None and not isinstance(blocks, list):
        raise SlackError("invalid_blocks_format", violation="invalid_blocks_format")
    return Draft(
        text=args.text("text"),
        blocks=blocks,
        attachments=attachments,
        metadata=metadata,
        thread_ts=args.text("thread_ts") or None,
        broadcast=args.flag("reply_broadcast"),
        username=args.text("username"),
        icon_url=args.text("icon_url"),
    )


def target(office: Office, where: str) -> Channel:
    """Where the bot may write: a channel id or name, a DM, or a person's id."""
    space = office.space
    if where.startswith(("U", "W")):
        try:
            channel = space.open_dm(where)
        except SlackError as error:
            name = "channel_not_found" if error.error == "user_not_found" else error.error
            raise SlackError(name, violation=name) from error
    else:
        channel = _channel(office, where)
    if channel.is_archived:
        raise SlackError("is_archived")
    invited = space.has_bot(channel) or "chat:write.public" in office.manifest.scopes
    if office.strict and not invited:
        raise SlackError("not_in_channel", violation="not_in_channel")
    return channel


def _channel(office: Office, where: str) -> Channel:
    try:
        return office.space.bot_channel(where)
    except SlackError as error:
        raise SlackError(error.error, violation=error.error) from error


def post_message(office: Office, args: Args) -> Json:
    """chat.postMessage."""
    channel = target(office, args.needed("channel", "channel_not_found"))
    draft = draft_of(args)
    posting.check(office, draft, what="chat.postMessage")
    posting.check_thread(office, channel, draft.thread_ts)
    _slow_down(office, channel)
    message = posting.post(office, channel, draft)
    answer: Json = {
        "channel": channel.id,
        "ts": message.ts,
        "message": channel.shown(message),
    }
    if not draft.text:
        answer |= {
            "warning": "missing_text_in_message",
            "response_metadata": {"warnings": ["missing_text_in_message"]},
        }
    return answer


def _slow_down(office: Office, channel: Channel) -> None:
    if office.strict and (wait_s := office.limits.post(channel.id)):
        raise SlackError("ratelimited", violation="ratelimited", retry_after=wait_s)


def own_message(office: Office, args: Args, refusal: str) -> tuple[Channel, Message]:
    """The bot's own message named by channel and ts."""
    channel = _channel(office, args.needed("channel", "channel_not_found"))
    message = channel.messages.get(args.text("ts"))
    if message is None or message.only_for is not None:
        raise SlackError("message_not_found")
    if message.body.get("bot_id") != office.space.bot_id:
        raise SlackError(refusal, violation=refusal)
    return channel, message


def update(office: Office, args: Args) -> Json:
    """chat.update."""
    channel, message = own_message(office, args, "cant_update_message")
    if channel.is_archived:
        raise SlackError("is_archived")
    draft = draft_of(args)
    if "blocks" not in args.values and not draft.text:
        raise SlackError("no_text", violation="no_text")
    posting.check(office, draft, what="chat.update")
    posting.rewrite(office, channel, message, draft)
    shown = channel.shown(message)
    return {"channel": channel.id, "ts": message.ts, "text": draft.text, "message": shown}


def delete(office: Office, args: Args) -> Json:
    """chat.delete."""
    channel, message = own_message(office, args, "cant_delete_message")
    if office.keeps_all:
        raise SlackError("compliance_exports_prevent_deletion")
    posting.remove(office, channel, message)
    return {"channel": channel.id, "ts": message.ts}


def post_ephemeral(office: Office, args: Args) -> Json:
    """chat.postEphemeral."""
    channel = target(office, args.needed("channel", "channel_not_found"))
    user_id = args.text("user")
    if user_id not in office.space.members:
        raise SlackError("user_not_found", violation="user_not_found")
    if user_id not in channel.members:
        raise SlackError("user_not_in_channel", violation="user_not_in_channel")
    draft = draft_of(args)
    posting.check(office, draft, what="chat.postEphemeral")
    message = posting.whisper(office, channel, draft, user_id=user_id)
    return {"message_ts": message.ts}


def get_permalink(office: Office, args: Args) -> Json:
    """chat.getPermalink."""
    channel = _channel(office, args.needed("channel", "channel_not_found"))
    ts = args.text("message_ts")
    message = channel.messages.get(ts)
    if message is None:
        raise SlackError("message_not_found")
    link = f"{office.url}/archives/{channel.id}/p{ts.replace('.', '')}"
    if message.is_reply:
        link += f"?thread_ts={message.thread_ts}&cid={channel.id}"
    return {"channel": channel.id, "permalink": link}


# docs.slack.dev/reference/methods; what is not named here Slack leaves out without a word.
_CONTENT = frozenset(
    ("channel", "text", "blocks", "attachments", "metadata", "link_names", "parse", "as_user")
) | {"reply_broadcast", "markdown_text"}
_NEW = frozenset(
    ("thread_ts", "username", "icon_url", "icon_emoji", "mrkdwn", "unfurl_links", "unfurl_media")
)
METHODS = {
    "chat.postMessage": Method(post_message, "chat:write", takes=_CONTENT | _NEW),
    "chat.update": Method(update, "chat:write", TIER_3, takes=_CONTENT | {"ts", "file_ids"}),
    "chat.delete": Method(delete, "chat:write", TIER_3),
    "chat.postEphemeral": Method(post_ephemeral, "chat:write", TIER_4),
    "chat.getPermalink": Method(get_permalink),
}
