"""A standup's questions: read by everybody, rearranged by leads, from the next round on."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from core.errors import NotFound, Refused
from core.standups import questions as rules
from core.standups.questions import Question
from core.standups.setup import Arrangement
from models import form_draft
from models.standups import standup as table
from models.standups.standup import Standup
from services import team as teams
from services.desk import Desk, desk
from services.ports import Lab
from services.standups import setup
from views.standups import questions as view

Rule = Callable[[tuple[Question, ...]], tuple[Question, ...]]


@dataclass(frozen=True)
class Spot:
    """One question of a standup, as the list it was chosen from stood (`stamp`). by: who wants to
    change it. at: its place; None for a new one.
    """

    by: str
    standup_id: int
    stamp: str
    at: int | None = None


def look(lab: Lab, team_id: int, user_id: str, channel: str) -> tuple[Arrangement, bool]:
    """That channel's standup (or the only one), and whether that person may change it.

    Raises NotFound, Refused (which one is unclear).
    """
    with desk(lab, team_id, lock=False) as here:
        row = setup.meant(here, channel, "questions")
        return setup.value(here, row), teams.may_lead(here.session, here.team, user_id)


def open_form(lab: Lab, team_id: int, spot: Spot) -> tuple[Arrangement, Mapping[str, Any]]:
    """The standup for the form of that question, and what was typed into it and never sent.

    Raises NotAllowed, NotFound, Refused (changed since the list was shown).
    """
    with desk(lab, team_id, lock=False) as here:
        row = _own(here, spot)
        kept = form_draft.offer(here.session, team_id, spot.by, draft_name(spot))
        return setup.value(here, row), kept


def put(lab: Lab, team_id: int, spot: Spot, values: Mapping[str, Any]) -> Arrangement:
    """Add the question in a form's values, or put it in the stead of the one there.

    Raises NotAllowed, NotFound, and Refused under the field that is wrong.
    """
    new, place = rules.read(values)

    def rule(questions: tuple[Question, ...]) -> tuple[Question, ...]:
        return rules.put(questions, new, place=place, at=spot.at)

    with desk(lab, team_id, lock=False) as here:
        now = _change(here, spot, rule)
        form_draft.forget(here.session, team_id, spot.by, draft_name(spot))
        return now


def move(lab: Lab, team_id: int, spot: Spot, by: int) -> Arrangement:
    """Move it up (-1) or down (1); raises as `open_form` does."""
    with desk(lab, team_id, lock=False) as here:
        return _change(here, spot, lambda all_: rules.moved(all_, spot.at or 0, by))


def remove(lab: Lab, team_id: int, spot: Spot) -> Arrangement:
    """Take it out; raises as `open_form` does, and Refused for the last one."""
    with desk(lab, team_id, lock=False) as here:
        return _change(here, spot, lambda all_: rules.without(all_, spot.at or 0))


def draft_name(spot: Spot) -> str:
    """Under which name a half-typed question is kept."""
    return f"question:{spot.standup_id}:{'new' if spot.at is None else spot.at}"


def _own(here: Desk, spot: Spot) -> Standup:
    teams.require_lead(here.session, here.team, spot.by, "change the questions")
    row = table.lock(here.session, spot.standup_id)
    if row is None or row.team_id != here.team_id:
        raise NotFound("That standup is gone.", "`/standup list` shows all.")
    if setup.value(here, row).stamp != spot.stamp:
        hint = "`/standup questions` shows them as they are."
        raise Refused("The questions were changed since this list was shown.", hint, field="text")
    return row


def _change(here: Desk, spot: Spot, rule: Rule) -> Arrangement:
    row = _own(here, spot)
    before = rules.all_of(row.questions, row.shapes)
    after = rule(before)
    _take_over(row, after)
    here.session.flush()
    now = replace(setup.value(here, row), by=here.name(spot.by))
    if after != before:
        _tell(here, now)
    return now


def _take_over(row: Standup, after: Sequence[Question]) -> None:
    row.questions = [question.text for question in after]
    row.shapes = rules.shapes_of(after)


def _tell(here: Desk, now: Arrangement) -> None:
    # Rearranging takes several steps: the channel gets one message a day, brought up to date.
    key = f"questions:{now.id}:{here.now.date()}"
    message = view.announced(now)
    if not here.voice.post(key, now.settings.channel, message):
        here.voice.edit(key, message)
