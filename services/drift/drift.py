"""Watched sources: profiles pushed, judged against the reference, and looked at."""

from dataclasses import replace
from datetime import datetime, timedelta

from sqlmodel import Session

from core.drift.compare import MIN_ROWS, ColumnDrift, compare
from core.drift.document import DocumentDrift, document_drift_of_counts
from core.drift.profile import ColumnProfile
from core.drift.serial import as_json, fingerprint, from_json, rows_as_json
from core.drift.source import (
    MOST_COLUMNS,
    Pushed,
    SourceState,
    TakenPush,
    rows_of,
    source_name,
    worst,
    worst_first,
)
from core.errors import NotFound, Refused
from models.drift import drift as table
from models.drift.drift import DriftPush, DriftSource
from models.team import Team
from services.desk import Desk, desk
from services.drift import episode as episodes
from services.ports import Lab
from views.drift import drift as view

SAME_FOR = timedelta(days=1)  # the same rows without a time, pushed again within it, are a retry


def push(lab: Lab, team_id: int, pushed: Pushed) -> TakenPush:
    """Take one profile: judge it, keep the verdict, and tell the team what began or ended.

    The first push of a source is its reference. Raises Refused.
    """
    pushed = replace(pushed, source=source_name(pushed.source))
    _require_sound(pushed, lab.clock())
    with desk(lab, team_id) as here:
        source = table.source(here.session, here.team_id, pushed.source)
        sha256 = fingerprint(pushed)
        if source is None:
            return _watch(here, pushed, sha256)
        if earlier := _repeated(here, source, pushed, sha256):
            return replace(report_of(source, earlier), is_repeat=True)
        take = _replace if pushed.role == "reference" else _judge
        return take(here, source, pushed, sha256)


def reference(lab: Lab, team_id: int, source: str) -> dict[str, ColumnProfile]:
    """The profile that current rows have to be counted like. Raises NotFound."""
    with desk(lab, team_id, lock=False) as here:
        return from_json(_find(here, source).profile)


def all_seen(lab: Lab, team_id: int) -> list[SourceState]:
    """The team's sources by name."""
    with desk(lab, team_id, lock=False) as here:
        return all_of(here.session, here.team)


def seen(lab: Lab, team_id: int, source: str) -> SourceState:
    """One source, with what it may concern. Raises NotFound naming those there are."""
    with desk(lab, team_id, lock=False) as here:
        found = _seen(here.session, _find(here, source))
        return replace(found, links=episodes.links(here.session, here.team, found.source))


def all_of(session: Session, theirs: Team) -> list[SourceState]:
    """The team's sources by name, in the caller's transaction."""
    return [_seen(session, source) for source in table.sources(session, theirs.pk)]


def report_of(source: DriftSource, kept: DriftPush) -> TakenPush:
    """A stored push as it was reported."""
    outcome = kept.outcome
    return TakenPush(
        source=source.name,
        role=kept.role,  # type: ignore[arg-type]
        at=kept.at,
        by=kept.by,
        rows=kept.rows,
        reference_at=source.reference_at,
        reference_by=source.reference_by,
        status=kept.status,  # type: ignore[arg-type]
        columns=tuple(ColumnDrift(**column) for column in kept.columns),
        document=tuple(DocumentDrift(**column) for column in kept.document),
        added=tuple(kept.added),
        opened=tuple(outcome.get("opened", ())),
        ongoing=tuple(outcome.get("ongoing", ())),
        recovered=tuple(outcome.get("recovered", ())),
        is_late=bool(outcome.get("late")),
    )


def _require_sound(pushed: Pushed, now: datetime) -> None:
    if not pushed.profile:
        raise Refused("The profile has no columns.", "Make it anew with `assay drift profile`.")
    if len(pushed.profile) > MOST_COLUMNS:
        raise Refused(
            f"The profile has {len(pushed.profile):,} columns.",
            f"At most {MOST_COLUMNS:,} can be watched: name the ones that matter.",
        )
    if pushed.at and pushed.at > now + timedelta(hours=1):
        raise Refused(
            f"The rows are dated {pushed.at:%Y-%m-%d %H:%M}, which is in the future.",
            "Check the clock or the window of the profile.",
        )


