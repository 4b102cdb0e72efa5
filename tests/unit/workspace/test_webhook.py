"""Where webhooks may go, and how they are signed."""

from datetime import UTC, datetime

import pytest

from core.errors import Refused
from core.workspace import webhook


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
     "0.0.0.0", "255.255.255.255", "224.0.0.1", "::1", "::", "fe80::1%eth0", "fc00::1", "ff02::1",
     "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::", "2001:0:a00:1::"],
)  # fmt: skip
def test_a_private_address_is_reached_by_nobody_unless_the_operator_names_its_network(address):
    assert not webhook.may_reach(address, (), tls=True)


def test_a_public_address_takes_tls_and_a_named_network_takes_none():
    assert webhook.may_reach("93.184.216.34", (), tls=True)
    assert webhook.may_reach("2606:4700::1111", (), tls=True)
    assert not webhook.may_reach("93.184.216.34", ("10.0.0.0/8",), tls=False)
    assert webhook.may_reach("10.9.8.7", ("10.0.0.0/8",), tls=False)
    assert not webhook.may_reach("192.168.0.1", ("10.0.0.0/8",), tls=True)
    assert webhook.may_reach("::ffff:10.9.8.7", ("10.0.0.0/8",), tls=False)


def test_the_signature_is_that_of_the_specification():
    # The example of the Standard Webhooks specification.
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    body = b'{"test": 2432232314}'
    at = datetime.fromtimestamp(1614265330, UTC)
    signed = webhook.signature(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", at, body)
    assert signed == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


@pytest.mark.parametrize(
    "url",
    ["", "x", "ftp://x.example", "https://", "https://x.example/ y", "https://u:p@x.example",
     "https://x.example:0/", "https://x.example:99999/", "https://x.example/#a", "https://[::1",
     "https://x.example/" + "a" * 500, "javascript:alert(1)", "https://exämple.org"],
)  # fmt: skip
def test_what_is_no_address_is_refused(url):
    with pytest.raises(Refused, match="no address I can send to"):
        webhook.checked_url(url, ())


def test_without_a_network_of_its_own_it_is_https():
    assert webhook.checked_url("<https://x.example/h|x.example/h>", ()) == "https://x.example/h"
    with pytest.raises(Refused, match="only send over https"):
        webhook.checked_url("http://x.example/h", ())
    assert webhook.checked_url("http://10.0.0.1:8080/h", ("10.0.0.0/8",))


def test_which_events_is_said_in_words():
    assert webhook.wanted("https://x.example", ()).events == tuple(webhook.EVENTS)
    few = webhook.wanted("on=STALE,decided https://x.example", ())
    assert (few.url, few.events) == ("https://x.example", ("decided", "stale"))
    with pytest.raises(Refused, match="“born” is no event"):
        webhook.wanted("https://x.example on=born", ())
