"""Reading updates as people type them."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Refused
from core.experiments import checkpoint
from core.experiments.checkpoint import CheckpointReport
from tests.experiments import MONDAY, a_ticket, looks


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        (
            'acc=0.83 gpu=6h "what happened"',
            {"value": 0.83, "gpu_added": 6, "note": "what happened"},
        ),
        ("accuracy=83%", {"value": 0.83}),
        ("ACC = 83% gpu = 6h", {"value": 0.83, "gpu_added": 6}),
        ("Accuracy: 0.83", {"value": 0.83}),
        ("acc:0.83", {"value": 0.83}),
        ("0.83 6h tried rank 32", {"value": 0.83, "gpu_added": 6, "note": "tried rank 32"}),
        ("83% “loss is flat”", {"value": 0.83, "note": "loss is flat"}),
        ("result=0,83", {"value": 0.83}),
        ("gpu=total:19h", {"gpu_total": 19}),
        ("gpu=+6h gpu=2h", {"gpu_added": 8}),
        ("gpu=1d", {"gpu_added": 24}),
        ("baseline=72% data=ready", {"baseline": 0.72, "dataset_ready": True}),
        ("safety=ok", {"blocking_ok": True}),
        ("blocking=failed data=no", {"blocking_ok": False, "dataset_ready": False}),
        ("link=<https://wandb.ai/x|wandb.ai/x>", {"link": "https://wandb.ai/x"}),
        ("tried lr=2e-4 gpu=3h", {"gpu_added": 3, "note": "tried lr=2e-4"}),
        ('"lr=2e-4 acc=9" 0.8', {"value": 0.8, "note": "lr=2e-4 acc=9"}),
        ("see https://x.y/?a=b at 12:30", {"note": "see https://x.y/?a=b at 12:30"}),
        ('"never closed', {"note": "never closed"}),
        ("it runs: fine so far", {"note": "it runs: fine so far"}),
    ],
)
def test_an_update_is_read_as_it_is_meant(typed, read):
    assert checkpoint.read(typed, a_ticket()) == CheckpointReport(**read)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("acc=83", "Did you mean 83% (0.83)?"),
        ("acc=nan", "is no number"),
        ("acc=inf", "is no number"),
        ("acc=" + "9" * 400, "cannot be right"),
        ("gpu=-6h", "no number of GPU-hours"),
        ("gpu=nan", "no number of GPU-hours"),
        ("gpu=inf", "no number of GPU-hours"),
        ("gpu=9999999h", "cannot be right"),
        ("gpu=total:", "no number of GPU-hours"),
        ("f1=0.8", "EXP-042 measures accuracy"),
        ("0.8 0.9", "two results"),
        ("acc=0.8 accuracy=0.9", "two results"),
        ("data=soon", "neither yes nor no"),
        ("link=http://wandb.ai/x", "must start with https://"),
        ("link=javascript:alert(1)", "must start with https://"),
        ("baseline=72", "Did you mean 72% (0.72)?"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_words(typed, said):
    with pytest.raises(Refused) as refused:
        checkpoint.read(typed, a_ticket())
    assert said in refused.value.sentence


@pytest.mark.parametrize(
    ("metric", "target", "typed", "value"),
    [
        ("accuracy", 85, "acc=83%", 83),
        ("accuracy", 85, "acc=83", 83),
        ("val loss", 0.5, "loss=1.7", 1.7),
        ("F1 score", 0.9, "f1=0.8", 0.8),
        ("exact match", 0.9, "em=0.8", 0.8),
        ("ROC AUC", 0.9, "auc=0.8", 0.8),
        ("latency p95 ms", 500, "lat=480", 480),
        ("word error rate", 0.1, "wer=12%", 0.12),
    ],
)
def test_a_metric_is_known_by_its_short_forms_and_scale(metric, target, typed, value):
    ticket = a_ticket(metric=metric, target=target, baseline=None)
    assert checkpoint.read(typed, ticket).value == pytest.approx(value)


def test_a_share_is_no_answer_where_the_target_is_in_other_units():
    with pytest.raises(Refused, match="is a share, but the target is 500"):
        checkpoint.read("lat=83%", a_ticket(metric="latency", target=500))


@given(st.text(max_size=200))
def test_whatever_is_typed_is_read_or_refused_and_never_infinite(typed):
    try:
        report = checkpoint.read(typed, a_ticket())
    except Refused:
        return
    numbers = (report.value, report.gpu_added, report.gpu_total, report.baseline)
    assert all(n is None or math.isfinite(n) for n in numbers)
    assert all(n is None or n >= 0 for n in (report.gpu_added, report.gpu_total))


@given(
    st.integers(0, 1000).map(lambda n: n / 1000),
    st.integers(0, 500),
    st.text(st.characters(categories=["L"]), min_size=1, max_size=30),
)
def test_what_is_written_plainly_comes_back(value, hours, note):
    report = checkpoint.read(f'acc={value} gpu={hours}h "{note}"', a_ticket())
    assert (report.value, report.gpu_added, report.note) == (value, hours, note)


def test_hours_add_up_and_a_total_sets_them():
    ticket = a_ticket(gpu_used=13.0)
    more = checkpoint.applied(ticket, CheckpointReport(gpu_added=6), by="UBEN", at=MONDAY)
    assert (more.gpu_used, more.measurements[-1].gpu_used) == (19, 19)
    total = checkpoint.applied(ticket, CheckpointReport(gpu_total=10), by="UBEN", at=MONDAY)
    assert total.gpu_used == 10


def test_a_report_becomes_the_last_checkpoint_and_is_progress():
    ticket = a_ticket(measurements=looks(0.8))
    new = checkpoint.applied(ticket, CheckpointReport(value=0.83, note="n"), by="UBEN", at=MONDAY)
    last = new.measurements[-1]
    assert (last.value, last.note, last.author, new.progress_at) == (0.83, "n", "UBEN", MONDAY)


@pytest.mark.parametrize("stage", ["backlog", "hypothesis"])
def test_results_wait_until_the_experiment_runs(stage):
    with pytest.raises(Refused, match="results count once the experiment runs"):
        checkpoint.check_fits(a_ticket(stage=stage), CheckpointReport(value=0.8))
    checkpoint.check_fits(a_ticket(stage=stage), CheckpointReport(baseline=0.72, gpu_added=1))


def test_the_form_reads_as_the_command_does():
    values = {"result": "83%", "gpu": "6h", "note": "fine", "baseline": "", "ready": ["data"]}
    report = checkpoint.from_form(values, a_ticket(dataset_ready=False))
    assert report == CheckpointReport(value=0.83, gpu_added=6, note="fine", dataset_ready=True)


@pytest.mark.parametrize(
    ("field", "typed"), [("result", "83"), ("gpu", "many"), ("baseline", "x")]
)
def test_the_form_complains_under_the_field(field, typed):
    with pytest.raises(Refused) as refused:
        checkpoint.from_form({field: typed}, a_ticket())
    assert refused.value.field == field
