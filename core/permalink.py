"""Links to messages, as Slack writes them (docs.slack.dev, chat.getPermalink)."""

import re

_DOMAIN = re.compile(r"[a-z0-9][a-z0-9-]{0,62}(?:\.enterprise)?")
_TS = re.compile(r"\d{1,12}\.\d{6}")
_CHANNEL = re.compile(r"[A-Z0-9]{1,20}")


def permalink(domain: str, channel: str, ts: str, thread_ts: str = "") -> str:
    """The address of a message; "" when one of its parts is missing or is none of Slack's."""
    known = _DOMAIN.fullmatch(domain) and _CHANNEL.fullmatch(channel) and _TS.fullmatch(ts)
    if not known:
        return ""
    below = _TS.fullmatch(thread_ts) and thread_ts != ts
    inside = f"?thread_ts={thread_ts}&cid={channel}" if below else ""
    return f"https://{domain}.slack.com/archives/{channel}/p{ts.replace('.', '')}{inside}"
