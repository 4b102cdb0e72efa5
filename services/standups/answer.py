"""Answers: kept once per person and round, told in the thread, followed wherever they reach."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from core.blockers import blocker as rules
from core.errors import NotAllowed, NotFound, Refused
from core.quantity import experiments_in
from core.standups import standup as reading
from core.standups import typed_reply
from core.standups.questions import Question, all_of
from models.experiments import experiment as tickets
from models.standups import answer as answers
from models.standups import standup as table
from models.standups.answer import Answer
from models.standups.standup import Prompt, Round, Standup
from services.blockers import blocker
from services.desk import Desk, desk
from services.experiments import learning, ticket
from services.ports import Lab
from services.standups import messages as shown
from views.standups import standup as view


@dataclass(frozen=True)
class Place:
    """A person's place in a round, held until the transaction ends."""

    standup: Standup
    row: Round
    prompt: Prompt

    @property
    def user(self) -> str:
        """Whose place it is."""
        return self.prompt.user_id


def place(here: Desk, round_id: int, user_id: str) -> Place:
    """That person's place in that round. Raises NotFound, NotAllowed (not on the roster)."""
    row = table.lock_round(here.session, round_id)
    standup = here.session.get(Standup, row.standup_id) if row else None
    if row is None or standup is None or standup.team_id != here.team_id:
        raise NotFound("That standup is gone.", "`/standup` opens the current one.")
    prompt = table.prompt_of(here.session, round_id, user_id)
    if prompt is None:
        raise NotAllowed(
            f"You are not in this round of {standup.name}.",
            "A lead can add you with `/standup setup`, from the next round on.",
        )
    return Place(standup, row, prompt)


def is_over(here: Desk, row: Round) -> bool:
    """True when an answer given now is late."""
    return row.state == "closed" or row.closes_at <= here.now


def asked(mine: Place) -> tuple[Question, ...]:
    """The questions of that round with what each of them takes."""
    return all_of(mine.row.questions, mine.row.shapes)


def standing(here: Desk, mine: Place) -> Answer:
    """The answer of that place, to be added to: the one there is, or a new one."""
    row = answers.of_person(here.session, mine.row.pk, mine.user)
    late = is_over(here, mine.row)
    if row is None:
        row = Answer(round_id=mine.row.pk, user_id=mine.user, late=late, at=here.now)
        here.session.add(row)
    elif row.withdrawn:
        row.withdrawn, row.late, row.at, row.edited_at = False, late, here.now, None
    else:
        row.edited_at = here.now
    here.session.flush()
    return row


def keep(here: Desk, mine: Place, row: Answer, *, reported_on: int | None = None) -> None:
    """Work out an answer from its form and messages, and let everything follow it.

    reported_on: number of the experiment whose result was recorded with it just now.
    """
    said = [message.text for message in answers.said_for(here.session, row.pk)]
    before = {*row.experiments, reported_on}
    combined = reading.combine(mine.row.questions, said, row.form)
    row.replies = typed_reply.taken(asked(mine), combined)
    row.experiments = _existing(here, [*row.chosen, *experiments_in("\n".join(row.replies))])
    _count_as_progress(here, mine.user, [n for n in row.experiments if n not in before])
    _follow_blockers(here, mine, row)
    learning.follow_answer(here.session, here.team, row, mine.row)
    mine.prompt.state = "answered"
    here.session.flush()
    tell(here, mine, row)


def withdraw(here: Desk, mine: Place, row: Answer) -> None:
    """Take an answer back: its words go, and the person owes one again until the close."""
    blocker.forget(here, row.pk, answered_at=row.at)
    row.withdrawn, row.reported = True, ""
    row.replies, row.form, row.experiments, row.chosen = [], [], [], []
    learning.follow_answer(here.session, here.team, row, mine.row)
    asked = shown.was_prompted(here, mine.row, mine.user)
    unasked = "missed" if mine.row.state == "closed" else "due"
    mine.prompt.state = "asked" if asked else unasked
    here.session.flush()
    tell(here, mine, row)


def keep_learned(lab: Lab, team_id: int, answer_id: int, *, by: str) -> None:
    """What was learned in that answer counts from now on; the answer says who keeps it.

    Raises NotFound (nothing learned in it, or no such answer here), Refused (kept already).
    """
    with desk(lab, team_id, lock=False) as here:
        learning.confirm(here, f"answer:{answer_id}", by=by)  # also says no for another team's
        row = here.session.get_one(Answer, answer_id)
        mine = place(here, row.round_id, row.user_id)
        here.edit(f"answer:{mine.row.id}:{mine.user}", view.answer(value(here, mine, row)))


def tell(here: Desk, mine: Place, row: Answer) -> None:
    """Post or edit the answer in the round's thread, and the messages that count it."""
    key, message = f"answer:{mine.row.id}:{mine.user}", view.answer(value(here, mine, row))
    below, author = shown.parent_key(mine.row), _signature(here, mine.user)
    if not here.voice.post(key, mine.standup.channel, message, thread_of=below, author=author):
        here.voice.edit(key, message)
    shown.refresh(here, mine.standup, mine.row)
    shown.show_prompt(here, mine.standup, mine.row, mine.user)


def _signature(here: Desk, user_id: str) -> str:
    """Whose name and picture an answer carries: its writer's where the team chose so."""
    return user_id if here.team.chosen.answers_signed else ""


def value(here: Desk, mine: Place, row: Answer) -> reading.Answer:
    """The answer as a value."""
    return reading.Answer(
        user=mine.user,
        name=here.name(mine.user),
        questions=tuple(mine.row.questions),
        replies=tuple(row.replies),
        experiments=tuple(row.experiments),
        reported=row.reported,
        late=row.late,
        edited=row.edited_at is not None,
        withdrawn=row.withdrawn,
        shapes=mine.row.shapes or {},
        id=row.pk,
        kept_by=learning.keeper(here, f"answer:{row.id}"),
    )


def _existing(here: Desk, numbers: Sequence[int]) -> list[int]:
    known = tickets.known(here.session, here.team_id, numbers)
    return [number for number in dict.fromkeys(numbers) if number in known]


def _count_as_progress(here: Desk, user_id: str, numbers: Collection[int]) -> None:
    for number in sorted(numbers):
        found = ticket.row(here.session, here.team, number)
        before = ticket.value(here.session, found)
        if not before.is_open:
            continue
        made = ticket.audit(user_id, "standup", at=here.now, why="named in a standup answer")
        try:
            ticket.change(here.session, found, replace(before, progress_at=here.now), made)
        except Refused:
            continue  # somebody changes it right now, which is progress by itself


def _follow_blockers(here: Desk, mine: Place, row: Answer) -> None:
    later = answers.has_answered_after(here.session, here.team_id, mine.user, mine.row.on)
    told = blocker.StuckAnswer(
        answer_id=row.pk,
        user_id=mine.user,
        stuck=_stuck(mine.row.questions, row),
        experiments=row.experiments,
        newest=not later,
        channel=mine.standup.channel,
        thread=shown.parent_key(mine.row),
    )
    blocker.follow(here, told)


def _stuck(questions: Sequence[str], row: Answer) -> dict[str, str] | None:
    reply = reading.reply_to("stuck", questions, row.replies)
    if reply or (reply == "" and row.form):
        return rules.read(reply)
    # A message that leaves the question out does not say "not stuck"; it may tell in passing.
    return rules.mentioned(row.replies) or None
