"""Imports every table, so that SQLModel.metadata is complete for migrations."""

from sqlmodel import SQLModel

from models import (
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
    occurrence,
    outbox,
    proposal,
    request,
    standup,
    team,
    token,
    usage,
)

__all__ = [
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
    "metadata",
    "occurrence",
    "outbox",
    "proposal",
    "request",
    "standup",
    "team",
    "token",
    "usage",
]

metadata = SQLModel.metadata
