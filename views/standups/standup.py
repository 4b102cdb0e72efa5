"""The standup in Slack: prompt, round, answers in its thread, wrap-up."""

from collections.abc import Mapping, Sequence
from datetime import date

from core.experiments.experiment import Experiment
from core.quantity import experiment_id
from core.standups.direct import Unsure
from core.standups.questions import all_of
from core.standups.round import Round, Seat, Turn, WrapUp
from core.standups.standup import Answer
from core.text import shorten
from views import kit
from views.experiments.experiment import line
from views.kit import Message
from views.standups import mood as moods
from views.standups import questions as asking

_LISTED = 5
_NAMED = 3  # missed days told by name
_BECAME = {  # of a message that was asked about
    "posted": "Posted as your answer. `/standup` changes it.",
    "late": "The standup was over, so it is posted as a late answer. `/standup` changes it.",
    "dropped": "Not posted. `/standup` opens the form when you want to answer.",
    "gone": "You deleted that message, so nothing is posted.",
}
_VALUE = 2_000  # characters that a button can carry
_ROOM = 10_000  # characters of replies in one message: Slack refuses blocks beyond about 13,200


def parent(facts: Round) -> Message:
    """The round in its channel: the count while it is open, the wrap-up once it is closed."""
    if facts.wrap_up is not None:
        return _wrapped(facts, facts.wrap_up)
    text = kit.escape(f"{_title(facts)}: {count(facts)}")
    closes = f"Closes {kit.moment(facts.closes_at)}. Answers come in the thread."
    button = kit.button("Answer", "standup_answer", str(facts.id))
    return Message(text, [kit.section(f"*{text}*"), kit.context(closes), kit.actions(button)])


def count(facts: Round) -> str:
    """`5/7 in, 1 skipped, 1 away, 1 to go`; who is away is in no other number."""
    counted = [seat.state for seat in facts.seats if seat.counts]
    answered, skipped = counted.count("answered"), counted.count("skipped")
    away = sum(not seat.optional for seat in facts.in_state("away"))
    to_go = sum(seat.to_go for seat in facts.seats)
    parts = [f"{answered}/{len(counted)} in"]
    parts += [f"{skipped} skipped"] if skipped else []
    parts += [f"{away} away"] if away else []
    return ", ".join([*parts, f"{to_go} to go"])


def prompt(
    facts: Round,
    seat: Seat,
    experiments: Sequence[Experiment],
    today: date,
    *,
    missed: Sequence[date] = (),
) -> Message:
    """What one person is asked, or what became of it. missed: the days in a row that were not
    answered, this one the last.
    """
    if seat.state == "answered":
        late = ", late" if seat.late else ""
        text = f"{_title(facts)}: your answer is in{late}. Thank you."
        return _settled(facts, text, "Change it", ahead=True, back=True)
    if seat.state == "skipped":
        return _settled(facts, f"{_title(facts)}: skipped.", "Answer after all")
    if seat.state == "away":
        text = f"{_title(facts)}: you are away, so nobody waits for your answer."
        return _settled(facts, text, "Answer after all")
    if facts.wrap_up is not None:
        return _settled(facts, _missed(facts, missed or [facts.on]), "Answer late")
    return _asked(facts, experiments, today)


def _missed(facts: Round, days: Sequence[date]) -> str:
    if len(days) > _NAMED:
        return f"{facts.name}: {len(days)} not answered since {kit.day(days[0])}."
    named = ", ".join(kit.day(day) for day in days)
    return f"{facts.name} {named}: not answered."


def is_of_use(facts: Round, seat: Seat) -> bool:
    """True while a reminder has something to say: an answer is to come, or came in its thread."""
    return seat.state == "answered" or (seat.state == "asked" and facts.wrap_up is None)


def nudge(facts: Round, seat: Seat) -> Message:
    """The reminder for somebody who owes an answer, or what became of it."""
    if seat.state != "asked" or facts.wrap_up is not None:
        ends = {"answered": "your answer is in", "skipped": "skipped", "away": "you are away"}
        return sentence(f"Reminder for {_title(facts)}: {ends.get(seat.state, 'it is over')}.")
    text = kit.escape(f"Your answer for {_title(facts)} is still to come.")
    number = str(facts.id)
    buttons = kit.actions(
        kit.button("Answer", "standup_answer", number, style="primary"),
        kit.button("Skip today", "standup_skip", number),
        kit.button("Stop nudging me", "standup_nudges_off"),
    )
    return Message(
        text, [kit.section(f"{text} It closes {kit.moment(facts.closes_at)}."), buttons]
    )


