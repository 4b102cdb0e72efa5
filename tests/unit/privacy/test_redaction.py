"""Nothing personal and no secret leaves; what is neither comes through unchanged."""

import pytest

from core.privacy.redaction import is_local, may_leave, redact, restore, spans

ROSTER = ("Ana Ruiz", "Ben Okoro")


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("mail bob_smith@mail.example.org or call 030/1234567", ["EMAIL", "PHONE"]),
        ("Call +1 (415) 555-0132 or 415-555-0199", ["PHONE", "PHONE"]),
        ("phone=+14155550132", ["PHONE"]),
        ("amex 378282246310005 used", ["CARD"]),
        ("IBAN: FR14 2004 1010 0505 0001 3M02 606 please", ["IBAN"]),
        ("ssh 10.0.0.5, then fe80::1ff:fe23:4567:890a", ["IP", "IP"]),
        ("the password is hunter2!", ["SECRET"]),
        ("HOST=db KEY=1 API_KEY=abcd1234" + "efgh5678", ["SECRET"]),
        ("db mysql://root:pa$$w0rd@db.local/x", ["SECRET"]),
        (
            "-----BEGIN RSA PRIVATE " + "KEY-----\nMIIEow\n-----END RSA PRIVATE KEY-----",
            ["SECRET"],
        ),
        ("Frau Müller and Mr. O'Brien called", ["NAME", "NAME"]),
        ("Ana asked Ben Okoro", ["PERSON", "PERSON"]),
    ],
)
def test_what_must_not_leave_is_found(text, types):
    assert [span.type for span in spans(text, ROSTER)] == types


@pytest.mark.parametrize(
    "text",
    [
        "tokens: 987, the password reset flow works",
        "CUDA 12.1.105.1, version 1.13.0.1, torch==2.1.0.1",
        "range 100-200-3000, shape (64, 128, 256), batch (32) 128 256",
        "std::vector, a::b, 14:15:00, 2026-11-23T14:15:00Z",
        "Users Love it, Customer Success is happy, user feedback was mixed",
        "row 4532015112830367, timestamp 1700000000123, seed 1234567",
        "EXP-042 at p95 = 480 ms, kappa 0.58; <@U024BE7LH> knows",
    ],
)
def test_a_clean_text_is_unchanged(text):
    assert redact([text], ROSTER).texts == (text,)


def test_the_same_thing_gets_the_same_token_in_every_text_and_can_be_put_back():
    texts = ["Ben wrote to a@b.example", "a@b.example, c@d.example and Ana Ruiz", "Ana: ok"]
    safe = redact(texts, ROSTER)
    assert safe.texts[0] == "P2 wrote to [EMAIL_1]"
    assert safe.texts[1] == "[EMAIL_1], [EMAIL_2] and P1"
    assert safe.texts[2] == "P1: ok"
    full = ["Ben Okoro wrote to a@b.example", texts[1], "Ana Ruiz: ok"]
    assert [restore(text, safe.mapping) for text in safe.texts] == full
    assert safe.found == {"PERSON": 3, "EMAIL": 3}


def test_a_token_that_somebody_typed_is_not_taken_for_ours():
    safe = redact(["[EMAIL_1] is what a@b.example became"])
    assert safe.texts == ("[EMAIL_1] is what [EMAIL_2] became",)
    assert restore(safe.texts[0], safe.mapping) == "[EMAIL_1] is what a@b.example became"


def test_a_priority_p1_is_no_person():
    safe = redact(["Ana fixed the P1 bug"], ROSTER)
    assert safe.texts == ("[P1] fixed the P1 bug",)
    assert restore(safe.texts[0], safe.mapping) == "Ana Ruiz fixed the P1 bug"


def test_a_secret_is_told_so_that_its_author_can_rotate_it():
    assert redact(["password: Tr0ub4dor&3"]).has_secret
    assert not redact(["no blockers"]).has_secret


@pytest.mark.parametrize(
    ("mode", "address", "leaves"),
    [
        ("never", "http://localhost:11434/v1", False),
        ("local_only", "http://localhost:11434/v1", True),
        ("local_only", "http://192.168.1.9:8000/v1", True),
        ("local_only", "http://[::1]:8080/v1", True),
        ("local_only", "https://api.openai.com/v1", False),
        ("local_only", "https://10.0.0.1.example.com/v1", False),
        ("local_only", "https://127.0.0.1@evil.example/v1", False),
        ("local_only", "", False),
        ("redacted", "https://api.openai.com/v1", True),
    ],
)
def test_a_policy_decides_where_texts_may_go(mode, address, leaves):
    assert may_leave(mode, address) is leaves


def test_local_needs_no_scheme():
    assert is_local("127.0.0.1:8000")
    assert not is_local("8.8.8.8")
