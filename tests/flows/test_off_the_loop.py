"""The event loop waits for no database: a dialog over the wire, with a round of the clock."""

import threading
from typing import Any

from sqlalchemy import event

from tests.flows.fortnight import Fortnight, whole
from tests.sandboxed import opened


async def test_no_statement_is_sent_from_the_event_loops_thread(tmp_path):
    loop, sent, late = threading.get_ident(), [], []

    def look(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        (late if threading.get_ident() == loop else sent).append(statement)

    async with opened(tmp_path) as play:
        event.listen(play.assay.lab.engine, "before_cursor_execute", look)
        them = Fortnight(play, cast=None)
        await them.type("lena", "/exp leads add @lena")
        await them.type("lena", "/exp")
        await them.type("lena", "/standup setup")
        people = {"people": ["U0LENA", "U0ZOE"], "questions": "What did you learn?"}
        await them.submit("lena", play.sandbox.views("lena")[-1], people)
        while not any("your turn" in whole(m) for m in play.sandbox.messages("lena", "D0LENA")):
            play.sandbox.clock.advance(1800)
            await play.settle()
        asked = them.find("lena", "D0LENA", "your turn")
        place = {"channel": "D0LENA", "ts": asked["ts"]}
        await play.sandbox.click("lena", "standup_answer", **place)
        await play.settle()
        event.remove(play.assay.lab.engine, "before_cursor_execute", look)
    assert late == []
    assert any("outbox" in statement for statement in sent)
