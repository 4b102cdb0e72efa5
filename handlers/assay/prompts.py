"""/assay prompts: whether the Messages tab suggests what to ask."""

from handlers.ask import Ask, Reply, Routes, Verb
from services.ports import Lab
from services.workspace import prompts as service
from views.assay import prompts as view


def prompts(lab: Lab, ask: Ask) -> Reply:
    """`/assay prompts [on|off]`."""
    wanted = ask.switched("Write `/assay prompts on` or `off`.")
    on, changed = service.choose(lab, ask.workspace, ask.user, wanted=wanted)
    return Reply.of(view.stands(on, changed=changed))


_PROMPTS = Verb("/assay", "prompts", "on", "Slack suggests what to ask me", prompts, leads=True)
ROUTES = Routes(verbs=(_PROMPTS,))
