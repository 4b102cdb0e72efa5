"""/board: the columns with their cards, in words and as a picture; what people mark on tickets."""

from datetime import timedelta

import pytest

from handlers.routes import table
from tests import seeded
from tests.conversation import START, Conversation
from tests.experiments import bring
from tests.tickets import MONDAY, experiment, person, stored
from views.charts import draw

LEARNED = "Deduplicate the corpus before fine-tuning."


@pytest.fixture
def busy(talk):
    """Ana runs one that is over its box, Ben has one in Evaluation, one was killed."""
    person(talk.engine, "UANA", name="Ana")
    person(talk.engine, "UBEN", name="Ben")
    seeded.tickets(
        talk.engine,
        experiment((0.78, 0.81), number=42, gpu_used=19.0, training_status="running",
                   box_ends=MONDAY.date() - timedelta(days=2)),
        experiment((0.86,), number=43, stage="evaluation", owner="UBEN", title="Prompt <v7>",
                   success_blocking="No regression on safety"),
        experiment(number=44, stage="killed", outcome="killed", final_metric=0.74,
                   stage_since=MONDAY, decided_at=MONDAY, learnings=LEARNED),
        experiment(number=45, stage="killed", outcome="killed", final_metric=0.7,
                   stage_since=MONDAY - timedelta(days=30), learnings=LEARNED),
        experiment(number=46, stage="backlog"),
    )  # fmt: skip
    return talk


def _said(reply):
    return "\n".join(str(b.get("text", b.get("elements"))) for b in reply.blocks)


def test_the_board_shows_columns_with_their_load_and_cards_with_their_fields(busy):
    heard = busy.say("/board")
    assert heard.text == "Board: 3 open (1 in the backlog)."
    said = _said(heard)
    assert (
        "*Hypothesis* 0/5 · leaves when: dataset ready, baseline measured\\nnothing here" in said
    )
    assert "*Experiment* 1/3 · leaves when: training complete, results logged" in said
    assert "• *EXP-042*" in said
    assert "Ana · 7 d here · box 8/14 · *2 days over its box*" in said
    assert (
        "training: running · now: accuracy 0.81, needs at least 0.85 · compute used: 19 of 24"
        in said
    )
    assert "Prompt &lt;v7&gt; · Ben" in said
    assert "regression check: never judged · safety check: not confirmed" in said
    assert "*Killed* 1 in the last 14 days" in said
    assert "final metric: accuracy 0.74 · kill reason: a judgement, no rule had fired" in said
    assert "_1 killed earlier: `/exp list killed`_" in said
    assert "Iteration" not in said


def test_the_picture_comes_by_direct_message_with_the_same_facts(busy):
    busy.say("/board", by="UBEN")
    (row,) = busy.sent("picture:")
    (spec,) = row.payload["charts"]
    assert row.channel == "UBEN"
    assert spec["alt"] == (
        "Board. hypothesis 0/5; experiment 1/3: EXP-042 2 days over its box; evaluation 1/4: "
        "EXP-043; iteration 0; production 0/2; killed 1: EXP-044."
    )
    assert draw(spec).startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("said", "first", "there", "gone"),
    [
        ("mine", "Board of Ana: 2 open (1 in the backlog).", "EXP-042", "EXP-043"),
        ("<@UBEN>", "Board of Ben: 1 open.", "EXP-043", "EXP-042"),
        ("eval", "Board evaluation: 1 open.", "EXP-043", "EXP-042"),
        ("EXP-042", "Board EXP-042: 1 open.", "Missing: training is not complete", "EXP-043"),
        ("42", "Board EXP-042: 1 open.", "EXP-042", "EXP-043"),
    ],
)
def test_one_can_look_at_ones_own_at_one_column_and_at_one_card(busy, said, first, there, gone):
    heard = busy.say(f"/board {said}")
    assert heard.text == first
    assert there in _said(heard)
    assert f"*{gone}*" not in _said(heard)


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("nonsense", "The board has no “nonsense”. Write `/board` and one of mine"),
        ("EXP-099", "There is no EXP-099."),
        ("EXP-046", "EXP-046 is in the backlog, before the first column."),
    ],
)
def test_what_is_not_on_the_board_says_what_to_type(busy, said, heard):
    assert heard in busy.say(f"/board {said}").text
    assert busy.sent("picture:") == []


def test_an_empty_board_has_no_picture_and_says_so(talk):
    assert talk.say("/board").text == "Board: empty."
    assert talk.sent("picture:") == []


