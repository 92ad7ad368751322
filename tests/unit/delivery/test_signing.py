"""Signatures follow Standard Webhooks and fail in known ways only."""

import base64
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huixiang.delivery.signing import (
    format_secret,
    read_secret,
    sign,
    signed_headers,
    verify,
)
from huixiang.errors import ConfigurationError, SignatureMalformed, SignatureRefused

SECRET = "whsec_" + base64.b64encode(bytes(range(32))).decode()
OLD_SECRET = "whsec_" + base64.b64encode(bytes(24)).decode()
NOON = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
BODY = '{"说":"你好"}'.encode()


def headers(body=BODY, at=NOON, secrets=(SECRET,), message_id="msg_1"):
    return signed_headers(message_id=message_id, at=at, body=body, secrets=secrets)


def check(given_headers, body=BODY, at=NOON, secrets=(SECRET,)):
    return verify(headers=given_headers, body=body, secrets=secrets, at=at)


def test_the_golden_vector_of_the_specification_is_reproduced():
    signature = sign(
        message_id="msg_p5jXN8AQM9LWM0D4loKWxJek",
        timestamp=1614265330,
        body=b'{"test": 2432232314}',
        secret="whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
    )
    assert signature == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


@given(body=st.binary(max_size=500), key=st.binary(min_size=24, max_size=64))
def test_what_was_signed_verifies(body, key):
    secret = format_secret(key)
    assert check(headers(body, secrets=(secret,)), body, secrets=(secret,)) == "msg_1"


@given(body=st.binary(min_size=1, max_size=200), at=st.integers(0, 199))
def test_one_changed_byte_is_refused(body, at):
    position = at % len(body)
    changed = bytearray(body)
    changed[position] ^= 1
    with pytest.raises(SignatureRefused):
        check(headers(body), bytes(changed))


def test_header_names_are_read_in_any_case():
    shouted = {name.upper(): value for name, value in headers().items()}
    assert check(shouted) == "msg_1"


def test_while_a_secret_is_rotated_either_side_may_be_first():
    both = headers(secrets=(SECRET, OLD_SECRET))
    assert len(both["webhook-signature"].split(" ")) == 2
    assert check(both, secrets=(OLD_SECRET,)) == "msg_1"
    assert check(headers(secrets=(OLD_SECRET,)), secrets=(SECRET, OLD_SECRET))


def test_a_foreign_secret_is_refused():
    with pytest.raises(SignatureRefused, match="check the secret"):
        check(headers(secrets=(OLD_SECRET,)))


@pytest.mark.parametrize("seconds", [-300, 0, 300])
def test_a_clock_five_minutes_off_is_forgiven(seconds):
    assert check(headers(), at=NOON + dt.timedelta(seconds=seconds)) == "msg_1"


@pytest.mark.parametrize(("seconds", "where"), [(301, "past"), (-301, "future")])
def test_a_call_from_another_time_is_refused(seconds, where):
    with pytest.raises(SignatureRefused, match=where) as refused:
        check(headers(), at=NOON + dt.timedelta(seconds=seconds))
    assert not isinstance(refused.value, SignatureMalformed)


@pytest.mark.parametrize(
    "changes",
    [
        {"webhook-id": None},
        {"webhook-id": ""},
        {"webhook-id": "msg.1"},
        {"webhook-id": "消息"},
        {"webhook-id": "m" * 257},
        {"webhook-timestamp": None},
        {"webhook-timestamp": "nan"},
        {"webhook-timestamp": "-1"},
        {"webhook-timestamp": "9" * 400},
        {"webhook-timestamp": "１７７２３６６４００"},
        {"webhook-timestamp": "1772366400.5"},
        {"webhook-signature": None},
        {"webhook-signature": ""},
        {"webhook-signature": "v1"},
        {"webhook-signature": "v1,"},
        {"webhook-signature": "v1,a,b"},
        {"webhook-signature": "v1,!!!x"},
        {"webhook-signature": "v1,签名"},
        {"webhook-signature": " ".join(["v1,aaaa"] * 10_000)},
    ],
)
def test_headers_that_cannot_be_read_are_malformed(changes):
    merged = {**headers(), **changes}
    damaged = {name: value for name, value in merged.items() if value is not None}
    with pytest.raises(SignatureMalformed):
        check(damaged)


@pytest.mark.parametrize("signature", ["v1,aaaa", "v1a,aaaa", "v1,aa  v1,bb"])
def test_a_readable_signature_that_does_not_fit_is_refused(signature):
    with pytest.raises(SignatureRefused) as refused:
        check({**headers(), "webhook-signature": signature}, body=b"\xff\xfe")
    assert not isinstance(refused.value, SignatureMalformed)


@given(
    value=st.text(max_size=60),
    name=st.sampled_from(["webhook-id", "webhook-timestamp", "webhook-signature"]),
)
def test_no_header_whatever_passes_or_breaks_the_check(value, name):
    original = headers()
    if value == original[name]:
        return
    with pytest.raises(SignatureRefused):
        check({**original, name: value})


@pytest.mark.parametrize(
    "secret",
    [
        "",
        "whsec_",
        "secret",
        SECRET.removeprefix("whsec_"),
        "whsec_c2hvcnQ=",
        "whsec_密",
    ],
)
def test_a_bad_secret_is_a_configuration_error_that_does_not_show_it(secret):
    with pytest.raises(ConfigurationError) as error:
        read_secret(secret)
    assert len(secret) < 10 or secret not in str(error.value)


def test_a_secret_has_24_to_64_bytes():
    assert read_secret(format_secret(bytes(64))) == bytes(64)
    with pytest.raises(ConfigurationError):
        format_secret(bytes(23))
    with pytest.raises(ConfigurationError):
        format_secret(bytes(65))


def test_nothing_is_signed_without_a_secret():
    with pytest.raises(ConfigurationError):
        headers(secrets=())


def test_an_id_with_a_full_stop_cannot_be_signed():
    with pytest.raises(ValueError, match="full stop"):
        headers(message_id="msg.1")
