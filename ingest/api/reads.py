"""What a program can read: each route's question becomes a look, and the look an answer."""

from datetime import datetime

from core.workspace.token import Pusher
from ingest.api import shapes, told
from ingest.api.asked import Asked, cursor
from ingest.entries_eval import number_of
from ingest.given import finite
from services.ports import Lab
from services.programs import outlook, pages
from services.programs.pages import Cut, Filter
from services.programs.seat import seated
from views.digest.question import CAN

LAST = 20  # results and learnings that come with an experiment


def me(lab: Lab, who: Pusher, _asked: Asked) -> shapes.Me:
    """Who the token is and what it sees."""
    with seated(lab, who) as seat:
        teams = [seat.called(team_id) for team_id in seat.teams]
        owner = told.person(seat, who.team_id, who.owner)
        return shapes.Me(name=who.who, owner=owner, may=list(who.scopes), teams=teams)


def experiments(lab: Lab, who: Pusher, asked: Asked) -> shapes.Experiments:
    """A page of experiments."""
    wanted = Filter(asked.get("state") or "all", asked.get("stage"), asked.get("owner"))
    with seated(lab, who, asked.get("team")) as seat:
        found = pages.experiments(seat, wanted, asked.cut(int))
        items = [told.experiment(seat, one) for one in found.items]
        return shapes.Experiments(items=items, next=cursor(found.then))


def experiment(lab: Lab, who: Pusher, asked: Asked) -> shapes.ExperimentPage:
    """One experiment. Raises NotFound."""
    number = number_of(asked.named["id"])
    with seated(lab, who) as seat:
        _, row = seat.ticket(number)
        [(team, one)] = seat.values([row])
        learned = pages.learned(seat, [], number, Cut(LAST)).items
        last = one.measurements[::-1][:LAST]
        return told.page(seat, pages.shown(seat, team.pk, one), last, learned)


def results(lab: Lab, who: Pusher, asked: Asked) -> shapes.Results:
    """A page of an experiment's results, the newest first. Raises NotFound."""
    cut = asked.cut(int)
    with seated(lab, who) as seat:
        _, row = seat.ticket(number_of(asked.named["id"]))
        [(team, one)] = seat.values([row])
        end = min(cut.before[0], len(one.measurements)) if cut.before else len(one.measurements)
        start = max(0, end - cut.most)
        items = [told.result(seat, team.pk, look) for look in one.measurements[start:end][::-1]]
        return shapes.Results(items=items, next=cursor((start,)) if start else None)


def decisions(lab: Lab, who: Pusher, asked: Asked) -> shapes.Decisions:
    """A page of decisions."""
    kind = {"killed": "killed", "promoted": "production"}.get(asked.get("decision"), "all")
    with seated(lab, who, asked.get("team")) as seat:
        found = pages.decisions(seat, kind, asked.cut(datetime, int))
        items = [told.decision(seat, one) for one in found.items]
        return shapes.Decisions(items=items, next=cursor(found.then))


def learnings(lab: Lab, who: Pusher, asked: Asked) -> shapes.Learnings:
    """A page of learnings: with these words, about that experiment. Raises NotFound."""
    number = number_of(asked.get("experiment")) if asked.get("experiment") else 0
    with seated(lab, who, asked.get("team")) as seat:
        if number:
            seat.ticket(number)
        found = pages.learned(seat, asked.get("q").split(), number, asked.cut(datetime, int))
        items = [told.learning(seat, one) for one in found.items]
        return shapes.Learnings(items=items, next=cursor(found.then))


def blockers(lab: Lab, who: Pusher, asked: Asked) -> shapes.Blockers:
    """A page of blockers."""
    with seated(lab, who, asked.get("team")) as seat:
        found = pages.blockers(seat, asked.get("state") or "open", asked.cut(int))
        items = [told.blocker(seat, one) for one in found.items]
        return shapes.Blockers(items=items, next=cursor(found.then))


def digest(lab: Lab, who: Pusher, asked: Asked) -> shapes.Digest:
    """The last digest. Raises NotFound, and Refused when it could be of several teams."""
    with seated(lab, who, asked.get("team")) as seat:
        found = outlook.last_digest(seat, seat.one)
        parts = [
            shapes.Part(key=one.key, title=one.title, lines=list(one.lines))
            for one in found.sections
        ]
        return shapes.Digest(
            team=seat.called(seat.one.pk), week=found.week, on=found.on, posted_at=found.at,
            sections=parts, corrections=found.corrections, facts=found.sha256,
        )  # fmt: skip


def forecast(lab: Lab, who: Pusher, asked: Asked) -> shapes.Forecast:
    """The headline's forecast. Raises Refused when it could be of several teams."""
    with seated(lab, who, asked.get("team")) as seat:
        found, record = outlook.ahead(seat, seat.one)
        ahead = [
            shapes.Ahead(
                sprint=step.span.number, ends=step.span.ends, chance=step.p,
                low=step.low, middle=step.middle, high=step.high,
            )
            for step in found.steps
        ]  # fmt: skip
        return shapes.Forecast(
            team=seat.called(seat.one.pk), status=found.status, why=found.why,
            metric=found.metric.name, target=finite(found.metric.target),
            best=finite(found.best), ahead=ahead, record=record,
        )  # fmt: skip


def ask(lab: Lab, who: Pusher, asked: Asked) -> shapes.Answer:
    """An answer from the records. Raises Refused when it could be about several teams."""
    can = [*CAN.values(), "How accurate is EXP-042?", "Can you just add X?"]
    with seated(lab, who, asked.get("team")) as seat:
        found = outlook.answer(seat, asked.get("question"))
        if found is None:
            return shapes.Answer(answered=False, lines=[], assumes=[], facts="", can_ask=can)
        return shapes.Answer(
            answered=True, lines=list(found.lines), assumes=list(found.small),
            facts=found.sha256, can_ask=can,
        )  # fmt: skip
