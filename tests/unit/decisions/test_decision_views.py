"""Every message and form of decisions stays within Slack's limits, whatever was typed."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.calendar import zone
from core.decisions.kill import Evidence, Killed, Undone
from core.decisions.kill_criteria import unjudged
from core.decisions.kill_request import KillRequest
from core.decisions.proposal import Pending, Waiting, by_strength, judge
from sandbox.blocks.rules import message_errors, view_errors
from tests.tickets import MONDAY, experiment
from views.decisions import kill, kill_request, proposal
from views.decisions import waiting as decisions

LONG = "<!channel> & <b>überlang</b> " * 200  # 5800 characters
PLAIN = experiment((0.5, 0.5, 0.5), gpu_used=50.0)
MOST = replace(
    experiment(
        (0.5, 0.5, 0.5), gpu_used=1234567.8, number=999_999, title=LONG[:150],
        metric=LONG[:60], kill_criteria="\n".join(f"{LONG[:120]} {n}" for n in range(40)),
        progress_at=MONDAY - timedelta(days=30), box_ends=(MONDAY - timedelta(days=3)).date(),
    ),
    learnings=LONG[:3000], decided_at=MONDAY, decided_by="ULEE",
)  # fmt: skip
BARE = experiment(target=None, baseline=None, box_starts=None, box_ends=None, gpu_budget=0.0)


def subjects(ticket):
    seen = Evidence(ticket, MONDAY.date(), by_strength(judge(ticket, MONDAY, zone("UTC"))),
                    unjudged(ticket))  # fmt: skip
    killed = Killed(ticket, seen, 7, by="ULEE", at=MONDAY, call="late")
    waiting = Pending(ticket, seen.verdicts, MONDAY, MONDAY.date(), seen.unjudged)
    old = replace(waiting, lacks=(LONG, LONG), since=MONDAY.date() - timedelta(days=9))
    many = (old,) if seen.verdicts else ()  # what no rule asks for is on no list
    asked = KillRequest(1, ticket, "UBEN", LONG[:3000], MONDAY)
    messages = [
        kill.killed(killed), kill.evidence(killed),
        kill.late_learning(ticket, "UBEN", LONG[:3000]),
        kill.undone(Undone(ticket, "ULEE", MONDAY)), proposal.pending(waiting),
        decisions.waiting(Waiting()), decisions.waiting(Waiting(many * 30, many)),
        decisions.moved("assay:link"), kill_request.request(asked),
        proposal.pending(replace(waiting, settled="killed by <@ULEE>")),
        *(kill_request.request(replace(asked, state=state, decided_by="ULEE"))
          for state in ("kept", "killed")),
        kill_request.answer(replace(asked, state="closed", decided_by="ULEE")),
        proposal.pending(
            replace(waiting, snoozed_until=MONDAY, snoozed_by="ULEE", owner_left=True)),
        kill.told(killed), kill.already(ticket),
        kill.candidates(Waiting(many * 30)), kill.candidates(Waiting()),
        kill.several([seen] * 20),
        proposal.snoozed(waiting), kill_request.asked(asked, already=True), kill_request.decided(
            replace(asked, state="kept", decided_by="ULEE")),
    ]  # fmt: skip
    forms = [
        kill.form(seen, LONG, call="good", channel="C1", note=LONG),
        proposal.extend_form(ticket, {"reason": LONG}, channel="C1"),
        kill_request.form(ticket, LONG),
    ]
    return messages, forms


@pytest.mark.parametrize("ticket", [PLAIN, MOST, BARE], ids=["plain", "most", "bare"])
def test_slack_would_take_every_message_and_form(ticket):
    messages, forms = subjects(ticket)
    for text, blocks in messages:
        assert text
        assert len(text) <= 3000
        assert message_errors(list(blocks)) == []
    for form in forms:
        assert view_errors(form, kind="modal") == []


@pytest.mark.parametrize("ticket", [PLAIN, MOST])
def test_no_foreign_word_becomes_a_ping(ticket):
    messages, forms = subjects(ticket)
    for text, blocks in messages:
        assert "<!channel>" not in text
        assert "<!channel>" not in str([b for b in blocks if b["type"] in {"section", "context"}])
    for form in forms:
        shown = [b for b in form["blocks"] if b["type"] in {"section", "context"}]
        assert "<!channel>" not in str(shown)
