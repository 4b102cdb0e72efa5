"""What people see of experiments: figures, limits, and foreign text that stays text."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.audited import Entry
from core.experiments.checkpoint import CheckpointReport, applied
from core.experiments.listing import Listing, Mine
from sandbox.blocks.rules import MESSAGE_CHARACTERS, characters, message_errors, view_errors
from tests.experiments import MONDAY, a_ticket, looks
from views.board import workflow
from views.experiments import checkpoint, experiment, history, listing
from views.experiments import form as ticket

TODAY = date(2026, 11, 30)
LONG = "&<>" * 1000
FULL = a_ticket(
    title=LONG[:150],
    hypothesis=LONG,
    method=LONG,
    metric=LONG[:60],
    success_primary=LONG,
    success_secondary=LONG,
    success_blocking=LONG,
    kill_criteria=LONG,
    learnings=LONG,
    link="https://x.y/" + "a" * 480,
    measurements=looks(*(n / 100 for n in range(60, 90))),
)


def test_one_line_tells_stage_result_box_and_budget():
    running = a_ticket(measurements=looks(0.81), gpu_used=19.0)
    assert experiment.line(running, TODAY) == (
        "*EXP-042* Fine-tune Llama-3-8B on support corpus · experiment · best 0.81, "
        "target ≥ 0.85 · day 8 of 14 · GPU 19/24 h"
    )
    waiting = a_ticket(stage="backlog", box_starts=None, box_ends=None)
    assert experiment.line(waiting, TODAY).endswith("backlog · time box 14 days · GPU 0/24 h")
    killed = a_ticket(stage="killed", measurements=looks(0.74))
    assert experiment.line(killed, TODAY).endswith("killed · best 0.74, target ≥ 0.85")


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({}, "experiment"),
        ({"measurements": looks(0.9)}, "experiment · target met"),
        ({"box_ends": date(2026, 11, 29)}, "experiment · over its time box"),
        ({"stage": "killed", "final_metric": 0.74}, "killed, final 0.74"),
    ],
)
def test_the_card_begins_with_id_and_state(fields, state):
    text, _ = experiment.card(a_ticket(**fields), TODAY)
    assert text.startswith(f"EXP-042 · {state} · Fine-tune")


def test_the_longest_texts_fit_into_slacks_limits():
    entry = Entry(
        MONDAY, "UANA", "edited", {"method": LONG, "title": LONG}, {"method": "", "title": ""},
        LONG, undone=False,
    )  # fmt: skip
    messages = [
        experiment.card(FULL, TODAY, stale=True, note=LONG),
        listing.page(Listing("all", (FULL,) * 10, frozenset({42}), TODAY, 30)),
        listing.menu(Mine((FULL,) * 30, frozenset(), TODAY, 0)),
        history.history(FULL, [entry] * 40),
        workflow.moved(FULL, FULL, "UANA"),
        workflow.promoted(FULL, "UANA"),
        workflow.evidence(FULL, TODAY),
        *ticket.created(FULL),
        ticket.goalposts(FULL, {"kill_criteria": (LONG, LONG)}, "UANA"),
        checkpoint.reached(FULL, 0.9, "UANA"),
    ]
    for text, blocks in messages:
        assert text
        assert message_errors(blocks) == []
        assert characters(blocks) <= MESSAGE_CHARACTERS


def test_the_forms_fit_into_slacks_limits():
    meta = {"number": 42, "channel": "C1", "id": "EXP-042", "seen": 9, "turn": 1}
    forms = [
        ticket.form("new_experiment", {}, meta={}, notes=[ticket.SAFE]),
        ticket.form("edit_experiment", ticket.filled(FULL), meta=meta, notes=[LONG[:1000]]),
        checkpoint.form([FULL], {}, meta=meta, note=ticket.SAFE),
        checkpoint.form([FULL] * 100, {}, meta=meta, note=""),
        workflow.move_form(FULL, {"iteration": [LONG], "evaluation": []}, {}, meta),
        workflow.promote_form(FULL, {"learnings": LONG}, meta),
    ]
    for form in forms:
        assert view_errors(form, kind="modal") == []


@settings(max_examples=50)
@given(st.text(max_size=150))
def test_a_title_never_mentions_or_links(title):
    text, blocks = experiment.card(a_ticket(title=f"<!here> <@U1> {title}"), TODAY)
    shown = str([block for block in blocks if block["type"] == "section"])
    assert "<!here>" not in text + shown
    assert "<@U1>" not in text + shown


def test_the_form_gives_back_every_figure_unchanged():
    exact = a_ticket(target=0.123456789, baseline=1 / 3, gpu_budget=1234567.5)
    filled = ticket.filled(exact)
    assert (filled["target"], filled["gpu_budget"]) == ("0.123456789", "1234567.5h")
    assert float(filled["baseline"]) == pytest.approx(1 / 3, abs=1e-12)


def test_an_update_shows_only_what_changed():
    before = a_ticket(gpu_used=13.0, measurements=looks(0.81))
    report = CheckpointReport(gpu_added=6.0, note="n")
    after = applied(before, report, by="UBEN", at=MONDAY + timedelta(days=7))
    text, _ = checkpoint.recorded(before, after, report, today=TODAY, change_id=1)
    assert text == (
        "EXP-042 updated: GPU 13 → 19 of 24 h · best 0.81, target ≥ 0.85 · 5 GPU-h left · "
        "6 days left"
    )
