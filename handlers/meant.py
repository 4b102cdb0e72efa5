"""Which team an input is for: asked before it is answered."""

import json
from dataclasses import asdict, replace
from datetime import datetime, timedelta

from core.assay import about, said
from core.assay.spelling import plain
from core.board.engineering import engineering_number, is_engineering_id
from core.data.dataset import dataset_number, is_dataset_id
from core.errors import Refused, UserError
from core.quantity import blocker_number, experiment_number, is_blocker_id, is_experiment_id
from core.standups.standup import readable
from core.text import mentioned_users
from handlers import access
from handlers.ask import Ask, Reply, Verb, View, number_in
from services import elsewhere, pending, standing, which
from services.ports import Lab
from services.standups import note
from services.standups.waiting import Written
from services.which import Meant, Spot
from views import kit
from views import meant as view
from views.assay import whose as lines

# What is of a whole workspace: what Slack tells of it, what is said of its teams, and what shows
# all teams of a person.
OF_THE_WORKSPACE = frozenset(
    {
        "action:assay_drop",
        "event:app_home_opened",
        "event:app_uninstalled",
        "event:link_shared",
        "event:member_joined_channel",
        "event:subteam_members_changed",
        "event:team_join",
        "event:tokens_revoked",
        "event:user_change",
        "/assay prompts",
        "/team",
        "/team list",
        "/team new",
        "/team join",
        "/team use",
        "/team reopen",
        "/team merge",
        "action:home_team",
        "action:team_join",
        "action:team_merge",
        "action:team_new",
        "submit:team_new",
        "closed:team_new",
    }
)
_READERS = {
    "EXP": (is_experiment_id, experiment_number),
    "DATA": (is_dataset_id, dataset_number),
    "ENG": (is_engineering_id, engineering_number),
    "BLK": (is_blocker_id, blocker_number),
}
_ANY_TEAMS = frozenset({"/assay help"})  # in the DM, any team's says the same
_PRESSED = 2000  # characters of a button's value
_AGAIN = "Send it once more if it is still to be done."

ASSAY = "/assay"
_SAYS = ("assay_say", "assay_go_")  # buttons that say something for who presses them
Settled = Ask | Reply


def settle(lab: Lab, ask: Ask, typed: Ask, verb: Verb | None) -> Settled:
    """The input with its team, or the answer to one whose team is open. verb: the one that a
    command calls; typed: the input as it came, which goes on once its author has chosen.
    """
    name = called(ask, verb)
    if name in OF_THE_WORKSPACE:
        return replace(ask, team_id=0)
    place = spot(lab, ask, verb)
    try:
        with lab.begin() as session:
            found = which.team_of(session, place)
    except UserError:
        if ask.kind == "closed":  # nobody asked for anything
            return Reply()
        raise
    if found.team_id:
        settled = replace(ask, team_id=found.team_id, others=found.others)
        reads = access.is_read(ask, name)
        return settled if reads else _held(lab, typed, place, found) or settled
    if found.new:
        lab.require_writing()
        return replace(ask, team_id=which.first(lab, ask.workspace))
    return _open(lab, ask, typed, place, found)


def whose(lab: Lab, ask: Ask, reply: Reply, typed: Ask) -> Reply:
    """The same answer, which says whose it is where it could have been another team's. typed:
    the input before its team was settled, which goes on for a team of the menu.
    """
    text = ask.said or ask.text
    fits = 0 < len(text) <= _PRESSED
    if _is_the_same_in_all(ask) or not ask.others or reply.modal or not fits:
        return reply
    waiting = _keep(lab, typed) if len(ask.others) > lines.MOST else 0
    told = lines.line(which.name_of(lab, ask.team_id), ask.others, text, waiting)
    return replace(reply, blocks=[*list(reply.blocks)[: 50 - len(told)], *told])


