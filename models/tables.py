"""Imports every table, so that SQLModel.metadata is complete for migrations."""

from sqlmodel import SQLModel

from models import (
    answer,
    blocker,
    digest,
    draft,
    experiment,
    inbox,
    learning,
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
    "experiment",
    "inbox",
    "learning",
    "metadata",
    "occurrence",
    "outbox",
    "proposal",
    "request",
    "standup",
    "team",
]

metadata = SQLModel.metadata
