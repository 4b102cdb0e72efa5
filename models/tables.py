"""Imports every table, so that SQLModel.metadata is complete for migrations."""

from sqlmodel import SQLModel

from models import (
    answer,
    blocker,
    digest,
    draft,
    experiment,
    inbox,
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
    "digest",
    "draft",
    "experiment",
    "inbox",
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
