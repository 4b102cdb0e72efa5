"""The first steps: buttons of the card, the test prompt, the dry run of a first round."""

from dataclasses import replace

from core.workspace.onboarding import Trial
from handlers.ask import Ask, Reply, Routes, Verb
from handlers.standups import early
from handlers.standups import setup as standup_setup
from handlers.workspace import settings as setup
from services.ports import Lab
from services.workspace import onboarding, rehearsal, settings, trial
from services.workspace.rehearsal import RehearsalChoice
from views.workspace import rehearsal as plans
from views.workspace import trial as tests


def people(lab: Lab, ask: Ask) -> Reply:
    """Step 2: the standup's form, for the team's channel when there is one."""
    place = settings.current(lab, ask.team_id).team_channel
    return standup_setup.setup(lab, replace(ask, channel=place or ask.channel))


def test(lab: Lab, ask: Ask) -> Reply:
    """Step 3, and `/standup test`: a test prompt to whoever asks."""
    return Reply.of(tests.sent(trial.send(lab, ask.team_id, ask.user)))


def skip(lab: Lab, ask: Ask) -> Reply:
    """A step is left out for now; its name is the button's value."""
    onboarding.skip(lab, ask.team_id, ask.value, by=ask.user)
    return Reply()


def close(lab: Lab, ask: Ask) -> Reply:
    """The card is put away."""
    onboarding.close(lab, ask.team_id, by=ask.user)
    return Reply()


def open_trial(lab: Lab, ask: Ask) -> Reply:
    """The Answer button of a test prompt."""
    return Reply(modal=tests.form(trial.look(lab, ask.team_id, _id(ask), by=ask.user)))


def send_trial(lab: Lab, ask: Ask) -> Reply:
    """The form of a test prompt was sent."""
    given = Trial(ask.carried("trial"), ask.user, "", (), replies=tuple(early.replies(ask)))
    trial.answer(lab, ask.team_id, given)
    return Reply()


def reply_trial(lab: Lab, ask: Ask) -> Reply | None:
    """A reply in a test prompt's thread."""
    said = (ask.channel, ask.thread_ts, ask.text)
    taken = trial.hear(lab, ask.team_id, said, ask.user)
    return Reply() if taken else None


def start(lab: Lab, ask: Ask) -> Reply:
    """Start, under a dry run."""
    return _decided(lab, ask, start=True)


def stop(lab: Lab, ask: Ask) -> Reply:
    """Stop, under a dry run: the standup is paused."""
    return _decided(lab, ask, start=False)


def change(lab: Lab, ask: Ask) -> Reply:
    """Change, under a dry run or on Home; its value is the standup's channel."""
    return standup_setup.setup(lab, replace(ask, channel=ask.value))


def _decided(lab: Lab, ask: Ask, *, start: bool) -> Reply:
    wish = RehearsalChoice(_id(ask), ask.user, start)
    return Reply.of(plans.decided(rehearsal.decide(lab, ask.team_id, wish)))


def _id(ask: Ask) -> int:
    return ask.number("`/standup list` shows all standups.")


ROUTES = Routes(
    verbs=(Verb("/standup", "test", "", "Send me a test prompt; it counts nowhere", test),),
    actions={
        "onboarding_channels": setup.form,
        "onboarding_people": people,
        "onboarding_test": test,
        "onboarding_skip": skip,
        "onboarding_close": close,
        "trial_open": open_trial,
        "rehearsal_start": start,
        "rehearsal_stop": stop,
        "rehearsal_change": change,
    },
    forms={"trial_answer": send_trial},
)