def _is_the_same_in_all(ask: Ask) -> bool:
    """True for what another team would not answer otherwise: about one ticket, the person
    themselves, help.
    """
    wanted = ask.wish.get("intent")
    of_one = ask.wish.get("number") or wanted in ("away", "back")
    return bool(of_one) or (ask.name == ASSAY and not wanted)


def _open(lab: Lab, ask: Ask, typed: Ask, place: Spot, found: Meant) -> Reply:
    """The answer to an input of which nothing tells whose it is."""
    if ask.kind == "closed" or (ask.kind == "event" and not (ask.is_direct and ask.message)):
        return Reply()
    if not found.choices:
        raise standing.in_no_team()
    free = elsewhere.is_free(lab, place)
    choices = [(team.pk, team.name) for team in found.choices]
    number = _keep(lab, typed)
    written = readable(ask.text, {}) if ask.is_plain else ""
    channel = place.channel if free else ""
    return Reply.of(view.question(number, choices, channel=channel, said=written))


def called(ask: Ask, verb: Verb | None) -> str:
    """What the input is called in the tables of rights: `/exp list`, `action:history`, …."""
    return f"{verb.command} {verb.verb}".strip() if verb else f"{ask.kind}:{ask.name}"


def _held(lab: Lab, typed: Ask, place: Spot, found: Meant) -> Reply | None:
    """The answer to what would change something where it cannot or should not."""
    if found.archived:
        if typed.kind in ("event", "closed"):
            return Reply()
        raise elsewhere.archived(lab, found.team_id, typed.user)
    guessed = found.guessed and not (place.named or place.marked)
    if not guessed or typed.kind not in ("command", "shortcut"):
        return None
    team = elsewhere.unclaimed(lab, place, found.team_id)
    if team is None:
        return None
    choices = [(team.pk, team.name)] if team.visibility == "open" else []
    return Reply.of(view.unclaimed(_keep(lab, typed), place.channel, choices))


def _keep(lab: Lab, typed: Ask) -> int:
    kept = asdict(typed) | {"now": typed.now.isoformat()}
    return pending.keep(lab, typed.workspace, typed.user, kept)


def resumed(lab: Lab, ask: Ask) -> Ask:
    """The input that waited for this button, for the team on it; any other as it is.

    Raises Refused when it has gone on already.
    """
    if ask.kind != "action" or not ask.name.startswith(f"{view.ACTION}_"):
        return ask
    waiting, _, team = ask.value.partition(":")
    number, team_id = number_in(waiting, _AGAIN), number_in(team, _AGAIN)
    kept = pending.take(lab, ask.workspace, ask.user, number)
    if kept is None:
        raise Refused("What you typed has gone on already, or waited too long.", _AGAIN)
    pending.choose(lab, ask.workspace, ask.user, team_id)
    went = Ask(**kept | {"now": datetime.fromisoformat(kept["now"])})
    return replace(
        went,
        team_id=team_id,
        chosen=True,
        trigger=ask.trigger,
        response_url=ask.response_url,
        key=ask.key,
    )


def is_said(ask: Ask) -> bool:
    """True for what is written to us, which may mean anything: a direct message, a mention,
    `/assay`, a button that says something for its presser.
    """
    if ask.kind == "event":
        return (ask.is_direct and ask.is_plain) or ask.name == "app_mention"
    return ask.name == ASSAY or (ask.kind == "action" and ask.name.startswith(_SAYS))


def is_reply(lab: Lab, ask: Ask) -> bool:
    """True for what stands below a standup's message in the DM: an answer, whatever it says."""
    below = ask.is_direct and ask.thread_ts
    return bool(below) and note.above(lab, ask.channel, ask.thread_ts)[0] in note.STANDUP