def _repeated(here: Desk, source: DriftSource, pushed: Pushed, sha256: str) -> DriftPush | None:
    earlier = table.taken(here.session, source.pk, sha256)
    if earlier is None or source.reference_sha256 not in (earlier.against, earlier.sha256):
        return None
    is_retry = earlier.role == "reference" or pushed.at
    return earlier if is_retry or here.now - earlier.received_at < SAME_FOR else None


def _watch(here: Desk, pushed: Pushed, sha256: str) -> TakenPush:
    """The first push of a source."""
    _require_rows(pushed)
    source = DriftSource(
        team_id=here.team_id,
        name=pushed.source,
        key=pushed.source.casefold(),
        profile=as_json(pushed.profile),
        reference_at=pushed.at or here.now,
        reference_by=pushed.by,
        reference_sha256=sha256,
        created_at=here.now,
    )
    here.session.add(source)
    here.session.flush()
    return report_of(source, _kept(here, source, replace(pushed, role="reference"), sha256))


def _replace(here: Desk, source: DriftSource, pushed: Pushed, sha256: str) -> TakenPush:
    """Another reference: what drifted against the old one is over, and everybody is told."""
    _require_rows(pushed)
    kept = _kept(here, source, pushed, sha256)  # its `against` names the one it replaces
    source.profile, source.reference_sha256 = as_json(pushed.profile), sha256
    source.reference_at, source.reference_by = kept.at, kept.by
    here.session.flush()
    report = report_of(source, kept)
    ended = episodes.end_all(here, source)
    if where := episodes.channel_of(here.team):
        here.post(f"drift-reference:{kept.id}", where, view.new_reference(report, ended))
    return report


def _judge(here: Desk, source: DriftSource, pushed: Pushed, sha256: str) -> TakenPush:
    before = from_json(source.profile)
    found = compare(before, pushed.profile)
    columns = worst_first(found)
    document = {one.feature: one for one in document_drift_of_counts(before, pushed.profile)}
    newest = table.last_current(here.session, source.pk)
    kept = _kept(here, source, pushed, sha256)
    kept.status, kept.columns = worst(columns), rows_as_json(columns)
    kept.document = rows_as_json(document[column.name] for column in columns)
    kept.added = list(found.added)
    if newest is not None and newest.at > kept.at:
        kept.outcome = {"late": True}
    else:
        kept.outcome = episodes.follow(here, source, kept, columns)
    here.session.flush()
    return report_of(source, kept)


def _require_rows(pushed: Pushed) -> None:
    rows = rows_of(pushed.profile)
    if rows < MIN_ROWS:
        raise Refused(
            f"A reference of {rows} rows cannot show drift.",
            f"Push one of at least {MIN_ROWS} rows; 500 or more judge small changes.",
        )


def _kept(here: Desk, source: DriftSource, pushed: Pushed, sha256: str) -> DriftPush:
    row = DriftPush(
        source_id=source.pk,
        role=pushed.role,
        at=pushed.at or here.now,
        received_at=here.now,
        by=pushed.by,
        rows=rows_of(pushed.profile),
        sha256=sha256,
        against=source.reference_sha256,
    )
    here.session.add(row)
    here.session.flush()
    return row


def _find(here: Desk, name: str) -> DriftSource:
    found = table.source(here.session, here.team_id, name.strip())
    if found is None:
        known = [source.name for source in table.sources(here.session, here.team_id)]
        there = f"There are {', '.join(f'`{n}`' for n in known[:5])}." if known else ""
        raise NotFound(
            f"No source is called “{name.strip()[:40]}”.", there or "Nothing is watched yet."
        )
    return found


def _seen(session: Session, source: DriftSource) -> SourceState:
    last = table.last_current(session, source.pk)
    return SourceState(
        source=source.name,
        rows=rows_of(from_json(source.profile)),
        reference_at=source.reference_at,
        reference_by=source.reference_by,
        heard=table.last_heard(session, source.pk) or source.created_at,
        last=report_of(source, last) if last else None,
        is_outdated=bool(last and last.against != source.reference_sha256),
        drifted=tuple(e.as_value(source.name) for e in table.open_of(session, source.pk)),
    )
