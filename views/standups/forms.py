"""The standup's forms: answering, and setting one up; and what setting up says."""

from collections.abc import Callable, Sequence

from core.standups.round import AnswerForm
from core.standups.setup import Arrangement, Person, Settings
from views import kit
from views.kit import Message
from views.standups import questions

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_CLOSE_HOURS = (2, 4, 6, 8)


def answer_form(offer: AnswerForm) -> kit.Block:
    """The answer form: a field per question, and the result of one's experiment."""
    facts = offer.round
    notes = [_note(offer)] if _note(offer) else []
    blocks = [
        kit.context(f"{kit.escape(facts.name)} {kit.day(facts.on)}. {' '.join(notes)}".strip())
    ]
    for n, question in enumerate(facts.asked):
        initial = str(offer.kept.get(f"q{n}") or offer.replies[n])
        blocks.append(questions.field(f"q{n}", question, initial))
    if offer.experiments:
        blocks += _result_fields(offer)
    meta = {"round": facts.id}
    return kit.modal("standup_answer", "Standup", blocks, submit="Send", meta=meta)


def setup_form(now: Arrangement, kept: dict[str, object], *, opened_in: str) -> kit.Block:
    """The form that sets a standup up or changes it. kept: what was typed and not sent."""
    settings = now.settings

    def start(name: str, stands: object) -> object:
        return kept.get(name) or stands

    days = start("days", [str(day) for day in settings.days])
    weeks = start("weeks", str(settings.weeks))
    hours = start("close", str(settings.close_after // 60))
    blocks = [
        *_who_fields(settings, start),
        kit.field("weeks", "How often", kit.choice(_week_options(), str(weeks))),
        kit.field("days", "On", kit.choices(_day_options(), _texts(days))),
        kit.field(
            "at",
            "At",
            {"type": "timepicker", "initial_time": start("at", settings.at)},
            hint="Everybody's own local time.",
        ),
        kit.field("close", "Closes", kit.choice(_hour_options(), str(hours))),
        kit.field(
            "questions",
            "Questions",
            kit.text_input(str(start("questions", "\n".join(settings.questions))), lines=True),
            hint="One per line, at most 10. Empty: the usual three. "
            "Choices, numbers, yes or no: `/standup questions`.",
            optional=True,
        ),
    ]
    meta = {"standup": now.id, "channel": opened_in}
    return kit.modal("standup_setup", "Set up a standup", blocks, submit="Save", meta=meta)


def _who_fields(settings: Settings, start: Callable[[str, object], object]) -> list[kit.Block]:
    return [
        kit.field("name", "Name", kit.text_input(str(start("name", settings.name)))),
        kit.field(
            "channel", "Channel for the answers", _channel(str(start("channel", settings.channel)))
        ),
        kit.field("people", "Who is asked", _people(start("people", list(settings.people)))),
        kit.field(
            "optional",
            "Who may answer, but need not",
            _people(start("optional", list(settings.optional))),
            hint="Asked too; never reminded, never missing, in no count of who is to go.",
            optional=True,
        ),
    ]


def arranged(now: Arrangement, changed: bool) -> Message:
    """For whoever set it up: what stands, and when each person is asked, on their own clock."""
    text = f"{now.settings.name} {'is set' if changed else 'stays as it was'}: {_when(now)}"
    lines = [_person(person, now.settings.at) for person in now.people[:30]]
    more = len(now.people) - 30
    lines += [f"and {more} more"] if more > 0 else []
    first = f"Next round: {kit.day(now.next_on)}." if now.next_on else _no_round(now)
    join = "If I am not in that channel yet, invite me with `/invite`. "
    join += "A wrong zone or country? `/standup zone @name …`, `/standup country @name …`."
    blocks = [
        kit.section(f"*{kit.escape(text)}* in <#{now.settings.channel}>"),
        kit.section("\n".join(lines)),
        kit.context(f"{first} {join}"),
    ]
    return Message(kit.escape(f"{text}. {first}"), blocks)


def announced(now: Arrangement) -> Message:
    """For the channel: that there is a standup now, or that it changed."""
    count = len(now.people)
    people = f"{count} {'person' if count == 1 else 'people'}"
    text = f"{now.settings.name}: {_when(now)}, {people}. Set up by {now.by}."
    first = f" Next round: {kit.day(now.next_on)}." if now.next_on else ""
    return Message(kit.escape(text + first), [kit.section(kit.escape(text + first))])


def turned(now: Arrangement) -> Message:
    """For the channel: paused, or running again."""
    if now.active and now.paused_to:
        first = f" Next round: {kit.day(now.next_on)}." if now.next_on else ""
        text = f"{now.settings.name} is paused by {now.by} to {kit.day(now.paused_to)}.{first}"
    elif now.active:
        first = f" Next round: {kit.day(now.next_on)}." if now.next_on else ""
        text = f"{now.settings.name} runs again, by {now.by}.{first}"
    else:
        text = f"{now.settings.name} is paused by {now.by}; `/standup resume` starts it again."
    return Message(kit.escape(text), [kit.section(kit.escape(text))])


def listed(standups: Sequence[Arrangement]) -> Message:
    """All standups, one line each."""
    lines = [_line(now) for now in standups]
    text = f"{len(standups)} {'standup' if len(standups) == 1 else 'standups'}"
    names = ", ".join(now.settings.name for now in standups)
    return Message(kit.escape(f"{text}: {names}"), [kit.section("\n".join([f"*{text}*", *lines]))])


def _line(now: Arrangement) -> str:
    state = f"next {kit.day(now.next_on)}" if now.next_on else _no_round(now).rstrip(".").lower()
    state = f"paused to {kit.day(now.paused_to)}, {state}" if now.paused_to else state
    where = f"*{kit.escape(now.settings.name, 80)}* in <#{now.settings.channel}>"
    return f"{where} · {_when(now)} · {len(now.people)} people · {state}"


def _no_round(now: Arrangement) -> str:
    return "Nobody is left to ask." if now.active else "Paused."


def _when(now: Arrangement) -> str:
    hours = now.settings.close_after // 60
    weeks = now.settings.weeks
    often = f" every {weeks} weeks" if weeks > 1 else ""
    return f"{_days(now.settings.days)}{often} {now.settings.at} local time, open {hours} h"


def _days(days: Sequence[int]) -> str:
    chosen = sorted(days)
    if len(chosen) > 2 and chosen == list(range(chosen[0], chosen[-1] + 1)):
        return f"{_DAYS[chosen[0]]}–{_DAYS[chosen[-1]]}"
    return ", ".join(_DAYS[day] for day in chosen)


def _person(person: Person, at: str) -> str:
    zone = person.zone if person.known else f"{person.zone} until I have read their profile"
    when = f" (for you {kit.moment(person.next_at)})" if person.next_at else ""
    holidays = f" · {person.holidays} holidays" if person.holidays else ""
    free = " · need not answer" if person.optional else ""
    return f"{kit.escape(person.name, 80)}: {at} {zone}{when}{holidays}{free}"


def _note(offer: AnswerForm) -> str:
    if offer.answered:
        return "You have answered; sending again changes your answer."
    if offer.late:
        return "It is over: your answer will be marked late."
    return "The next step is from your last answer." if offer.carried else ""


def _result_fields(offer: AnswerForm) -> list[kit.Block]:
    options = [kit.option(f"{e.id} {e.title}", str(e.number)) for e in offer.experiments]
    kept = {name: str(offer.kept.get(name) or "") for name in ("experiment", "result", "gpu")}
    return [
        kit.field(
            "experiment",
            "Which experiment?",
            kit.choice(options, kept["experiment"]),
            optional=True,
        ),
        kit.field(
            "result",
            "Result so far",
            kit.text_input(kept["result"], placeholder="0.83"),
            optional=True,
        ),
        kit.field(
            "gpu",
            "GPU-hours since the last report",
            kit.text_input(kept["gpu"], placeholder="6h"),
            optional=True,
        ),
    ]


def _channel(initial: str) -> kit.Block:
    block: kit.Block = {
        "type": "conversations_select",
        "filter": {"include": ["public", "private"], "exclude_bot_users": True},
    }
    return block | ({"initial_conversation": initial} if initial else {})


def _people(initial: object) -> kit.Block:
    users = _texts(initial)
    block: kit.Block = {"type": "multi_users_select"}
    return block | ({"initial_users": users} if users else {})


def _day_options() -> list[kit.Block]:
    return [kit.option(name, str(day)) for day, name in enumerate(_DAYS)]


def _week_options() -> list[kit.Block]:
    labels = ["Every week", *(f"Every {n} weeks" for n in (2, 3, 4))]
    return [kit.option(label, str(n)) for n, label in enumerate(labels, start=1)]


def _hour_options() -> list[kit.Block]:
    return [kit.option(f"{h} h after the last one is asked", str(h)) for h in _CLOSE_HOURS]


def _texts(values: object) -> list[str]:
    return [str(value) for value in values] if isinstance(values, list | tuple) else []
