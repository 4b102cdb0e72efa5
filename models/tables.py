"""Imports every table, so that SQLModel.metadata is complete for migrations."""

from sqlmodel import SQLModel

from models import (
    answer,
    blocker,
    digest,
    draft,
    evalgate,
    experiment,
    inbox,
    occurrence,
    outbox,
    proposal,
    request,
    standup,
    team,
)

__all__ = [
    "answer",
    "blocker",
    "digest",
    "draft",
    "evalgate",
    "experiment",
    "inbox",
    "metadata",
    "occurrence",
    "outbox",
    "proposal",
    "request",
    "standup",
    "team",
]

metadata = SQLModel.metadata
