"""Greetings and thanks, and what Assay says when it is invited."""

from dataclasses import replace

from handlers.ask import Ask, Reply, Routes
from services.assay import welcome
from services.ports import Lab
from views.assay import welcome as view


def greeted(lab: Lab, ask: Ask) -> Reply:
    """hello: a greeting, with what can be shown."""
    first = welcome.person(lab, ask.workspace, ask.user)
    return Reply.of(view.to_person(first=first))


def thanked(lab: Lab, ask: Ask) -> Reply:
    """thanks: a reaction to the message, words where there is none."""
    if not ask.message_ts:
        return Reply.of(view.youre_welcome())
    welcome.react(lab, ask.workspace, (ask.channel, ask.message_ts), "heart")
    return Reply()


def joined(lab: Lab, ask: Ask) -> Reply:
    """member_joined_channel, of our own user: what Assay is, once in a channel."""
    if ask.bot and ask.user == ask.bot:
        welcome.channel(lab, ask.workspace, ask.channel)
    return Reply()


def beside(lab: Lab, ask: Ask, reply: Reply) -> Reply:
    """The first answer in a DM, with a line of welcome below it."""
    if not (ask.is_direct and reply.blocks) or not welcome.person(lab, ask.workspace, ask.user):
        return reply
    return replace(reply, blocks=[*reply.blocks[:49], view.beside()])


ROUTES = Routes(events={"member_joined_channel": (joined,)})
