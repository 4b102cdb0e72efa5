"""Where each figure stands in what a surface says: read by its label (tests/surfaces.py)."""

import re
from collections.abc import Callable, Iterable

Heard = dict[tuple[str, str], dict[str, object]]  # (word, subject) → surface → figure
Put = Callable[[str, str, object], None]
_ID = r"(EXP-\d+)"
_ROW = re.compile(rf"\*{_ID}\* (.*)")
_COLUMNS = ("Killed", "Promoted", "Iterated")


def _all(pattern: str, text: str) -> Iterable[tuple[str, ...]]:
    for hit in re.finditer(pattern, text):
        yield hit.groups()


def _first(put: Put, word: str, subject: str, pattern: str, text: str) -> None:
    """The figure at that label, where it is told."""
    hit = re.search(pattern, text)
    if hit:
        figure = hit[1].replace(",", "")
        put(word, subject, 0 if figure in ("None", "No") else figure)


def digest(text: str, put: Put) -> None:
    """A digest, or /ask how are we doing."""
    _first(put, "finished", "since the report", r"(\d+) experiments? finished", text)
    if "No experiment was finished" in text:
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
    first = r"^[^\n]*?([\d.]+%?) / ([\d.]+%?) [a-z]+(?: \([^)]*\))? — ([a-z ]+)"
    _first(put, "phase", "", r"(\w+), week \d+ of \d+\.", text)
    _first(put, "project week", "", r"\w+, week (\d+) of \d+\.", text)
    standing = re.search(first, text)
    for place, word in enumerate(("headline", "target", "health"), 1):
        if standing:
            put(word, "", standing[place])
    _risks(text, put)


def team_page(text: str, put: Put) -> None:
    """/digest team."""
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


def kill(text: str, put: Put) -> None:
    """/kill alone."""
    _first(put, "waiting", "", r"(\d+) to decide on", text)
    if text.startswith("Nothing "):
        put("waiting", "", 0)
    part = re.split(rf"\n\*{_ID}\* ", text)
    for name, words in zip(part[1::2], part[2::2], strict=True):
        _verdict(name, words, put)


def _verdict(name: str, words: str, put: Put) -> None:
    for day, of in _all(r"day (\d+) of its (\d+)-day time box", words):
        put("box day", name, f"{day}/{of}")
    for (days,) in _all(r"no update for (\d+) working days", words):
        put("days silent", name, int(days))
        put("stale", name, True)


def tickets(text: str, put: Put) -> None:
    """Rows as Home and lists have them."""
    for name, facts in _all(_ROW.pattern, text):
        box = re.search(r"(over its time box \()?day (\d+) of (\d+)", facts)
        if box:
            put("box day", name, f"{box[2]}/{box[3]}")
            put("late", name, bool(box[1]))
        if re.search(r"· GPU [\d.,]+/", facts):
            put("stale", name, "· stale" in facts)
            put("GPU-hours", name, re.search(r"GPU ([\d.,]+)/", facts)[1])  # type: ignore[index]


def listing(text: str, put: Put) -> None:
    """/exp list."""
    _first(put, "open", "", r"(\d+) open experiment", text)
    tickets(text, put)
    if "\nNext " not in text:
        rows = _all(r"best ([\d.,]+), target ([≥≤]) ([\d.,]+)", text)
        put("at the target", "", sum(_meets(*row) for row in rows))


def _meets(best: str, sign: str, target: str) -> bool:
    value, wanted = (float(one.replace(",", "")) for one in (best, target))
    return meets(value, wanted, sign == "≥")


def meets(value: float, target: float, higher: bool) -> bool:
    """At the target or beyond it."""
    return value >= target if higher else value <= target


def figure(amount: float) -> str:
    """Hours as every surface writes them."""
    return f"{round(amount, 1):g}"


def stale_listing(text: str, put: Put) -> None:
    """/exp list stale."""
    _first(put, "stale", "how many", r"(\d+|No) stale experiment", text)


def lead_home(text: str, put: Put) -> None:
    """Home of a lead."""
    _first(put, "waiting", "", r"(\d+) waiting for a decision", text)
    if "waiting for a decision" not in text:
        put("waiting", "", 0)
    for name, words in _all(rf"\*{_ID}\* [^\n]*?(?:decide|update|kill|promote)\? ([^\n]*)", text):
        _verdict(name, words, put)
    tickets(text, put)


def board(text: str, put: Put) -> None:
    """/board."""
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


def leads(text: str, put: Put) -> None:
    """The list that stands in the leads' channel."""
    counted = re.search(r"(\d+|No) experiments? needs? a decision", text)
    if counted:
        put("waiting", "", 0 if counted[1] == "No" else int(counted[1]))
    for name, words in _all(rf"\*{_ID}\* [^\n]*?(?:decide|update|kill|promote)\? ([^\n]*)", text):
        _verdict(name, words, put)


def teams(text: str, put: Put) -> None:
    """/board teams."""
    _first(put, "open", "", r"(\d+) open", text)
    _first(put, "stale", "how many", r"(\d+) stale", text)
    _first(put, "waiting", "", r"\*(\d+) to decide\*", text)
    _first(put, "headline", "", r"· \w+ ([\d.]+%?)", text)


