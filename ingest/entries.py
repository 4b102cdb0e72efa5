"""What can be pushed and asked over HTTP: a body becomes work for a service, or is refused."""

from collections.abc import Mapping
from dataclasses import asdict

from core.data.dataset import count_of, dataset_number
from core.drift.source import Pushed, sentence
from core.errors import Refused
from core.experiments import rollout
from core.quantity import experiment_number
from core.workspace.token import Pusher
from ingest.api.writes import take_blocker, take_kill, take_promotion, take_result
from ingest.drift import read_profile
from ingest.drift_columns import columns_of, wire_of
from ingest.dvc import read_dvc
from ingest.entries_eval import number_of, take_eval, tell_gate
from ingest.file import MAX_UNPACKED_BYTES
from ingest.given import Answer, Entry, Given, Reading, Work, finite
from ingest.labels import read_labels
from ingest.run import take_beat, tell_start
from ingest.usage import Usage, read_usage
from services.board import gpu_usage
from services.board.gpu_usage import Used
from services.data import label_batch, version_push
from services.data.label_batch import Batch
from services.data.version_push import VersionPush
from services.drift import drift
from services.experiments import deployment
from services.ports import Lab


def take_usage(given: Given) -> Work:
    """GPU-hours: JSON, JSON lines, CSV or sacct. Raises Refused when it cannot be read."""
    found = read_usage(given.file, max_bytes=MAX_UNPACKED_BYTES)
    records = [used(record) for record in found.records]

    def work(lab: Lab, who: Pusher) -> Answer:
        totals = gpu_usage.push(lab, who, records)
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


def take_labels(given: Given) -> Work:
    """Labels of a card of the data board. Raises Refused when they cannot be read."""
    found = read_labels(given.file, max_bytes=MAX_UNPACKED_BYTES)
    number = dataset_number(given.asked("dataset", "DATA-003"))

    def work(lab: Lab, who: Pusher) -> Answer:
        vendor, name = given.query.get("vendor", ""), given.query.get("batch", "")
        batch = Batch(number, vendor, found.labels, who.who, name=name)
        judged = label_batch.push(lab, who.team_id, batch)
        return {
            "dataset": judged.dataset,
            "batch": judged.batch,
            "labels": judged.labels,
            "items": judged.items,
            "annotators": judged.annotators,
            "verdict": judged.verdict,
            "reason": judged.reason,
            "estimate": finite(judged.estimate),
            "low": finite(judged.low),
            "high": finite(judged.high),
            "issues": list(judged.issues),
        }

    return work


def take_deployment(given: Given) -> Work:
    """How an experiment is deployed: live, rolled-back … Raises Refused for another word."""
    number, status = number_of(given.named["id"]), given.asked("status", "live")
    rollout.read("deploy_status", status)  # refused here it is a fault of the address

    def work(lab: Lab, who: Pusher) -> Answer:
        return asdict(deployment.tell(lab, who, number, status))

    return work


def take_version(given: Given) -> Work:
    """A version of a dataset, as DVC tracks it. Raises Refused when it cannot be read."""
    found = read_dvc(given.file, out=given.query.get("out", ""))
    number = dataset_number(given.asked("dataset", "DATA-003"))
    rows = count_of(given.query.get("rows", ""))
    if given.query.get("rows") and rows is None:
        raise Refused("That is no number of rows.", "Write it like rows=48210.")

    def work(lab: Lab, who: Pusher) -> Answer:
        where = given.query.get("location") or found.location
        pushed = VersionPush(number, found.hash, where, who.who, found.size, found.files, rows)
        made, kept = version_push.push(lab, who.team_id, pushed)
        return {"version": made.id, "hash": made.hash, "path": found.path, "kept": kept,
                "size": made.size, "files": made.files, "rows": made.rows}  # fmt: skip

    return work


def take_drift(given: Given) -> Work:
    """A drift profile. Raises Refused when it cannot be read."""
    document = read_profile(given.file)
    source = given.query.get("source") or document.model
    if not source:
        raise Refused("The profile names no source.", "Add `source=customers` to the address.")
    role = given.query.get("role", "current")
    if role not in {"current", "reference"}:
        raise Refused(f"“{role[:20]}” is no role.", "It is current or reference.")
    at = document.window.to if document.window else None
    try:
        columns = columns_of(document)
    except ValueError:
        raise Refused("A numeric level is no number.", "Make the profile anew.") from None

    def work(lab: Lab, who: Pusher) -> Answer:
        pushed = Pushed(source, role, columns, at, who.who)  # type: ignore[arg-type]
        report = drift.push(lab, who.team_id, pushed)
        return {
            "source": report.source,
            "role": report.role,
            "rows": report.rows,
            "status": report.status,
            "sentence": sentence(report),
            "columns": [
                {"name": one.name, "status": one.status, "psi": finite(one.psi)}
                for one in report.columns
            ],
        }

    return work


def tell_reference(lab: Lab, who: Pusher, named: Mapping[str, str]) -> Answer:
    """The profile that current rows of a source have to be counted like."""
    columns = drift.reference(lab, who.team_id, named["source"])
    rows = max((column.rows for column in columns.values()), default=0)
    profile = wire_of(columns, rows).model_copy(update={"model": named["source"]})
    return profile.model_dump(mode="json", by_alias=True)


ENTRIES: Mapping[str, Entry] = {
    "/v1/experiments/{id}/evals": take_eval,
    "/v1/experiments/{id}/results": take_result,
    "/v1/experiments/{id}/runs": take_beat,
    "/v1/blockers": take_blocker,
    "/v1/usage": take_usage,
    "/v1/labels": take_labels,
    "/v1/data/versions": take_version,
    "/v1/drift": take_drift,
}
DECISIONS: Mapping[str, Entry] = {
    "/v1/experiments/{id}/kill": take_kill,
    "/v1/experiments/{id}/promote": take_promotion,
}
DEPLOYMENTS: Mapping[str, Entry] = {"/v1/experiments/{id}/deploy": take_deployment}
READINGS: Mapping[str, Reading] = {
    "/v1/experiments/{id}/gate": tell_gate,
    "/v1/experiments/{id}/start": tell_start,
    "/v1/drift/{source:.+}/reference": tell_reference,
}
