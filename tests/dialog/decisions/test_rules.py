"""/exp rules: which rules judge, what each says about a ticket, and what came of it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.experiments.measurement import Measurement
from tests.scenes import LEARNED, dms, episodes, row, start, three, tick
from tests.tickets import MONDAY, experiment, stored

STUCK = (0.70, 0.725, 0.73, 0.731, 0.731, 0.731)


@pytest.fixture
def lab(talk):
    """Ana, Ben, and Lee, who leads."""
    return three(talk)


def curve(talk, values=STUCK, *, number=42, target=0.8, **fields):
    """Ana's experiment with one result every tenth of its 24 GPU-hours."""
    hours = [24 * place / 10 for place in range(1, len(values) + 1)]
    looks = tuple(
        Measurement(MONDAY + timedelta(minutes=at), value, used, "", "UANA")
        for at, (value, used) in enumerate(zip(values, hours, strict=True))
    )
    fields = {"number": number, "target": target, "gpu_used": hours[-1]} | fields
    value = replace(experiment(**fields), measurements=looks)
    stored(talk.engine, value, team_channel="CTEAM", leads_channel="CLEADS")


def test_two_checks_in_a_row_propose_a_kill_with_the_arithmetic(lab):
    curve(lab)
    tick(lab)
    (dm,) = dms(lab)
    assert dm.payload["text"] == (
        "EXP-042: kill it? out of reach · 0.731 after 60% of budget; even this pace "
        "ends at 0.751 (noise 0.005), target 0.8. Second check in a row"
    )
    assert "The honest rules, version 3" in str(dm.payload["blocks"])
    assert "kill? 0.731 after 60% of budget" in str(lab.sent("decisions:1:")[0].payload["blocks"])
    (kept,) = episodes(lab)
    assert (kept.rule, kept.rule_set, kept.rule_version) == ("out of reach", "honest", "3")
    assert kept.inputs["points"][-1] == pytest.approx([0.6, 0.731])
    assert kept.inputs["target"] == 0.8


def test_one_check_short_proposes_nothing_and_explains_itself(lab):
    curve(lab, STUCK[:5])
    tick(lab)
    assert dms(lab) == []
    shown = str(lab.say("/exp rules EXP-042", by="UBEN").blocks)
    assert "none of 6 rules speaks" in shown
    assert "First check; a second one decides" in shown
    assert "Beside it, the source document" in shown
    assert "*plateau* fires (kill): last 3 accuracy 0.73, 0.731, 0.731" in shown
    assert "without guards, the document says: kill (plateau)" in shown


def test_an_explanation_names_every_rule_and_the_lines_a_person_must_judge(lab):
    curve(lab, kill_criteria="acc < 0.5 after 3 checkpoints\nthe customer loses interest")
    reply = lab.say("/exp rules 42", by="UBEN")
    assert reply.text == "EXP-042: 1 of 7 rules speaks: out of reach · the honest rules"
    shown = str(reply.blocks)
    for rule in ("own kill line", "over budget", "at its target", "GPU budget", "time box"):
        assert f"• {rule}: quiet" in shown
    assert "the customer loses interest" in shown


def test_with_the_documents_rules_the_message_says_so(lab):
    curve(lab, (0.5, 0.55, 0.57, 0.6), number=7)
    tick(lab)
    assert dms(lab) == []
    heard = lab.say("/exp rules document", by="ULEE").text
    assert heard.startswith("The source document's rules judge from now on (version 3)")
    tick(lab)
    (dm,) = dms(lab)
    assert "kill it? gap" in dm.payload["text"]
    assert "The source document's rules, version 3" in str(dm.payload["blocks"])
    assert episodes(lab)[0].rule_set == "document"


def test_only_leads_choose_and_other_words_are_refused(lab):
    start(lab)
    heard = lab.say("/exp rules document", by="UBEN").text
    assert "lead" in heard
    assert "judge here" in lab.say("/exp rules", by="UBEN").text
    assert lab.say("/exp rules", by="UBEN").text.startswith("The honest rules")
    assert "neither an experiment nor a rule set" in lab.say("/exp rules nice", by="ULEE").text
    assert "EXP-099" in lab.say("/exp rules EXP-099", by="UBEN").text


def test_a_closed_ticket_is_not_judged(lab):
    start(lab, stage="killed", decided_by="ULEE", decided_at=MONDAY)
    assert "killed" in lab.say("/exp rules 42", by="UBEN").text


def test_the_table_counts_what_was_saved_and_a_winner_wrongly_proposed(lab):
    for number in range(1, 6):
        curve(lab, number=number, title=f"t{number}")
    tick(lab)
    assert "not enough data" not in lab.say("/exp rules", by="UBEN").text
    for number in (1, 2):
        lab.say(f"/kill {number} {LEARNED}", by="ULEE")
    heard = lab.say("/exp rules", by="UBEN").text
    assert "Kills proposed, honest: 5; Followed: 2; GPU-hours saved: 19.2" in heard
    assert "Winners wrongly proposed: 0%" in heard
    assert episodes(lab)[0].gpu_saved == pytest.approx(9.6)
    lab.say("/exp reopen 1 the labels were wrong", by="UANA")
    lab.press("approval_yes", "1", by="ULEE")
    assert "Followed: 1; GPU-hours saved: 9.6" in lab.say("/exp rules", by="UBEN").text
    _promote(lab, 1)
    heard = lab.say("/exp rules", by="UBEN").text
    assert "Winners wrongly proposed: 20% · EXP-001" in heard


def _promote(lab, number):
    lab.say(f"/exp update {number} acc=0.81 gpu=1h safety=ok", by="UANA")
    lab.say(f"/exp move {number} evaluation", by="UANA")
    lab.say(f"/exp promote {number} clean labels were all it took", by="ULEE")
    assert row(lab, number).stage == "production"


def test_below_five_proposals_no_rate_is_claimed(lab):
    curve(lab)
    assert "not enough data (0 of 5)" in lab.say("/exp rules", by="UBEN").text
    tick(lab)
    assert "not enough data (1 of 5)" in lab.say("/exp rules", by="UBEN").text


def test_known_noise_keeps_a_close_target_within_reach(lab):
    curve(lab, target=0.78)
    assert "1 of 6 rules speaks" in lab.say("/exp rules 42", by="UANA").text
    heard = lab.say("/exp update 42 noise=1.3%", by="UANA").text
    assert "noise – → 0.013" in heard
    reply = lab.say("/exp rules 42", by="UANA")
    assert "none of 6 rules speaks" in reply.text
    assert "(noise 0.013)" in str(reply.blocks)
    assert "always has some" in lab.say("/exp update 42 noise=0", by="UANA").text
