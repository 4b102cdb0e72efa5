"""Editing the draft: what is checked, what is the lead's own, and that nothing typed is lost."""

import pytest
from sqlmodel import Session, select

from models.digest.draft import EditionStep
from tests import seeded
from tests.editions import FRIDAY_FOUR, FRIDAY_TWO, at, digests, drafted, scene, shown, the_draft
from tests.weeks import killed

PLAIN = "We keep the small model"
FALSE = "Accuracy will reach 99% soon"


def _edit(talk, by="UANA", **typed):
    talk.press("edition_edit", "1", by=by)
    return talk.submit_open(typed, by=by)


def _texts(view) -> str:
    return str(view["blocks"])


def test_the_form_starts_with_what_the_draft_says(talk):
    drafted(talk)
    view = talk.press("edition_edit", "1").modal
    fields = [b for b in view["blocks"] if b["type"] == "input"]
    assert [b["block_id"] for b in fields] == [
        "headline", "progress", "learned", "risks", "needs", "next",
    ]  # fmt: skip
    assert fields[0]["element"]["initial_value"].startswith("88.3% / 92% accuracy")


def test_a_supported_edit_is_shown_with_its_editor_and_posted(talk):
    drafted(talk)
    assert "is changed" in _edit(talk, needs=PLAIN).text
    assert PLAIN in shown(talk)
    assert "What we need from leadership edited by UANA" in shown(talk)
    at(talk, FRIDAY_FOUR)
    (row,) = talk.sent("digest:")
    assert f"• {PLAIN}" in row.payload["text"]
    assert "edited by UANA" in str(row.payload["blocks"])
    assert digests(talk)[0].edited_by == "UANA"


def test_a_line_that_gives_a_fact_as_the_sheet_shows_it_is_supported(talk):
    drafted(talk)
    assert "is changed" in _edit(talk, progress="1 killed, 1 promoted").text
    at(talk, FRIDAY_FOUR)
    assert "• 1 killed, 1 promoted\n" in talk.sent("digest:")[0].payload["text"]


def test_an_unsupported_sentence_comes_back_with_why_and_a_way_to_post_it(talk):
    drafted(talk)
    heard = _edit(talk, needs=f"{PLAIN}\n{FALSE}")
    assert "Not saved yet: the records do not say this." in _texts(heard.update)
    assert f"*What we need from leadership*: “{FALSE}” (" in _texts(heard.update)
    assert f"“{PLAIN}”" not in _texts(heard.update)
    assert f"{PLAIN}\\n{FALSE}" in _texts(heard.update)  # still typed in
    assert FALSE not in shown(talk)


def test_ticked_it_is_posted_as_the_leads_own_words_without_a_ping(talk):
    drafted(talk)
    _edit(talk, needs=FALSE)
    assert "is changed" in talk.submit_open({"own": ["needs"]}).text
    assert "edited by UANA (own words)" in shown(talk)
    at(talk, FRIDAY_FOUR)
    (row,) = talk.sent("digest:")
    said = f"What we need from leadership (in the words of UANA)\n• {FALSE}"
    assert said in row.payload["text"]
    assert "<@" not in str(row.payload)


def test_unticked_it_is_refused_again_and_changed_it_is_taken(talk):
    drafted(talk)
    _edit(talk, needs=FALSE)
    assert "Not saved yet" in _texts(talk.submit_open({}).update)
    assert "is changed" in talk.submit_open({"needs": PLAIN}).text


def test_own_words_of_the_first_line_carry_their_name_too(talk):
    drafted(talk)
    _edit(talk, headline=FALSE)
    talk.submit_open({"own": ["headline"]})
    at(talk, FRIDAY_FOUR)
    text = talk.sent("digest:")[0].payload["text"]
    assert text.startswith(f"{FALSE}\n— in the words of UANA\n")


def test_an_emptied_section_is_assays_again(talk):
    drafted(talk)
    _edit(talk, needs=PLAIN)
    assert "Nothing of it is edited now" in str(_edit(talk, needs="").blocks)
    assert "No decision needed this week" in shown(talk)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"headline": "a\nb\nc\nd\ne"}, "That is 5 lines. At most 4 fit here."),
        ({"needs": "\n".join("abcdefghi")}, "That is 9 lines. At most 8 fit here."),
        ({"needs": "word " * 80}, "That is too long for one screen."),
        ({"needs": "\n".join(["word " * 50] * 6)}, "That is too long for one screen."),
    ],
    ids=["headline", "lines", "line", "section"],
)
def test_too_long_is_refused_under_its_field_and_stays_typed(talk, typed, why):
    drafted(talk)
    heard = _edit(talk, **typed)
    ((field, said),) = heard.errors.items()
    assert (field, why in said) == (next(iter(typed)), True)
    assert the_draft(talk).edits == {}


def test_what_is_typed_is_quoted_never_interpreted(talk):
    drafted(talk)
    _edit(talk, needs="Ask <!channel> & <@UBEN> *now*")
    if talk.replies[-1].update:
        talk.submit_open({"own": ["needs"]})
    at(talk, FRIDAY_FOUR)
    row = talk.sent("digest:")[0]
    assert "<!channel>" not in row.payload["text"]
    assert "Ask &lt;!channel&gt; &amp; &lt;@UBEN&gt; *now*" in row.payload["text"]
    assert "'mrkdwn', 'text': 'Ask" not in str(row.payload["blocks"])


