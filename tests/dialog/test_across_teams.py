"""The access walk across teams: every route of the table, by every role, on one's own team,
another open one, a private one and one that is not there. What somebody may not read is for them
not there: the same words, whatever way the input names it, and the same rows.

Routes come from the table (tests/matrix.ROUTES), so a new one walks along by itself.
"""

import json
import re
from collections.abc import Iterator

import pytest

from handlers.access import OWN as OWN_AFFAIRS
from handlers.access import READS
from handlers.meant import OF_THE_WORKSPACE
from handlers.table import _called
from jobs import schedule
from tests import matrix, places
from tests.places import NAMES, NOWHERE, OPEN, OWN, PRIVATE, WAYS, Place, World, alike, said, world

pytestmark = pytest.mark.slow  # the walk as a whole
SECRET = re.compile("|".join([*NAMES[PRIVATE], "U(?:LEE|ANA)3"]), re.IGNORECASE)
# Told of the whole workspace, or of the person's own Home.
TOLD = {"event:app_uninstalled", "event:tokens_revoked", "event:app_home_opened"}
FAULT = "our fault"
REFUSED = ("You are not in Vision:", "You are an observer here", "You are in no team here")
FORGED = ("named",)  # a button or form of one's own, with another team's number in it


@pytest.fixture(scope="module")
def three() -> Iterator[World]:
    """One's own team, an open and a private one."""
    with world(OPEN, PRIVATE) as here:
        yield here


def _is_read(here: World, name: str) -> bool:
    _, ask = _called(here.talk.table, here.ask(name, "UBEN", OPEN))
    return name in READS and bool(READS[name].fullmatch(ask.text))


@pytest.mark.parametrize("by", ["UOBS", "UBEN", "ULEE"])
def test_of_another_open_team_everything_is_read_and_nothing_written(three: World, by: str):
    wrong, before = [], _of(three, OPEN)
    for name in matrix.ROUTES:
        reply = three.use(name, by, OPEN)
        heard, offer = matrix.heard(reply), json.dumps(list(reply.blocks))
        if name in TOLD:
            assert set(three.touched) <= {"workspace", "profile", "onboarding"}, name
            continue
        if name in OF_THE_WORKSPACE:
            assert FAULT not in heard, name
            continue
        if name in OWN_AFFAIRS:  # the same in all teams of that person, and only in those
            assert _of(three, OPEN) == before, name
            continue
        if name in matrix.SAID:
            good = FAULT not in heard and set(three.touched) <= matrix.THEIRS
        elif _is_read(three, name):
            good = heard[:11] != "You are not" and FAULT not in heard and not three.touched
        elif name.startswith(("event:", "closed:")):
            good = not heard and not three.touched
        else:
            offered = name.startswith("submit:") or "team_join" in offer
            good = heard.startswith("You are not in Vision:") and offered and not three.touched
        wrong += [] if good else [(name, heard, three.touched)]
    assert wrong == []


def test_who_is_in_no_team_reads_an_open_one_and_joins_it_by_acting(three: World):
    joined = []
    for name in matrix.ROUTES:
        heard = matrix.heard(three.use(name, "USTR", OPEN))
        assert not heard.startswith(REFUSED), (name, heard)
        assert FAULT not in heard, name
        if _is_read(three, name) and name not in TOLD | matrix.SAID:
            assert not three.touched, name
        joined += [name] if "member" in three.touched else []
    assert "/exp new" in joined or "/learn add" in joined


def test_an_admin_may_everything_in_every_team(three: World):
    for place in (OPEN, PRIVATE):
        for name in matrix.ROUTES:
            heard = matrix.heard(three.use(name, "UADM", place))
            assert not heard.startswith(("Only ", *REFUSED)), (place, name, heard)
            assert FAULT not in heard, (place, name)


@pytest.mark.parametrize(
    ("by", "ways"),
    [
        ("UOBS", ("named", "channel", "message")),
        ("UBEN", WAYS),
        ("UBEN", FORGED),
        ("ULEE", FORGED),
        ("USTR", WAYS),
    ],
)
def test_a_private_team_is_not_there_for_others(three: World, by: str, ways: tuple[str, ...]):
    for name in matrix.ROUTES:
        heard = said(three.use(name, by, PRIVATE, ways))
        there, rows = list(three.touched), [alike(row) for row in three.written()]
        assert not SECRET.search(heard), (name, heard)
        nowhere = said(three.use(name, by, NOWHERE, ways))
        assert alike(heard) == alike(nowhere), name
        assert there == three.touched, name
        assert rows == [alike(row) for row in three.written()], name


