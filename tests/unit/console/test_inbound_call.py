"""An inbound call is a fact that never shows what customers said."""

import datetime as dt
from typing import Any

import pytest

from huixiang.console.door import InboundCall

NOON = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)


def call(**changes):
    fields: dict[str, Any] = {
        "endpoint": "oa",
        "webhook_id": "call_1",
        "received_at": NOON,
        "body": "排队太久".encode(),
    }
    return InboundCall(**(fields | changes))


def test_its_text_names_the_call_and_not_the_words():
    assert "call_1" in repr(call())
    assert "body" not in repr(call())


def test_its_time_carries_a_zone():
    with pytest.raises(ValueError, match="received_at"):
        call(received_at=NOON.replace(tzinfo=None))
