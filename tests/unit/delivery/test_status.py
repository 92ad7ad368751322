"""A status callback is either understood whole or refused with a reason."""

import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huixiang.delivery.status import (
    NotUnderstood,
    ReportedStatus,
    StatusUpdate,
    read_status,
)
from huixiang.steps.acts.reports import fault_of
from huixiang.wording.acts import refusal

NOON = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
REPORT = {
    "item_id": "it_1",
    "ticket_id": "OA-000001",
    "status": "resolved",
    "occurred_at": "2026-02-20T09:00:00+08:00",
    "actor": "林主管",
    "root_cause": "采购换货",
}


def read(document):
    body = document if isinstance(document, bytes) else json.dumps(document).encode()
    return read_status(body, received_at=NOON)


def test_a_full_report_is_read():
    assert read(REPORT) == StatusUpdate(
        item_id="it_1",
        ticket_id="OA-000001",
        status=ReportedStatus.RESOLVED,
        occurred_at=dt.datetime(2026, 2, 20, 1, tzinfo=dt.UTC),
        actor="林主管",
        root_cause="采购换货",
    )


def test_a_cloudevent_around_it_changes_nothing():
    envelope = {"specversion": "1.0", "id": "1", "type": "x", "source": "/oa"}
    assert read({**envelope, "data": REPORT}) == read(REPORT)


def test_the_ticket_number_alone_is_enough_even_as_a_number():
    update = read({"ticket_id": 17, "status": "accepted"})
    assert isinstance(update, StatusUpdate)
    assert (update.item_id, update.ticket_id) == (None, "17")


def test_a_report_without_a_time_happened_when_it_came():
    update = read({"item_id": "it_1", "status": "accepted"})
    assert isinstance(update, StatusUpdate)
    assert update.occurred_at == NOON


@pytest.mark.parametrize("status", list(ReportedStatus))
def test_every_documented_status_is_known(status):
    update = read({"item_id": "it_1", "status": status.value})
    assert isinstance(update, StatusUpdate)
    assert update.status is status


def test_not_mine_may_name_whose_it_is():
    update = read(
        {
            "item_id": "it_1",
            "status": "rejected",
            "reason": "不归我们",
            "suggested_department": "customer_care",
        }
    )
    assert isinstance(update, StatusUpdate)
    assert update.suggested_department == "customer_care"


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        (b"", "not JSON"),
        (b"\xff\xfe", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b"9" * 10_000, "not JSON"),
        ([REPORT], "not a JSON object"),
        ({"specversion": "1.0", "data": "text"}, "not a JSON object"),
        ({"status": "accepted"}, "item_id"),
        ({"item_id": " ", "status": "accepted"}, "item_id"),
        ({"item_id": "it_1"}, "status"),
        ({"item_id": "it_1", "status": "done"}, "accepted, rejected"),
        ({"item_id": "it_1", "status": ["accepted"]}, "status"),
        ({"item_id": True, "status": "accepted"}, "item_id is not text"),
        ({"item_id": {}, "status": "accepted"}, "item_id is not text"),
        ({**REPORT, "occurred_at": "yesterday"}, "ISO 8601"),
        ({**REPORT, "occurred_at": "2026-02-20T09:00:00"}, "time zone"),
        ({**REPORT, "occurred_at": "0001-01-01T00:00:00+14:00"}, "ISO 8601"),
        ({**REPORT, "reason": ["a"]}, "reason is not text"),
    ],
)
def test_what_cannot_be_understood_says_why(document, reason):
    answer = read(document)
    assert isinstance(answer, NotUnderstood)
    fault = fault_of(answer)
    assert reason in refusal(fault.code, fault.facts).en


def test_words_are_cleaned_and_bounded():
    update = read({**REPORT, "actor": "a\x00b" * 500, "root_cause": "因" * 9000})
    assert isinstance(update, StatusUpdate)
    assert len(update.actor) <= 200
    assert "\x00" not in update.actor
    assert update.root_cause.endswith("…")
    assert len(update.root_cause) == 2000


@given(body=st.binary(max_size=200))
def test_no_bytes_break_the_reader(body):
    assert isinstance(read_status(body, received_at=NOON), StatusUpdate | NotUnderstood)


@given(
    document=st.dictionaries(
        st.sampled_from([*REPORT, "reason", "suggested_department", "data"]),
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    )
)
def test_no_document_breaks_the_reader(document):
    assert isinstance(read(document), StatusUpdate | NotUnderstood)
