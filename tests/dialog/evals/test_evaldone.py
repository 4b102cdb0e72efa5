"""The Definition of Done is read by all and changed by leads, in forms or as text."""

import pytest

from tests.evals import judged, pushed, results
from tests.scenes import start, three


@pytest.fixture
def lab(talk):
    """Ana, Ben, Lee who leads, and EXP-042."""
    three(talk)
    start(talk)
    return talk


def shown(talk, by="ULEE"):
    return str(talk.say("/gate done", by=by).blocks)


def test_without_one_the_documents_holds(lab):
    said = lab.say("/gate done", by="UANA")
    assert said.text == (
        "Definition of Done: 13 metrics (the source document's, until you write your own)"
    )
    for word in ("*safety*", "≤ 0.1%", "*latency_p95 (score latency_ms)*: ≤ 500", "rollback"):
        assert word in str(said.blocks)
    assert "gate_done_add" not in str(said.blocks)
    assert "gate_done_add" in shown(lab)


def test_a_metric_is_added_changed_and_removed_in_a_form(lab):
    lab.press("gate_done_add", by="ULEE")
    sent = lab.submit_open({"name": "F1", "threshold": "80%", "margin": "0.01"}, by="ULEE")
    assert sent.text == "Saved: F1 added."
    assert "• *F1*: ≥ 80%, not worse by 1 points" in shown(lab)
    assert "F1 added" in lab.sent("done:1:1")[0].payload["text"]
    lab.press("gate_done_pick", "F1", by="ULEE")
    assert lab.submit_open({"threshold": "0.85"}, by="ULEE").text == "Saved: F1 changed."
    lab.say("/gate done f1", by="ULEE")
    assert lab.submit_open({"flags": ["blocking", "remove"]}, by="ULEE").text == (
        "Saved: F1 removed."
    )
    assert "F1" not in shown(lab)


@pytest.mark.parametrize(
    ("values", "field", "word"),
    [
        ({"name": "", "threshold": "0.9"}, "name", "needs a name"),
        ({"name": "x"}, "threshold", "neither a threshold nor a margin"),
        ({"name": "x", "threshold": "90"}, "threshold", "no share of 0 to 1"),
        ({"name": "x", "threshold": "high"}, "threshold", "is no number"),
        ({"name": "x", "threshold": "0.9", "margin": "-1"}, "margin", "below zero"),
        ({"name": "x", "threshold": "0.9", "gap": "0.05"}, "gap", "needs slices"),
    ],
)
def test_what_cannot_be_judged_is_refused_under_its_field(lab, values, field, word):
    lab.press("gate_done_add", by="ULEE")
    assert word in lab.submit_open(values, by="ULEE").errors[field]


def test_the_text_holds_all_of_it_and_comes_back_the_same(lab):
    lab.say("/gate done toml", by="ULEE")
    assert lab.submit_open({}, by="ULEE").text == "Saved: nothing differs from before."
    assert "13 metrics (your team's)" in lab.say("/gate done").text


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("accuracy >= 0.9", "This is no TOML"),
        ("[metric]\nname = 'x'", "a list of [[metric]] tables"),
        ("[[metric]]\nthreshold = 0.9", "needs a name"),
        ('[[metric]]\nname = "x"\nlimit = 3', "I don't know “limit”"),
        ('[[metric]]\nname = "x"\nthreshold = "0.9"', "threshold cannot be 0.9"),
        ('[[metric]]\nname = "x"\nthreshold = true', "threshold cannot be True"),
        ('[[metric]]\nname = "x"\nthreshold = nan', "no numbers"),
        ('[[metric]]\nname = "x"\nkind = "magic"\nthreshold = 1', "is no kind"),
        ('[[metric]]\nname = "x"\nmargin = 0\n[[metric]]\nname = "x"\nmargin = 0', "twice"),
    ],
)
def test_wrong_text_is_one_sentence_under_the_field(lab, text, word):
    lab.say("/gate done toml", by="ULEE")
    assert word in lab.submit_open({"toml": text}, by="ULEE").errors["toml"]


