"""Versions of datasets in both databases: what a card has, and who was trained on it."""

from datetime import timedelta

from sqlmodel import select

from core.data.version import DataVersion
from models import db
from models.data import dataset as cards
from models.data import label_batch as batches
from models.data import vendor
from models.data import version as table
from models.data.dataset import DatasetChange
from models.data.label_batch import LabelBatch
from models.data.vendor import VendorContact
from models.data.version import DatasetVersion
from models.experiments.experiment import Experiment
from tests.datasets import MONDAY, card, stored_card
from tests.tickets import experiment, stored

HUGE = 3 * 2**40  # bytes


def _version(card_id, hash_, **more):
    return DatasetVersion(
        dataset_id=card_id, hash=hash_, location="s3", quality="", who="token 3 (CI)", at=MONDAY,
        **more,
    )  # fmt: skip


def test_versions_are_counted_in_their_order_and_only_the_team_s_are_known(engine):
    mine = stored_card(engine)
    other = stored_card(engine, card(number=4, stage="ready"))
    with db.transaction(engine) as session:
        session.add(_version(mine, "md5 a", size=HUGE))
        session.add(_version(other, "md5 x"))
        session.flush()
        session.add(_version(mine, "md5 b", rows=None))
    with db.transaction(engine) as session:
        team_id = session.get_one(cards.Dataset, mine).team_id
        found = table.known(session, team_id, [3, 4, 9])
        assert [one.id for one in found[3]] == ["DATA-003@v2", "DATA-003@v1"]
        assert [one.id for one in found[4]] == ["DATA-004@v1"]
        assert 9 not in found
        assert found[3][1].size == HUGE
        assert table.known(session, team_id + 1, [3]) == {}
        assert cards.count_ready(session, team_id) == 1


def test_who_was_trained_on_a_card_is_found_by_its_whole_number(engine):
    for number in (1, 2, 3):
        stored(engine, experiment(number=number))
    with db.transaction(engine) as session:
        for row, used in zip(
            session.exec(select(Experiment).order_by(Experiment.number)),
            ("DATA-003@v1", "DATA-005@v2, DATA-003@v2", "DATA-1003@v1"),
            strict=True,
        ):
            row.trained_on = used
            team_id = row.team_id
    with db.transaction(engine) as session:
        kept = [DataVersion(3, n, f"md5 {n:032x}", "s3://data", 9, "0.97", "UANA", MONDAY)
                for n in (2, 1)]  # fmt: skip
        found = table.trained(session, team_id, kept, most=10)
        assert [(one.number, one.versions_of(3)) for one in found] == [(2, {2}), (1, {1})]
        assert len(table.trained(session, team_id, kept, most=1)) == 1
        assert table.trained(session, team_id + 1, kept, most=10) == []


def test_when_a_batch_first_came_in_and_which_was_pushed_last(engine):
    mine = stored_card(engine)
    with db.transaction(engine) as session:
        for hours, name in ((5, "B_7"), (1, "B_7"), (0, "BX7")):
            at = MONDAY + timedelta(hours=hours)
            told = {"dataset_id": mine, "at": at, "who": "ci", "why": ""}
            session.add(DatasetChange(action=f"labels pushed ({name}): FAIL", **told))
        for hours, name in ((5, "B_7"), (6, "B-8")):
            at = MONDAY + timedelta(hours=hours)
            session.add(LabelBatch(dataset_id=mine, name=name, at=at))
    with db.transaction(engine) as session:
        assert table.first_pushed(session, mine, "B_7") == MONDAY + timedelta(hours=1)
        assert table.first_pushed(session, mine, "B-9") is None
        team_id = session.get_one(cards.Dataset, mine).team_id
        newest = batches.newest_of(session, team_id)
        assert [(number, one.name) for number, one in newest] == [(3, "B_7"), (3, "B-8")]


def test_a_vendor_has_one_address_in_a_team(engine):
    mine = stored_card(engine)
    with db.transaction(engine) as session:
        team_id = session.get_one(cards.Dataset, mine).team_id
        told = {"address": "a@b.example", "by": "UANA", "at": MONDAY}
        session.add(VendorContact(team_id=team_id, key="acme", **told))
    with db.transaction(engine) as session:
        found = vendor.contact_of(session, team_id, "ACME")
        assert found is not None
        assert found.address == "a@b.example"
        assert vendor.contact_of(session, team_id + 1, "acme") is None