def metrics(text: str, put: Put) -> None:
    """/board metrics."""
    rows = text.split("\n")
    numbers = rows[rows.index("Sprint") + 1 : rows.index("Killed")] if "Killed" in rows else []
    for label, word in zip(_COLUMNS, ("killed", "promoted", "refined"), strict=True):
        for place, number in enumerate(numbers):
            put(word, f"sprint {number}", int(rows[rows.index(label) + 1 + place]))
    for label, word in (("Finished", "finished"), ("Blockers opened", "blockers opened"),
                        ("Cycle, median days", "median cycle")):  # fmt: skip
        for place, number in enumerate(numbers):
            told = rows[rows.index(label) + 1 + place]
            put(word, f"sprint {number}", told.removesuffix(".0"))
    _rates(text, put)


def _rates(text: str, put: Put) -> None:
    for kind, first, _, last, told in _all(
        r"(Kill|Promotion) rate over sprints? (\d+)( to (\d+))?\*?:?\s+\d+% \((\d+ of \d+)", text
    ):
        put(f"{kind.lower()} rate", f"sprints {first} to {last or first}", told)


def velocity(text: str, put: Put) -> None:
    """/sprint velocity."""
    for number, killed, promoted in _all(
        r"Sprint (\d+) [^\n]*\((\d+) killed, (\d+) promoted\)", text
    ):
        put("killed", f"sprint {number}", int(killed))
        put("promoted", f"sprint {number}", int(promoted))


def review(text: str, number: int, found: Heard, *, running: bool) -> None:
    """/sprint review of one sprint."""

    def put(word: str, subject: str, figure: object) -> None:
        found[word, subject][f"/sprint review {number}"] = figure

    counted = re.search(r"(\d+) experiments? decided(?:, (\d+) killed, (\d+) promoted)?", text)
    assert counted, text
    put("killed", f"sprint {number}", int(counted[2] or 0))
    put("promoted", f"sprint {number}", int(counted[3] or 0))
    part = text.split("*What we learned*")[-1].split("*Results*")[0]
    more = re.search(r"and (\d+) more: `/learn`", part)
    put("learnings", f"sprint {number}", part.count("• ") + (int(more[1]) if more else 0))
    _first(put, "GPU-hours used", f"sprint {number}", r"\*GPU-hours\*\n([\d.,]+)", text)
    _rates(text, put)
    if running:
        _first(put, "committed and decided", "", r"(\d+) of \d+ commitments kept", text)


def status(text: str, put: Put) -> None:
    """/sprint status."""
    number = re.search(r"Sprint (\d+)", text)
    assert number
    subject = f"sprint {number[1]}"
    _first(put, "GPU-hours used", subject, r"sprint\*\n(?:\W* )?([\d.,]+)(?: used|/)", text)
    _first(put, "committed and decided", "", r"(\d+) of \d+ decided", text)


def card(text: str, name: str, found: Heard) -> None:
    """/exp of one ticket: its first line and its fields."""

    def put(word: str, subject: str, figure: object) -> None:
        found[word, subject]["/exp"] = figure

    state = text.split("\n")[0]
    put("stale", name, "· stale" in state)
    put("late", name, "over its time box" in state)
    for on, of in _all(r"\*Time box\*\n[^\n]*?day (\d+) of (\d+)", text):
        put("box day", name, f"{on}/{of}")
    _first(put, "GPU-hours", name, r"GPU-hours\*\n\W* ?([\d.,]+)/", text)


def phase(text: str, put: Put) -> None:
    """/phase: its week; GPU-hours by kind of work over the last sprint and the running one."""
    _first(put, "phase", "", r"^(?:Phase: )?\*?(\w+): week \d+ of the phase", text)
    _first(put, "project week", "", r"week (\d+) of the project", text)
    told = re.search(r"By GPU-hours since [^*]*\*\n[^(\n]*\(([^)]*)\)", text)
    for kind, hours in _all(r"([A-Za-z ]+?) ([\d.,]+)h", told[1] if told else ""):
        put("GPU-hours used", f"{kind.strip()}, two sprints", hours.replace(",", ""))


def diagnose(text: str, put: Put) -> None:
    """/diagnose."""
    _first(put, "running", "", r"\d+ wait, (\d+) run", text)
    for name, days in _all(rf"{_ID}: [^\n]*over its box by (\d+) days", text):
        put("days late", name, int(days))
    _first(put, "learnings", "in three sprints", r"(\d+) learnings written", text)
    told = re.search(r"(\d+) finished: (\d+) killed, (\d+) promoted", text)
    if told:
        put("finished", "in three sprints", int(told[1]))
        put("killed", "in three sprints", int(told[2]))
        put("promoted", "in three sprints", int(told[3]))


def pictured(text: str, put: Put) -> None:
    """Titles and alt texts of pictures."""
    _first(put, "open", "", r"Board: (\d+) open", text)
    _first(put, "killed", "ever", r"Funnel: \d+ experiments?, (\d+) killed", text)


def funnel(text: str, put: Put) -> None:
    """/board funnel."""
    _first(put, "killed", "ever", r"(\d+) killed", text)


def blockers(text: str, put: Put) -> None:
    """/blocker."""
    _first(put, "blockers", "open", r"(\d+) blockers?", text)
