"""Eval results come in, are judged, and the card in the channel says so."""

import pytest

from core.errors import Refused
from core.evals.push import Line, Push
from tests.evals import judged, pushed, results
from tests.scenes import start, three
from tests.statements import watched

TOML = """
[[metric]]
name = "accuracy"
threshold = 0.9
margin = 0.02
"""


@pytest.fixture
def lab(talk):
    """Ana, Ben, Lee and Kim who lead, EXP-042, and accuracy as all that counts."""
    three(talk)
    start(talk, stage="evaluation", values=(0.86,))
    talk.say("/exp leads add <@UKIM>", by="ULEE")
    talk.say("/gate done toml", by="ULEE")
    assert "Saved" in talk.submit_open({"toml": TOML}, by="ULEE").text
    return talk


def card(talk):
    return [row for row in talk.sent() if row.key == "gate:1:EXP-042"]


def edits(talk):
    return [row for row in talk.sent() if row.key == "edit:gate:1:EXP-042"]


def test_good_results_are_go_and_the_card_stands_in_the_team_channel(lab):
    pushed(lab, results("baseline"))
    done = pushed(lab, results(), gate=True)
    assert done.status.decision == "GO"
    (row,) = card(lab)
    assert row.channel == "CTEAM"
    assert row.payload["text"] == "EXP-042 GO · 1 of 1 blocking metrics pass"
    shown = str(row.payload["blocks"])
    for word in ("0.98 ± ", "≥ 90%", "not worse by 2 points", "promote_open", "kill_open"):
        assert word in shown
    pictures = [r for r in lab.sent("gate:1:EXP-042:") if r.kind == "picture"]
    assert pictures[0].payload["chart"]["kind"] == "intervals"
    assert pictures[0].thread_of == "gate:1:EXP-042"


def test_the_next_push_edits_the_card_in_place(lab):
    pushed(lab, results("baseline"))
    pushed(lab, results(), gate=True)
    pushed(lab, results(wrong=200), gate=True)
    assert len(card(lab)) == 1
    (edit,) = edits(lab)
    assert edit.payload["text"].startswith("EXP-042 NO-GO · accuracy failed")


def test_a_push_that_is_judged_reads_the_definition_of_done_once(lab):
    with watched(lab.engine) as work:
        assert pushed(lab, results(), gate=True).status is not None
    assert sum("FROM donedefinition" in one for one in work.sent) == 1


def test_a_push_without_gate_says_on_the_card_that_it_is_out_of_date(lab):
    pushed(lab, results("baseline"))
    pushed(lab, results(), gate=True)
    pushed(lab, results(wrong=20))
    (edit,) = edits(lab)
    assert edit.payload["text"].endswith("out of date")
    assert "judge again with" in str(edit.payload["blocks"])


def test_every_hold_says_how_many_examples_are_missing(lab):
    pushed(lab, results("baseline", n=100, wrong=6))
    status = pushed(lab, results(n=100, wrong=6), gate=True).status
    assert status.decision == "HOLD"
    assert status.missing_examples
    assert f"about {status.missing_examples} more examples missing" in card(lab)[0].payload["text"]


def test_a_hold_that_more_examples_do_not_settle_says_what_is_missing(lab):
    pushed(lab, results(), gate=True)
    assert card(lab)[0].payload["text"].endswith("a baseline is missing: accuracy")
    pushed(lab, results(metric="f1"), gate=True)
    assert edits(lab)[0].payload["text"].endswith("not measured: accuracy")
    pushed(lab, results(n=400), gate=False)
    pushed(lab, results("baseline"), gate=False)
    lab.say("/gate 42")
    assert edits(lab)[0].payload["text"].endswith("both sides need the same examples: accuracy")


def test_a_first_line_names_three_metrics_and_the_card_all(lab):
    text = "".join(f'[[metric]]\nname = "m{n}"\nmargin = 0.02\n' for n in range(5))
    lab.send("gate_done_toml", {"toml": text}, by="ULEE")
    pushed(lab, results(), gate=True)
    (shown,) = [one.payload for one in card(lab)]
    assert shown["text"].endswith("not measured: m0, m1, m2 and 2 more")
    assert "*Missing:* not measured: m0, m1, m2, m3, m4." in str(shown["blocks"])


