"""What a training is told through its environment, in the words its logger really reads.

MLflow's client takes tags, the run's name among them, from MLFLOW_RUN_CONTEXT (3.17.2: also runs
that Lightning or Hugging Face start); W&B's takes WANDB_NAME, WANDB_TAGS and WANDB_NOTES (0.31.0).
"""

import json
import re
import subprocess
from collections.abc import Mapping
from datetime import datetime

from core.tracking.run import BESIDE

_LONGEST = 4000  # characters of a field: MLflow takes 8,000 in a tag
_TAG = 64  # of a tag of W&B


def environment(
    known: Mapping[str, str], fields: Mapping[str, str], *, name: str, run: str = ""
) -> dict[str, str]:
    """The environment of a training. known: ours; fields: what the run is told; name: the run's;
    run: id of our runner's run beside it, "" for none. What people set themselves stands.
    """
    told = {key: value[:_LONGEST] for key, value in fields.items() if value}
    told |= {BESIDE: run} if run else {}
    words = [fields.get(key, "") for key in ("exp_id", "sprint_id", "model_type")]
    tags = [re.sub(r"[\s,]+", "-", one)[:_TAG] for one in words if one]
    mlflow = {"mlflow.runName": name, **told, "tags": ", ".join(tags)} | _json(
        known.get("MLFLOW_RUN_CONTEXT", "")
    )
    theirs = [one for one in known.get("WANDB_TAGS", "").split(",") if one]
    notes = "\n".join(f"{key}: {value}" for key, value in told.items())
    wandb = {"WANDB_NAME": name, "WANDB_NOTES": notes} | {
        key: known[key] for key in ("WANDB_NAME", "WANDB_NOTES") if known.get(key)
    }
    return {
        **known,
        **wandb,
        "WANDB_TAGS": ",".join(dict.fromkeys([*theirs, *tags])),
        "MLFLOW_RUN_CONTEXT": json.dumps(mlflow),
    }


def fields(
    answer: Mapping[str, str], experiment: str, *, now: datetime, **own: str
) -> dict[str, str]:
    """What the run is told: Assay's answer ({} when it is away), when it started, and what the
    command line or git say, which stand before Assay's.
    """
    told = {"exp_id": experiment, "started_at": now.isoformat(timespec="seconds")}
    told |= {key: str(value) for key, value in answer.items() if value}
    return told | {key: value for key, value in own.items() if value}


def commit() -> str:
    """The commit of the code in this folder, "" when there is none."""
    try:
        asked = subprocess.run(
            ["git", "rev-parse", "HEAD"],  # noqa: S607 - the person's own git
            capture_output=True, text=True, timeout=5, check=False,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return ""
    found = asked.stdout.strip()
    return found if re.fullmatch(r"[0-9a-f]{40,64}", found) else ""


def _json(text: str) -> dict[str, str]:
    try:
        found = json.loads(text or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
