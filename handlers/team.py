"""/exp leads: who may decide."""

from core.errors import Refused
from core.text import mentioned_users
from handlers.ask import Ask, Reply, Routes, Verb
from services import team
from services.ports import Lab
from views import team as view


def leads(lab: Lab, ask: Ask) -> Reply:
    """`leads`, `leads add @user`, `leads remove @user`."""
    word, _, rest = ask.text.strip().partition(" ")
    people = mentioned_users(rest)
    if word and (word not in {"add", "remove"} or not people):
        raise Refused("I did not understand that.", "Write `/exp leads add @name` or `remove`.")
    for user_id in people:
        if word == "add":
            team.add_lead(lab, ask.workspace, user_id, by=ask.user)
        else:
            team.remove_lead(lab, ask.workspace, user_id, by=ask.user)
    text, blocks = view.leads(team.list_leads(lab, ask.workspace))
    return Reply(text=text, blocks=blocks)


ROUTES = Routes(
    verbs=(Verb("/exp", "leads", "[add|remove @name]", "Who may decide", leads, leads=True),),
)
