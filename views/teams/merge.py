"""Two teams made one: what it would do, and what it did."""

from core.teams.team import MergePlan
from views import kit
from views.kit import Message

_NAMED = {
    "experiment": "experiment", "dataset": "data card", "engineering": "engineering ticket",
    "blocker": "blocker", "learning": "learning", "standup": "standup", "note": "digest note",
    "token": "token", "driftsource": "drift source", "retroaction": "retro action",
}  # fmt: skip


def planned(plan: MergePlan) -> Message:
    """What would move, what stays, and the button."""
    one, into = kit.escape(plan.one[1]), kit.escape(plan.into[1])
    head = f"Merge {one} into {into}? This cannot be undone."
    facts = [f"Goes along: {_moving(plan)}. Numbers stay."]
    facts.append(
        f"{into}'s settings, metric, sprints, canvas and Definition of Done stand. What {one} "
        f"asks for on safety and {into} does not comes along. {one} is archived with its own "
        "digests, sprints and forecasts, and can be read."
    )
    if plan.private:
        facts.append(f"{into} is private: only its people and admins see what comes.")
    button = kit.button(
        f"Merge {plan.one[1]} into {plan.into[1]}", "team_merge",
        f"{plan.one[0]}:{plan.into[0]}", style="danger",
    )  # fmt: skip
    text = "\n".join(facts)
    return Message(f"{head} {' '.join(facts)}", [
        kit.section(f"*{head}*\n{text}"), kit.actions(button),
    ])  # fmt: skip


def merged(plan: MergePlan) -> Message:
    """To who merged them."""
    text = f"{kit.escape(plan.one[1])} is part of {kit.escape(plan.into[1])} now."
    return Message(text, [kit.section(f"{text} Moved: {_moving(plan)}.")])


def merged_here(plan: MergePlan, by: str) -> Message:
    """In the channels of both."""
    one, into = kit.escape(plan.one[1]), kit.escape(plan.into[1])
    text = (
        f"{kit.person(by)} merged {one} into {into}: what is typed in {one}'s channels is for "
        f"{into} now; every id, thread and learning came along."
    )
    return Message(text, [kit.section(text)])


def _moving(plan: MergePlan) -> str:
    parts = [_count(plan.counts.get(name, 0), noun) for name, noun in _NAMED.items()]
    parts += [_count(plan.people, "newcomer")]
    parts += [", ".join(f"<#{one}>" for one in plan.channels)] if plan.channels else []
    return ", ".join(part for part in parts if part and not part.startswith("0 ")) or "nothing"


def _count(many: int, one: str, more: str = "") -> str:
    return f"{many} {one if many == 1 else more or one + 's'}"
