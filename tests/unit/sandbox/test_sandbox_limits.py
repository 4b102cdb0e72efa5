import pytest

from sandbox.faults import Fault, Faults
from sandbox.limits import SpeedLimits
from sandbox.shapes import ControlError, SlackError
from sandbox.tickets import Hooks, Triggers
from sandbox.workspace.manifest import read_manifest


class Hand:
    """A clock moved by hand."""

    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now


def test_three_posts_at_once_then_one_a_second_each_channel():
    hand = Hand()
    limits = SpeedLimits(hand)
    assert [limits.post("C1") for _ in range(4)] == [0, 0, 0, 1]
    assert limits.post("C2") == 0
    hand.now += 1
    assert [limits.post("C1") for _ in range(2)] == [0, 1]
    hand.now += 60
    assert [limits.post("C1") for _ in range(4)] == [0, 0, 0, 1]


def test_a_workspace_takes_three_hundred_posts_a_minute():
    limits = SpeedLimits(Hand())
    waits = [limits.post(f"C{number}") for number in range(301)]
    assert waits[:300] == [0] * 300
    assert waits[300] == 60


def test_a_tier_counts_calls_of_the_last_minute():
    hand = Hand()
    limits = SpeedLimits(hand)
    assert [limits.window("users.list", 2) for _ in range(3)] == [0, 0, 60]
    hand.now += 59.5
    assert limits.window("users.list", 2) == 1
    hand.now += 0.5
    assert limits.window("users.list", 2) == 0


def test_a_trigger_works_once():
    triggers = Triggers("T1")
    trigger = triggers.issue("U1")
    assert triggers.use(trigger.id, strict=True).user_id == "U1"
    with pytest.raises(SlackError, match="exchanged_trigger_id"):
        triggers.use(trigger.id, strict=True)


def test_a_trigger_expires_after_three_real_seconds():
    triggers = Triggers("T1")
    trigger = triggers.issue("U1")
    trigger.issued_s -= 3.1
    with pytest.raises(SlackError, match="expired_trigger_id"):
        triggers.use(trigger.id, strict=True)
    assert triggers.use(trigger.id, strict=False)


def test_an_unknown_trigger_is_invalid():
    with pytest.raises(SlackError, match="invalid_trigger_id"):
        Triggers("T1").use("1.2.3", strict=True)


def test_a_response_url_works_five_times():
    hooks = Hooks(Hand())
    hook = hooks.issue("commands", user_id="U1", channel_id="C1")
    hook.uses = 4
    assert hooks.find(hook.token, strict=True) is hook
    hook.uses = 5
    with pytest.raises(SlackError, match="used_url"):
        hooks.find(hook.token, strict=True)


def test_a_response_url_lives_half_an_hour_of_sandbox_time():
    hand = Hand()
    hooks = Hooks(hand)
    hook = hooks.issue("commands", user_id="U1", channel_id="C1")
    hand.now += 1801
    with pytest.raises(SlackError, match="expired_url"):
        hooks.find(hook.token, strict=True)


def test_faults_hit_their_method_as_often_as_ordered():
    faults = Faults()
    faults.add(Fault("chat.postMessage", "429", times=2))
    faults.add(Fault("*", "500"))
    kinds = [faults.take(m) for m in ("chat.postMessage", "chat.postMessage", "users.info", "x")]
    assert [fault and fault.kind for fault in kinds] == ["429", "429", "500", None]


@pytest.mark.parametrize("fault", [Fault("*", "explode"), Fault("*", "429", times=0)])
def test_an_unknown_fault_is_refused(fault):
    with pytest.raises(ControlError):
        Faults().add(fault)


MANIFEST = {
    "features": {
        "bot_user": {"display_name": "assay"},
        "slash_commands": [{"command": "/kill", "should_escape": True}],
        "shortcuts": [{"name": "Log", "type": "message", "callback_id": "log"}],
    },
    "oauth_config": {"scopes": {"bot": ["commands", "im:history"]}},
    "settings": {"event_subscriptions": {"bot_events": ["message.im"]}},
}


def test_a_manifest_tells_scopes_commands_and_shortcuts():
    manifest = read_manifest(MANIFEST)
    assert manifest.scopes == {"commands", "im:history"}
    assert manifest.command("/kill").should_escape
    assert manifest.command("/exp") is None
    assert manifest.shortcut("log", "message").name == "Log"
    assert manifest.shortcut("log", "global") is None


def test_an_event_without_its_scope_is_refused_as_on_saving():
    broken = MANIFEST | {"oauth_config": {"scopes": {"bot": ["commands"]}}}
    with pytest.raises(ValueError, match="im:history"):
        read_manifest(broken)


def test_without_a_manifest_the_app_may_do_everything():
    manifest = read_manifest(None)
    assert {"chat:write", "usergroups:read", "im:write"} <= manifest.scopes
    assert manifest.command("/anything").should_escape
