"""/assay prompts: whether the Messages tab suggests what to ask."""

from core.errors import Refused
from handlers.ask import Ask, Reply, Routes, Verb
from services.ports import Lab
from services.workspace import prompts as service
from views.assay import prompts as view

_WORDS = {"": None, "on": True, "off": False}


def prompts(lab: Lab, ask: Ask) -> Reply:
    """`/assay prompts [on|off]`."""
    word = ask.text.strip().casefold()
    if word not in _WORDS:
        raise Refused("I did not understand that.", "Write `/assay prompts on` or `off`.")
    on, changed = service.choose(lab, ask.workspace, ask.user, wanted=_WORDS[word])
    return Reply.of(view.stands(on, changed=changed))


_PROMPTS = Verb("/assay", "prompts", "on", "Slack suggests what to ask me", prompts, leads=True)
ROUTES = Routes(verbs=(_PROMPTS,))
