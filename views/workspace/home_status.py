"""How a team stands, in one sentence, and the few buttons that everything starts from."""

from core import facts, figures
from core.experiments.headline import Headline
from core.workspace.home import Home, Status
from views import kit

_DO = ("New experiment", "experiment_new")
_LOOK = (("Board", "home_board"), ("Ask a question", "question_open"))
_ASK = (
    ("How are we doing?", "home_ask_status"),
    ("When will it be ready?", "home_ask_when"),
    ("How accurate is it?", "home_ask_accuracy"),
)
DIGEST = ("Next digest", "home_digest")


def status(shown: Home) -> kit.Block:
    """Where the metric stands, what runs, what is late or silent, what waits."""
    name = f"*{kit.escape(shown.where, 80)}:* " if shown.where else ""
    return kit.section(name + sentence(shown))


def sentence(shown: Home) -> str:
    """The same without the team's name."""
    told = shown.status
    if not told.open and told.headline.current is None:
        return "No experiment is open yet."
    waiting = len(shown.waiting.rows)
    waits = f"{waiting} wait{'s' if waiting == 1 else ''} for a decision of the leads"
    parts = [_work(told)]
    parts += [waits] if shown.reads and waiting else []
    if told.blockers:
        parts.append(facts.count(told.blockers, "open blocker"))
    return f"{_headline(told.headline, told.called)}. {'; '.join(parts)}."


def _headline(found: Headline, called: str) -> str:
    name = kit.escape(found.metric.name, 60)
    if found.current is None:
        return kit.capital(f"{name}: {found.why}" if name else found.why)
    target, percent = found.metric.target, found.percent
    goal = f", target {figures.metric(target, percent=percent)}" if target is not None else ""
    of = f" ({called})" if called else ""
    return f"{kit.capital(name)} {figures.metric(found.current, percent=percent)}{of}{goal}"


def _work(told: Status) -> str:
    if not told.open:
        return "no experiment is open"
    text = f"{told.running} of {told.open} open experiments running"
    if told.open == 1:
        text = f"1 open experiment, {'running' if told.running else 'not running yet'}"
    text += f", {told.late} over the time box" if told.late else ""
    return text + (f", {told.stale} without an update" if told.stale else "")


def entries(shown: Home) -> list[kit.Block]:
    """Four buttons by role, and the one with all the rest."""
    if shown.reads:
        ask = [kit.button(label, action) for label, action in _ASK]
        return [kit.actions(*ask, kit.button("Ask a question", "question_open"), _more())]
    card = shown.lead.onboarding if shown.lead else None
    busy = shown.mine or shown.due or shown.waiting.rows or (card and card.shown)
    first = kit.button(*_DO, style="" if busy else "primary")
    look = [kit.button(label, action) for label, action in _LOOK]
    last = kit.button("Report a blocker", "blocker_new")
    last = kit.button(*DIGEST) if shown.lead else last
    return [kit.actions(first, *look, last, _more())]


def last_digest(shown: Home) -> list[kit.Block]:
    """The last digest, for who reads."""
    if not shown.reads:
        return []
    if shown.digest_on is None:
        return [kit.context("No digest has been posted yet.")]
    read = kit.button("Read it", "home_last_digest")
    return [kit.section(f"*The last digest:* {kit.day(shown.digest_on)}", read)]


def _more() -> kit.Block:
    return kit.button("More…", "home_more")
