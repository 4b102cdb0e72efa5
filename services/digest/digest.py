"""The Friday digest: collected, frozen, written from its facts, with its headline's test set."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session

from core import calendar
from core.digest import draft_text as texts
from core.digest import money
from core.digest.corrected import corrected
from core.digest.draft import LABELS, Preview
from core.digest.sheet import sheet
from core.digest.week import Week
from core.experiments.experiment import Experiment
from core.experiments.learning import sentence
from core.experiments.metric import Metric
from core.experiments.past import Past
from core.experiments.rates import Rates
from core.facts import Sheet
from models import outbox
from models.blockers import blocker as blockers
from models.digest import digest as table
from models.digest import draft as editions
from models.digest.digest import Digest
from models.drift import drift as drifts
from models.experiments import effort
from models.experiments import experiment as tickets
from models.experiments import learning as learnings
from models.team import Team
from services import team
from services.data import dataset
from services.desk import Desk, desk
from services.digest import draft, issue
from services.evals import override
from services.experiments import experiment, headline
from services.forecasts import forecast
from services.llm import narrate
from services.ports import Lab, Policy
from services.project import note
from services.sprints import phase

_JUST = timedelta(microseconds=1)  # a period of the digest ends with its instant


@dataclass(frozen=True)
class Last:
    """The newest digest as it was posted. closed: the channel that does not take it, and Slack's
    word for why.
    """

    week: str
    on: date
    text: str
    closed: tuple[str, str] = ("", "")


def rhythm(theirs: Team) -> tuple[int, int]:
    """Weekday (0 = Monday) and local hour of the team's digest; Friday 16:00 unless set."""
    return theirs.chosen.digest_day, theirs.chosen.digest_hour


def preview(lab: Lab, team_id: int, *, by: str) -> Preview:
    """The digest as it would be posted now. Raises NotAllowed unless `by` is a lead."""
    with desk(lab, team_id, lock=False) as here:
        session, theirs, now = here.session, here.team, here.now
        team.require_lead(session, theirs, by, "preview the digest")
        row = draft.waiting(session, theirs)
        day = row.on if row else experiment.today_of(theirs, now)
        found = collect(session, theirs, day, now=now, policy=lab.policy)
        page = (draft.as_drafted(row, found) if row else None) or narrate.plain(found)
        shown, _, fallen = texts.issue(page, draft.edits_of(row) if row else [])
        return Preview(shown.page, tuple(LABELS[one.edit.key] for one in fallen))


def last(lab: Lab, team_id: int) -> Last | None:
    """The newest digest, or None before the first."""
    with desk(lab, team_id, lock=False) as here:
        return newest(here)


def newest(here: Desk) -> Last | None:
    """The same, at a desk."""
    row = table.last_of(here.session, here.team_id)
    if row is None:
        return None
    corrected = editions.corrections(here.session, row.pk)
    text = issue.current(row, corrected).text if corrected else row.text
    closed = outbox.refused(here.session, draft.post_key(here.team_id, row.on))
    return Last(row.week, row.on, text, closed)


def collect(session: Session, theirs: Team, on: date, *, now: datetime, policy: Policy) -> Sheet:
    """The fact sheet of the team's digest of that day, as things stand now."""
    earlier = table.recent(session, theirs.pk)
    since = earlier[0].at if earlier else now - timedelta(days=7)
    notes = note.open_of(session, theirs)
    metric = headline.standing_for(session, theirs)
    which = headline.contenders(session, theirs, metric)
    which |= tickets.closed_since(since) | tickets.live_since(since)
    known = experiment.some_of(session, theirs, which)
    kept = learnings.kept(session, theirs.pk, since + _JUST, now + _JUST)
    heard = {row.text: row.user_id for row in kept if row.source != "decision"}
    known_by = {*heard.values(), *(w for n in notes for w in (n.owner, n.author, n.decided_by))}
    return sheet(
        Week(
            on=on,
            as_of=now,
            since=since,
            where=calendar.zone(theirs.zone),
            metric=metric,
            experiments=known,
            earlier=_corrected(session, theirs, earlier, metric, known),
            heard=list(heard),
            heard_from=heard,
            told=_told(earlier),
            forecast=forecast.of_week(session, theirs, now),
            blockers=[(b.kind, b.at) for b in blockers.open_of(session, theirs.pk)],
            drifted=drifts.open_of_team(session, theirs.pk),
            overrides=override.since(session, theirs, since),
            notes=notes,
            names=_names(session, theirs, known_by | {e.decided_by or e.owner for e in known}),
            stale_after=policy.stale_after_working_days,
            wrong_by=theirs.chosen.wrong_by,
            formula=money.from_settings(theirs.chosen.money),
            rates=Rates(**theirs.chosen.rates),
            readiness=dataset.rate(session, theirs, now),
            tried=_tried(session, theirs, metric, known),
            gpu_spent=effort.gpu_between(session, theirs.pk, since + _JUST, now + _JUST),
            place=phase.stands(session, theirs, experiment.today_of(theirs, now)),
        )
    )


def _tried(
    session: Session, theirs: Team, metric: Metric, known: Sequence[Experiment]
) -> dict[str, int]:
    sets = {look.eval_set for one in known for look in one.looks if look.eval_set}
    return effort.tried(session, theirs.pk, metric.name, sets)


def _told(earlier: Sequence[Digest]) -> frozenset[str]:
    """The sentences that earlier digests quoted as what was learned."""
    facts = (fact for row in earlier for fact in row.sheet["facts"])
    return frozenset(sentence(fact["value"]) for fact in facts if fact["kind"] == "learning")


def _names(session: Session, theirs: Team, people: set[str]) -> dict[str, str]:
    return {one: team.name_of(session, theirs, one) for one in people if one}


def _corrected(
    session: Session, theirs: Team, earlier: Sequence[Digest], metric: Metric,
    known: Sequence[Experiment],
) -> list[Past]:  # fmt: skip
    """What earlier digests said, the newest by what is known now: its result may be undone."""
    found = [table.past_of(row) for row in earlier]
    if found and found[0].via:
        undone = tickets.taken_back(session, theirs.pk, found[0].via)
        found[0] = corrected(found[0], metric, known, undone)
    return found
