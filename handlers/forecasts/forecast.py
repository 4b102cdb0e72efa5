"""/forecast: when will the target be reached?"""

from core.errors import too_old
from core.forecasts import chart
from core.quantity import experiment_number, number_of
from handlers.ask import Ask, Reply, Routes, Verb
from handlers.experiments.experiment import numbered
from services.digest import picture
from services.forecasts import forecast
from services.ports import Lab
from views import kit
from views.digest import picture as pictures
from views.forecasts import forecast as view
from views.forecasts import track_record as records
from views.kit import Message


def headline(lab: Lab, ask: Ask) -> Reply:
    """`/forecast`: the headline metric, with its picture by direct message."""
    found = forecast.asked(lab, ask.team_id)
    spec = chart.cone(found.outlook, found.record)
    if spec:
        picture.send(lab, ask.team_id, spec, to=ask.user, key=ask.key)
    text, blocks = view.headline(found.outlook, found.record, pictured=bool(spec))
    return Reply(text=text, blocks=[*blocks, view.share("headline")])


def show(lab: Lab, ask: Ask) -> Reply:
    """`/forecast EXP-042`: how far its own curve can come."""
    number, _ = numbered(ask, "/forecast EXP-042")
    text, blocks = view.curve(forecast.curve(lab, ask.team_id, number))
    return Reply(text=text, blocks=[*blocks, view.share(f"show {number}")])


def decided(lab: Lab, ask: Ask) -> Reply:
    """`/forecast decided 10`."""
    text, blocks = _decided(lab, ask, ask.text)
    return Reply(text=text, blocks=[*blocks, view.share(f"decided {ask.text.strip()}")])


def record(lab: Lab, ask: Ask) -> Reply:
    """`/forecast record`."""
    text, blocks = _record(lab, ask, "")
    return Reply(text=text, blocks=[*blocks, view.share("record")])


def document(lab: Lab, ask: Ask) -> Reply:
    """`/forecast document`."""
    text, blocks = _document(lab, ask, "")
    return Reply(text=text, blocks=[*blocks, view.share("document")])


def share(lab: Lab, ask: Ask) -> Reply:
    """The button: what it names, as it stands now, goes into the channel."""
    what, _, rest = ask.value.partition(" ")
    if what not in _SHARED:
        raise too_old("Type `/forecast` again.")
    spec = picture.of_forecast(lab, ask.team_id) if what == "headline" else None
    picture.share(lab, ask.team_id, ask.channel, _SHARED[what](lab, ask, rest), spec)
    return Reply.of(pictures.done(), replace=True)


def _headline(lab: Lab, ask: Ask, _: str) -> Message:
    found = forecast.asked(lab, ask.team_id)
    return view.headline(found.outlook, found.record)


def _show(lab: Lab, ask: Ask, number: str) -> Message:
    return view.curve(forecast.curve(lab, ask.team_id, experiment_number(number)))


def _decided(lab: Lab, ask: Ask, typed: str) -> Message:
    word = typed.strip().split()[0] if typed.strip() else "10"
    no = f"“{word[:20]}” is no number of decisions."
    count = number_of(word, no, "Write `/forecast decided 10`.")
    return records.decided(forecast.decided(lab, ask.team_id, count))


def _record(lab: Lab, ask: Ask, _: str) -> Message:
    found = forecast.asked(lab, ask.team_id)
    return records.record(found.record, found.further, found.outlook)


def _document(lab: Lab, ask: Ask, _: str) -> Message:
    found = forecast.linear(lab, ask.team_id)
    ends = f"until {kit.day(found.ends)}" if found.ends else "reached"
    return records.document(found.outlook, found.sprints, ends, found.why)


_SHARED = {
    "headline": _headline,
    "show": _show,
    "decided": _decided,
    "record": _record,
    "document": _document,
}

ROUTES = Routes(
    verbs=(
        Verb("/forecast", "", "", "When will the target be reached?", headline),
        Verb("/forecast", "show", "EXP-042", "How far one experiment can come", show),
        Verb("/forecast", "decided", "10", "When 10 more experiments are decided", decided),
        Verb("/forecast", "record", "", "How earlier ranges did", record),
        Verb("/forecast", "document", "", "The source document's linear ETA", document),
    ),
    actions={"forecast_share": share},
)
