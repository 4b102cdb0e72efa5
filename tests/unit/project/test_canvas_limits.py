"""The canvas's limits, read as people write them, and what of a ticket breaks them."""

from datetime import date

import pytest

from core.project import canvas
from core.project.canvas_lead_time import launch_math, lead_times
from core.project.canvas_limits import breaches, limits
from core.sprints.sprint import Calendar
from tests.tickets import experiment

DOCUMENT = {
    "metrics": "Accuracy >= 92%\nLatency: p95 response time < 2 seconds",
    "budget": "$5K/month inference cost (rules out GPT-4 at scale)",
    "latency": "Must respond in < 2s (rules out chain-of-thought with 5 LLM calls)",
    "privacy": "No customer PII sent to external APIs (rules out OpenAI for EU customers)",
    "infra": "Kubernetes cluster with 4x A100 GPUs available",
    "risks": "Regulatory review needed before launch (blocker: 3-week legal review)",
    "mvp": "Sprint 5 (week 10)",
}
SPRINT_5 = Calendar(date(2026, 9, 14)).of(5)  # ends on Sunday 22 November


def page(**changed):
    return canvas.read(DOCUMENT | changed)


def said(page_=None, **ticket):
    return breaches(limits(page_ or page()), experiment((), **ticket))


def test_the_documents_constraints_are_read():
    found = limits(page())
    assert found.money == ("$", 5000)
    assert (found.seconds, found.gpus, found.kinds) == (2, 4, frozenset({"A100"}))
    assert [one.name for one in found.out] == ["GPT-4", "chain-of-thought", "OpenAI"]
    assert found.privacy


def test_the_documents_own_ticket_breaks_none_of_them():
    assert said(
        title="Fine-tune Llama-3-8B on support corpus",
        method="Dataset: 50K tickets, 80/10/10 train/val/test split\nModel: Llama-3-8B, QLoRA\n"
        "Training: 3 epochs, 24 GPU-hours (1x A100, ~1 day)\nEval: accuracy, latency",
        success_secondary="Latency < 500ms per response",
        kill_criteria="Accuracy < 78% after full training = KILL",
    ) == ()  # fmt: skip


@pytest.mark.parametrize(
    ("ticket", "told"),
    [
        ({"success_secondary": "Latency < 2500 ms"}, "secondary criterion allows 2.5 s"),
        ({"kill_criteria": "p95 over 4 s = KILL"}, "kill line allows 4 s, the canvas at most 2 s"),
        (
            {"method": "inference costs about $8K a month"},
            "$8,000 a month, the canvas at most $5,",
        ),
        ({"method": "costs $2,000 per week"}, "says $8,667 a month"),
        ({"method": "train on 8x A100"}, "takes 8 × A100, the canvas has 4 (A100)"),
        ({"method": "train on 2 H100"}, "takes 2 × H100, the canvas has 4 (A100)"),
        ({"title": "Judge", "method": "GPT4 judges"}, "rules out GPT-4 at scale; the method"),
        ({"title": "Chain of thought"}, "rules out chain-of-thought with 5 LLM calls; the title"),
        ({"method": "chain of prompts, about 6 s an answer"}, "the method allows 6 s"),
        ({"method": "send customer chats to Claude"}, "names Claude, an outside service"),
    ],
)
def test_a_ticket_that_breaks_one_is_told_which_and_where(ticket, told):
    (line,) = said(**ticket)
    assert told in line


@pytest.mark.parametrize(
    "ticket",
    [
        {"success_secondary": "latency from 3 s to 1.5 s"},  # what it aims at counts
        {"method": "train for 30 s per step"},  # no latency
        {"method": "$0.02 per answer"},  # no month
        {"method": "Eval: accuracy, F1, latency on the test set after training, 20 s per epoch"},
        {"method": "3 V2 prompts, 5 P95 checks, 2 B2B customers"},  # no GPUs
        {"method": "the labelling vendor takes $9K a month"},
        {"method": "€8K a month"},  # another currency
        {"method": "GPT-4o writes synthetic questions"},  # another model, nobody's data
        {"method": "Claude reads chats, PII redacted before"},
        {"method": "on 4x A100, 96 GPU hours"},
    ],
)
def test_what_keeps_within_them_is_left_alone(ticket):
    assert said(**ticket) == ()


def test_a_canvas_that_says_nothing_bounds_nothing():
    bare = page(**{name: "" for name in ("metrics", "budget", "latency", "privacy", "infra")})
    assert limits(bare).told == ""
    assert said(bare, method="8x H100, $90K a month, customer chats to OpenAI, p95 9 s") == ()


def test_the_form_s_own_examples_are_read():
    found = limits(page(metrics="", budget="$5K for inference", infra="Kubernetes with 4 A100",
                        privacy="No customer data to external services"))  # fmt: skip
    assert (found.money, found.gpus, bool(found.privacy)) == (("$", 5000), 4, True)


@pytest.mark.parametrize(("today", "late"), [(date(2026, 11, 2), 0), (date(2026, 11, 10), 8)])
def test_a_review_before_launch_has_a_last_day_to_begin(today, late):
    (one,) = launch_math(page(), SPRINT_5, today)
    assert (one.lead.what, one.lead.days, one.start) == ("legal review", 21, date(2026, 11, 2))
    assert one.late == late


def test_a_review_that_runs_or_has_no_deadline_says_nothing():
    goes = page(risks="3-week legal review (mitigation: started on 2 Nov)")
    assert launch_math(goes, SPRINT_5, date(2026, 11, 10)) == ()
    assert launch_math(page(), None, date(2026, 11, 10)) == ()
    assert launch_math(page(), SPRINT_5, date(2026, 11, 23)) == ()
    (other,) = lead_times(page(risks="security audit takes 10 days"))
    assert (other.what, other.days) == ("security audit", 10)
