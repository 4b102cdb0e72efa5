"""All nouns' routes as the one table."""

from handlers import messages
from handlers.assay import links, offers, prompts, quoted, told, welcome
from handlers.assay import start as assay
from handlers.blockers import blocker
from handlers.blockers import report as blocker_report
from handlers.board import board, budget, engineering, gpu, gpu_pool, metrics, workflow
from handlers.data import dataset, pipeline, review, vendor
from handlers.decisions import (
    approval,
    bounce,
    handover,
    kill,
    kill_request,
    proposal,
    rules,
    running,
)
from handlers.digest import brief, digest, draft, money, need, need_decision, picture, question
from handlers.drift import drift
from handlers.evals import definition_of_done, gate, loosening
from handlers.experiments import (
    checkpoint,
    deployment,
    experiment,
    form,
    history,
    learning,
    outcome,
)
from handlers.experiments import prediction as expectation
from handlers.forecasts import forecast
from handlers.llm import llm
from handlers.project import canvas, diagnosis, phase, working_alone
from handlers.sprints import plan, retro, sprint, template
from handlers.sprints import setup as sprint_setup
from handlers.standups import (
    absence,
    dayoff,
    early,
    evening,
    locale,
    mood,
    pictures,
    questions,
    reminder,
    report,
    standup,
    trend,
)
from handlers.table import Table, merge
from handlers.teams import change as team_change
from handlers.teams import member as team_member
from handlers.teams import merge as team_merge
from handlers.teams import team
from handlers.tracking import issue, look, tracker
from handlers.tracking import team as track_team
from handlers.workspace import (
    audit,
    home,
    onboarding,
    profiles,
    retention,
    roles,
    settings,
    token,
    webhook,
)
from handlers.workspace import help as helps

PARTS = (
    experiment.ROUTES,
    form.ROUTES,
    checkpoint.ROUTES,
    deployment.ROUTES,
    outcome.ROUTES,
    workflow.ROUTES,
    approval.ROUTES,
    handover.ROUTES,
    history.ROUTES,
    audit.ROUTES,
    kill.ROUTES,
    proposal.ROUTES,
    bounce.ROUTES,
    kill_request.ROUTES,
    rules.ROUTES,
    working_alone.ROUTES,
    llm.ROUTES,
    roles.ROUTES,
    settings.ROUTES,
    onboarding.ROUTES,
    retention.ROUTES,
    token.ROUTES,
    webhook.ROUTES,
    profiles.ROUTES,
    standup.ROUTES,
    questions.ROUTES,
    early.ROUTES,
    evening.ROUTES,
    mood.ROUTES,
    pictures.ROUTES,
    absence.ROUTES,
    locale.ROUTES,
    dayoff.ROUTES,
    reminder.ROUTES,
    blocker.ROUTES,
    blocker_report.ROUTES,
    board.ROUTES,
    metrics.ROUTES,
    learning.ROUTES,
    report.ROUTES,
    trend.ROUTES,
    digest.ROUTES,
    draft.ROUTES,
    brief.ROUTES,
    money.ROUTES,
    need.ROUTES,
    need_decision.ROUTES,
    question.ROUTES,
    dataset.ROUTES,
    pipeline.ROUTES,
    review.ROUTES,
    vendor.ROUTES,
    engineering.ROUTES,
    gpu.ROUTES,
    gpu_pool.ROUTES,
    budget.ROUTES,
    forecast.ROUTES,
    picture.ROUTES,
    expectation.ROUTES,
    drift.ROUTES,
    tracker.ROUTES,
    running.ROUTES,
    issue.ROUTES,
    look.ROUTES,
    track_team.ROUTES,
    gate.ROUTES,
    definition_of_done.ROUTES,
    loosening.ROUTES,
    sprint.ROUTES,
    plan.ROUTES,
    retro.ROUTES,
    template.ROUTES,
    sprint_setup.ROUTES,
    canvas.ROUTES,
    phase.ROUTES,
    diagnosis.ROUTES,
    team.ROUTES,
    team_member.ROUTES,
    team_change.ROUTES,
    team_merge.ROUTES,
    home.ROUTES,
    assay.ROUTES,
    told.ROUTES,
    offers.ROUTES,
    prompts.ROUTES,
    links.ROUTES,
    quoted.ROUTES,
    welcome.ROUTES,
)


def table() -> Table:
    """The table of everything Assay answers to."""
    return merge([*PARTS, helps.routes(PARTS), messages.routes(PARTS)])
