"""What vendors promised, what they delivered, and how their labels agreed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from core.data.label_batch import JudgedBatch


@dataclass(frozen=True)
class Delivered:
    """One batch sent to a vendor. took: calendar days until it came; None while it is out."""

    vendor: str
    dataset: str
    sent_on: date
    promised_from: date
    promised_to: date
    delivered_on: date | None

    @property
    def promised(self) -> tuple[int, int]:
        """The promise in calendar days from the day it was sent."""
        return (self.promised_from - self.sent_on).days, (self.promised_to - self.sent_on).days

    @property
    def took(self) -> int | None:
        """Calendar days from sending to delivery."""
        return (self.delivered_on - self.sent_on).days if self.delivered_on else None

    def days_late(self, today: date) -> int:
        """Calendar days beyond the last promised one, so far when it is still out; 0 in time."""
        return max(0, ((self.delivered_on or today) - self.promised_to).days)


@dataclass(frozen=True)
class Vendor:
    """A vendor's history, oldest first."""

    name: str
    deliveries: tuple[Delivered, ...]
    batches: tuple[JudgedBatch, ...]


def histories(deliveries: Sequence[Delivered], batches: Sequence[JudgedBatch]) -> list[Vendor]:
    """Every vendor's history, by name; spelling in capitals does not make another vendor."""
    names: dict[str, str] = {}
    for name in [one.vendor for one in deliveries] + [one.vendor for one in batches]:
        if name:
            names.setdefault(name.casefold(), name)
    return [
        Vendor(
            name,
            tuple(one for one in deliveries if one.vendor.casefold() == key),
            tuple(one for one in batches if one.vendor.casefold() == key),
        )
        for key, name in sorted(names.items())
    ]
