"""Data cards, on both databases."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

from sqlmodel import Session, select

from core.errors import Refused
from models.data.dataset import Dataset, DatasetChange, Delivery
from models.data.version import DatasetVersion
from models.experiments.experiment import Change, Experiment
from services.audited import ChangeRequest
from services.data import card as dataset_card
from services.data import dataset, move
from services.data.label_batch import Batch, push
from services.ports import Lab
from tests.conversation import TEAM, PlainTestWriter
from tests.databoard import ACME, CHECKED, COLLECTED, NEED, STORED
from tests.datasets import MONDAY, card, labels, stored_card
from tests.tickets import experiment, stored


def lab(engine, later=0):
    now = MONDAY + timedelta(days=later)
    return Lab(engine=engine, clock=lambda: now, writer=PlainTestWriter())


def rows(engine, table):
    with Session(engine) as session:
        return session.exec(select(table)).all()


def act(**more):
    return ChangeRequest(1, "UANA", **more)


def go(engine, to, typed, later=0):
    return move.move(lab(engine, later), TEAM, to, act(typed=typed, why="again"))


def test_the_whole_way_keeps_versions_deliveries_and_an_audit_row_for_every_change(engine):
    stored(engine, experiment(number=7, stage="hypothesis", dataset_ready=False))
    dataset_card.create(lab(engine), TEAM, act(typed=NEED | {"experiments": "7"}))
    go(engine, "collection", COLLECTED)
    dataset_card.mark_pii(lab(engine), TEAM, "clean", act())
    go(engine, "annotation", ACME)
    go(engine, "annotation", ACME | {"annotation_to": "2026-12-24"}, later=1)
    push(lab(engine), TEAM, Batch(1, "", labels(200, 200, apart=9), "ci", name="pilot"))
    for name in ("pilot", "first100"):
        dataset_card.check(lab(engine), TEAM, (name, "ok"), act())
    go(engine, "qa", CHECKED, later=10)
    go(engine, "ready", STORED, later=11)
    go(engine, "ready", STORED, later=12)
    go(engine, "ready", STORED | {"hash": "dvc 4"}, later=12)
    (it,) = rows(engine, Dataset)
    assert (it.stage, it.ready_at) == ("ready", MONDAY + timedelta(days=11))
    assert [v.hash for v in rows(engine, DatasetVersion)] == ["dvc 3f2a9c1", "dvc 4"]
    (sent,) = rows(engine, Delivery)
    assert sent.promised_to == date(2026, 12, 1), "the first promise is what is measured"
    assert sent.delivered_on == date(2026, 12, 3)
    assert len(rows(engine, DatasetChange)) == 12
    (ticket,) = rows(engine, Experiment)
    assert ticket.dataset_ready
    assert [c.why for c in rows(engine, Change)] == ["DATA-001 is ready"]
    (acme,), _ = dataset.vendors(lab(engine, 12), TEAM)
    assert (acme.deliveries[0].took, acme.deliveries[0].days_late(MONDAY.date())) == (10, 2)
    assert acme.batches[0].verdict == "PASS"


def test_two_cards_of_one_experiment_must_both_be_ready(engine):
    stored(engine, experiment(number=7, stage="hypothesis", dataset_ready=False))
    stored_card(engine, card(number=1, stage="qa", experiments=(7,), fields=CHECKED))
    stored_card(engine, card(number=2, stage="qa", experiments=(7,)))
    go(engine, "ready", STORED)
    assert not rows(engine, Experiment)[0].dataset_ready


def test_an_experiment_under_way_keeps_its_data_when_a_card_goes_back(engine):
    stored(engine, experiment(number=7, stage="experiment", dataset_ready=True))
    stored_card(engine, card(number=1, stage="ready", experiments=(7,)))
    go(engine, "qa", CHECKED)
    assert rows(engine, Experiment)[0].dataset_ready
    assert rows(engine, Change) == []


def test_a_vendor_called_off_is_not_late_for_ever(engine):
    stored_card(engine, card(number=1, stage="collection", fields=COLLECTED))
    go(engine, "annotation", ACME)
    go(engine, "annotation", ACME | {"vendor": "Bolt"})
    assert [sent.vendor for sent in rows(engine, Delivery)] == ["Bolt"]
    go(engine, "collection", COLLECTED)
    assert rows(engine, Delivery) == []


def both(*calls):
    gate = threading.Barrier(len(calls))

    def run(call):
        gate.wait(timeout=10)
        try:
            return call()
        except Refused as refusal:
            return refusal

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def test_two_moves_at_once_are_one_move(postgres_engine):
    stored_card(postgres_engine, card(number=1, stage="needed", fields={}))
    seen = rows(postgres_engine, Dataset)[0].version
    send = act(typed=COLLECTED, seen=seen)
    done = both(*[
        lambda: move.move(lab(postgres_engine), TEAM, "collection", send)
    ] * 2)  # fmt: skip
    assert sum(isinstance(one, Refused) for one in done) == 1
    assert len(rows(postgres_engine, DatasetChange)) == 1


def test_two_new_cards_at_once_have_two_numbers(postgres_engine):
    make = act(typed=NEED)
    stored(postgres_engine, experiment())
    both(*[lambda: dataset_card.create(lab(postgres_engine), TEAM, make)] * 2)
    assert sorted(it.number for it in rows(postgres_engine, Dataset)) == [1, 2]
