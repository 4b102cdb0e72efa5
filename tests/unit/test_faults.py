"""A form says everything that is wrong with it at once, each under its field."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from core.board import engineering_form
from core.data import form as data_form
from core.digest import money
from core.errors import Refused
from core.experiments import checkpoint, form
from core.faults import Faults
from core.project import canvas, note
from core.sprints import setup as sprints
from core.standups import questions
from core.workspace import settings
from tests.experiments import a_ticket

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
READERS = [
    (
        lambda: form.read({"title": "t", "target": "x", "gpu_budget": "0h", "time_box": "soon",
                           "predicted": "1", "predicted_chance": "often"}, by="UANA"),
        {"hypothesis", "metric", "kill_criteria", "target", "gpu_budget", "time_box",
         "predicted_chance"},
    ),
    (
        lambda: checkpoint.from_form(
            {"result": "good", "gpu": "lots", "baseline": "bad"}, a_ticket()
        ),
        {"result", "gpu", "baseline"},
    ),
    (
        lambda: data_form.written({"needed_by": "soon", "quality_gate": "7", "experiments": "no"},
                                  number=1, by="UANA", now=NOW),
        {"title", "kind", "volume", "needed_by", "quality_gate", "experiments"},
    ),
    (lambda: money.read({"reach": "x"}, "accuracy"), set(money.EXAMPLES)),
    (
        lambda: sprints.from_form({"start": "now", "weeks": "9", "person": "x", "plan": "x"}),
        {"start", "weeks", "person", "plan"},
    ),
    (
        lambda: settings.read({"leads_group": "us", "zone": "Moon", "metric_target": "9"}, {}),
        {"leads_group", "zone", "metric_name"},
    ),
    (
        lambda: canvas.cleaned({"name": "x" * 3000, "objective": "x" * 3000}),
        {"name", "objective"},
    ),
    (
        lambda: canvas.read({"metrics": "a\na", "discovery": "x", "mvp": "y"}),
        {"metrics", "discovery", "mvp"},
    ),
    (
        lambda: note.build("need", "?", {"owner": "me", "by": "soon", "choice": "a"},
                           date(2026, 11, 23)),
        {"text", "owner", "by", "choice"},
    ),
    (lambda: questions.read({"kind": "choice"}), {"text", "choices"}),
    (
        lambda: engineering_form.written(
            {"kind": "x", "box": "soon", "latency_target": "fast", "experiments": "no"},
            number=1, by="UANA", now=NOW, asked=None,
        ),
        {"title", "kind", "box", "latency_target", "experiments"},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("read", "fields"), READERS)
def test_every_form_tells_all_its_faults(read, fields):
    found = _faults_of(read)
    assert set(found) == fields
    assert all(found.values())


def test_what_hangs_on_a_faulty_value_is_not_read():
    def read() -> None:
        with Faults() as each:
            number = each(_refuse, "a", field="first")
            each(_refuse, number, field="second")
            each(_refuse, "c", field="third")

    assert _faults_of(read) == {"first": "No a.", "third": "No c."}


def test_a_refusal_of_the_whole_form_ends_it_at_once():
    def read() -> None:
        with Faults() as each:
            each(_refuse, "a", field="first")
            each(_refuse, "whole", field="")

    assert _faults_of(read) == {"": "No whole."}


def test_of_one_field_the_first_fault_is_told_and_fields_may_be_called_otherwise():
    def read() -> None:
        with Faults() as each:
            each(_refuse, "a", field="first")
            each(_refuse, "b", field="first")
            each(_refuse, "c", field="last")

    assert _faults_of(read, suffix="~2") == {"first~2": "No a.", "last~2": "No c."}


def _refuse(what: str, *, field: str) -> str:
    raise Refused(f"No {what}.", field=field)


def _faults_of(read: Callable[[], object], suffix: str = "") -> dict[str, str]:
    with pytest.raises(Refused) as refusal:
        read()
    refusal.value.tagged(suffix)
    return refusal.value.by_field
