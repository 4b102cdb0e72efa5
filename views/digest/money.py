"""What a wrong answer costs: the form, and what was confirmed."""

from collections.abc import Mapping
from typing import Any

from core import figures
from core.digest import money as rules
from core.digest.money import Formula, Kept
from core.experiments.rates import Rates
from core.figures import number
from core.quantity import experiment_id
from views import kit
from views.kit import Message

FORM = "money"
HOW_TO = "`/digest money change` changes it · `/digest money off` takes it out of the digest"


def form(metric: str, formula: Formula | None, draft: Mapping[str, Any]) -> kit.Block:
    """The formula's form; what was typed and not sent (draft) comes before what is set."""
    now = given(formula) | dict(draft)
    said = (
        f"*{kit.escape(metric, 60)}* is the headline metric. Its wrong answers cost: "
        "share of wrong answers × share that reaches a customer × customers × cost of one."
    )
    currencies = [kit.option(f"{name} ({sign})", name) for name, sign in rules.CURRENCIES.items()]
    periods = [kit.option(f"A {period}", period) for period in rules.PERIODS]
    costs = (("low", "Cost of one wrong answer, at least"), ("likely", "Most likely"),
             ("high", "At most"))  # fmt: skip
    blocks = [
        kit.section(said),
        kit.field("reach", "Share of wrong answers that reach a customer",
                  kit.text_input(now["reach"], placeholder="100%"),
                  hint="100% when nobody checks the answers first."),
        kit.field("customers", "Customers who get an answer",
                  kit.text_input(now["customers"], placeholder="7000"),
                  hint="How many there are in the period chosen below."),
        kit.field("period", "In", kit.choice(periods, now["period"])),
        *[kit.field(name, label, kit.text_input(now[name], placeholder=rules.EXAMPLES[name]))
          for name, label in costs],
        kit.field("currency", "Currency", kit.choice(currencies, now["currency"])),
    ]  # fmt: skip
    return kit.modal(FORM, "Cost of wrong answers", blocks, submit="Confirm",
                     meta={"metric": metric})  # fmt: skip


def given(formula: Formula | None) -> dict[str, str]:
    """What is set, as the form's fields hold it."""
    if formula is None:
        return dict.fromkeys(rules.EXAMPLES, "") | {"currency": "USD", "period": "week"}
    return {
        "reach": f"{formula.reach * 100:g}%",
        "customers": f"{formula.customers:g}" if formula.customers < 1e6 else (
            f"{formula.customers:.0f}"),
        **{name: f"{getattr(formula, name):.10g}" for name in ("low", "likely", "high")},
        "currency": formula.currency,
        "period": formula.period,
    }  # fmt: skip


def confirmed(kept: Kept) -> Message:
    """The formula was confirmed."""
    text = f"Confirmed. {_told(kept)}"
    return Message(
        text, [kit.section(text), kit.section(_formula(kept.formula)), kit.context(HOW_TO)]
    )


def shown(kept: Kept) -> Message:
    """The formula in force, by whom and since when."""
    text = _told(kept)
    by = f"Confirmed by {kit.person(kept.by)} {kit.moment(kept.at)}. {HOW_TO}"
    return Message(text, [kit.section(text), kit.section(_formula(kept.formula)), kit.context(by)])


def off(*, was: bool) -> Message:
    """The formula is gone, or there was none."""
    text = (
        "The digest says no more what wrong answers cost."
        if was
        else "The digest does not say what wrong answers cost: no formula is set."
    )
    return Message(text, [kit.section(text), kit.context("`/digest money` sets one (leads).")])


def nothing() -> Message:
    """No formula is set and this person cannot set one."""
    text = "No formula is set, so the digest does not say what wrong answers cost."
    how = "A lead sets it with `/digest money`; `/digest money confirm` just counts them."
    return Message(text, [kit.section(text), kit.context(how)])


def counted(metric: str, *, holds: bool) -> Message:
    """A lead said what the headline metric counts."""
    name = kit.escape(metric, 60)
    text = f"Confirmed: what {name} leaves are wrong answers. The digest and `/ask` count them."
    if not holds:
        text = f"What {name} leaves is counted as wrong answers no more."
    how = "`/digest money unconfirm` takes it back · `/digest money change` adds what one costs"
    return Message(text, [kit.section(text), *([kit.context(how)] if holds else [])])


def priced(rates: Rates) -> Message:
    """What hours and a delay cost from now on."""
    text = f"Priced: {rates.told}." if rates.told else "Nothing is priced any more."
    where = "The digest, the sprint's review and tickets tell GPU-hours and work in money; "
    where += "`/ask can we launch at 85%` sets errors against the delay."
    return Message(text, [kit.section(text), *([kit.context(where)] if rates.told else [])])


def beside(said: Message, rates: Rates) -> Message:
    """The formula's message with what hours cost below it."""
    none = "No hour is priced: `/digest money gpu=$2.50 hour=$80 delay=$5k` (leads)."
    line = f"Priced: {rates.told}." if rates.told else none
    return Message(said.text, [*said.blocks, kit.context(line)])


def _told(kept: Kept) -> str:
    """What the digest will say, or why it says nothing."""
    metric = kit.escape(kept.head.metric.name, 60) or "not set"
    if not kept.fits:
        mine = kit.escape(kept.formula.metric, 60)
        why = f"the formula is for {mine}, the headline metric is {metric}."
        return f"The digest shows no cost: {why}"
    share = rules.wrong_share(kept.head, kept.formula)
    if share is None and kept.head.is_candidate and kept.head.live is None:
        value = figures.metric(kept.head.current or 0.0, percent=kept.head.percent)
        return (
            "The digest shows no cost: nothing is in production yet; the best candidate is "
            f"{experiment_id(kept.head.via)} with {value} {metric}."
        )
    if share is None:
        return f"The digest shows a cost as soon as {metric} has a result in production."
    return f"The digest will say: {kit.escape(rules.sentence(kept.formula, share))}"


def _formula(formula: Formula) -> str:
    low, likely, high = (
        rules.shown(v, formula.currency) for v in (formula.low, formula.likely, formula.high)
    )
    return kit.escape(
        f"{formula.metric}: {formula.reach * 100:g}% of wrong answers reach one of "
        f"{number(formula.customers)} customers a {formula.period}; one costs {likely} "
        f"({low} to {high})."
    )
