"""A feature's drift from its first ALERT to its recovery, told once and kept up to date."""

from collections.abc import Sequence
from typing import Any

from sqlmodel import Session

from core.drift.compare import ColumnDrift
from core.drift.source import Alarm, Drifted, Links, mentions
from models import webhook as hooks
from models.drift import drift as table
from models.drift.drift import DriftEpisode, DriftPush, DriftSource
from models.team import Team
from services.desk import Desk
from services.experiments import experiment
from services.project import note
from views.drift import drift as view

OKS_TO_RECOVER = 2


def channel_of(team: Team) -> str:
    """Where drift is told: the alerts channel, else the team channel, else nowhere."""
    return team.alerts_channel or team.team_channel


def follow(
    here: Desk, source: DriftSource, push: DriftPush, columns: Sequence[ColumnDrift]
) -> dict[str, Any]:
    """Open, continue and end the source's episodes by that push, and say so.

    The features by what became of them: opened, ongoing, recovered.
    """
    known = {episode.feature: episode for episode in table.open_of(here.session, source.pk)}
    told: dict[str, list[str]] = {"opened": [], "ongoing": [], "recovered": []}
    touched = []
    for column in columns:
        episode = known.get(column.name)
        if column.status == "ALERT" and episode is None:
            told["opened"].append(column.name)
            touched.append(_opened(here, source, push, column))
        elif episode is not None:
            became = _continued(episode, push, column)
            if became:
                told[became].append(column.name)
            touched.append(episode)
    here.session.flush()
    _tell(here, source, push, touched)
    return told


def end_all(here: Desk, source: DriftSource) -> tuple[Drifted, ...]:
    """End the source's open episodes because its reference was replaced."""
    ended = table.open_of(here.session, source.pk)
    for episode in ended:
        episode.state, episode.ended_at = "ended", here.now
    here.session.flush()
    for push_id in dict.fromkeys(episode.push_id for episode in ended):
        _retell(here, source, push_id)
    return tuple(episode.as_value(source.name) for episode in ended)


def links(session: Session, team: Team, source: str) -> Links:
    """Open experiments that name the source, and the digest's risks that name drift or it."""
    found = [
        (e.id, e.title)
        for e in experiment.open_of(session, team)
        if mentions(f"{e.title}\n{e.hypothesis}\n{e.method}\n{e.link}\n{e.kill_criteria}", source)
    ]
    risks = [
        (n.number, n.text)
        for n in note.open_of(session, team)
        if n.kind == "risk" and ("drift" in n.text.casefold() or mentions(n.text, source))
    ]
    return Links(tuple(found), tuple(risks))


def _opened(here: Desk, source: DriftSource, push: DriftPush, column: ColumnDrift) -> DriftEpisode:
    episode = DriftEpisode(
        source_id=source.pk,
        push_id=push.pk,
        feature=column.name,
        opened_at=push.at,
        last_at=push.at,
        psi=column.psi,
        reason=column.reason,
    )
    here.session.add(episode)
    here.session.flush()
    told = {"source": source.name, "column": column.name, "reason": column.reason, "at": push.at}
    hooks.tell(here.session, here.team_id, "drift", episode.pk, told)
    return episode


def _continued(episode: DriftEpisode, push: DriftPush, column: ColumnDrift) -> str:
    """What that push did to an open episode: ongoing, recovered, or "" for neither."""
    if column.status == "ALERT":
        episode.alerts, episode.oks, episode.last_at = episode.alerts + 1, 0, push.at
        episode.psi, episode.reason = column.psi, column.reason
        return "ongoing"
    episode.oks = episode.oks + 1 if column.status == "OK" else 0
    if episode.oks < OKS_TO_RECOVER:
        return ""
    episode.state, episode.ended_at = "recovered", push.at
    return "recovered"


def _tell(
    here: Desk, source: DriftSource, push: DriftPush, touched: Sequence[DriftEpisode]
) -> None:
    """One alarm per push that raised any; later pushes edit it, a recovery answers in it."""
    for push_id in dict.fromkeys(episode.push_id for episode in touched):
        _retell(here, source, push_id)
        over = [e for e in touched if e.push_id == push_id and e.state == "recovered"]
        where = channel_of(here.team)
        if over and over[0].told and where:
            said = view.recovery(source.name, [e.as_value(source.name) for e in over])
            key = f"{over[0].told}:recovered:{push.id}"
            here.post(key, where, said, thread_of=over[0].told)


def _retell(here: Desk, source: DriftSource, push_id: int) -> None:
    """Post the alarm of that push, or edit it when it stands already."""
    raised = table.raised_by(here.session, push_id)
    what = Alarm(
        source.name,
        tuple(episode.as_value(source.name) for episode in raised),
        links(here.session, here.team, source.name),
    )
    if raised[0].told:
        here.edit(raised[0].told, view.alarm(what))
    elif what.is_over:
        return  # nobody heard that it began
    elif where := channel_of(here.team):
        key = f"drift:{source.id}:{push_id}"
        here.post(key, where, view.alarm(what))
        for episode in raised:
            episode.told = key
        here.session.flush()
