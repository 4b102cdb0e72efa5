"""What each surface says on one day, figure by figure, read by its label (tests/one_number.py)."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from jobs.decisions.proposal import propose
from tests.conversation import Conversation

Heard = dict[tuple[str, str], dict[str, object]]  # (word, subject) → surface → figure
Put = Callable[[str, str, object], None]
_ID = r"(EXP-\d+)"
_ROW = re.compile(rf"\*{_ID}\* (.*)")
_COLUMNS = ("Killed", "Promoted", "Iterated")


def heard(talk: Conversation, sprint: int) -> Heard:
    """Everything the surfaces say now. sprint: the number of the running one."""
    found: Heard = defaultdict(dict)
    talk.run(propose)
    for surface, said, read in _SURFACES:
        text = said(talk)

        def put(word: str, subject: str, figure: object, surface: str = surface) -> None:
            found[word, subject][surface] = figure

        read(text, put)
    for number in range(1, sprint + 1):
        _review(_say(talk, f"/sprint review {number}"), number, found, running=number == sprint)
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
    rows = [row for row in talk.sent("proposals:") if row.payload and row.payload.get("text")]
    return "\n".join(str(row.payload["text"]) for row in rows if row.created_at == talk.now)


def _pictures(talk: Conversation) -> str:
    charts = [chart for row in talk.sent("picture:") for chart in row.payload["charts"]]
    newest = {chart["kind"]: chart for chart in charts}
    return "\n".join(f"{c['title']}\n{c.get('alt', '')}" for c in newest.values())


def _all(pattern: str, text: str) -> Iterable[tuple[str, ...]]:
    for hit in re.finditer(pattern, text):
        yield hit.groups()


def _first(put: Put, word: str, subject: str, pattern: str, text: str) -> None:
    """The figure at that label, where it is told."""
    hit = re.search(pattern, text)
    if hit:
        figure = hit[1].replace(",", "")
        put(word, subject, 0 if figure in ("None", "No") else figure)


def _digest(text: str, put: Put) -> None:
    _first(put, "finished", "since the report", r"(\d+) experiments? finished", text)
    if "no experiment was finished" in text:
        put("finished", "since the report", 0)
    _first(put, "killed", "since the report", r"(\d+) stopped", text)
    _first(put, "promoted", "since the report", r"(\d+) promoted", text)
    _first(put, "under way", "", r"(\w+) (?:is|are) under way", text)
    _first(put, "at the target", "", r"(\d+) of them at the target", text)
    _first(put, "GPU-hours used", "since the report",
           r"Compute: ([\d.,]+) GPU-hours used since", text)  # fmt: skip
    hours = r"Those under way: {} of {} GPU-hours"
    _first(put, "GPU-hours of those under way", "", hours.format(r"([\d.,]+)", r"[\d.,]+"), text)
    _first(put, "GPU budget of those under way", "", hours.format(r"[\d.,]+", r"([\d.,]+)"), text)
    _first(put, "blockers", "open", r"(\d+) open blockers?", text)
    kinds = re.search(r"(\d+) open blockers? \(([^)]*)\)", text)
    if kinds and re.search(r"\d", kinds[2]):
        put("blockers", "open by kind, added", sum(map(int, re.findall(r"\d+", kinds[2]))))
        put("blockers", "open", int(kinds[1]))
    _first(put, "headline", "", r"([\d.]+%?)(?: / [\d.]+%?)? [a-z]+ —", text)
    _risks(text, put)


def _team_page(text: str, put: Put) -> None:
    _first(put, "under way", "", r"(\d+) under way", text)
    _risks(text, put)
    if "Over the time box" not in text:
        put("late", "how many", 0)
    if "No news" not in text:
        put("stale", "how many", 0)


def _risks(text: str, put: Put) -> None:
    told = (
        ("days late", rf"{_ID} is (\d+) days? late", r"(\d+) more late", "late"),
        ("days silent", rf"{_ID} is silent for (\d+) working", r"(\d+) more silent", "stale"),
    )
    for word, named, more, count in told:
        ids = list(_all(named, text))
        for name, days in ids:
            put(word, name, int(days))
        rest = re.search(more, text)
        if ids:
            put(count, "how many", len(ids) + (int(rest[1]) if rest else 0))
    for name, _ in _all(rf"{_ID} used ([\d.,]+) of", text):
        put("overspent", name, True)


def _kill(text: str, put: Put) -> None:
    _first(put, "waiting", "", r"(\d+) to decide on", text)
    if text.startswith("No "):
        put("waiting", "", 0)
    part = re.split(rf"\n\*{_ID}\* ", text)
    for name, words in zip(part[1::2], part[2::2], strict=True):
        _verdict(name, words, put)


def _verdict(name: str, words: str, put: Put) -> None:
    for day, of in _all(r"day (\d+) of (\d+) of its time box", words):
        put("box day", name, f"{day}/{of}")
    for (days,) in _all(r"no update for (\d+) working days", words):
        put("days silent", name, int(days))
        put("stale", name, True)


def _tickets(text: str, put: Put) -> None:
    """Rows as Home and lists have them."""
    for name, facts in _all(_ROW.pattern, text):
        box = re.search(r"(over its )?box day (\d+/\d+)", facts)
        if box:
            put("box day", name, box[2])
            put("late", name, bool(box[1]))
        if re.search(r"· GPU [\d.,]+/", facts):
            put("stale", name, "· stale" in facts)
            put("GPU-hours", name, re.search(r"GPU ([\d.,]+)/", facts)[1])  # type: ignore[index]


def _list(text: str, put: Put) -> None:
    _first(put, "open", "", r"(\d+) open experiment", text)
    _tickets(text, put)
    if "\nNext " not in text:
        rows = _all(r"best ([\d.,]+), target ([≥≤]) ([\d.,]+)", text)
        put("at the target", "", sum(_meets(*row) for row in rows))


def _meets(best: str, sign: str, target: str) -> bool:
    value, wanted = (float(figure.replace(",", "")) for figure in (best, target))
    return value >= wanted if sign == "≥" else value <= wanted


def _stale_list(text: str, put: Put) -> None:
    _first(put, "stale", "how many", r"(\d+|No) stale experiment", text)


def _lead_home(text: str, put: Put) -> None:
    _first(put, "waiting", "", r"(\d+) waiting for a decision", text)
    if "waiting for a decision" not in text:
        put("waiting", "", 0)
    for name, words in _all(rf"\*{_ID}\* [^\n]*?(?:decide|update|kill|promote)\? ([^\n]*)", text):
        _verdict(name, words, put)
    _tickets(text, put)


def _board(text: str, put: Put) -> None:
    _first(put, "open", "", r"Board: (\d+) open", text)
    for name, facts in _all(rf"• \*{_ID}\* ([^\n]*)", text):
        if " d here" not in facts and "since today" not in facts:
            continue
        box = re.search(r"· box (\d+/\d+)", facts)
        if box:
            put("box day", name, box[1])
            late = re.search(r"(\d+) days? over its box", facts)
            put("days late", name, int(late[1]) if late else 0)
            put("stale", name, "stale" in facts.split("·")[-1])
            put("overspent", name, "over its GPU budget" in facts)


def _leads(text: str, put: Put) -> None:
    counted = re.findall(r"(\d+) experiments? needs? a decision", text)
    if counted:
        put("waiting", "", int(counted[-1]))
    for name, words in _all(rf"{_ID}: ([^\n]*)", text):
        _verdict(name, words, put)


def _teams(text: str, put: Put) -> None:
    _first(put, "open", "", r"(\d+) open", text)
    _first(put, "stale", "how many", r"(\d+) stale", text)
    _first(put, "waiting", "", r"\*(\d+) to decide\*", text)
    _first(put, "headline", "", r"· \w+ ([\d.]+%?)", text)


def _metrics(text: str, put: Put) -> None:
    rows = text.split("\n")
    numbers = rows[rows.index("Sprint") + 1 : rows.index("Killed")] if "Killed" in rows else []
    for label, word in zip(_COLUMNS, ("killed", "promoted", "refined"), strict=True):
        for place, number in enumerate(numbers):
            put(word, f"sprint {number}", int(rows[rows.index(label) + 1 + place]))
    _rates(text, put)


def _rates(text: str, put: Put) -> None:
    for kind, first, _, last, told in _all(
        r"(Kill|Promotion) rate over sprints? (\d+)( to (\d+))?\*?:?\s+\d+% \((\d+ of \d+)", text
    ):
        put(f"{kind.lower()} rate", f"sprints {first} to {last or first}", told)


def _velocity(text: str, put: Put) -> None:
    for number, killed, promoted in _all(
        r"Sprint (\d+) [^\n]*\((\d+) killed, (\d+) promoted\)", text
    ):
        put("killed", f"sprint {number}", int(killed))
        put("promoted", f"sprint {number}", int(promoted))


def _review(text: str, number: int, found: Heard, *, running: bool) -> None:
    def put(word: str, subject: str, figure: object) -> None:
        found[word, subject][f"/sprint review {number}"] = figure

    counted = re.search(r"(\d+) experiments? decided(?:, (\d+) killed, (\d+) promoted)?", text)
    assert counted, text
    put("killed", f"sprint {number}", int(counted[2] or 0))
    put("promoted", f"sprint {number}", int(counted[3] or 0))
    _first(put, "GPU-hours used", f"sprint {number}", r"\*GPU-hours\*\n([\d.,]+)", text)
    _rates(text, put)
    if running:
        _first(put, "committed and decided", "", r"(\d+) of \d+ commitments kept", text)


def _status(text: str, put: Put) -> None:
    number = re.search(r"Sprint (\d+)", text)
    assert number
    subject = f"sprint {number[1]}"
    _first(put, "GPU-hours used", subject, r"sprint\*\n(?:\W* )?([\d.,]+)(?: used|/)", text)
    _first(put, "committed and decided", "", r"(\d+) of \d+ decided", text)


def _diagnose(text: str, put: Put) -> None:
    _first(put, "running", "", r"\d+ wait, (\d+) run", text)
    for name, days in _all(rf"{_ID}: [^\n]*over its box by (\d+) days", text):
        put("days late", name, int(days))
    told = re.search(r"(\d+) finished: (\d+) killed, (\d+) promoted", text)
    if told:
        put("finished", "in three sprints", int(told[1]))
        put("killed", "in three sprints", int(told[2]))
        put("promoted", "in three sprints", int(told[3]))


def _pictured(text: str, put: Put) -> None:
    _first(put, "open", "", r"Board: (\d+) open", text)
    _first(put, "killed", "ever", r"Funnel: \d+ experiments?, (\d+) killed", text)


def _funnel(text: str, put: Put) -> None:
    _first(put, "killed", "ever", r"(\d+) killed", text)


def _blockers(text: str, put: Put) -> None:
    _first(put, "blockers", "open", r"(\d+) blockers?", text)


_SURFACES: tuple[tuple[str, Callable[[Conversation], str], Callable[[str, Put], None]], ...] = (
    ("proposals", _leads_hear, _leads),
    ("digest", _page("/digest preview"), _digest),
    ("/ask", _page("/ask how are we doing"), _digest),
    ("/digest team", _page("/digest team"), _team_page),
    ("/kill", _command("/kill"), _kill),
    ("/board", _command("/board"), _board),
    ("/board teams", _command("/board teams"), _teams),
    ("/board metrics", _command("/board metrics last 6 sprints"), _metrics),
    ("/board funnel", _command("/board funnel"), _funnel),
    ("pictures", _pictures, _pictured),
    ("/sprint velocity", _command("/sprint velocity"), _velocity),
    ("/sprint status", _command("/sprint status"), _status),
    ("/diagnose", _command("/diagnose"), _diagnose),
    ("/exp list", _command("/exp list"), _list),
    ("/exp list stale", _command("/exp list stale"), _stale_list),
    ("Home of a lead", _home("UANA"), _lead_home),
    ("Home of a member", _home("UBEN"), _tickets),
    ("Home of an executive", _home("UOBS"), _tickets),
    ("/blocker", _command("/blocker"), _blockers),
)
