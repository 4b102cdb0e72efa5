"""The question whether a result matched its prediction, under the answer to a decision."""

from dataclasses import replace

from handlers.ask import Ask, Reply, Routes, number_in
from services.experiments import prediction
from services.experiments.prediction import Compared
from services.ports import Lab
from views.experiments import outcome as view


def asked(lab: Lab, ask: Ask, number: int, reply: Reply, change_id: int) -> Reply:
    """The answer to a decision with the question below it, unless that was answered before.

    change_id: the decision's, which what stands there in the end offers to undo.
    """
    found = prediction.unsaid(lab, ask.team_id, number)
    if found is None:
        return reply
    _, blocks = view.ask(found.ticket, found.value, found.checkpoint_id, change_id)
    return replace(reply, blocks=[*reply.blocks, *blocks])


def answer(lab: Lab, ask: Ask) -> Reply:
    """One of the buttons; its action says which."""
    ids, matched = _ids(ask.value), ask.name.removeprefix("prediction_")
    found = prediction.say(lab, ask.team_id, ids[0], matched, by=ask.user)
    return _said(found, ids, replace=True)


def why(lab: Lab, ask: Ask) -> Reply:
    """The button Say why: a form."""
    ids = _ids(ask.value)
    found = prediction.look(lab, ask.team_id, ids[0], by=ask.user)
    given = (found.matched, found.why)
    return Reply(
        modal=view.form(found.ticket, found.value, given, {"checkpoint": ids[0], "change": ids[1]})
    )


def explain(lab: Lab, ask: Ask) -> Reply:
    """The form was sent."""
    ids = ask.carried("checkpoint"), ask.carried("change", 0)
    given = (ask.written("matched"), ask.written("why"))
    found = prediction.explain(lab, ask.team_id, ids[0], given, by=ask.user)
    return _said(found, ids, replace=False)


def _said(found: Compared, ids: tuple[int, int], *, replace: bool) -> Reply:
    return Reply.of(
        view.said(found.ticket, found.value, (found.matched, found.why), ids), replace=replace
    )


def _ids(value: str) -> tuple[int, int]:
    first, _, second = value.partition("|")
    hint = "`/exp history EXP-042` shows the results."
    return number_in(first, hint), number_in(second or "0", hint)


ROUTES = Routes(
    actions={
        "prediction_better": answer,
        "prediction_as": answer,
        "prediction_worse": answer,
        "prediction_skipped": answer,
        "prediction_why": why,
    },
    forms={"prediction_form": explain},
)
