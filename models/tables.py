"""Imports every table, so that SQLModel.metadata is complete for migrations."""

from sqlmodel import SQLModel

from models import (
    form_draft,
    inbox,
    occurrence,
    outbox,
    pending,
    people,
    quoted,
    team,
    turn,
    webhook,
)
from models.blockers import blocker
from models.board import engineering, gpu, gpu_usage
from models.data import dataset, label_batch, vendor, version
from models.decisions import approval, handover, kill_request, proposal
from models.digest import digest, need, portfolio
from models.digest import draft as edition
from models.drift import drift
from models.evals import gate, loosening
from models.experiments import experiment, learning
from models.forecasts import forecast
from models.llm import llm
from models.project import canvas, phase
from models.sprints import retro, sprint
from models.standups import absence, answer, early, evening, mood, standup
from models.tracking import beat, decision, issue, run, tracker
from models.workspace import audit, onboarding, token

__all__ = [
    "absence",
    "answer",
    "approval",
    "audit",
    "beat",
    "blocker",
    "canvas",
    "dataset",
    "decision",
    "digest",
    "drift",
    "early",
    "edition",
    "engineering",
    "evening",
    "experiment",
    "forecast",
    "form_draft",
    "gate",
    "gpu",
    "gpu_usage",
    "handover",
    "inbox",
    "issue",
    "kill_request",
    "label_batch",
    "learning",
    "llm",
    "loosening",
    "metadata",
    "mood",
    "need",
    "occurrence",
    "onboarding",
    "outbox",
    "pending",
    "people",
    "phase",
    "portfolio",
    "proposal",
    "quoted",
    "retro",
    "run",
    "sprint",
    "standup",
    "team",
    "token",
    "tracker",
    "turn",
    "vendor",
    "version",
    "webhook",
]

metadata = SQLModel.metadata
