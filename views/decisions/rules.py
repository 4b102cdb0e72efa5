"""The kill rules: what each says about a ticket, and what came of their proposals."""

from collections.abc import Sequence

from core import figures
from core.decisions.curve_noise import noise_of
from core.decisions.explanation import Explanation
from core.decisions.policy import RULES_VERSION, Finding, Verdict
from core.decisions.track_record import RuleRecord
from views import kit
from views.decisions.kill import SETS
from views.experiments import experiment
from views.kit import Message

_MOST_LINES = 12


def explained(shown: Explanation) -> Message:
    """Every rule with this ticket's numbers, and the other set's beside it."""
    fired = shown.fired
    names = ", ".join(verdict.rule for verdict in fired)
    speaks = f"{len(fired)} of {len(shown.rules)} rules speak{'s' if len(fired) == 1 else ''}"
    speaks = f"{speaks}: {names}" if fired else f"none of {len(shown.rules)} rules speaks"
    text = f"{shown.ticket.id}: {speaks} · {SETS[shown.rule_set].lower()}"
    blocks = [kit.section(f"*{text}*\n{experiment.named(shown.ticket)}"), *_lines(shown.rules)]
    left = [f"“{kit.escape(x.text, 300)}” ({kit.escape(x.why, 200)})" for x in shown.unjudged]
    if left:
        blocks.append(kit.context("*For a person to judge:* " + " · ".join(left)))
    beside = f"*Beside it, {_small(shown.other_set)} would say*"
    blocks += [kit.section(beside), *_lines(shown.other)]
    if shown.bare is not None:
        said = f"kill ({shown.bare})" if shown.bare else "continue"
        blocks.append(kit.context(f"As printed, without guards, the document says: {said}."))
    small = f"Rules version {RULES_VERSION} · a rule only proposes."
    return Message(text, [*blocks, kit.context(small + _noise(shown))])


def overview(rule_set: str, records: Sequence[RuleRecord], *, chosen: bool = False) -> Message:
    """The set in use and the team's own table. chosen: somebody has just chosen it."""
    verb = "judge from now on" if chosen else "judge here"
    text = f"{SETS[rule_set]} {verb} (version {RULES_VERSION})"
    pairs = [pair for record in records for pair in _pairs(record)]
    hint = (
        "`/exp rules EXP-042` explains every rule on one ticket. Leads choose with "
        "`/exp rules honest` or `/exp rules document`."
    )
    tables = [kit.fields(pairs[at : at + 4]) for at in range(0, len(pairs), 4)]
    lines = "; ".join(f"{label}: {value}" for label, value in pairs)
    return Message(f"{text}. {lines}", [kit.section(f"*{text}*"), *tables, kit.context(hint)])


def _pairs(record: RuleRecord) -> list[tuple[str, str]]:
    wrong = record.wrong_share
    if record.wrong:
        named = ", ".join(f"EXP-{number:03d}" for number in record.named)
        more = record.wrong - len(record.named)
        wrong += f" · {named}" + (f" and {more} more" if more > 0 else "")
    return [
        (f"Kills proposed, {record.rule_set}", str(record.proposals)),
        ("Followed", str(record.followed)),
        ("GPU-hours saved", figures.number(record.gpu_saved, 1)),
        ("Winners wrongly proposed", wrong),
    ]


def _lines(findings: Sequence[Finding]) -> list[kit.Block]:
    """Sections of a few lines each: one section holds 3000 characters."""
    lines = [_line(one) for one in findings[:_MOST_LINES]]
    left = len(findings) - _MOST_LINES
    lines += [f"… and {left} more of its own kill lines"] if left > 0 else []
    return [kit.section("\n".join(lines[at : at + 4])) for at in range(0, len(lines), 4)]


def _line(one: Finding) -> str:
    if isinstance(one, Verdict):
        return f"• *{one.rule}* fires ({one.action}): {kit.escape(one.text, 500)}"
    return f"• {one.rule}: quiet, {kit.escape(one.why, 500)}"


def _noise(shown: Explanation) -> str:
    jumps = " No rule foresees a curve that jumps late (grokking): if yours may, keep it."
    known = noise_of(shown.ticket)
    if known.is_known:
        return jumps
    told = f"`/exp update {shown.ticket.id} noise=0.01`"
    return f" Nobody has told the eval's noise, so it is judged {known.words}: {told}.{jumps}"


def _small(rule_set: str) -> str:
    return SETS[rule_set][0].lower() + SETS[rule_set][1:]