def test_facts_that_changed_take_an_edit_out_and_its_editor_hears_it_all(talk):
    drafted(talk)
    assert "is changed" in _edit(talk, by="UBEN", progress="1 killed so far").text
    _edit(talk, needs=PLAIN)
    seeded.tickets(talk.engine, killed(9, "Too slow", decided_at=FRIDAY_TWO))
    at(talk, FRIDAY_FOUR)
    text = talk.sent("digest:")[0].payload["text"]
    assert "1 killed so far" not in text
    assert "2 stopped" in text
    assert PLAIN in text
    (note,) = talk.sent("edition-fell")
    assert note.channel == "UBEN"
    assert "posted without your edit of Progress since last report" in note.payload["text"]
    assert "1 killed so far" in str(note.payload["blocks"])
    assert the_draft(talk).edits["progress"]["lines"] == ["1 killed so far"]
    assert "edited by UBEN (not posted, its figures changed)" in shown(talk)
    assert digests(talk)[0].edited_by == "UANA"


def test_two_leads_at_once_lose_nothing(talk):
    drafted(talk)
    talk.press("edition_edit", "1", by="UANA")
    opened = talk.replies[-1]
    talk.press("edition_edit", "1", by="UBEN")
    talk.submit_open({"needs": "Ben asks for nothing", "risks": "Ben sees none"}, by="UBEN")
    talk.replies.append(opened)
    heard = talk.submit_open({"needs": PLAIN}, by="UANA")
    assert "UBEN changed it while you typed" in _texts(heard.update)
    assert "Ben asks for nothing" in _texts(heard.update)
    assert "is changed" in talk.submit_open({}, by="UANA").text
    assert PLAIN in shown(talk)
    assert "Ben sees none" in shown(talk)
    with Session(talk.engine) as session:
        steps = session.exec(select(EditionStep).order_by(EditionStep.id)).all()
    assert [(s.by, s.what) for s in steps] == [("UBEN", "edited"), ("UANA", "edited")]
    assert steps[1].before["needs"] == "Ben asks for nothing"


def test_a_field_of_a_form_shown_again_still_carries_its_refusal(talk):
    drafted(talk)
    talk.press("edition_edit", "1", by="UANA")
    opened = talk.replies[-1]
    _edit(talk, by="UBEN", needs="Ben asks for nothing")
    talk.replies.append(opened)
    talk.submit_open({"needs": PLAIN}, by="UANA")
    heard = talk.submit_open({"needs~2": "word " * 80}, by="UANA")
    assert list(heard.errors) == ["needs~2"]


def test_a_closed_form_offers_what_was_typed_again(talk):
    drafted(talk)
    view = talk.press("edition_edit", "1").modal
    meta = {"number": 1, "version": 1, "tag": ""}
    assert f'"version":{meta["version"]}' in view["private_metadata"]
    talk.close("edition_edit", {"needs": "half a sent", "risks": None}, meta=meta)
    assert "half a sent" in _texts(talk.press("edition_edit", "1").modal)
    assert "half a sent" not in _texts(talk.press("edition_edit", "1", by="UBEN").modal)


def test_sent_after_it_was_posted_it_is_refused_and_the_correction_offers_it(talk):
    drafted(talk)
    talk.press("edition_edit", "1")
    opened = talk.replies[-1]
    at(talk, FRIDAY_FOUR)
    talk.replies.append(opened)
    heard = talk.submit_open({"needs": PLAIN})
    assert "was already posted. `/digest correct` corrects it" in next(iter(heard.errors.values()))
    talk.close("edition_edit", {"needs": PLAIN}, meta={"number": 1, "version": 1, "tag": ""})
    assert PLAIN in _texts(talk.say("/digest correct").modal)


def test_edited_before_the_draft_is_due_it_survives_the_clocks_newer_facts(talk):
    scene(talk)
    talk.say("/digest edit")
    talk.submit_open({"needs": PLAIN})
    seeded.tickets(talk.engine, killed(9, "Too slow", decided_at=talk.now))
    at(talk, FRIDAY_TWO)
    assert PLAIN in shown(talk)
    assert "2 stopped" in shown(talk)
    assert len(talk.sent("edition:1:CLEADS")) == 2  # the post and its edit


def test_the_preview_shows_the_edits(talk):
    drafted(talk)
    _edit(talk, needs=PLAIN)
    assert PLAIN in talk.press("edition_preview", "1").text


def test_the_preview_says_which_edit_the_figures_contradict(talk):
    drafted(talk)
    _edit(talk, progress="1 killed so far")
    seeded.tickets(talk.engine, killed(9, "Too slow", decided_at=FRIDAY_TWO))
    heard = talk.say("/digest preview")
    assert "1 killed so far" not in heard.text
    assert "contradict the edit of Progress since last report now" in str(heard.blocks[0])
