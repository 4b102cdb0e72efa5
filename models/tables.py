"""Imports every table, so that SQLModel.metadata is complete for migrations."""

from sqlmodel import SQLModel

from models import (
    absence,
    answer,
    blocker,
    digest,
    draft,
    experiment,
    inbox,
    occurrence,
    outbox,
    preference,
    proposal,
    request,
    standup,
    team,
)

__all__ = [
    "absence",
    "answer",
    "blocker",
    "digest",
    "draft",
    "experiment",
    "inbox",
    "metadata",
    "occurrence",
    "outbox",
    "preference",
    "proposal",
    "request",
    "standup",
    "team",
]

metadata = SQLModel.metadata
