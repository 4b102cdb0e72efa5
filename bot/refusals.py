"""What Slack's refusals mean for a call: which of them passes, and what has to change first."""

from enum import Enum

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from services.outbox import NEW, Call


class Means(Enum):
    """What a refusal is about."""

    UNREADABLE = "no JSON: a proxy spoke, or Slack broke down half-way"
    PACED = "too fast: Retry-After says how long to wait"
    DONE = "what was wanted is so already"
    BLOCKS = "the blocks are not taken, the text may be"
    APP = "the app is shut out: no call will be taken until that is mended"
    SCOPE = "this kind of call is not allowed until the app is installed again"
    PLACE = "the app may not write there until it is invited, or the channel is opened again"
    PASSING = "Slack failed: some of the call may have succeeded (its docs say so)"
    FINAL = "it will never be taken"


_APP = {
    "access_denied",
    "accesslimited",
    "account_inactive",
    "ekm_access_denied",
    "enterprise_is_restricted",
    "invalid_auth",
    "not_authed",
    "org_login_required",
    "team_access_not_granted",
    "token_expired",
    "token_revoked",
    "two_factor_setup_required",
}
_SCOPE = {"missing_scope", "no_permission", "not_allowed_token_type"}
_PLACE = {"channel_not_found", "is_archived", "not_in_channel", "channel_type_not_supported"}
_PASSING = {
    "fatal_error",
    "internal_error",
    "request_timeout",
    "service_unavailable",
    "team_added_to_org",
}
KEEPS = {"cant_delete_message", "compliance_exports_prevent_deletion"}  # it may be edited
_HAS_PLACE = (*NEW, "update", "delete", "react", "look")


def error_of(refused: SlackApiError) -> str:
    """Slack's word for it, or what to call an answer without one."""
    response = refused.response
    readable = isinstance(response, AsyncSlackResponse)
    return str(response.get("error")) if readable else "unreadable answer"


def passes(refused: SlackApiError) -> bool:
    """True when Slack itself is in trouble, or wants a pause: the same call may be taken later."""
    response, error = refused.response, error_of(refused)
    if not isinstance(response, AsyncSlackResponse):
        return True
    return response.status_code >= 429 or error in _PASSING | {"ratelimited"}


def meaning(refused: SlackApiError, call: Call) -> Means:
    """What the refusal says about that call."""
    response, error = refused.response, error_of(refused)
    if not isinstance(response, AsyncSlackResponse):
        return Means.UNREADABLE
    if response.status_code == 429 or error == "ratelimited":
        return Means.PACED
    if error in {"already_reacted", "message_not_found"} and call.kind not in NEW:
        return Means.DONE
    if error in {"invalid_blocks", "msg_blocks_too_long"} and call.payload.get("blocks"):
        return Means.BLOCKS
    if error in _APP:
        return Means.APP
    if error in _SCOPE:
        return Means.SCOPE
    if response.status_code >= 500 or error in _PASSING:
        return Means.PASSING
    # A direct message is refused for who the person is, which no invitation changes.
    in_channel = call.kind in _HAS_PLACE and call.channel.startswith(("C", "G"))
    closed = error in _PLACE or error.startswith("restricted_action")
    return Means.PLACE if in_channel and closed else Means.FINAL
