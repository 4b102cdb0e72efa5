"""Bringing data cards over the board in conversations."""

ACME = {
    "vendor": "Acme", "annotation_volume": "5,000", "guidelines": "https://wiki/guide",
    "labels": "yes, no", "annotation_from": "2026-11-26", "annotation_to": "2026-12-01",
    "cost": "$2,400",
}  # fmt: skip
COLLECTED = {
    "source": "Zendesk", "method": "nightly export", "legal_approval": "approved",
    "collection_from": "2026-11-24", "collection_to": "2026-11-25",
}  # fmt: skip
CHECKED = {"sample_checked": "200", "agreement": "0.86", "issues": "none"}
STORED = {"hash": "dvc 3f2a9c1", "location": "s3://data/v3", "rows": "48,210", "quality": "0.97"}
NEED = {
    "title": "Support tickets", "kind": "text", "volume": "5,000 tickets",
    "needed_by": "2027-01-15", "needs_labels": "yes", "experiments": "",
}  # fmt: skip


def write(talk, by="UANA", **fields):
    talk.say("/data new", by=by)
    reply = talk.submit_open(NEED | fields, by=by)
    assert not reply.errors, reply.errors
    return reply


def move(talk, to, values, number=1, by="UANA"):
    reply = talk.say(f"/data move {number} {to}", by=by)
    return talk.submit_open(values, by=by) if reply.modal else reply


def road(talk, to="ready"):
    """Take card 1 that far, the way a team does it."""
    steps = [
        ("collection", lambda: move(talk, "collection", COLLECTED)),
        ("", lambda: talk.say("/data pii 1 clean")),
        ("annotation", lambda: move(talk, "annotation", ACME)),
        ("", lambda: talk.say("/data check 1 pilot ok")),
        ("", lambda: talk.say("/data check 1 first100 ok")),
        ("qa", lambda: move(talk, "qa", CHECKED)),
        ("ready", lambda: move(talk, "ready", STORED)),
    ]
    for name, step in steps:
        talk.later(minutes=1)
        reply = step()
        assert not reply.errors, reply.errors
        if name == to:
            return reply
    raise AssertionError(to)