def test_golden_examples_that_differ_and_slices_stand_in_the_thread_by_id_only(lab):
    text = '[[metric]]\nname = "golden"\nkind = "exact"\n'
    text += '[[metric]]\nname = "acc"\nmargin = 0.02\nslices = ["language"]'
    lab.send("gate_done_toml", {"toml": text}, by="ULEE")
    lines = tuple(
        Line(f"g{i}", scores={"golden": float(i > 1), "acc": 1.0}, slices={"language": "en"})
        for i in range(50)
    )
    pushed(lab, Push("baseline", lines, by="ci"))
    status = pushed(lab, Push("candidate", lines, by="ci"), gate=True).status
    assert status.decision == "NO-GO"
    (thread,) = lab.sent("gate:1:EXP-042:evidence")
    assert thread.thread_of == "gate:1:EXP-042"
    assert "*golden* differs on `g0`, `g1`" in str(thread.payload["blocks"])
    assert "acc by language: en too small (50" in str(thread.payload["blocks"])


def test_the_same_results_pushed_again_are_stored_once_and_are_no_new_look(lab):
    pushed(lab, results("baseline"))
    pushed(lab, results(), gate=True)
    again = pushed(lab, results(), gate=True)
    assert again.repeated
    assert (again.status.attempt, again.status.look) == (2, 1)


def test_a_second_look_at_the_eval_set_is_counted_and_shows_the_anytime_p(lab):
    pushed(lab, results("baseline", wrong=12))
    pushed(lab, results(wrong=60), gate=True)
    status = pushed(lab, results(wrong=11), gate=True).status
    assert status.look == 2
    assert status.p_anytime is not None
    assert f"Look 2 at this eval set, anytime p {status.p_anytime:.2g}" in str(
        edits(lab)[0].payload["blocks"]
    )


def test_gate_without_results_says_how_to_push(lab):
    said = lab.say("/gate EXP-042").text
    assert "has no eval results yet" in said
    assert "assay eval push" in said


def test_gate_shows_the_card_to_the_one_who_asks_and_bare_gate_the_latest(lab):
    assert "No gate was judged yet" in lab.say("/gate").text
    pushed(lab, results())
    said = lab.say("/gate exp42")
    assert said.text.startswith("EXP-042 HOLD")
    assert "has no baseline" in str(said.blocks)
    assert "EXP-042 HOLD" in str(lab.say("/gate").blocks)
    assert "/gate done" in str(lab.say("/gate help").blocks)


def test_the_documents_formula_stands_beside_ours_by_name(lab):
    pushed(lab, results("baseline"))
    pushed(lab, results())
    judged(lab)
    said = lab.say("/gate EXP-042 document")
    assert said.text == ("EXP-042: the document's formula says not computable, our gate says GO")
    assert "It decides nothing here" in str(said.blocks)
    start(lab, number=43)
    assert "has no eval results" in lab.say("/gate 43 document").text


def test_an_unknown_word_after_the_id_is_told(lab):
    assert "I don't know “now”" in lab.say("/gate EXP-042 now").text


def test_a_closed_experiment_and_an_empty_file_take_no_results(lab):
    with pytest.raises(Refused, match="There are no scores"):
        pushed(lab, results(n=0))
    lab.say("/kill 42 it overfits after the data refresh", by="ULEE")
    with pytest.raises(Refused, match="was killed"):
        pushed(lab, results())


def test_foreign_names_in_results_cannot_ping(lab):
    pushed(lab, results(source="<!channel>", by="<@UANA>", metric="<!here>"), gate=True)
    assert "<!" not in str(card(lab)[0].payload).replace("<!date", "")


def test_a_card_of_forty_long_metrics_stays_within_what_slack_takes(lab):
    names = [f"{i} {'long name ' * 5}"[:60].strip() for i in range(40)]
    tables = [f'[[metric]]\nname = "{name}"\nmargin = 0.02' for name in names]
    parts = {"toml": "\n".join(tables[:20]), "toml2": "\n".join(tables[20:])}
    assert "Saved" in lab.send("gate_done_toml", parts, by="ULEE").text
    lines = tuple(Line(f"q{i}" * 50, scores=dict.fromkeys(names, i % 2)) for i in range(40))
    pushed(lab, Push("baseline", lines, by="ci", source="s" * 500))
    pushed(lab, Push("candidate", lines[5:], by="ci", source="s" * 500), gate=True)
    table = next(b for b in card(lab)[0].payload["blocks"] if b["type"] == "table")
    assert sum(len(cell["text"]) for row in table["rows"] for cell in row) <= 10_000
    shown = len(table["rows"]) - 1
    assert f"{40 - shown} more metrics do not fit here" in str(card(lab)[0].payload["blocks"])
