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
    edition,
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
    "edition",
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
    "standup",
    "team",
    "token",
    "usage",
]

metadata = SQLModel.metadata
