"""/exp token: what lets programs in."""

from core.errors import Refused
from core.quantity import number_of
from core.text import clean
from core.workspace.token import wanted
from handlers.ask import Ask, Reply, Routes, Verb
from services.ports import Lab
from services.workspace import token
from views.workspace import token as view

_USAGE = "Write `/exp token new LABEL`, `/exp token list` or `/exp token revoke 3`."


def tokens(lab: Lab, ask: Ask) -> Reply:
    """`token new LABEL [may=read,push] [for=@ana] [in=workspace]`, `token [list]`,
    `token revoke N`.
    """
    word, _, rest = clean(ask.text).partition(" ")
    doers = {"new": _new, "list": _list, "": _list, "revoke": _revoke}
    if word.lower() not in doers:
        raise Refused(f"I don't know `/exp token {word[:30]}`.", _USAGE)
    return doers[word.lower()](lab, ask, rest.strip())


def _new(lab: Lab, ask: Ask, label: str) -> Reply:
    made = token.issue(lab, ask.team_id, wanted(label), by=ask.user)
    return Reply.of(view.issued(made), secret=True)


def _list(lab: Lab, ask: Ask, _rest: str) -> Reply:
    return Reply.of(view.listed(token.listed(lab, ask.team_id, by=ask.user)))


def _revoke(lab: Lab, ask: Ask, number: str) -> Reply:
    hint = "Write `/exp token revoke 3`; `/exp token list` shows them."
    which = number_of(number, "Which token?", hint)
    return Reply.of(view.revoked(token.revoke(lab, ask.team_id, which, by=ask.user)))


ROUTES = Routes(
    verbs=(
        Verb(
            "/exp",
            "token",
            "[new LABEL may=read,push|revoke N]",
            "Tokens that let CI push, CD say what is live, agents read",
            tokens,
            leads=True,
        ),
    ),
)
