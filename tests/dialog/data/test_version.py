""" "Which dataset did we train on?": the version on ticket and eval, and what failed since."""

import pytest

from core.errors import NotFound, Refused
from services.data.label_batch import Batch
from services.data.label_batch import push as push_labels
from services.data.version_push import VersionPush
from services.data.version_push import push as push_version
from tests.conversation import TEAM
from tests.databoard import NEED, move, road, write
from tests.datasets import labels
from tests.evals import pushed, results
from tests.experiments import bring
from tests.swept import CONNECT, sweep_in, trained
from tests.teams import arrange, vision

OLD, NEW = "md5 3f2a9c1b00aa11bb22cc33dd44ee55ff", "md5 9b1d04e700aa11bb22cc33dd44ee55ff.dir"


def setup(talk):
    talk.say("/exp setup")
    talk.submit_open({"team_channel": "CTEAM", "alerts_channel": "CALERT"})


def version(talk, hash_, **more):
    pushed = VersionPush(1, hash_, "data/tickets in git", "token 3 (CI)", **more)
    return push_version(talk.lab, TEAM, pushed)


def batch(talk, name, *, good):
    rows = labels(120, 120) if good else labels(60, 60, apart=120)
    talk.later(minutes=1)
    return push_labels(talk.lab, TEAM, Batch(1, "Acme", rows, "token 3 (CI)", name=name))


def ready(talk):
    """EXP-001 in its experiment stage and DATA-001, Ready at v1."""
    setup(talk)
    write(talk)
    road(talk)
    return bring(talk, "experiment")


def test_a_ticket_keeps_the_version_it_was_trained_on_and_the_card_knows_it(talk):
    ready(talk)
    said = talk.say("/exp update 1 dataset=data-1@3f2a9c1 commit=DEADBEEF0").text
    assert "trained on DATA-001@v1, code deadbeef0" in said
    card = str(talk.say("/exp 1").blocks)
    assert "trained on DATA-001@v1, code deadbeef0" in card
    assert "Trained on DATA-001@v1: dvc 3f2a9c1 · 48,210 rows" in card
    assert "*EXP-001* Fine-tune Llama-3-8B on support corpus" in str(talk.say("/data 1").blocks)
    assert "dataset version" in str(talk.say("/exp history 1").blocks)
    assert "dataset not ready" in talk.say("/exp update 1 data=no").text


def test_the_form_keeps_the_newest_version_where_none_is_named(talk):
    ready(talk)
    talk.say("/exp edit 1")
    assert (
        "saved: dataset version, code commit"
        in talk.submit_open({"trained_on": "DATA-001", "code_commit": "3f2a9c1"}).text
    )
    talk.say("/exp edit 1")
    assert "DATA-001@v1" in str(talk.replies[-1].modal)
    assert "There is no DATA-009" in str(talk.submit_open({"trained_on": "DATA-009@v1"}).errors)
    talk.say("/exp edit 1")
    assert "“main” is no commit" in str(talk.submit_open({"code_commit": "main"}).errors)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("dataset=DATA-001@v7", "DATA-001 has no version “v7”. Its newest is DATA-001@v1"),
        ("dataset=DATA-002", "DATA-002 has no version yet."),
        ("dataset=DATA-009@v1", "There is no DATA-009."),
        ("trainedon=tickets", "“tickets” names no dataset version. Write it like DATA-003@v2."),
        ("commit=main", "“main” is no commit."),
    ],
)
def test_what_is_no_version_is_said(talk, typed, said):
    ready(talk)
    write(talk)
    assert said in talk.say(f"/exp update 1 {typed}").text


def test_another_team_s_card_is_no_version_of_ours(talk):
    lab = arrange(talk)  # NLP has EXP-042
    vision(lab)
    lab.say("/data new", by="UZOE", channel="CVIS")
    lab.submit_open(NEED, by="UZOE")
    push_version(lab.lab, 2, VersionPush(1, OLD, "data in git", "token 3 (CI)"))
    said = lab.say("/exp update 42 dataset=DATA-001@v1", by="UANA", channel="CNLP").text
    assert said == "There is no DATA-001. `/data` shows the board."


def _ran(talk, *datasets):
    """Runs of EXP-001 that a tracker knows, and what they say they were trained on."""
    talk.say(CONNECT)
    told = [trained(f"EXP-001 {said}", {"loss": [0.5]}, params={"dataset": said})
            for said in datasets]  # fmt: skip
    sweep_in(talk, *told)


def test_what_runs_say_counts_too_when_a_version_fails(talk):
    ready(talk)
    batch(talk, "B-7", good=False)
    none = "No experiment is known to be trained on v1, which failed its check."
    assert none in str(talk.say("/data 1").blocks)
    assert talk.sent("version-failed") == []
    _ran(talk, "tickets-v1", "DATA-002@v1", "data-011@v1")
    assert none in str(talk.say("/data 1").blocks)
    talk.later(minutes=16)
    sweep_in(talk, trained("EXP-001 it", {"loss": [0.5]}, params={"dataset": "data-001@v1"}))
    assert "on v1, *which failed its check since*" in str(talk.say("/data 1").blocks)
    assert none not in str(talk.replies[-1].blocks)


def test_a_run_names_a_version_by_its_hash(talk):
    ready(talk)
    version(talk, OLD)
    _ran(talk, "md5:3f2a9c1b00aa11bb")
    assert "EXP-001" in str(talk.say("/data 1").blocks)
    batch(talk, "B-7", good=False)
    (post,) = talk.sent("version-failed")
    assert "trained on it: EXP-001 (experiment)" in post.payload["text"]


