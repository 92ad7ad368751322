"""Sign and verify messages after Standard Webhooks 1.0.0. Pure: no clock.

https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
"""

import base64
import binascii
import datetime as dt
import hashlib
import hmac
import re
from collections.abc import Mapping, Sequence

from huixiang.errors import ConfigurationError, SignatureMalformed, SignatureRefused

ID_HEADER = "webhook-id"
TIMESTAMP_HEADER = "webhook-timestamp"
SIGNATURE_HEADER = "webhook-signature"

TOLERANCE = dt.timedelta(minutes=5)
MAX_SIGNATURES = 16

_SECRET_PREFIX = "whsec_"  # noqa: S105 - a public prefix, not a secret
_SECRET_BYTES = range(24, 65)
# Visible ASCII without the full stop: it separates the parts that are signed.
_ID = re.compile(r"[!-\-/-~]{1,256}")
_TIMESTAMP = re.compile(r"[0-9]{1,12}")
_SIGNATURE = re.compile(r"v[0-9a-z]{1,8},[A-Za-z0-9+/]{1,512}={0,2}")


def format_secret(key: bytes) -> str:
    """Write 24 to 64 random bytes as a whsec_ secret."""
    if len(key) not in _SECRET_BYTES:
        raise ConfigurationError("a webhook secret has 24 to 64 bytes")
    return _SECRET_PREFIX + base64.b64encode(key).decode()


def read_secret(secret: str) -> bytes:
    """Return the key inside a whsec_ secret."""
    encoded = secret.removeprefix(_SECRET_PREFIX)
    try:
        key = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if encoded == secret or len(key) not in _SECRET_BYTES:
        raise ConfigurationError(
            "a webhook secret is whsec_ and the base64 of 24 to 64 random bytes; "
            "make one with: echo whsec_$(openssl rand -base64 32)"
        )
    return key


def sign(*, message_id: str, timestamp: int, body: bytes, secret: str) -> str:
    """Return one `v1,…` signature of exactly these bytes."""
    if not _ID.fullmatch(message_id):
        raise ValueError("a webhook-id is visible ASCII without a full stop")
    signed = b"%s.%d.%s" % (message_id.encode(), timestamp, body)
    digest = hmac.new(read_secret(secret), signed, hashlib.sha256).digest()
    return "v1," + base64.b64encode(digest).decode()


def signed_headers(
    *, message_id: str, at: dt.datetime, body: bytes, secrets: Sequence[str]
) -> dict[str, str]:
    """Return the three headers; while a secret is rotated, one signature for each."""
    if not secrets:
        raise ConfigurationError("a message cannot be signed without a secret")
    timestamp = int(at.timestamp())
    signatures = [
        sign(message_id=message_id, timestamp=timestamp, body=body, secret=secret)
        for secret in secrets
    ]
    return {
        ID_HEADER: message_id,
        TIMESTAMP_HEADER: str(timestamp),
        SIGNATURE_HEADER: " ".join(signatures),
    }


def verify(
    *, headers: Mapping[str, str], body: bytes, secrets: Sequence[str], at: dt.datetime
) -> str:
    """Return the webhook-id of a genuine call, or raise SignatureRefused."""
    named = {name.lower(): value for name, value in headers.items()}
    message_id = _header(named, ID_HEADER, _ID)
    timestamp = int(_header(named, TIMESTAMP_HEADER, _TIMESTAMP))
    given = _signatures(named)
    _check_age(timestamp, at)
    expected = [
        sign(message_id=message_id, timestamp=timestamp, body=body, secret=secret)
        for secret in secrets
    ]
    matches = [
        hmac.compare_digest(one.encode(), other.encode())
        for one in expected
        for other in given
    ]
    if not any(matches):
        raise SignatureRefused("no signature fits: check the secret on both sides")
    return message_id


def _header(headers: Mapping[str, str], name: str, pattern: re.Pattern[str]) -> str:
    value = headers.get(name)
    if value is None:
        raise SignatureMalformed(f"the header {name} is missing")
    if not pattern.fullmatch(value):
        raise SignatureMalformed(f"the header {name} is not readable")
    return value


def _signatures(headers: Mapping[str, str]) -> list[str]:
    value = headers.get(SIGNATURE_HEADER)
    if value is None:
        raise SignatureMalformed(f"the header {SIGNATURE_HEADER} is missing")
    parts = value.split(" ")
    if len(parts) > MAX_SIGNATURES:
        raise SignatureMalformed(f"more than {MAX_SIGNATURES} signatures")
    known = [part for part in parts if _SIGNATURE.fullmatch(part)]
    if not known:
        raise SignatureMalformed(
            f"the header {SIGNATURE_HEADER} has no `v1,base64` in it"
        )
    return known


def _check_age(timestamp: int, at: dt.datetime) -> None:
    age = at.timestamp() - timestamp
    if abs(age) > TOLERANCE.total_seconds():
        where = "past" if age > 0 else "future"
        raise SignatureRefused(
            f"signed {abs(age):.0f} s in the {where}, 300 s are allowed: check the clocks"
        )