def spot(lab: Lab, ask: Ask, verb: Verb | None) -> Spot:
    """What that input says of its team."""
    return Spot(
        workspace=ask.workspace,
        user=ask.user,
        channel=ask.channel,
        is_direct=ask.is_direct,
        named=named(verb, ask.text) if verb else (),
        marked=ask.team_id,
        said_at=tuple(filter(None, (ask.thread_ts, ask.message_ts))),
        changed=ask.message_ts if ask.message in ("changed", "gone") else "",
        said=_said(lab, ask, verb),
        own=verb is not None and _is_own(ask, verb),
        in_passing=() if verb else _in_passing(ask),
        thread=ask.thread_ts or ask.shown_in,
        now=lab.clock() if _goes_on(ask) else None,
        quoted=about.ids(plain(ask.text)) if ask.kind == "shortcut" else (),
    )


def _goes_on(ask: Ask) -> bool:
    """True for what is said in a conversation, and is not surely an answer to a standup: that is
    published, so its team is asked.
    """
    if not ask.channel.startswith("D") or ask.said:
        return ask.channel.startswith("D")
    written = ask.is_plain and not ask.thread_ts
    return written and said.read(said.Said(ask.text, waits=True)).intent != "answer"


def _in_passing(ask: Ask) -> list[tuple[str, int]]:
    """The ids in a sentence that somebody wrote to us."""
    written = ask.is_plain and ask.is_direct and not ask.thread_ts
    return about.ids(plain(ask.text)) if written else []


def _is_own(ask: Ask, verb: Verb) -> bool:
    """True for a command about the person who types it in the DM: it is the same in any team."""
    about_self = not mentioned_users(ask.text) and bool(ask.text.strip() or verb.verb != "ooo")
    name = f"{verb.command} {verb.verb}"
    return about_self and ask.channel[:1] == "D" and name in access.OWN | _ANY_TEAMS


# What a command in the DM asks for, as one would write it there.
_AS_WRITTEN = {"": "report", "answer": "report", "skip": "skip"}


def _said(lab: Lab, ask: Ask, verb: Verb | None) -> Written | None:
    """What was written in the DM, below nothing; None for anything else."""
    text = ask.text if ask.is_plain and ask.is_direct and not ask.thread_ts else None
    if verb and verb.command == "/standup" and ask.channel[:1] == "D":
        text = _AS_WRITTEN.get(verb.verb)
        text = f"{text} {ask.text}" if verb.verb == "answer" else text
    if text is None:
        return None
    pause = timedelta(minutes=lab.policy.undo_minutes)
    return Written(ask.user, ask.channel, text, lab.clock(), pause)


def named(verb: Verb, text: str) -> list[tuple[str, int]]:
    """The id that the verb takes first, as (letters, number); none when it takes none."""
    letters = verb.usage.lstrip("[").split("-", 1)[0]
    words = text.split(None, 1)
    if letters not in _READERS or not words:
        return []
    is_id, number = _READERS[letters]
    return [(letters, number(words[0]))] if is_id(words[0]) else []


def marked(reply: Reply, team_id: int) -> Reply:
    """The same answer, whose buttons and forms say which team they are of."""
    if not team_id:
        return reply
    return replace(
        reply,
        blocks=kit.of_team(reply.blocks, team_id),
        modal=_form(reply.modal, team_id),
        update=_form(reply.update, team_id),
        home=reply.home and reply.home | {"blocks": kit.of_team(reply.home["blocks"], team_id)},
    )


def answered(lab: Lab, ask: Ask, reply: Reply) -> Reply:
    """Once a team was chosen, the answer stands in the place of the question."""
    if not ask.chosen:
        return reply
    if reply.text:
        return replace(reply, replace=True)
    text, blocks = view.went(which.name_of(lab, ask.team_id), taken=True)
    return replace(reply, text=text, blocks=blocks, replace=True)


def _form(shown: View | None, team_id: int) -> View | None:
    if shown is None:
        return None
    meta = json.loads(shown.get("private_metadata") or "{}") | {"team": team_id}
    return shown | {"private_metadata": json.dumps(meta, separators=(",", ":"))}
