"""/data picture: the pipeline drawn, in a direct message and shared."""

from tests.databoard import COLLECTED, move, write


def test_the_pipeline_is_told_in_words_and_drawn_for_whoever_asks(talk):
    talk.say("/exp setup")
    talk.submit_open({"team_channel": "CTEAM"})
    write(talk)
    move(talk, "collection", COLLECTED | {"legal_approval": "pending"})
    assert "data_picture" in str(talk.say("/data").blocks)
    reply = talk.press("data_picture")
    assert reply.text == "Data pipeline: 1 of 1 card blocked"
    assert "Collection (5–20 working days): 1, *1 blocked*" in str(reply.blocks)
    assert "legal approval open" in str(reply.blocks)
    (picture,) = [row for row in talk.sent("picture:") if row.kind == "picture"]
    assert picture.channel == "UANA"
    assert picture.payload["charts"][0]["lanes"][1]["cards"][0]["mark"] == "legal approval open"
    assert talk.press("data_picture_share").text == "Shared in this channel."
    assert "was shared here already" in talk.press("data_picture_share").text


def test_an_empty_pipeline_says_how_to_start(talk):
    reply = talk.say("/data picture")
    assert "`/data new` says what data is needed" in str(reply.blocks)
    assert not talk.sent("picture:")
