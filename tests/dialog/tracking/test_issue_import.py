"""Tickets from elsewhere become ours: every field of the document's three types, once."""

from pathlib import Path

import pytest
from sqlmodel import Session, select

from core.errors import Refused
from core.tracking.issue_import import FIELDS
from ingest import issue_csv
from models.board.engineering import Engineering
from models.data.dataset import Dataset
from models.experiments.experiment import Experiment
from models.experiments.learning import Learning
from services.tracking import issue_import
from tests.conversation import TEAM
from tests.tickets import experiment, person, stored

FILE = (Path(__file__).parents[2] / "data" / "places" / "tickets.csv").read_text()


@pytest.fixture
def led(talk):
    stored(talk.engine, experiment((0.74,)), team_channel="CTEAM")
    person(talk.engine, "UANA", name="Ana", role="admin")
    return talk


def taken(talk, text=FILE):
    made = issue_import.take(talk.lab, TEAM, issue_csv.given(text), by="UANA")
    return {one.key: one for one in made}


def rows(talk, kind):
    with Session(talk.engine) as session:
        return list(session.exec(select(kind).order_by(kind.number)))


def test_the_documents_types_have_all_their_fields():
    assert {noun: len(fields) for noun, fields in FIELDS.items()} == {
        "experiment": 11, "data_task": 4, "ml_engineering": 4,
    }  # fmt: skip


def test_every_field_of_the_three_types_is_kept_and_the_rest_is_named(led):
    made = taken(led)
    assert {key: one.id for key, one in made.items()} == {
        "ML-17": "EXP-043", "ML-18": "EXP-044", "ML-19": "EXP-045", "ML-20": "DATA-001",
        "ML-21": "ENG-001", "ML-22": "", "ML-23": "",
    }  # fmt: skip
    _, lora, retrieval, distil = rows(led, Experiment)
    assert (lora.title, lora.hypothesis, lora.method) == (
        "LoRA on support tickets", "LoRA lifts accuracy by 5 points", "Rank 16 on 10k tickets",
    )  # fmt: skip
    assert (lora.baseline, lora.target, lora.gpu_budget, lora.box_days) == (0.78, 0.85, 24, 14)
    assert (lora.kill_criteria, lora.link, lora.stage) == (
        "Below 0.80 after epoch 2", "https://wandb.ai/acme/support/runs/a1", "evaluation",
    )  # fmt: skip
    assert (retrieval.stage, retrieval.outcome, retrieval.final_metric) == (
        "killed", "killed", 0.79,
    )  # fmt: skip
    assert retrieval.decided_at.isoformat() == "2026-10-02T10:00:00+00:00"
    assert retrieval.learnings.startswith("The handbook is out of date")
    assert distil.stage == "evaluation"
    assert "killed there without learnings" in made["ML-19"].notes[1]
    [card] = rows(led, Dataset)
    assert (card.title, card.volume, card.experiments) == (
        "Label support tickets", "10K examples", [43, 44],
    )  # fmt: skip
    assert card.fields == {"source": "Zendesk export", "quality_gate": "0.8"}
    [served] = rows(led, Engineering)
    assert (served.kind, served.model_artifact) == ("deployment", "support-lora-v3")
    assert "300" in served.latency_target
    assert "0.002" in served.cost_target
    assert made["ML-17"].unread == ["Labels", "Custom field (Story Points)"]
    assert made["ML-22"].why.startswith("ML-22 is a “Story”.")
    assert "target" in made["ML-23"].why
    assert "kill_criteria" in made["ML-23"].why


def test_what_was_killed_there_is_learned_and_nobody_is_told_again(led):
    taken(led)
    with Session(led.engine) as session:
        [learned] = session.exec(select(Learning))
    assert learned.text.startswith("The handbook is out of date")
    assert led.sent() == []


def test_importing_twice_is_once(led):
    taken(led)
    again = taken(led)
    assert again["ML-17"].again
    assert again["ML-17"].id == "EXP-043"
    assert len(rows(led, Experiment)) == 4
    assert len(rows(led, Dataset)) == 1


def test_a_ticket_that_names_one_that_is_not_here_waits_for_it(led):
    made = taken(led, FILE.replace('"ML-17, ML-18"', "ML-99"))
    assert "It names ML-99, which is no experiment here." in made["ML-20"].why


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("", "There is no ticket in that file."),
        ("Issue key,Summary\nML-1,x\n", "No column is called “Issue type”."),
        ("Key;Issue Type;Status\nML-1;Experiment;Backlog\n", "No column is called “Summary”."),
    ],
)
def test_what_is_no_export_is_one_sentence(text, heard):
    with pytest.raises(Refused, match=heard):
        issue_csv.given(text)


def test_a_ticket_is_asked_for_by_whoever_of_the_team(led):
    assert led.say("/ticket import ML-17").text.startswith("No ticket tracker is connected.")
    led.say("/ticket connect jira https://acme.atlassian.net project=ML")
    assert led.say("/ticket import ML-17").text == (
        "I fetch ML-17 now; a direct message tells you what became of it."
    )
    assert led.say("/ticket import").text.startswith("Which ticket?")
    assert led.say("/ticket import XX-1").text.startswith("That is no ticket of what is connected")
