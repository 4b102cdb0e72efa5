"""The project canvas as people write it."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Refused
from core.evals.definition_of_done import DEFAULTS
from core.evals.done_from_canvas import offers
from core.project.canvas import FIELDS, changed, check_kill, cleaned, merged, read, scaled
from core.project.canvas_lines import Measure, kill, lines, measures, risks
from core.project.diagnosis import Complaint
from core.project.diagnosis import read as complaint
from tests.tickets import experiment


@pytest.mark.parametrize(
    ("line", "name", "target", "direction", "aim"),
    [
        ("1. Accuracy: Correct answer rate >= 92% on eval set", "Accuracy", 0.92, "higher",
         "at least 92 %"),
        ("Latency: p95 response time < 2 seconds", "Latency", 2.0, "lower", "at most 2 seconds"),
        ("- CSAT ≥ 4,2/5", "CSAT", 4.2, "higher", "at least 4.2/5"),
        ("cost per answer at most $0.05", "cost per answer", 0.05, "lower", "at most 0.05"),
        ("Deflection rate: % resolved without a human", "Deflection rate", None, "higher", ""),
        ("F1", "F1", None, "higher", ""),
    ],
    ids=["percent", "seconds", "of-five", "words", "no-target", "name"],
)  # fmt: skip
def test_a_success_metric_is_read(line, name, target, direction, aim) -> None:
    """Name, target, direction and unit."""
    (found,) = measures(line)
    assert (found.name, found.target, found.direction, found.aim) == (name, target, direction, aim)


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("If accuracy < 80% after sprint 3, pivot approach", ("accuracy", "<", 0.8, 3,
                                                              "pivot approach")),
        ("WER above 12 % after sprint #4: stop.", ("WER", ">", 0.12, 4, "stop")),
        ("latency is > 900 ms by sprint 2", ("latency", ">", 900.0, 2, "")),
        ("customers hate it", None),
        ("accuracy < 80%", None),
        ("accuracy < 80% after sprint 0, pivot", None),
    ],
    ids=["document", "words", "unit", "prose", "no-sprint", "zero"],
)  # fmt: skip
def test_a_kill_criterion_is_read_or_left_to_people(line, wanted) -> None:
    """What a program can judge, and nothing else."""
    found = kill(line)
    got = found and (found.name, found.way, found.limit, found.sprint, found.then)
    assert got == wanted


def test_a_kill_criterion_takes_the_best_there_is() -> None:
    """Killed experiments count no more; points are points."""
    rule = kill("If accuracy < 80% after sprint 3, pivot")
    assert rule is not None
    low, killed = experiment((0.7, 0.78)), experiment((0.9,), number=2, stage="killed")
    assert check_kill(rule, [low], 2) is None
    found = check_kill(rule, [low, killed], 3)
    assert found is not None
    assert (found.state, found.value, found.experiment) == ("met", 0.78, 42)
    good = check_kill(rule, [low, experiment((0.81,), number=3)], 4)
    points = check_kill(rule, [experiment((78.0,), target=85.0)], 3)
    other = check_kill(rule, [experiment((0.7,), metric="recall")], 3)
    assert [one and one.state for one in (good, points, other)] == [
        "not met", "met", "not measured",
    ]  # fmt: skip


def test_a_risk_has_its_mitigation() -> None:
    """In brackets, after a dash, or none."""
    found = risks("- Drift (mitigation: weekly (re-)runs)\nLegal - mitigation: start now\nAlone")
    assert [(one.text, one.mitigation) for one in found] == [
        ("Drift", "weekly (re-)runs"), ("Legal", "start now"), ("Alone", ""),
    ]  # fmt: skip


def test_gaps_are_told_from_data() -> None:
    """A line that starts with GAP."""
    page = read({"data": "- 50K tickets\n- GAP: No bad answers\ngap - German"})
    assert (page.data, page.gaps) == (("50K tickets",), ("No bad answers", "German"))
    assert page.missing == ("business objective", "success metrics", "known risks",
                            "kill criteria")  # fmt: skip


def test_targets_come_onto_the_scale_of_the_experiments() -> None:
    """92 % is 92 where the experiments count in points."""
    aim = Measure("Accuracy", 0.92, unit="%")
    assert scaled(aim, {"accuracy": 85.0}) == 92.0
    assert scaled(aim, {"accuracy": 0.85}) == 0.92
    with pytest.raises(Refused, match="more than Accuracy can be"):
        scaled(Measure("Accuracy", 92.0), {"accuracy": 0.85})


def test_history_names_lines() -> None:
    """Added, taken away, moved."""
    assert changed({"kill": "a\nb"}, {"kill": "b\nc"}) == ("kill criteria: − a, + c",)
    assert changed({"kill": "a\nb"}, {"kill": "b\na"}) == ("kill criteria: another order",)
    assert changed({"kill": "- a"}, {"kill": "a"}) == ()


def test_a_clash_is_refused_under_its_field() -> None:
    """Both changed the same field to something else."""
    with pytest.raises(Refused, match="Cat changed this meanwhile") as refusal:
        merged({"mvp": "3"}, {"mvp": "4"}, {"mvp": "5"}, by="Cat")
    assert refusal.value.field == "mvp"
    same = merged({"mvp": "3"}, {"mvp": "5"}, {"mvp": "5"}, by="Cat")
    assert same["mvp"] == "5"


@given(st.fixed_dictionaries({name: st.text(max_size=60) for name in FIELDS}))
def test_whatever_is_typed_makes_a_page_or_one_sentence(values) -> None:
    """Nothing else is raised."""
    with contextlib.suppress(Refused):
        page = read(cleaned(values))
        assert len(page.kill) == len(lines(cleaned(values)["kill"]))


def test_the_definition_of_done_is_offered_what_it_does_not_ask_for() -> None:
    """Another threshold, a new metric; the same one is no offer."""
    found = offers(measures("Accuracy >= 92%\nRecall >= 85%\nCSAT >= 4.2/5\nF1"), DEFAULTS)
    assert [(o.text, o.instead_of.name if o.instead_of else "") for o in found] == [
        ("Accuracy at least 92 %", "accuracy"), ("CSAT at least 4.2/5", ""),
    ]  # fmt: skip
    assert found[0].requirement.margin == DEFAULTS[0].margin


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("", Complaint("general", 3)),
        ("we haven't shipped in 3 sprints", Complaint("ship", 3)),
        ("no release for 3 months", Complaint("ship", 6)),
        ("everyone is waiting for GPUs", Complaint("starting", 3)),
        ("are we afraid to kill", Complaint("killing", 3)),
        ("the coffee is cold", Complaint("unknown", 3)),
    ],
    ids=["bare", "document", "months", "waiting", "killing", "coffee"],
)
def test_complaints_are_understood(typed, wanted) -> None:
    """By their words, with the span they name."""
    assert complaint(typed) == wanted
