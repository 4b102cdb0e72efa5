"""A team's settings as they are typed into its form."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from core.calendar import WEEKDAYS, known_zone
from core.errors import Refused
from core.experiments import metric
from core.faults import Faults
from core.text import clean, mentioned_groups, shorten

CHANNELS = ("team_channel", "leads_channel", "alerts_channel", "digest_channel")
_GROUP_ID = re.compile(r"^S[A-Z0-9]{2,30}$")


@dataclass(frozen=True)
class Setup:
    """Channels and group are Slack ids or "". digest_day: 0 = Monday; digest_hour: local.

    metric_percent: True when the target was typed in percent, None when the values decide.
    canvas_metric: the first success metric of the project canvas, which wins; "" without.
    team_name: as the team is called, "" for the first one while it has no name.
    """

    team_channel: str = ""
    leads_channel: str = ""
    alerts_channel: str = ""
    digest_channel: str = ""
    leads_group: str = ""
    zone: str = "UTC"
    metric_name: str = ""
    metric_target: float | None = None
    metric_percent: bool | None = None
    metric_direction: str = "higher"
    digest_day: int = 4
    digest_hour: int = 16
    canvas_metric: str = ""
    team_name: str = ""

    @property
    def target_text(self) -> str:
        """The target as it would be typed: `92%`, `0.92`, or ""."""
        if self.metric_target is None:
            return ""
        if self.metric_percent:
            return f"{self.metric_target * 100:.6f}".rstrip("0").rstrip(".") + "%"
        return f"{self.metric_target:.12g}"


def read(values: Mapping[str, Any], targets: Mapping[str, float]) -> Setup:
    """The settings typed into the form, by block id. Raises Refused with the field.

    targets: what the team's experiments aim at, by metric name in small letters; the headline's
    target has to be on the same scale.
    """
    typed = {name: clean(value) for name, value in values.items() if isinstance(value, str)}
    with Faults() as each:
        measured = each(_metric, typed, targets)
        leads_group = each(group, typed.get("leads_group", ""))
        zone = each(_zone, typed.get("zone", ""))
    name, target = measured
    direction = typed.get("metric_direction", "higher")
    return Setup(
        **{channel: typed.get(channel, "") for channel in CHANNELS},
        leads_group=leads_group,
        zone=zone,
        metric_name=name,
        metric_target=target,
        metric_percent=True if _is_percent(typed, target) else None,
        metric_direction=direction if direction in {"higher", "lower"} else "higher",
        digest_day=WEEKDAYS.index(typed.get("digest_day") or "fri"),
        digest_hour=int(typed.get("digest_hour") or 16),
    )


def group(typed: str) -> str:
    """A user group's id, typed as one or as a mention; "" for nothing. Raises Refused."""
    mentioned = mentioned_groups(typed)
    found = mentioned[0] if mentioned else typed.strip()
    if found and not _GROUP_ID.match(found):
        raise Refused(
            f"“{shorten(typed, 40)}” is no user group id.",
            "It looks like S0ABC123; or leave this empty and write `/exp leads add @group`.",
            field="leads_group",
        )
    return found


def _zone(typed: str) -> str:
    try:
        return known_zone(typed.replace(" ", "_"))
    except Refused as refusal:
        raise Refused(refusal.message, refusal.hint, field="zone") from None


def _metric(typed: Mapping[str, str], targets: Mapping[str, float]) -> tuple[str, float | None]:
    name = " ".join(typed.get("metric_name", "").split())
    target = typed.get("metric_target", "")
    if len(name) > 60:
        raise Refused("That name is too long.", "Say it in 60 characters.", field="metric_name")
    if target and not name:
        raise Refused("A target needs its metric.", "Name it, e.g. accuracy.", field="metric_name")
    if not target:
        return name, None
    scale = targets.get(name.casefold())
    return name, metric.on_scale(target, name, scale, field="metric_target")


def _is_percent(typed: Mapping[str, str], target: float | None) -> bool:
    return typed.get("metric_target", "").endswith("%") and target is not None and target <= 1
