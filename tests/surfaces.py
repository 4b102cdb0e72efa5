"""What each surface says on one day, figure by figure, read by its label (tests/one_number.py)."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

from sqlmodel import Session, select

from core.calendar import zone
from core.digest import portfolio
from core.digest.page import flat
from core.digest.portfolio_copies import Part
from core.facts import freeze
from core.workspace.token import Pusher
from models.digest.digest import Digest
from models.team import Team
from services.digest import digest, picture
from tests import labels, labels_ahead, programs
from tests.conversation import Conversation
from tests.labels import Heard, Put

CARDS = 3  # tickets of a day that are looked at one by one


def heard(talk: Conversation, sprint: int) -> Heard:
    """Everything the surfaces say now. sprint: the number of the running one."""
    found: Heard = defaultdict(dict)
    for surface, asked, read in _SURFACES:
        text = asked(talk)

        def put(word: str, subject: str, figure: object, surface: str = surface) -> None:
            found[word, subject][surface] = figure

        read(text, put)
    ids = sorted(subject for word, subject in found if word == "box day")
    for name in ids[-CARDS:]:
        labels.card(_say(talk, f"/exp {name}"), name, found)
    for number in range(1, sprint + 1):
        said = _say(talk, f"/sprint review {number}")
        labels.review(said, number, found, running=number == sprint)
    return found


def lines(blocks: Any) -> Iterator[str]:
    """Every text of Block Kit, in order."""
    if isinstance(blocks, dict):
        if isinstance(blocks.get("text"), str):
            yield blocks["text"]
        for value in blocks.values():
            yield from lines(value) if isinstance(value, (dict, list, tuple)) else ()
    elif isinstance(blocks, (list, tuple)):
        for one in blocks:
            yield from lines(one)


def _say(talk: Conversation, typed: str) -> str:
    reply = talk.say(typed)
    return "\n".join([reply.text, *lines(list(reply.blocks))])


def _command(typed: str) -> Callable[[Conversation], str]:
    return lambda talk: _say(talk, typed)


def _page(typed: str) -> Callable[[Conversation], str]:
    """What is all of it in its text already."""
    return lambda talk: talk.say(typed).text


def _home(user: str) -> Callable[[Conversation], str]:
    def said(talk: Conversation) -> str:
        view = talk.event("app_home_opened", {"tab": "home"}, user, channel=f"D{user[1:]}").home
        assert view is not None
        return "\n".join(lines(view["blocks"]))

    return said


def _leads_hear(talk: Conversation) -> str:
    """The list that stands in the leads' channel."""
    posts = [row for row in talk.sent("decisions:") if row.kind == "post"]
    shared = [row for row in posts if row.channel.startswith("C")]
    if not shared:
        return ""
    (shown,) = talk.sent(f"edit:{shared[-1].key}") or [shared[-1]]
    return "\n".join([str(shown.payload["text"]), *lines(shown.payload["blocks"])])


def _pictures(talk: Conversation) -> str:
    charts = [chart for row in talk.sent("picture:") for chart in row.payload["charts"]]
    newest = {chart["kind"]: chart for chart in charts}
    return "\n".join(f"{c['title']}\n{c.get('alt', '')}" for c in newest.values())


def _owners_hear(talk: Conversation) -> list[str]:
    """What was proposed today to the owners, each by itself."""
    with Session(talk.engine) as session:
        theirs = session.exec(select(Team)).one()
    today = talk.now.astimezone(zone(theirs.zone)).date().isoformat()
    rows = [r for r in talk.sent("proposal:") if r.kind == "post" and r.key.endswith(today)]
    return ["\n".join(lines(row.payload["blocks"])) for row in rows]


def _digest_pictures(talk: Conversation) -> list[Any]:
    """The data behind the pictures of a digest that is posted now."""
    with Session(talk.engine) as session:
        theirs = session.exec(select(Team)).one()
        today = talk.now.astimezone(zone(theirs.zone)).date()
        row = Digest(team_id=theirs.pk, week="", on=today, at=talk.now)
        return picture.of_digest(session, theirs, row)


def _portfolio(talk: Conversation) -> str:
    """How the team would stand beside one that has posted nothing yet."""
    with Session(talk.engine) as session:
        theirs = session.exec(select(Team)).one()
        today = talk.now.astimezone(zone(theirs.zone)).date()
        lab = talk.lab
        sheet = digest.collect(session, theirs, today, now=talk.now, policy=lab.policy)
    parts = [Part("Ours", sheet, freeze(sheet)[1]), Part("Another")]
    return flat(portfolio.portfolio(parts, today, talk.now).sections)


def _api(talk: Conversation) -> dict[str, Any]:
    with Session(talk.engine) as session:
        who = Pusher(session.exec(select(Team)).one().pk, "runner", 1, ("read",), "UANA")
    pages = ("experiments", "blockers")
    found: dict[str, Any] = {
        page: programs.every(talk.lab, who, f"/v1/{page}", limit="100") for page in pages
    }
    return found | {"forecast": programs.read(talk.lab, who, "/v1/forecast")}


def _all(*reads: Callable[[str, Put], None]) -> Callable[[str, Put], None]:
    def read(text: str, put: Put) -> None:
        for one in reads:
            one(text, put)

    return read


_DIGEST = _all(labels.digest, labels_ahead.outlook)

_SURFACES: tuple[tuple[str, Callable[[Conversation], Any], Callable[[Any, Put], None]], ...] = (
    ("proposals", _leads_hear, labels.leads),
    ("proposals by DM", _owners_hear, labels_ahead.proposals),
    ("digest", _page("/digest preview"), _DIGEST),
    ("digest's pictures", _digest_pictures, labels_ahead.digest_pictures),
    ("portfolio", _portfolio, labels_ahead.portfolio),
    ("read API", _api, labels_ahead.api),
    ("/forecast", _command("/forecast"), labels_ahead.rows),
    ("/ask when", _page("/ask when will it be ready"), labels_ahead.when),
    ("/ask", _page("/ask how are we doing"), _DIGEST),
    ("/digest team", _page("/digest team"), labels.team_page),
    ("/kill", _command("/kill"), labels.kill),
    ("/board", _command("/board"), labels.board),
    ("/board teams", _command("/board teams"), labels.teams),
    ("/board metrics", _command("/board metrics last 6 sprints"), labels.metrics),
    ("/board funnel", _command("/board funnel"), labels.funnel),
    ("pictures", _pictures, labels.pictured),
    ("/sprint velocity", _command("/sprint velocity"), labels.velocity),
    ("/sprint status", _command("/sprint status"), labels.status),
    ("/diagnose", _command("/diagnose"), labels.diagnose),
    ("/exp list", _command("/exp list"), labels.listing),
    ("/exp list stale", _command("/exp list stale"), labels.stale_listing),
    ("Home of a lead", _home("UANA"), labels.lead_home),
    ("Home of a member", _home("UBEN"), labels.tickets),
    ("Home of an executive", _home("UOBS"), labels.tickets),
    ("/blocker", _command("/blocker"), labels.blockers),
    ("/phase", _command("/phase"), labels.phase),
    ("/track team", _command("/track team"), labels_ahead.track_team),
)
