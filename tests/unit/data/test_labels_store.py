"""Pushed labels, on both databases."""

import pytest
from sqlmodel import Session, select

from core.errors import NotFound, Refused
from models.data.label_batch import LabelBatch
from models.outbox import Outbox
from services.data.label_batch import Batch, push
from services.ports import Lab
from tests.conversation import TEAM, PlainTestWriter
from tests.datasets import MONDAY, card, labels, stored_card


def lab(engine):
    return Lab(engine=engine, clock=lambda: MONDAY, writer=PlainTestWriter())


def rows(engine, table):
    with Session(engine) as session:
        return session.exec(select(table)).all()


def test_a_batch_is_judged_kept_and_posted_and_edited_when_pushed_again(engine):
    stored_card(engine, alerts_channel="CALERT")
    first = push(lab(engine), TEAM, Batch(3, "", labels(5, 5), "ci"))
    assert (first.verdict, first.vendor, first.dataset) == ("INCONCLUSIVE", "Acme", "DATA-003")
    again = push(lab(engine), TEAM, Batch(3, "", labels(200, 200, apart=9), "ci"))
    assert again.verdict == "PASS"
    (kept,) = rows(engine, LabelBatch)
    assert (kept.pushes, kept.judged["verdict"], kept.by) == (2, "PASS", "ci")
    post, edit = rows(engine, Outbox)
    assert (post.kind, post.channel) == ("post", "CALERT")
    assert (edit.kind, edit.target) == ("update", post.key)
    assert "PASS" in edit.payload["text"]


def test_another_batch_is_another_post(engine):
    stored_card(engine, team_channel="CTEAM")
    for name in ("pilot", "full"):
        push(lab(engine), TEAM, Batch(3, "Bolt", labels(40, 40), "ci", name=name))
    assert [b.vendor for b in rows(engine, LabelBatch)] == ["Bolt", "Bolt"]
    assert [p.channel for p in rows(engine, Outbox)] == ["CTEAM", "CTEAM"]


@pytest.mark.parametrize(
    ("fields", "batch", "said"),
    [
        ({}, Batch(9, "", labels(1, 1), "ci"), "There is no DATA-009."),
        ({}, Batch(3, "", [], "ci"), "holds no labels"),
        ({"stage": "collection"}, Batch(3, "", labels(1, 1), "ci"), "annotation has not started"),
        ({"needs_labels": False}, Batch(3, "", labels(1, 1), "ci"), "needs no labels"),
    ],
)
def test_labels_that_belong_nowhere_are_refused(sqlite_engine, fields, batch, said):
    stored_card(sqlite_engine, card(**fields))
    with pytest.raises((NotFound, Refused)) as refusal:
        push(lab(sqlite_engine), TEAM, batch)
    assert said in refusal.value.message
    assert rows(sqlite_engine, LabelBatch) == []


def test_foreign_words_in_labels_cannot_ping(sqlite_engine):
    stored_card(sqlite_engine, team_channel="CTEAM")
    rude = [type(x)(x.item, x.annotator, "<!channel>") for x in labels(40, 40)]
    push(lab(sqlite_engine), TEAM, Batch(3, "<@U1>", rude, "ci", name="<!here>"))
    (post,) = rows(sqlite_engine, Outbox)
    assert "<!" not in str(post.payload["blocks"])
    assert "<@" not in str(post.payload["blocks"])


def test_a_batch_is_judged_by_the_card_s_own_gate(sqlite_engine):
    stored_card(sqlite_engine, card(fields={"vendor": "Acme", "quality_gate": "0.99"}))
    judged = push(lab(sqlite_engine), TEAM, Batch(3, "", labels(60, 60, apart=6), "ci"))
    assert judged.verdict == "FAIL"
