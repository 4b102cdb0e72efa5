"""Imports every table, so that SQLModel.metadata is complete for migrations."""

from sqlmodel import SQLModel

from models import (
    absence,
    answer,
    blocker,
    dataset,
    digest,
    draft,
    drift,
    evalgate,
    experiment,
    inbox,
    labels,
    learning,
    occurrence,
    outbox,
    preference,
    proposal,
    request,
    retro,
    sprint,
    standup,
    team,
    token,
    usage,
)

__all__ = [
    "absence",
    "answer",
    "blocker",
    "dataset",
    "digest",
    "draft",
    "drift",
    "evalgate",
    "experiment",
    "inbox",
    "labels",
    "learning",
    "metadata",
    "occurrence",
    "outbox",
    "preference",
    "proposal",
    "request",
    "retro",
    "sprint",
    "standup",
    "team",
    "token",
    "usage",
]

metadata = SQLModel.metadata
