"""How training and rollout stand: four words on a ticket, as people type them; and what *live* is.

An experiment is live (deployed) when its stage is production and its deploy status is live, and
stays so when it goes back under evaluation, until somebody says otherwise. Its
owner, a lead or a token that may deploy tells that, and since when is kept. The words are the card
fields of the source document's Kanban columns (chapter 11): training_status of the Experiment
column; deploy_status, monitoring_status and rollback_tested of Production.
"""

import re
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from core.calendar import instant
from core.errors import Refused
from core.experiments.experiment import Experiment

KEYS = {
    "training": "training_status",
    "train": "training_status",
    "deploy": "deploy_status",
    "deployment": "deploy_status",
    "rollout": "deploy_status",
    "monitoring": "monitoring_status",
    "monitor": "monitoring_status",
    "rollback": "rollback_tested",
}
FIELDS = ("training_status", "deploy_status", "monitoring_status", "rollback_tested")
OF_PRODUCTION = FIELDS[1:]
_TYPED = dict(zip(FIELDS, ("training", "deploy", "monitoring", "rollback"), strict=True))
_SPOKEN = {
    "training_status": {
        "queued": "queued waiting",
        "running": "running started restarted resumed",
        "paused": "paused pause onhold halted",
        "diverged": "diverged diverging nan inf exploded unstable",
        "complete": "complete completed done finished",
    },
    "deploy_status": {
        "planned": "planned",
        "shadow": "shadow",
        "canary": "canary",
        "live": "live deployed full serving done",
        "rolled back": "rolledback back reverted",
    },
    "monitoring_status": {
        "on": "on active yes ok",
        "off": "off inactive no",
    },
    "rollback_tested": {
        "tested": "tested yes ok passed done",
        "failed": "failed fail",
        "not tested": "nottested untested no",
    },
}
BACK = ("evaluation", "iteration")  # where what went live may be again
DEPLOYMENT = ("live", "rolled back")  # words for the owner, leads and deployment tokens
FORGOTTEN = timedelta(days=14)  # nobody watches a rollout that long: it counts no more


def read(field: str, text: str) -> str:
    """The word for that field as typed; `none` clears it. Raises Refused naming the words."""
    plain = re.sub(r"[\W_]", "", text).lower()
    if plain in ("none", "unknown"):
        return ""
    for word, spoken in _SPOKEN[field].items():
        if plain in spoken.split():
            return word
    typed = _TYPED[field]
    raise Refused(
        f"“{text[:30]}” is nothing {typed} can be.",
        f"Write `{typed}=` and one of {words(field)}.",
    )


def words(field: str) -> str:
    """What that field can be, as people type it."""
    return ", ".join(word.replace(" ", "-") for word in _SPOKEN[field])


def is_diverged(key: str, value: str) -> bool:
    """True for a loss that is no number any more: `loss=nan`, `train_loss=inf`."""
    plain = re.sub(r"[^a-z]", "", value.lower())
    return plain in ("nan", "inf", "infinity") and "loss" in key.lower()


def is_training_over(experiment: Experiment) -> bool:
    """True when training is complete, or nobody keeps the ticket's training status."""
    return experiment.training_status in ("", "complete")


def is_live(experiment: Experiment) -> bool:
    """True for what customers get: promoted, and somebody who may say so told that it is live."""
    back = experiment.stage in BACK and experiment.live_since is not None
    return experiment.deploy_status == "live" and (experiment.stage == "production" or back)


def went_live(experiment: Experiment) -> datetime:
    """Since when what is live is live."""
    return experiment.live_since or experiment.stage_since


def awaits_word(experiment: Experiment) -> bool:
    """True for what was promoted and of which nobody said whether it is live."""
    said = experiment.deploy_status in DEPLOYMENT
    return experiment.stage == "production" and not said


def live_at(experiment: Experiment, day: date, now: datetime, where: ZoneInfo) -> datetime:
    """Since when it is live when that is told of a day: now, or when that day began, and not
    before its promotion. Raises Refused for a day to come or before the promotion.
    """
    today, decided = now.astimezone(where).date(), experiment.decided_at or experiment.stage_since
    if day > today:
        raise Refused(
            "That day is still to come.", "Say it when it is live, or pick an earlier day.",
            field="since",
        )  # fmt: skip
    promoted = decided.astimezone(where).date()
    if day < promoted:
        raise Refused(
            f"{experiment.id} was promoted on {promoted:%a} {promoted.day} {promoted:%b}: it was "
            "not live before.",
            "Pick that day or a later one.",
            field="since",
        )
    return now if day == today else max(instant(day, time(), where), decided)


def followed(experiment: Experiment, *, by: str, at: datetime) -> Experiment:
    """The ticket with since when and on whose word it is live; a change by that person, then."""
    if not is_live(experiment):
        return replace(experiment, live_since=None, live_by="")
    if experiment.live_since is not None:
        return experiment
    return replace(experiment, live_since=at, live_by=by)


def tells_deployment(experiment: Experiment, marks: tuple[tuple[str, str], ...]) -> bool:
    """True when these marks say that it is live or rolled back, or is so no more."""
    was, told = experiment.deploy_status, [word for name, word in marks if name == "deploy_status"]
    return any({was, word} & set(DEPLOYMENT) for word in told if word != was)


def is_served(experiment: Experiment) -> bool:
    """Production's exit gate: the model is live and monitoring is on."""
    return is_live(experiment) and experiment.monitoring_status == "on"


def is_rolling_out(experiment: Experiment, now: datetime) -> bool:
    """True for what takes a place in Production: promoted, and its exit gate does not hold.

    A rolled-back model takes none, nor one that was promoted more than FORGOTTEN ago.
    """
    if experiment.stage != "production" or is_served(experiment):
        return False
    fresh = now - experiment.stage_since <= FORGOTTEN
    return fresh and experiment.deploy_status != "rolled back"


def check_fits(experiment: Experiment, marks: tuple[tuple[str, str], ...]) -> None:
    """Pass when the ticket's stage can take those marks. Raises Refused."""
    named = {name for name, _ in marks}
    early = experiment.stage in ("backlog", "hypothesis")
    if "training_status" in named and (early or experiment.stage == "production"):
        raise Refused(
            f"{experiment.id} is in {experiment.stage}: nothing is trained there.",
            "Training counts from the experiment stage to evaluation.",
        )
    if named & set(OF_PRODUCTION) and experiment.stage not in ("evaluation", "production"):
        raise Refused(
            f"{experiment.id} is in {experiment.stage}: nothing is rolled out from there.",
            "Rollout is told of what is in evaluation or production.",
        )
    if experiment.stage == "evaluation" and ("deploy_status", "live") in marks:
        raise Refused(
            f"{experiment.id} is in evaluation, and only what was promoted is live.",
            f"`/exp promote {experiment.id} what we learned`, or tell `deploy=shadow` or "
            "`deploy=canary`.",
        )
