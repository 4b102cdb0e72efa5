"""The project canvas in Slack: the page, what changed, its history."""

from collections.abc import Callable, Mapping, Sequence

from core.figures import number
from core.project.canvas import Canvas, KillCheck, Version
from core.project.canvas_lines import Kill, Measure, Risk, kill
from core.quantity import experiment_id
from views import kit
from views.kit import Message

SHOWN = 10
_NOT = "_not written yet_"
Key = Callable[[Risk], str]


def empty(*, leads: bool) -> Message:
    """Nobody has written one."""
    text = "There is no project canvas yet: one page on what success looks like."
    blocks = [kit.section(text)]
    if leads:
        blocks.append(kit.actions(kit.button("Write it…", "canvas_edit", style="primary")))
    else:
        blocks.append(kit.context("A lead writes it: `/canvas edit`."))
    return Message(text, blocks)


def page(version: Version, *, by: str = "", footer: Sequence[kit.Block] = (),
         risks: Sequence[kit.Block] | None = None, checks: str = "") -> Message:  # fmt: skip
    """The page. by: who shared it; risks: with buttons; checks: when kill criteria are checked."""
    shown = version.canvas
    name = f": {kit.escape(shown.name, 80)}" if shown.name else ""
    text = f"Project canvas{name} · version {version.number}"
    blocks = [
        kit.section(f"*{text}*"),
        _part("Business objective", kit.escape(shown.objective, 2000)),
        _part("Success metrics, the most important first", _metrics(shown.metrics)),
        _part("Data", _lines([*shown.data, *(f"GAP: {gap}" for gap in shown.gaps)])),
        kit.fields(_constraints(shown)),
        *(_risks(shown) if risks is None else risks),
        _part("Time box and kill criteria", _time_box(shown)),
    ]
    said = [f"Version {version.number} by {kit.person(version.by)}, {kit.moment(version.at)}."]
    said += [f"Not written yet: {', '.join(shown.missing)}."] if shown.missing else []
    said += [checks] if checks else []
    said += [f"Shared by {kit.person(by)}."] if by else []
    return Message(text, [*blocks, kit.context(" ".join(said)), *footer])


def risk_rows(risks: Sequence[Risk], notes: Mapping[str, int], key: Key, *, leads: bool
              ) -> list[kit.Block]:  # fmt: skip
    """The risks, each with its button into the digest or where it is in it."""
    if not risks:
        return [_part("Known risks", "")]
    rows = [kit.section("*Known risks*")]
    for risk in risks:
        known = notes.get(key(risk))
        line = f"• {_risk(risk)}" + (f" · _in the digest, note {known}_" if known else "")
        press = kit.button("Put in the digest", "canvas_risk", key(risk))
        rows.append(kit.section(line, press if leads and not known else None))
    return rows


def footer(once: str, *, leads: bool, more: Sequence[kit.Block] = ()) -> list[kit.Block]:
    """What can be done with the page. more: buttons of what its figures would set."""
    edit = [kit.button("Change it…", "canvas_edit")] if leads else []
    buttons = kit.actions(kit.button("Share", "canvas_share", once), *edit,
                          kit.button("History", "canvas_history"), *more)  # fmt: skip
    return [kit.context("Only you see this."), buttons]


def when_checked(*, sprints: bool, now: int | None) -> str:
    """When kill criteria are checked."""
    if not sprints:
        return "Kill criteria are checked when a sprint closes; no sprints yet: `/sprint setup`."
    today = f" (now: sprint {now})" if now else ""
    return f"Kill criteria are checked when a sprint closes{today}."


def saved(version: Version) -> Message:
    """What changed, for the team."""
    if not version.changed:
        text = f"The canvas stays at version {version.number}: nothing differs."
        return Message(text, [kit.section(text)])
    text = f"Project canvas, version {version.number}, by {kit.person(version.by)}"
    head = version.canvas.metrics
    blocks = [kit.section(f"*{text}*"), kit.section(_changes(version.changed))]
    if head:
        steers = f"The digest's headline is {kit.escape(head[0].name, 60)}"
        blocks.append(kit.context(f"{steers}, {head[0].aim or 'without a target'}. `/canvas`"))
    return Message(text, blocks)