def test_a_version_whose_batch_fails_afterwards_marks_what_was_trained_on_it(talk):
    ready(talk)
    talk.say("/exp update 1 dataset=DATA-001@v1")
    batch(talk, "B-7", good=False)
    (post,) = talk.sent("version-failed")
    assert post.channel == "CALERT"
    assert post.payload["text"] == (
        "DATA-001@v1 failed a check; trained on it: EXP-001 (experiment)"
    )
    assert "which failed its check since" in str(talk.say("/data 1").blocks)
    assert "failed its check" in str(talk.say("/exp 1").blocks)
    assert "failed its check" in str(talk.say("/data versions 1").blocks)
    batch(talk, "B-7", good=False)
    assert len(talk.sent("version-failed")) == 1
    batch(talk, "B-7", good=True)  # relabelled
    assert "failed its check" not in str(talk.say("/data 1").blocks)


def test_a_batch_for_the_next_version_says_nothing_of_the_one_before(talk):
    ready(talk)
    talk.say("/exp update 1 dataset=DATA-001@v1")
    move(talk, "annotation", {"why": "more labels are wanted"})
    batch(talk, "B-8", good=False)
    assert not talk.sent("version-failed")
    talk.say("/data pii 1 found names in the new rows")
    assert not talk.sent("version-failed")


def test_a_version_kept_after_a_batch_came_in_holds_it(talk):
    ready(talk)
    batch(talk, "B-7", good=True)
    version(talk, NEW)
    version(talk, "md5 7777777700aa11bb22cc33dd44ee55ff")
    talk.say("/exp update 1 dataset=DATA-001@v2")
    batch(talk, "B-7", good=False)
    assert (
        "DATA-001@v3, DATA-001@v2 failed a check" in talk.sent("version-failed")[0].payload["text"]
    )
    assert "failed" not in str(talk.say("/data versions 1").blocks).split("*v1*")[1]


def test_pii_found_marks_the_version_and_its_scrubbing_clears_it(talk):
    ready(talk)
    talk.say("/exp update 1 dataset=DATA-001@v1")
    talk.say("/data pii 1 found phone numbers")
    assert "PII was found in it: phone numbers" in str(talk.say("/exp 1").blocks)
    talk.say("/data pii 1 clean a false alarm")
    assert "PII was found" not in str(talk.say("/exp 1").blocks)


def test_a_pushed_version_is_kept_once_and_becomes_the_ready_one(talk):
    setup(talk)
    write(talk)
    made, fresh = version(talk, OLD, size=64_128_504, files=2800)
    assert (made.id, fresh) == ("DATA-001@v1", True)
    assert version(talk, OLD)[1] is False
    assert "64.1 MB, 2,800 files" in str(talk.say("/data 1").blocks)
    road(talk)  # with the hash `dvc 3f2a9c1`
    assert "1 version" in talk.say("/data versions 1").text
    assert "48,210 rows, 64.1 MB, 2,800 files" in str(talk.replies[-1].blocks)
    version(talk, NEW)
    with pytest.raises(Refused, match="DATA-001@v1 has this hash already, and DATA-001@v2"):
        version(talk, OLD)


def test_the_gate_says_that_the_data_changed_between_and_which_batch_failed(talk):
    number = ready(talk)
    pushed(talk, results("baseline", n=200, wrong=50, trained_on="DATA-001@v1"), number)
    batch(talk, "B-7", good=True)
    talk.later(minutes=1)
    version(talk, NEW)
    batch(talk, "B-7", good=False)
    new = results("candidate", n=200, wrong=150, trained_on="DATA-001")
    done = pushed(talk, new, number, gate=True)
    (behind,) = done.status.behind
    assert behind.startswith(
        "The data changed between: DATA-001 v1 → v2; DATA-001@v2 failed its check: the labels of "
        "batch B-7 are FAIL:"
    )
    (card,) = [row for row in talk.sent(f"gate:{TEAM}:EXP-001") if row.kind == "post"][:1]
    assert "*Data:* The data changed between: DATA-001 v1 → v2" in str(card.payload)
    assert "candidate: 200 examples" in str(card.payload)
    assert "trained on DATA-001@v2" in str(talk.say("/exp 1").blocks)  # the push told the ticket


def test_a_baseline_that_names_no_data_leaves_the_candidate_of_before_to_compare(talk):
    number = ready(talk)
    pushed(talk, results("baseline", n=200, wrong=50), number)
    pushed(talk, results("candidate", n=200, wrong=50, trained_on="DATA-001@v1"), number)
    talk.later(minutes=1)
    version(talk, NEW)
    new = results("candidate", n=200, wrong=150, trained_on="DATA-001@9b1d04e7")
    done = pushed(talk, new, number, gate=True)
    assert done.status.behind == ("The data changed between: DATA-001 v1 → v2.",)
    assert "data told by a push" in str(talk.say("/exp history 1").blocks)


def test_a_push_that_names_no_version_there_is_keeps_nothing(talk):
    number = ready(talk)
    with pytest.raises(NotFound, match="DATA-001 has no version “v9”"):
        pushed(talk, results(trained_on="DATA-001@v9"), number)
    assert "has no eval results yet" in talk.say("/gate EXP-001").text


def test_the_same_data_on_both_sides_is_nothing_to_say(talk):
    number = ready(talk)
    talk.say("/exp update 1 dataset=DATA-001@v1")
    pushed(talk, results("baseline", wrong=50), number)
    done = pushed(talk, results("candidate", wrong=90), number, gate=True)
    assert done.status.behind == ()
