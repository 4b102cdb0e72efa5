"""Engineering tickets as values, and as typed."""

from datetime import timedelta

import pytest

from core.board.engineering import finished, is_engineering_id, moved, read_kind, read_status
from core.board.engineering_form import read_done, read_line, written
from core.data.label_batch import against, judge
from core.data.workflow import labels_lack
from core.errors import Refused
from tests.datasets import card, labels
from tests.experiments import MONDAY

TODAY = MONDAY.date()


def ticket(**typed):
    texts = {"title": "Serve it", "kind": "infra"} | typed
    return written(texts, number=3, by="UANA", now=MONDAY, asked=None)


def test_one_line_is_read_by_its_keys():
    assert read_line(
        "“Serve it” type=infra model=rerank v3 latency=&lt; 200 ms cost=$2 per request "
        "owner=<@UBEN> box=1w blocks=EXP-1, 2"
    ) == {
        "title": "Serve it", "kind": "infra", "model_artifact": "rerank v3",
        "latency_target": "< 200 ms", "cost_target": "$2 per request", "owner": "UBEN",
        "box": "1w", "experiments": "EXP-1, 2",
    }  # fmt: skip


def test_what_was_measured_is_read_with_its_reason():
    assert read_done("measured latency=180ms cost=$1") == (("180ms", "$1"), "")
    assert read_done("latency=180ms why=the GPU is old") == (("180ms", ""), "the GPU is old")
    assert read_done("good enough for now") == (("", ""), "good enough for now")
    assert read_done("good enough latency=300ms") == (("300ms", ""), "good enough")


def test_the_box_begins_when_work_does_and_follows_its_length():
    todo = ticket(box="1w")
    assert todo.box_ends is None
    doing = moved(todo, "doing", now=MONDAY, today=TODAY)
    assert doing.box_ends == TODAY + timedelta(days=6)
    again = {"title": "Serve it", "kind": "infra", "owner": "UANA", "box": "2w"}
    longer = written(again, number=3, by="UANA", now=MONDAY, asked=doing)
    assert longer.box_ends == TODAY + timedelta(days=13)
    assert longer.is_over(TODAY + timedelta(days=14))
    back = moved(moved(doing, "todo", now=MONDAY, today=TODAY), "doing", now=MONDAY,
                 today=TODAY + timedelta(days=3))  # fmt: skip
    assert back.box_ends == doing.box_ends


def test_taken_up_again_it_forgets_what_was_measured():
    done = finished(ticket(), ("1s", "$1"), ["latency 1s misses 200 ms"], "old GPU", now=MONDAY)
    assert (done.status, done.missed) == ("done", "old GPU")
    again = moved(done, "doing", now=MONDAY, today=TODAY)
    assert (again.latency_measured, again.cost_measured, again.missed) == ("", "", "")


@pytest.mark.parametrize("why", ["", "-", "none", "n/a"])
def test_no_reason_closes_nothing_below_its_target(why):
    with pytest.raises(Refused, match="is not done yet"):
        finished(ticket(), ("", ""), ["latency is not measured"], why, now=MONDAY)


def test_words_people_use_are_understood():
    assert [read_kind(w) for w in ("Infrastructure", "optimise", "deploy")] == [
        "infra", "optimization", "deployment",
    ]  # fmt: skip
    assert [read_status(w) for w in ("To-do", "in progress", "In review", "closed")] == [
        "todo", "doing", "review", "done",
    ]  # fmt: skip
    assert [is_engineering_id(w) for w in ("ENG-003", "eng3", "3", "ENG-0", "EXP-3")] == [
        True, True, True, False, False,
    ]  # fmt: skip


def test_a_batch_is_judged_by_the_gate_that_holds_now():
    found = judge(labels(60, 60, apart=6))
    assert found.verdict == "PASS"
    assert against(found, 0.8) is found
    harder = against(found, 0.99)
    assert harder.verdict == "FAIL"
    assert "at least 0.99 is missed" in harder.reason
    assert against(found, 0.9).verdict == "INCONCLUSIVE"
    few = judge(labels(5, 5))
    assert against(few, 0.1) is few


def test_a_card_s_own_gate_holds_also_for_labels_judged_before_it_was_set():
    found = judge(labels(60, 60, apart=6))
    assert labels_lack(card(), [found]) == []
    (lack,) = labels_lack(card(fields={"quality_gate": "0.99"}), [found])
    assert "are FAIL" in lack