def history(versions: Sequence[Version]) -> Message:
    """Who changed what when, the newest first."""
    if not versions:
        return empty(leads=False)
    text = f"The canvas has {len(versions)} version{'s' if len(versions) > 1 else ''}."
    blocks = [kit.section(f"*{text}*")]
    for one in versions[:SHOWN]:
        head = f"*Version {one.number}* · {kit.person(one.by)} · {kit.moment(one.at)}"
        blocks.append(kit.section(f"{head}\n{_changes(one.changed)}"))
    if len(versions) > SHOWN:
        blocks.append(kit.context(f"and {len(versions) - SHOWN} older ones"))
    return Message(text, blocks)


def in_digest(number_: int, text: str) -> Message:
    """A risk became one of the digest."""
    said = f"Note {number_} is in the digest as a risk: {kit.escape(text, 200)}"
    hint = f"`/digest done {number_}` takes it out; impact and owner are not on the canvas."
    return Message(said, [kit.section(said), kit.context(hint)])


def killed(found: KillCheck) -> Message:
    """What the canvas says at a sprint's close, for leads; nothing happens by itself."""
    line, rule = kit.escape(found.kill.text, 300), found.kill
    if found.state == "not measured":
        text = f"Sprint {found.sprint} is over and the canvas asks “{line}”: not enough data"
        why = f"No open or promoted experiment has a result for {kit.escape(rule.name, 60)}."
        return Message(text, [kit.section(f"*{text}*"), kit.section(why), kit.context(_BY_ITSELF)])
    limit = f"{rule.limit * 100 if rule.percent else rule.limit:.6g}{' %' if rule.percent else ''}"
    then = f": the canvas says {kit.escape(rule.then, 120)}" if rule.then else ""
    text = f"{kit.escape(rule.name, 60)} {number(found.value)} {kit.escape(rule.way)} {limit} "
    text += f"after sprint {found.sprint}{then}"
    why = f"The best result is {number(found.value)} ({experiment_id(found.experiment)}); "
    why += f"the line is “{line}”."
    return Message(text, [kit.section(f"*{text}*"), kit.section(why), kit.context(_BY_ITSELF)])


_BY_ITSELF = (
    "A proposal; nothing happens by itself. Decide it in the open: `/phase set discovery why`, "
    "or change the line: `/canvas edit`."
)


def _part(label: str, text: str) -> kit.Block:
    return kit.section(f"*{label}*\n{text or _NOT}")


def _lines(found: Sequence[str]) -> str:
    return "\n".join(f"• {kit.escape(line, 250)}" for line in found[:SHOWN])


def _metrics(found: Sequence[Measure]) -> str:
    return "\n".join(_metric(place, one) for place, one in enumerate(found, start=1))


def _metric(place: int, one: Measure) -> str:
    aim = f": {kit.escape(one.aim)}" if one.aim else ": _no target_"
    rest = f" · {kit.escape(one.note, 150)}" if one.note else ""
    return f"{place}. *{kit.escape(one.name, 60)}*{aim}{rest}"


def _constraints(shown: Canvas) -> list[tuple[str, str]]:
    pairs = (("Budget a month", shown.budget), ("Latency", shown.latency),
             ("Privacy", shown.privacy), ("Infrastructure", shown.infra))  # fmt: skip
    return [(label, kit.escape(text, 300) or _NOT) for label, text in pairs]


def _risks(shown: Canvas) -> list[kit.Block]:
    return [_part("Known risks", "\n".join(f"• {_risk(one)}" for one in shown.risks))]


def _risk(one: Risk) -> str:
    how = f"mitigation: {kit.escape(one.mitigation, 80)}" if one.mitigation else "_no mitigation_"
    return f"{kit.escape(one.text, 140)} ({how})"


def _time_box(shown: Canvas) -> str:
    sprints = f"{shown.discovery} sprint{'s' if shown.discovery != 1 else ''}"
    lines = [f"• Discovery: {sprints}"] if shown.discovery else []
    lines += [f"• MVP: sprint {shown.mvp}"] if shown.mvp else []
    for line in shown.kill[:SHOWN]:
        read = _read(kill(line))
        lines.append(f"• Kill: {kit.escape(line, 250)} _({read})_")
    return "\n".join(lines)


def _read(found: Kill | None) -> str:
    if found is None:
        return "a person judges; checked by program: accuracy < 80% after sprint 3, pivot"
    return f"checked whenever a sprint closes, from sprint {found.sprint} on"


def _changes(changed: Sequence[str]) -> str:
    return "\n".join(f"• {kit.escape(line, 500)}" for line in changed[:12]) or "• the same"
