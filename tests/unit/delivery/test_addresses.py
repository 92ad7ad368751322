"""An address is judged as it is, whatever it is written or wrapped in."""

import ipaddress
import socket
import threading

import pytest

from huixiang.delivery.addresses import (
    AddressRefused,
    NotResolved,
    allowed_addresses,
    is_allowed,
    look_up,
    resolve,
)

LOOPBACK = (ipaddress.ip_network("127.0.0.0/8"), ipaddress.ip_network("::1/128"))


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.0.0.8", "172.16.3.4", "192.168.1.1", "169.254.169.254",
        "100.64.0.1", "0.0.0.0", "255.255.255.255", "224.0.0.1", "::1", "::",  # noqa: S104 - an address to refuse, not to bind
        "fd00::1", "fe80::1", "fec0::1", "ff02::1", "::ffff:127.0.0.1",
        "::ffff:10.0.0.8", "64:ff9b::7f00:1", "2002:7f00:1::1", "2002:a00:8::1",
    ],
)  # fmt: skip
def test_without_networks_only_public_addresses_are_called(address):
    assert not is_allowed(ipaddress.ip_address(address), ())


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "2606:4700::1111", "64:ff9b::808:808"]
)
def test_public_addresses_are_called(address):
    assert is_allowed(ipaddress.ip_address(address), ())


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"]
)
def test_a_named_network_is_called(address):
    assert is_allowed(ipaddress.ip_address(address), LOOPBACK)


@pytest.mark.parametrize("address", ["93.184.216.34", "10.0.0.8", "::ffff:10.0.0.8"])
def test_named_networks_are_the_only_ones(address):
    assert not is_allowed(ipaddress.ip_address(address), LOOPBACK)


@pytest.mark.parametrize(
    "spelling", ["0x7f000001", "2130706433", "127.1", "0177.0.0.1", "127.0.0.1"]
)
def test_odd_spellings_of_loopback_are_refused_once_resolved(spelling):
    found = resolve(spelling, 443, look_up, 10)
    with pytest.raises(AddressRefused, match="address_not_public"):
        allowed_addresses(found, ())


def test_among_several_only_the_allowed_ones_are_dialled():
    found = ["93.184.216.34", "127.0.0.1", "fe80::1%eth0"]
    assert list(map(str, allowed_addresses(found, LOOPBACK))) == ["127.0.0.1"]


def test_a_refusal_names_the_setting_to_change():
    with pytest.raises(AddressRefused, match="networks"):
        allowed_addresses(["10.0.0.8"], LOOPBACK)


def test_a_name_is_asked_for_once_and_each_answer_kept_once():
    asked = []

    def lookup(host, port):
        asked.append((host, port))
        return ["127.0.0.1", "127.0.0.1", "::1"]

    assert resolve("oa.test", 443, lookup, 10) == ["127.0.0.1", "::1"]
    assert asked == [("oa.test", 443)]


@pytest.mark.parametrize(
    "error", [socket.gaierror(-2, "unknown"), UnicodeError("label")]
)
def test_a_name_that_cannot_be_resolved_is_said_so(error):
    def lookup(host, port):
        raise error

    with pytest.raises(NotResolved):
        resolve("oa.test", 443, lookup, 10)


def test_a_resolver_that_answers_too_late_is_not_waited_for():
    is_over = threading.Event()

    def lookup(host, port):
        is_over.wait(3)
        return ["127.0.0.1"]

    with pytest.raises(NotResolved, match="in_time"):
        resolve("oa.test", 443, lookup, 0.01)
    is_over.set()