def test_no_button_or_form_of_ones_own_reaches_a_row_of_a_private_team(three: World):
    """Whatever number of a row it carries (its own team's button, forged)."""
    named = [name for name in matrix.ROUTES if name.startswith(("action:", "submit:"))]
    for row in (3, 6):
        before = _of(three, PRIVATE)
        for name in named:
            heard = said(three.use(name, "ULEE", OWN, carried=row))
            assert not SECRET.search(heard), (name, row, heard)
            if three.touched:
                assert _of(three, PRIVATE) == before, (name, row)


def _of(here: World, place: Place) -> list[str]:
    """The rows that say that they are that team's."""
    tables = [name for (name,) in here.rows.execute(_WITH_TEAM)]
    wanted = [f'SELECT * FROM "{name}" WHERE team_id = {place.n}' for name in tables]
    return [repr(row) for one in wanted for row in here.rows.execute(one)]


_WITH_TEAM = """
SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c
WHERE m.type = 'table' AND c.name = 'team_id' ORDER BY 1
"""


def test_its_own_people_read_what_others_do_not(three: World):
    """Else the walk above would show nothing."""
    own = ("/exp show", "/exp", "/eng show", "/need", "/learn", "/blocker", "/board")
    for name in own:
        assert SECRET.search(said(three.use(name, "UANA3", PRIVATE))), name


def test_beside_a_private_team_ones_own_is_as_if_it_were_alone():
    with world() as alone, world(PRIVATE) as beside:
        for name in matrix.ROUTES:
            heard = _unnumbered(said(alone.use(name, "ULEE", OWN)))
            assert heard == _unnumbered(said(beside.use(name, "ULEE", OWN))), name
            assert set(alone.touched) == set(beside.touched), name


def _unnumbered(told: str) -> str:
    """Without the numbers that new rows get: other teams of the workspace count along."""
    told = re.sub(r'"team\d+\.', "#", places.without_secrets(told))
    return re.sub(r'"value": "[\d|]+"|\bBLK-\d+|\b(Note|Need|done|change|withdraw) \d+', "#", told)


def test_a_workspace_of_private_teams_is_none_for_a_stranger():
    with world(PRIVATE) as here:
        here.rows.execute("UPDATE team SET visibility = 'private'")
        here.keep()
        for name in matrix.ROUTES:
            if name in OF_THE_WORKSPACE:
                continue
            reply = here.use(name, "USTR", OWN)
            if name.startswith(("event:", "closed:")):
                assert not matrix.heard(reply), name
            else:
                assert matrix.heard(reply).startswith(("You are in no team", "This form or")), name
            assert set(here.touched) <= {"workspace"}, name


def test_the_button_that_says_which_team_is_meant_takes_no_other():
    with world(OPEN, PRIVATE) as here:
        asked = here.talk.say("/exp new", by="USTR", channel="CELSE")
        assert "Which team is this for?" in asked.text
        first = asked.blocks[-1]["elements"][0]
        for forged in (PRIVATE.n, NOWHERE.n):
            waiting, _, _ = first["value"].partition(":")
            pressed = here.talk.press(first["action_id"], f"{waiting}:{forged}", by="USTR")
            assert pressed.text == "That team is not here any more. `/team list` shows all."
        assert here.talk.press(first["action_id"], first["value"], by="USTR").modal


def test_talk_in_another_teams_channel_is_no_answer_to_its_standup():
    with world(OPEN) as here:
        here.talk.later(hours=1)
        schedule.tick(here.talk.lab)
        here.talk.deliver()
        prompt = here.talk.sent("prompt:")[-1]
        said = {"channel": prompt.slack_channel, "thread_ts": prompt.slack_ts}
        here.keep()
        for by in ("UBEN", "UOBS"):
            here.talk.write("1. all 2. more 3. nothing", by=by, **said)
        assert set(here.changed()) <= {"occurrence"}  # who writes to us first is welcomed
        here.talk.write("1. all 2. more 3. nothing", by="UANA2", **said)
        assert "answer" in here.changed()
