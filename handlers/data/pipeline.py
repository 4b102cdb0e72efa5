"""/data picture: the pipeline with lead times and blockers, drawn."""

from core.data.pipeline import chart
from handlers.ask import Ask, Reply, Routes, Verb
from services.data import pipeline
from services.digest import picture
from services.ports import Lab
from views import kit
from views.data import pipeline as view
from views.digest import picture as pictures


def draw(lab: Lab, ask: Ask) -> Reply:
    """`/data picture`: in words, and by direct message drawn."""
    found = pipeline.look(lab, ask.team_id)
    spec = chart(found)
    if spec:
        picture.send(lab, ask.team_id, spec, to=ask.user, key=ask.key)
    text, blocks = view.pipeline(found, pictured=bool(spec))
    button = [kit.actions(kit.button("Share here", "data_picture_share"))] if spec else []
    return Reply(text=text, blocks=[*blocks, *button])


def share(lab: Lab, ask: Ask) -> Reply:
    """The button: the pipeline as it stands now goes into the channel."""
    found = pipeline.look(lab, ask.team_id)
    picture.share(lab, ask.team_id, ask.channel, view.pipeline(found), chart(found))
    return Reply.of(pictures.done(), replace=True)


ROUTES = Routes(
    verbs=(Verb("/data", "picture", "", "The pipeline with what blocks it, drawn", draw),),
    actions={"data_picture": draw, "data_picture_share": share},
)
