"""What waits for a decision, as a message, and each of its rows wherever one is shown."""

from collections.abc import Sequence

from core.board.workflow import MOVES
from core.decisions.proposal import Pending, Waiting
from core.experiments.experiment import meets_target
from views import kit
from views.evals import regression
from views.experiments import experiment
from views.kit import Message

MOST = 20  # rows of a message
_NAMED = 5


def waiting(found: Waiting) -> Message:
    """The leads' list, the oldest first."""
    if not found.rows:
        text = worse(found) or "No experiment needs a decision."
        return Message(text, [kit.section(f"*{text}*"), *regressed(found), *asleep(found)])
    one = len(found.rows) == 1
    text = f"{len(found.rows)} experiment{'' if one else 's'} need{'s' if one else ''} a decision"
    text += f"{age(found)}: {ids(found.rows)}"
    text += f"; {worse(found)}" if found.regressed else ""
    return Message(text, [kit.section(f"*{text}*"), *rows(found)])


def moved(link: str) -> Message:
    """Takes the place of a list when it is posted anew. link: where."""
    text = "The list of decisions is further down"
    return Message(text, [kit.section(f"{text}: <{link}|what waits now>")])


def age(found: Waiting) -> str:
    """`, the oldest for 11 days`; "" before it is a day old."""
    days = found.oldest
    return f", the oldest for {days} day{'' if days == 1 else 's'}" if days else ""


def ids(found: Sequence[Pending]) -> str:
    """`EXP-001, EXP-002 …`."""
    named = ", ".join(one.ticket.id for one in found[:_NAMED])
    return named + (" …" if len(found) > _NAMED else "")


def rows(found: Waiting, most: int = MOST) -> list[kit.Block]:
    """Every row with its buttons, how many more there are, and what is snoozed."""
    blocks = [*regressed(found), *(block for one in found.rows[:most] for block in row(one))]
    rest = [one.ticket.id for one in found.rows[most:]]
    more = [kit.context(f"{len(rest)} more: {', '.join(rest[:MOST])}")] if rest else []
    return [*blocks, *more, *asleep(found)]


def worse(found: Waiting) -> str:
    """`EXP-031 is live and got worse`; "" for none."""
    named = ", ".join(one.ticket.id for one in found.regressed[:_NAMED])
    many = len(found.regressed) > 1
    return f"{named} {'are' if many else 'is'} live and got worse" if named else ""


def regressed(found: Waiting) -> list[kit.Block]:
    """What is live and got worse, each with its one press."""
    return [
        block
        for one in found.regressed
        for block in (
            kit.section(
                f"{experiment.named(one.ticket)}: live, and worse in production since "
                f"{kit.day(one.since)}: {kit.escape(one.text, 400)}"
            ),
            kit.actions(regression.button(one.ticket)),
        )
    ]


def asleep(found: Waiting) -> list[kit.Block]:
    """How many are snoozed, if any is."""
    return [kit.context(f"{len(found.snoozed)} snoozed")] if found.snoozed else []


def row(one: Pending) -> list[kit.Block]:
    """What is to be decided and why, since when it waits, and the buttons for it."""
    owner = "nobody (its owner has left)" if one.owner_left else kit.person(one.ticket.owner)
    small = [f"owner {owner}"]
    if one.since and one.days:
        days = f"{one.days} day{'' if one.days == 1 else 's'}"
        small.insert(0, f"waiting for {days}, since {kit.day(one.since)}")
    also = [verdict.rule for verdict in one.verdicts[1:]]
    small += [f"also: {', '.join(also)}"] if also else []
    return [
        kit.section(f"{experiment.named(one.ticket)}: {_asked(one)}\n{' · '.join(small)}"),
        kit.actions(*buttons(one)),
    ]


def missing(one: Pending) -> str:
    """`Before its promotion: it has no gate verdict`; "" when nothing is missing."""
    if not one.lacks:
        return ""
    return f"Before its promotion: it {kit.escape('; it '.join(one.lacks), 400)}"


def buttons(one: Pending) -> list[kit.Block]:
    """What can be decided, what is proposed first; a kill is red only where it is proposed."""
    number, asked = str(one.ticket.number), {verdict.action for verdict in one.verdicts}
    found = (
        [kit.button("Promote…", "promote_open", number, style="primary")] if one.is_good else []
    )
    found += [kit.button("Post an update", "update_open", number)] if _is_asked(one) else []
    if one.is_good and _leads_on(one):
        found.append(kit.button("Move to evaluation…", "move_open", number))
    kill = kit.button("Kill…", "kill_open", number, style="danger" if "kill" in asked else "")
    found += [kill] if "kill" in asked else []
    if (one.ticket.stage, "iteration") in MOVES:
        found.append(kit.button("Iterate…", "move_open", number))
    found += [] if "kill" in asked or one.is_good else [kill]
    return [
        *found,
        kit.button("Extend…", "proposal_extend", number),
        kit.button("Snooze 2 days", "proposal_snooze", number),
    ]


def _leads_on(one: Pending) -> bool:
    """True in a stage from which it goes to evaluation, which alone leads to production."""
    return (one.ticket.stage, "evaluation") in MOVES


def _is_asked(one: Pending) -> bool:
    """True where an update is what it takes: nobody has reported, or a promotion lacks one."""
    if one.is_good:
        return bool(one.lacks) and not _leads_on(one)
    return bool(one.verdicts) and one.strongest.action == "update"


def _asked(one: Pending) -> str:
    first = one.strongest
    fact = kit.escape(first.text, 300)
    if not one.is_good:
        met = meets_target(one.ticket, one.ticket.best)
        ask = "" if first.action == "decide" else f"{first.action}? "  # its fact says so
        return f"{'target met, but ' if met else ''}{ask}{fact}"
    lacks = missing(one)
    return f"target met: promote? {fact}" + (f"\n{lacks}" if lacks else "")
