"""The data pipeline as it stands: cards on their way, what blocks them, how many are Ready."""

from core.data.label_batch import restored
from core.data.pipeline import Pipeline, pipeline
from models.data import dataset as cards
from models.data import label_batch as batches
from services.data import dataset
from services.desk import desk
from services.experiments import experiment
from services.ports import Lab


def look(lab: Lab, team_id: int) -> Pipeline:
    """All of the team's cards that are not Ready, and how many are."""
    with desk(lab, team_id, lock=False) as here:
        awaited = dataset.awaited(here.session, here.team, here.now)
        newest = {
            number: restored(one.judged).verdict
            for number, one in batches.newest_of(here.session, here.team_id)
        }
        ready = cards.count_ready(here.session, here.team_id)
        today = experiment.today_of(here.team, here.now)
        return pipeline(awaited, newest, ready=ready, today=today)