def nudges(wanted: bool, teams: Sequence[str] = ()) -> Message:
    """Whether somebody is reminded. teams: where, when these are several."""
    where = f" in {' and '.join(teams)}" if teams else ""
    if wanted:
        return sentence(
            f"I remind you of an answer you owe{where}, at most twice a round and in your working "
            "hours. `/standup nudges off` stops it."
        )
    off = f"I don't remind you of answers you owe{where}."
    return sentence(f"{off} `/standup nudges on` starts it again.")


def answer(given: Answer) -> Message:
    """One person's answer in the round's thread."""
    if given.withdrawn:
        text = kit.escape(f"{given.name}: (withdrawn)")
        return Message(text, [kit.section(f"*{kit.escape(given.name)}*: (withdrawn)")])
    marks = [word for word, on in (("late", given.late), ("edited", given.edited)) if on]
    mark = f" ({', '.join(marks)})" if marks else ""
    told = [reply for reply in given.replies if reply]
    text = kit.escape(f"{given.name}{mark}: {shorten(' · '.join(told), 300)}")
    blocks = [kit.section(f"*{kit.escape(given.name, 200)}*{mark}")]
    asked = all_of(given.questions, given.shapes)
    for question, reply in zip(asked, given.replies, strict=False):
        blocks += asking.reply(question, reply, _ROOM // len(told)) if reply else []
    about = [experiment_id(number) for number in given.experiments]
    facts = [f"About {', '.join(about)}"] if about else []
    facts += [f"Reported {kit.escape(given.reported, 300)}"] if given.reported else []
    facts += [f"Kept as a learning by {kit.escape(given.kept_by, 80)}"] if given.kept_by else []
    blocks += [kit.context(" · ".join(facts))] if facts else []
    keep = kit.button("Keep as a learning", "standup_keep", str(given.id))
    return Message(text, [*blocks, *([kit.actions(keep)] * bool(_may_keep(given)))])


def _may_keep(given: Answer) -> bool:
    return bool(given.id and given.learned and not given.kept_by)


def unsure(now: Unsure) -> Message:
    """Whether a direct message was an answer, or what became of it."""
    if now.state in {"posted", "late"}:
        text = _BECAME[now.state]
        back = kit.actions(kit.button("Take it back", "standup_unpost", now.place))
        return Message(text, [kit.section(text), back])
    if now.state == "dropped":
        text = _BECAME[now.state]
        say = kit.button("Ask Assay instead", "assay_say_instead", now.text[:_VALUE])
        return Message(text, [kit.section(text), kit.actions(say)])
    if now.state != "asked":
        return sentence(_BECAME[now.state])
    text = "Was that your standup answer?"
    buttons = kit.actions(
        kit.button("Post it", "standup_post", now.place),
        kit.button("No", "standup_drop", now.place),
    )
    note = kit.context("Nothing is published until you say so.")
    quoted = kit.quote(shorten(now.text, 300))
    return Message(text, [kit.section(f"*{text}*"), quoted, note, buttons])


def status(rounds: Sequence[Round]) -> Message:
    """Who is in and who is to go, for the person who asked."""
    lines = [_standing(facts) for facts in rounds]
    closed = [
        kit.section(
            f"The round of {kit.escape(_title(facts))} is not posted yet. "
            f"{kit.closed(*facts.closed)}"
        )
        for facts in rounds
        if facts.closed[1]
    ]
    return Message(
        kit.escape(lines[0].splitlines()[0]),
        [*(kit.section(kit.escape(text)) for text in lines), *closed],
    )


def turn(found: Turn) -> Message:
    """That nothing is open, and when the next standup is."""
    if found.next_at is None or found.next_on is None:
        text = "No standup is open, and none is coming up: nobody is left in it."
        return Message(text, [kit.section(text)])
    name = f"{found.next_name} {kit.day(found.next_on)}"
    text = kit.escape(f"No standup is open for you now. Next: {name}.")
    when = f"You are asked {kit.moment(found.next_at)}."
    return Message(f"{text} {when}", [kit.section(f"{text} {when}")])


def sentence(text: str) -> Message:
    """One sentence of ours that may hold foreign names."""
    return Message(kit.escape(text), [kit.section(kit.escape(text))])


def _title(facts: Round) -> str:
    return f"{facts.name} {kit.day(facts.on)}"


def _asked(facts: Round, experiments: Sequence[Experiment], today: date) -> Message:
    text = kit.escape(f"{_title(facts)}: your turn")
    numbered = [asking.asked(n, question) for n, question in enumerate(facts.asked, start=1)]
    blocks = [kit.section(f"*{text}*"), kit.section(kit.clip("\n".join(numbered), 3000))]
    if experiments:
        lines = [line(experiment, today) for experiment in experiments[:_LISTED]]
        lines += [f"and {len(experiments) - _LISTED} more"] if len(experiments) > _LISTED else []
        blocks.append(kit.context("Your open experiments:\n" + "\n".join(lines)))
    number = str(facts.id)
    blocks.append(
        kit.actions(
            kit.button("Answer", "standup_answer", number, style="primary"),
            kit.button("Skip today", "standup_skip", number),
        )
    )
    how = "Or write here: one line per question. `skip` skips."
    blocks.append(kit.context(f"{how} Closes {kit.moment(facts.closes_at)}."))
    return Message(text, [*blocks, *(moods.menu(facts.id) if facts.mood else [])])


def _settled(
    facts: Round, text: str, label: str, *, ahead: bool = False, back: bool = False
) -> Message:
    buttons = [kit.button(label, "standup_answer", str(facts.id))]
    buttons += [kit.button("Take it back", "standup_back", str(facts.id))] if back else []
    buttons += [kit.button("Answer the next one now", "early_open")] if ahead else []
    asks = moods.menu(facts.id) if facts.mood and facts.wrap_up is None else []
    return Message(kit.escape(text), [kit.section(kit.escape(text)), kit.actions(*buttons), *asks])


def _wrapped(facts: Round, done: WrapUp) -> Message:
    late = f" ({facts.late} late)" if facts.late else ""
    text = kit.escape(f"{_title(facts)}: {len(done.answered)} of {done.expected} answered{late}")
    pairs = [
        ("Answered", _names(done.answered)),
        ("No answer", _names(done.missing)),
        ("Skipped", _names(done.skipped)),
        (f"{len(done.away)} away", _names(done.away)),
        ("Stuck", _blockers(done.blockers)),
        ("Said what they learned", str(done.learnings) if done.answered else ""),
        ("Mood", done.mood),
        ("Experiments", ", ".join(experiment_id(number) for number in done.experiments)),
    ]
    lines = [f"{label}: {value}" for label, value in pairs if value]
    blocks = [kit.section(f"*{text}*")]
    for part in (lines, done.tallies):
        blocks += [kit.section(kit.escape("\n".join(part)))] if part else []
    return Message(text, blocks)


def _names(names: Sequence[str]) -> str:
    return ", ".join(names)


def _blockers(by_kind: Mapping[str, Sequence[str]]) -> str:
    return "; ".join(f"{kind} {len(who)} ({_lines(who)})" for kind, who in by_kind.items())


def _lines(stuck: Sequence[str]) -> str:
    return " · ".join(stuck)


def _standing(facts: Round) -> str:
    state = "over" if facts.wrap_up is not None else count(facts)
    lines = [f"{_title(facts)}: {state}"]
    groups = {
        "In": ("answered",),
        "To go": ("asked",) if facts.wrap_up is None else ("asked", "due"),
        "Not asked yet": ("due",) if facts.wrap_up is None else (),
        "Skipped": ("skipped",),
        "Away": ("away",),
        "Not asked, too late": ("missed",),
    }
    for label, states in groups.items():
        free = {"asked", "due"}  # in these only who owes an answer is named
        names = [s.name for s in facts.in_state(*states) if not (s.optional and s.state in free)]
        lines += [f"{label}: {_names(names)}"] if names else []
    need_not = [s.name for s in facts.in_state("asked", "due") if s.optional]
    lines += [f"Need not answer: {_names(need_not)}"] if need_not else []
    return "\n".join(lines)