def test_share_puts_board_and_picture_into_the_channel_once(busy):
    heard = busy.say("/board mine")
    value = heard.blocks[-1]["elements"][0]["value"]
    busy.press("board_share", value, by="UBEN")
    post, drawn = busy.sent("share:")
    assert post.payload["text"] == "Board of Ana: 2 open (1 in the backlog)."
    assert (post.channel, drawn.thread_of) == ("CTEAM", post.key)
    assert "shared here already" in busy.press("board_share", value).text
    assert "too old" in busy.press("board_share", "").text


def test_forty_cards_with_long_names_still_fit_slack(talk):
    for number in range(1, 41):
        stage = ("hypothesis", "experiment", "evaluation", "iteration")[number % 4]
        stored(talk.engine, experiment(
            number=number, stage=stage, title="&" * 200, hypothesis="<" * 900, owner="UANA",
            box_ends=MONDAY.date() - timedelta(days=3), gpu_used=99.0, metric="m" * 60,
        ))  # fmt: skip
    heard = talk.say("/board")
    assert "experiment 10/3" in heard.text
    assert "_and 5 more: `/board experiment`_" in _said(heard)
    assert len(_said(heard)) < 13000
    talk.say("/board experiment")
    for row in talk.sent("picture:"):
        assert draw(row.payload["charts"][0]).startswith(b"\x89PNG")


def test_marks_are_typed_with_an_update_and_undone_with_it(busy):
    heard = busy.say("/exp update 42 training=done")
    assert "training running → complete" in heard.text
    assert "training complete → not told" in busy.say("/exp update 42 training=none").text
    busy.say("/exp undo")
    assert "training: complete" in _said(busy.say("/board 42"))


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("42 training=great", "“great” is nothing training can be. Write `training=` and one of "
         "queued, running, paused, diverged, complete."),
        ("42 deploy=live", "EXP-042 is in experiment: nothing is rolled out from there."),
        ("46 training=running", "EXP-046 is in backlog: nothing is trained there."),
        ("44 deploy=live", "EXP-044 was killed"),
        ("43 monitoring=maybe", "“maybe” is nothing monitoring can be."),
        ("43 rollback=maybe", "one of tested, failed, not-tested."),
    ],
)  # fmt: skip
def test_a_mark_that_does_not_fit_is_refused(busy, said, heard):
    assert heard in busy.say(f"/exp update {said}").text


def test_what_is_in_production_takes_rollout_marks_and_nothing_else(talk):
    stored(talk.engine, experiment(number=7, stage="production", outcome="promoted",
           stage_since=START, decided_at=START, learnings=LEARNED))  # fmt: skip
    heard = talk.say("/exp update 7 deploy=canary monitoring=on rollback=tested")
    assert "deploy not told → canary · monitoring not told → on · rollback not told" in heard.text
    assert "deploy: canary · monitoring: on · rollback: tested" in _said(talk.say("/board"))
    assert "promoted to production" in talk.say("/exp update 7 baseline=0.9 deploy=live").text
    talk.say("/exp update 7 deploy=live")
    assert "_1 promoted earlier: `/exp list production`_" in _said(talk.say("/board"))


def test_training_that_is_not_complete_holds_the_ticket_back(busy):
    assert "training is not complete" in busy.say("/exp move 42 evaluation").text
    busy.say("/exp update 42 training=complete")
    assert "moved experiment → evaluation" in busy.say("/exp move 42 evaluation").text


def test_iterating_starts_the_training_anew(talk):
    bring(talk, "safe")
    talk.say("/exp update 1 training=complete")
    talk.say("/exp move 1 iteration rank 32 looks promising")
    assert "training: not told" in _said(talk.say("/board 1"))


def test_the_board_reads_the_same_from_both_databases(engine):
    talk = Conversation(engine=engine, table=table())
    bring(talk, "result")
    talk.say("/exp update 1 training=diverged")
    assert talk.say("/board").text == "Board: 1 open, 1 blocked."
    assert "blocked: training divergence (BLK-001)" in _said(talk.say("/board 1"))
    assert talk.say("/board funnel").text == "1 experiment: 0 killed, 0 reached production."
    talk.say(f"/kill 1 {LEARNED}")
    assert talk.say("/board").text == "Board: 0 open."
    assert "kill reason:" in _said(talk.say("/board killed"))
    assert "No sprint is over yet" in talk.say("/board metrics").text
