"""A standup's questions: read by everybody, rearranged by leads, from the next round on."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from core.errors import NotFound, Refused
from core.standups import questions as rules
from core.standups.questions import Question
from core.standups.setup import Arrangement
from models import team as people
from models.standups import standup as table
from models.standups.standup import Standup
from services import form_draft
from services import team as teams
from services.ports import Lab
from services.standups import setup
from services.standups.desk import Desk, Words, sit_down

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


def look(
    lab: Lab, workspace: str, user_id: str, channel: str, words: Words
) -> tuple[Arrangement, bool]:
    """That channel's standup (or the only one), and whether that person may change it.

    Raises NotFound, Refused (which one is unclear).
    """
    with sit_down(lab, workspace, words) as desk:
        row = setup.meant(desk, channel, "questions")
        leads = people.leads(desk.session, desk.team)
        return setup.value(desk, row), not leads or user_id in leads


def open_form(
    lab: Lab, workspace: str, spot: Spot, words: Words
) -> tuple[Arrangement, Mapping[str, Any]]:
    """The standup for the form of that question, and what was typed into it and never sent.

    Raises NotAllowed, NotFound, Refused (changed since the list was shown).
    """
    with sit_down(lab, workspace, words) as desk:
        row = _own(desk, spot)
        kept = form_draft.offer(desk.session, workspace, spot.by, draft_name(spot))
        return setup.value(desk, row), kept


def put(
    lab: Lab, workspace: str, spot: Spot, values: Mapping[str, Any], words: Words
) -> Arrangement:
    """Add the question in a form's values, or put it in the stead of the one there.

    Raises NotAllowed, NotFound, and Refused under the field that is wrong.
    """
    new, place = rules.read(values)

    def rule(questions: tuple[Question, ...]) -> tuple[Question, ...]:
        return rules.put(questions, new, place=place, at=spot.at)

    with sit_down(lab, workspace, words) as desk:
        now = _change(desk, spot, rule)
        form_draft.forget(desk.session, workspace, spot.by, draft_name(spot))
        return now


def move(lab: Lab, workspace: str, spot: Spot, by: int, words: Words) -> Arrangement:
    """Move it up (-1) or down (1); raises as `open_form` does."""
    with sit_down(lab, workspace, words) as desk:
        return _change(desk, spot, lambda all_: rules.moved(all_, spot.at or 0, by))


def remove(lab: Lab, workspace: str, spot: Spot, words: Words) -> Arrangement:
    """Take it out; raises as `open_form` does, and Refused for the last one."""
    with sit_down(lab, workspace, words) as desk:
        return _change(desk, spot, lambda all_: rules.without(all_, spot.at or 0))


def draft_name(spot: Spot) -> str:
    """Under which name a half-typed question is kept."""
    return f"question:{spot.standup_id}:{'new' if spot.at is None else spot.at}"


def _own(desk: Desk, spot: Spot) -> Standup:
    teams.require_lead(desk.session, desk.team, spot.by, "change the questions")
    row = table.lock(desk.session, spot.standup_id)
    if row is None or row.team_id != desk.team.id:
        raise NotFound("That standup is gone.", "`/standup list` shows all.")
    if setup.value(desk, row).stamp != spot.stamp:
        hint = "`/standup questions` shows them as they are."
        raise Refused("The questions were changed since this list was shown.", hint, field="text")
    return row


def _change(desk: Desk, spot: Spot, rule: Rule) -> Arrangement:
    row = _own(desk, spot)
    before = rules.all_of(row.questions, row.shapes)
    after = rule(before)
    _take_over(row, after)
    desk.session.flush()
    now = replace(setup.value(desk, row), by=desk.name(spot.by))
    if after != before:
        _tell(desk, now)
    return now


def _take_over(row: Standup, after: Sequence[Question]) -> None:
    row.questions = [question.text for question in after]
    row.shapes = rules.shapes_of(after)


def _tell(desk: Desk, now: Arrangement) -> None:
    # Rearranging takes several steps: the channel gets one message a day, brought up to date.
    key = f"questions:{now.id}:{desk.now.date()}"
    message = desk.words.questions(now)
    if not desk.voice.post(key, now.settings.channel, message):
        desk.voice.edit(key, message)