def test_long_text_is_split_over_several_fields_and_nothing_is_lost(lab):
    text = "\n".join(
        f'[[metric]]\nname = "metric number {i}"\nthreshold = 0.9\nscore = "{"s" * 90}"'
        for i in range(40)
    )
    half = text.index('[[metric]]\nname = "metric number 20"')
    lab.send("gate_done_toml", {"toml": text[:half], "toml2": text[half:]}, by="ULEE")
    assert "40 metrics (your team's)" in lab.say("/gate done").text
    lab.say("/gate done toml", by="ULEE")
    assert lab.submit_open({}, by="ULEE").text == "Saved: nothing differs from before."


def test_who_does_not_lead_reads_only(lab):
    for line in ("/gate done toml", "/gate done accuracy"):
        assert "Only a lead can change the Definition of Done" in lab.say(line, by="UANA").text
    assert "is not in the Definition of Done" in lab.say("/gate done nonsense", by="ULEE").text


def test_a_closed_form_keeps_what_was_typed(lab):
    lab.press("gate_done_add", by="ULEE")
    lab.close("gate_done", {"name": "F1", "threshold": "0.8"}, by="ULEE", meta={"name": ""})
    lab.press("gate_done_add", by="ULEE")
    assert "What you typed before" in str(lab.replies[-1].modal)
    assert lab.submit_open({}, by="ULEE").text == "Saved: F1 added."
    lab.press("gate_done_add", by="ULEE")
    assert "What you typed before" not in str(lab.replies[-1].modal)


def test_what_no_eval_measures_is_confirmed_by_a_person_and_can_be_taken_back(lab):
    lab.say("/gate done toml", by="ULEE")
    text = '[[metric]]\nname = "accuracy"\nthreshold = 0.9\n'
    text += '[[metric]]\nname = "rollback"\nkind = "confirmed"'
    lab.submit_open({"toml": text}, by="ULEE")
    status = pushed(lab, results(), gate=True).status
    assert (status.decision, status.reasons) == ("HOLD", ("rollback is not confirmed.",))
    assert "Only the owner" in lab.say("/gate 42 confirm rollback", by="UBEN").text
    assert "nothing to confirm" in lab.say("/gate 42 confirm accuracy").text
    said = lab.say("/gate 42 confirm Rollback tested: 3 min 12 s").text
    assert "rollback is confirmed (tested: 3 min 12 s). Judge again" in said
    assert judged(lab).decision == "GO"
    assert "rollback is confirmed: tested: 3 min 12 s" in str(lab.say("/gate 42").blocks)
    again = lab.say("/gate 42 confirm rollback tested: 3 min 12 s").text
    assert "was confirmed already" in again
    lab.say("/gate 42 unconfirm rollback")
    assert judged(lab).decision == "HOLD"


def test_monitoring_rollback_and_documentation_need_their_evidence(lab):
    lab.say("/gate done toml", by="ULEE")
    text = "".join(
        f'[[metric]]\nname = "{name}"\nkind = "confirmed"\n'
        for name in ("monitoring", "rollback", "documentation", "legal sign-off")
    )
    lab.submit_open({"toml": text}, by="ULEE")
    pushed(lab, results(), gate=True)
    for typed, lacks in (
        ("monitoring", "the dashboard's link and what alerts"),
        (
            "monitoring https://grafana.example.com/d/7",
            "the dashboard's link and what alerts",
        ),
        (
            "documentation it is all written down",
            "the model card's link and its",
        ),
        ("rollback tested", "the minutes it took"),
        ("rollback tested: 5 min", "took 5 minutes, and less than 5 are asked for"),
    ):
        assert lacks in lab.say(f"/gate 42 confirm {typed}").text
    assert judged(lab).decision == "HOLD"
    lab.say("/gate 42 confirm monitoring <https://grafana.example.com/d/7|board> pages on-call")
    lab.say("/gate 42 confirm documentation https://example.com/card weak on dates before 1990")
    lab.say("/gate 42 confirm rollback tested: 4m 59s")
    assert "legal sign-off is confirmed." in lab.say("/gate 42 confirm legal sign-off").text
    assert judged(lab).decision == "GO"
    shown = str(lab.say("/gate 42").blocks)
    assert "monitoring is confirmed: https://grafana.example.com/d/7 pages on-call" in shown
