"""What can be pushed and asked over HTTP: a body becomes work for a service, or is refused."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from core.quantity import experiment_number
from core.token import Pusher
from ingest.file import MAX_UNPACKED_BYTES, File
from ingest.usage import Usage, read_usage
from services import usage
from services.ports import Lab
from services.usage import Used

Answer = dict[str, Any]
Work = Callable[[Lab, Pusher], Answer]


@dataclass(frozen=True)
class Given:
    """A request: its body, what its path names, its query."""

    body: bytes
    named: Mapping[str, str]
    query: Mapping[str, str]

    @property
    def file(self) -> File:
        """The body as a file; what it is called nobody knows."""
        return File("the body", self.body)


Entry = Callable[[Given], Work]
Reading = Callable[[Lab, Pusher, Mapping[str, str]], Answer]


def take_usage(given: Given) -> Work:
    """GPU-hours: JSON, JSON lines, CSV or sacct. Raises Refused when it cannot be read."""
    found = read_usage(given.file, max_bytes=MAX_UNPACKED_BYTES)
    records = [used(record) for record in found.records]

    def work(lab: Lab, who: Pusher) -> Answer:
        totals = usage.push(lab, who, records)
        return {
            "records": len(records),
            "experiments": [asdict(total) for total in totals],
            "notes": list(found.notes),
        }

    return work


def used(record: Usage) -> Used:
    """A pushed record as the service takes it."""
    return Used(
        experiment_number(record.experiment),
        record.source,
        record.source_id,
        record.gpu_hours,
        record.state,
        record.quality,
    )


ENTRIES: Mapping[str, Entry] = {"/v1/usage": take_usage}
READINGS: Mapping[str, Reading] = {}
