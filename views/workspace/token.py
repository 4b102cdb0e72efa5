"""What leads see of tokens."""

from collections.abc import Sequence

from core.workspace.token import Issued, Known, Revoked
from views import kit
from views.kit import Message

SHOWN = 20


def issued(made: Issued) -> Message:
    """The new token, shown this once."""
    text = f"Token {made.number} ({made.label}) is made. Only you see it, and only now."
    head = f"*Token {made.number}* · {kit.escape(made.label)}: only you see it, and only now."
    place = "all teams its owner may read" if made.wide else "this team"
    may = f"It may {_may(made.scopes)}, for {kit.person(made.owner)}, in {place}."
    use = (
        "Put it into your CI or beside your agent as the secret `ASSAY_TOKEN`. "
        f"`/exp token revoke {made.number}` ends it."
    )
    return Message(
        text,
        [kit.section(head), kit.section(f"```{made.secret}```"), kit.context(f"{may} {use}")],
    )


def listed(known: Sequence[Known]) -> Message:
    """The tokens, the newest first."""
    good = sum(1 for one in known if one.revoked_at is None)
    if not known:
        text = "No tokens yet. `/exp token new LABEL` makes one for CI."
        return Message(text, [kit.section(text)])
    text = f"Tokens: {good} in use, {len(known) - good} revoked"
    newest = sorted(known, key=lambda one: (one.revoked_at is not None, -one.number))
    lines = [_line(one) for one in newest[:SHOWN]]
    if len(known) > SHOWN:
        lines.append(f"and {len(known) - SHOWN} older")
    return Message(text, [kit.section(f"*{text}*"), kit.section("\n".join(lines))])


def _line(one: Known) -> str:
    name = kit.escape(one.label)
    if one.revoked_at:
        return f"~{one.number} · {name.replace('~', '-')}~ revoked {kit.moment(one.revoked_at)}"
    used = f"last used {kit.moment(one.last_used)}" if one.last_used else "never used"
    made = f"by {kit.person(one.created_by)}"
    if one.owner != one.created_by:
        made += f" for {kit.person(one.owner)}"
    place = " in all teams" if one.wide else ""
    return f"*{one.number}* · {name} · may {_may(one.scopes)}{place} · {made} · {used}"


def _may(scopes: Sequence[str]) -> str:
    *some, last = scopes
    return f"{', '.join(some)} and {last}" if some else last


def revoked(done: Revoked) -> Message:
    """The token is gone, or was already."""
    name = f"Token {done.number} ({done.label})"
    if done.is_new:
        text = f"{name} is revoked. Whatever still uses it is answered 401."
        return Message(text, [kit.section(kit.escape(text))])
    text = f"{name} is revoked already."
    shown = f"{kit.escape(text)} {kit.person(done.by)} did it {kit.moment(done.at)}."
    return Message(text, [kit.section(shown)])
