"""The project's phase in Slack: where it stands, decisions, symptoms."""

from collections.abc import Mapping

from core import figures
from core.experiments.worth import KIND_NAMES
from core.figures import percent
from core.project.symptoms import FIXES, NAMES, Decided, Page, Symptom
from core.sprints.phase import LAST_WEEK, begins
from core.sprints.phase_place import Gate, Place, Ratio
from views import kit
from views.kit import Message

SHOWN = 6


def page(found: Page) -> Message:
    """`/phase`: the phase with week counters, the ratio, what to do, symptoms, decisions."""
    place = found.place
    if place is None:
        text = "No phase yet: the project starts with its first experiment."
        hint = "`/exp new` writes one; a lead may set `/phase start 2026-11-02`."
        return Message(text, [kit.section(text), kit.context(hint)])
    text = f"{place.phase.name}: week {place.phase_week} of the phase, week {place.week} of the "
    text += "project"
    blocks = [
        kit.section(f"*{text}*\n{_how(place)}"),
        kit.section(f"*Focus*: {place.phase.focus}\n*Your role*: {place.phase.role}"),
        kit.fields(_ratio(place, found.ratio)),
        *_symptoms(found),
    ]
    if found.gates:
        lines = "\n".join(_gate(gate) for gate in found.gates[::-1][:SHOWN])
        blocks.append(kit.section(f"*Decided*\n{lines}"))
    blocks.append(kit.context("`/phase chart` draws the recommended split over the phases."))
    if found.leads:
        blocks.append(
            kit.context(
                "`/phase set convergence why` is a gate decision; "
                "`/phase start 2026-11-02` sets the project's first day."
            )
        )
    return Message(text, blocks)


def decided(found: Decided, *, channel: bool) -> Message:
    """A gate decision, for everybody."""
    text = f"Gate decision: from {found.before.name} to {found.phase.name}"
    if found.before == found.phase:
        text = f"Gate decision: the project is in {found.phase.name}"
    why = kit.escape(found.gate.why, 500)
    blocks = [
        kit.section(f"*{text}*\n{kit.person(found.gate.by)}: {why}"),
        kit.context(f"Target explore:exploit {found.phase.ratio}. {found.phase.focus}."),
    ]
    if not channel:
        blocks.append(kit.context("No team channel is set, so nobody else heard: `/exp setup`."))
    return Message(text, blocks)


def started(gate: Gate) -> Message:
    """The project's first day was set."""
    text = f"The project started on {kit.day(gate.on)} {gate.on.year}. `/phase` counts from there."
    return Message(text, [kit.section(text)])


def notice(symptom: Symptom) -> Message:
    """A symptom, for leads: one message each."""
    name = NAMES[symptom.kind]
    text = f"{name}: {kit.escape(symptom.text, 600)}"
    press = kit.button("Snooze 4 weeks", "symptom_snooze", symptom.kind)
    return Message(
        text,
        [
            kit.section(f"*{name}*: {kit.escape(symptom.text, 600)}"),
            kit.section(f"What to do: {FIXES[symptom.kind]}"),
            kit.actions(press),
            kit.context("Told once; `/phase` shows it while it lasts."),
        ],
    )


def snoozed(name: str) -> Message:
    """It is silent now."""
    text = f"{name}: silent for four weeks. `/phase` goes on showing it."
    return Message(text, [kit.section(text)])


def _how(place: Place) -> str:
    if place.gate:
        how = f"Decided on {kit.day(place.gate.on)} by {kit.person(place.gate.by)}."
    elif place.deadline:
        how = f"{_by_deadline(place)}; no gate was decided yet."
    else:
        how = "By the calendar; no gate was decided yet."
    whose = "its first experiment" if place.from_first else "a lead’s word"
    how += f" The project counts from {kit.day(place.started)} {place.started.year} ({whose})."
    if place.due == place.phase:
        return how
    if place.deadline:
        return f"{how} {_by_deadline(place)} it would be {place.due.name}."
    until = place.due.until or LAST_WEEK
    how += f" The source document has {place.due.name} in weeks {begins(place.due) + 1} to "
    return f"{how}{until}."


def _by_deadline(place: Place) -> str:
    assert place.deadline is not None
    gone = f"{percent(place.way or 0.0)} of the way"
    return f"By the deadline of the canvas ({kit.day(place.deadline)}, {gone})"


def _ratio(place: Place, ratio: Ratio) -> list[tuple[str, str]]:
    since = kit.day(ratio.since)
    return [
        ("Target explore:exploit", place.phase.ratio),
        (f"By GPU-hours since {since}", _share(ratio.by_hours, ratio.hours, "h")),
        (f"By experiments since {since}", _share(ratio.by_count, ratio.counts, "")),
    ]


def _share(share: float | None, parts: Mapping[str, float], unit: str) -> str:
    shown = ", ".join(
        f"{KIND_NAMES.get(kind, kind)} {figures.number(value, 1)}{unit}"
        for kind, value in parts.items()
    )
    if share is None:
        return f"not enough data ({shown or 'nothing ran'})"
    explore = round(100 * share)
    return f"{explore}:{100 - explore} ({shown})"


def _symptoms(page_: Page) -> list[kit.Block]:
    found = page_.symptoms
    blocks = [kit.section("*Signs of the wrong phase*")]
    for one in found:
        if one.holds:
            line = f"• *{NAMES[one.kind]}*: {kit.escape(one.text, 500)}\n{FIXES[one.kind]}"
            until = page_.snoozed.get(one.kind)
            line += f"\n_Silent until {kit.day(until.date())}._" if until else ""
            press = kit.button("Snooze 4 weeks", "symptom_snooze", one.kind)
            blocks.append(kit.section(line, press if page_.leads and not until else None))
    quiet = [f"• {NAMES[one.kind]}: {_quiet(one)}" for one in found if not one.holds]
    return [*blocks, *([kit.section("\n".join(quiet))] if quiet else [])]


def _quiet(one: Symptom) -> str:
    word = "not enough data" if one.holds is None else "no"
    return f"{word} ({kit.escape(one.text, 300)})"


def _gate(gate: Gate) -> str:
    what = f"to {gate.key}" if gate.key else f"the project started on {gate.on}"
    why = f": {kit.escape(gate.why, 200)}" if gate.why else ""
    return f"• {kit.day(gate.at.date())} {what}, {kit.person(gate.by)}{why}"
