"""What leads do with the draft: look, hold, release, post; and who may not."""

from dataclasses import replace

import pytest

from core.llm.endpoint import LlmAnswer, LlmQuestion
from services.digest import draft_act, posting
from tests import seeded
from tests.conversation import TEAM
from tests.editions import FRIDAY_FOUR, at, digests, drafted, scene, shown, the_draft
from tests.weeks import killed
from tests.worded import ON


def test_before_the_draft_one_hears_when_it_comes(talk):
    scene(talk)
    heard = talk.say("/digest draft").text
    assert heard.startswith("The digest of Fri 27 Nov posts <!date^")
    assert "in <#CEXEC>. Its draft comes <!date^" in heard


def test_the_draft_command_shows_the_same_as_the_message(talk):
    drafted(talk)
    heard = talk.say("/digest draft")
    assert heard.text.startswith("Draft of the digest of Fri 27 Nov: posts itself")
    assert "edition_hold" in str(heard.blocks)


@pytest.mark.parametrize("said", ["draft", "edit", "hold", "release", "post", "correct",
                                  "rhythm friday"])  # fmt: skip
def test_only_leads_touch_the_draft(talk, said):
    drafted(talk)
    heard = talk.say(f"/digest {said}", by="UEVE")
    assert heard.text.startswith("Only a lead can")
    assert "Ask UANA, UBEN" in heard.text
    assert the_draft(talk).state == "open"


@pytest.mark.parametrize("pressed", ["preview", "edit", "hold", "release", "post"])
def test_only_leads_press_its_buttons(talk, pressed):
    drafted(talk)
    heard = talk.press(f"edition_{pressed}", "1", by="UEVE")
    assert heard.text.startswith("Only a lead can")
    assert the_draft(talk).state == "open"


def test_hold_says_who_and_since_when_in_the_message(talk):
    drafted(talk)
    heard = talk.press("edition_hold", "1", by="UBEN").text
    assert heard.startswith("Held digest of Fri 27 Nov: by <@UBEN> since")
    assert "Held digest of Fri 27 Nov: by <@UBEN> since" in shown(talk)
    assert "edition_release" in shown(talk)
    assert "edition_hold" not in shown(talk)


def test_the_second_to_hold_hears_who_was_first(talk):
    drafted(talk)
    talk.press("edition_hold", "1", by="UBEN")
    heard = talk.press("edition_hold", "1", by="UANA").text
    assert heard.startswith("Nothing to do: held digest of Fri 27 Nov: by <@UBEN>")
    assert the_draft(talk).by == "UBEN"


def test_released_before_it_is_due_it_posts_when_it_is(talk):
    drafted(talk)
    talk.say("/digest hold")
    talk.say("/digest release", by="UBEN")
    assert "posts itself" in shown(talk)
    at(talk, FRIDAY_FOUR)
    assert len(talk.sent("digest:")) == 1


def test_release_of_what_is_not_held_changes_nothing(talk):
    drafted(talk)
    heard = talk.say("/digest release").text
    assert heard.startswith("Nothing to do: draft of the digest of Fri 27 Nov")


def test_post_now_posts_at_once_even_when_held_and_once(talk):
    drafted(talk)
    talk.say("/digest hold", by="UBEN")
    heard = talk.press("edition_post", "1", by="UANA").text
    assert heard.startswith("Digest of Fri 27 Nov: being posted in <#CEXEC>, as <@UANA> wants")
    assert talk.press("edition_post", "1", by="UBEN").text.startswith("Nothing to do")
    at(talk, talk.now)
    at(talk, FRIDAY_FOUR)
    assert len(talk.sent("digest:")) == 1
    assert "by <@UANA>" in shown(talk)


@pytest.mark.parametrize("pressed", ["hold", "release", "post", "edit"])
def test_after_it_was_posted_its_buttons_say_so(talk, pressed):
    drafted(talk)
    at(talk, FRIDAY_FOUR)
    heard = talk.press(f"edition_{pressed}", "1").text
    assert heard.startswith("The digest of Fri 27 Nov was already posted.")
    assert "`/digest correct`" in heard


@pytest.mark.parametrize("said", ["release", "post"])
def test_without_a_draft_one_hears_how_to_get_one(talk, said):
    scene(talk)
    heard = talk.say(f"/digest {said}").text
    assert heard.startswith("There is no draft of the digest yet.")
    assert "`/digest hold` and `/digest edit` make one now" in heard


def test_hold_before_the_draft_makes_it_and_the_clock_brings_its_facts_up_to_date(talk):
    scene(talk)
    heard = talk.say("/digest hold", by="UBEN").text
    assert heard.startswith("Held digest of Fri 27 Nov: by <@UBEN>")
    assert len(talk.sent("edition:1:CLEADS")[:1]) == 1
    at(talk, FRIDAY_FOUR)
    assert talk.sent("digest:") == []


def test_buttons_of_nobodys_draft_are_refused(talk):
    drafted(talk)
    assert talk.press("edition_hold", "99").text.startswith("I don't find that draft any more.")
    assert talk.press("edition_hold", "x").text.startswith("This button is too old.")


def test_held_in_the_moment_of_posting_it_stays_held(talk):
    drafted(talk)
    talk.now = FRIDAY_FOUR
    lab = talk.lab

    class Slow:
        def write(self, asked: LlmQuestion) -> LlmAnswer:
            draft_act.hold(lab, TEAM, by="UBEN")
            raise RuntimeError("too slow")

    seeded.tickets(talk.engine, killed(9, "Too slow", decided_at=FRIDAY_FOUR))
    assert posting.publish(replace(lab, writer=Slow(), llm=ON), 1, FRIDAY_FOUR) is False
    assert digests(talk) == []
    assert the_draft(talk).state == "held"


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("rhythm", "on Friday at 16:00, Europe/Berlin time, its draft 2 hours before"),
        ("rhythm monday 9:00 draft=1", "Set: the digest posts on Monday at 09:00"),
        ("rhythm draft=0", "without a draft"),
        ("rhythm draft=49", "A draft comes 0 to 48 hours before"),
        ("rhythm draft=-1", "A draft comes 0 to 48 hours before"),
        ("rhythm someday", "I don't understand “someday” here"),
        ("rhythm 24", "I don't understand “24” here"),
    ],
)  # fmt: skip
def test_the_rhythm_is_shown_and_set(talk, said, heard):
    scene(talk)
    assert heard in talk.say(f"/digest {said}").text
