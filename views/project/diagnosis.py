"""What is wrong, if anything: the diagnosis in Slack."""

from core.project import diagnosis_of_team as teams
from core.project.diagnosis import FIXES, MIN_DAYS, MIN_TICKETS, NAMES, Diagnosis, Finding
from core.quantity import experiment_id
from views import kit
from views.kit import Message

CAN = (
    "• `/diagnose we haven't shipped in 3 sprints`: is the team afraid to kill, do experiments "
    "not start, or do they run and fail?\n"
    "• `/diagnose` alone: the same over three sprints\n"
    "• `/diagnose velocity is wildly inconsistent`, `planning takes 4 hours`, `researchers skip "
    "planning`: cause, remedy, and what the records show\n"
    "• `/phase`: exploring too long, polishing, never shipping, almost done forever"
)


def answer(found: Diagnosis, *, share: str = "", shared_by: str = "") -> Message:
    """The diagnosis with its evidence. share: value of a Share button; shared_by: who did."""
    seen, main = found.seen, found.main
    text = f"Diagnosis over {seen.sprints} sprint{'s' if seen.sprints != 1 else ''}: "
    if not found.enough:
        text += "not enough data"
        count = f"{seen.tickets} experiment{'s' if seen.tickets != 1 else ''}"
        need = f"{count} over {seen.age} days; it takes {MIN_TICKETS} over {MIN_DAYS}."
        return Message(text, [kit.section(f"*{text}*\n{need}"), *_footer(share, shared_by)])
    text += NAMES[main.case] if main else "nothing stands out"
    blocks = [kit.section(f"*{text}*\n{_shipped(found)}")]
    if main:
        blocks.append(kit.section(f"*What the data show*\n{_evidence(main)}"))
        blocks.append(kit.section(f"*What to do now*\n{FIXES[main.case]}"))
    rest = "\n".join(_also(one) for one in found.findings if one is not main)
    return Message(
        text, [*blocks, kit.section(f"*The other cases*\n{rest}"), *_footer(share, shared_by)]
    )


_HOLDS = {
    None: "not enough data",
    True: "the records show it",
    False: "the records do not show it",
}
_UNRECORDED = "How long meetings took and who came is not recorded."


def of_team(found: Finding, *, share: str = "", shared_by: str = "") -> Message:
    """One of the symptoms of a team's sprints: cause, remedy, records."""
    name = teams.NAMES[found.case]
    text = f"Diagnosis, {name}: {_HOLDS[found.holds]}"
    blocks = [
        kit.section(f"*{text}*\nLikely cause: {teams.CAUSES[found.case]}"),
        kit.section(f"*What the data show*\n{_evidence(found)}"),
        kit.section(f"*What to do*\n{teams.FIXES[found.case]}"),
    ]
    blocks += [kit.context(_UNRECORDED)] if found.case != "velocity" else []
    return Message(text, [*blocks, *_footer(share, shared_by)])


def unknown(typed: str) -> Message:
    """It is none of the complaints that can be diagnosed."""
    text = "I can't diagnose that from the data."
    return Message(
        text, [kit.section(f"*{text}* You wrote: “{kit.escape(typed, 200)}”. I can:\n{CAN}")]
    )


def about_phase() -> Message:
    """Complaints about the phase have a page of their own."""
    text = "`/phase` answers that: week, explore:exploit, and the signs of the wrong phase."
    return Message(text, [kit.section(text)])


def _shipped(found: Diagnosis) -> str:
    seen = found.seen
    if seen.promoted:
        ids = ", ".join(experiment_id(one) for one in seen.promoted[:8])
        return f"Since {kit.day(seen.since)} you did ship: {ids}."
    return f"Since {kit.day(seen.since)} nothing was promoted."


def _evidence(one: Finding) -> str:
    lines = [one.why, *one.evidence]
    return "\n".join(f"• {kit.escape(line, 250)}" for line in lines)


def _also(one: Finding) -> str:
    word = {None: "not enough data", True: "holds, too", False: "no"}[one.holds]
    name = NAMES[one.case].partition(",")[0]
    more = f" ({kit.escape('; '.join(one.evidence), 400)})" if one.holds and one.evidence else ""
    return f"• {name[0].upper()}{name[1:]}: {word}. {kit.escape(one.why, 250)}{more}"


def _footer(share: str, shared_by: str) -> list[kit.Block]:
    if share:
        button = kit.button("Share", "diagnosis_share", share)
        return [kit.context("Only you see this."), kit.actions(button)]
    return [kit.context(f"Shared by {kit.person(shared_by)}")] if shared_by else []
