"""Messages keep the neutral event, sealed bytes once sent, and reasons as codes.

What was queued before has its text already: it goes out as it is. Reasons were
sentences of the program's own, with what the endpoint had said behind them.
"""

import re
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

DOCUMENT = sa.JSON(none_as_null=True).with_variant(
    postgresql.JSONB(none_as_null=True), "postgresql"
)
CODE = sa.String(length=40)
CHUNK = 500
FORM = {
    "content_type": "application/cloudevents+json; charset=utf-8",
    "method": "POST",
    "path": "",
}

FIXED = {
    "": "answered",
    "sent, but no readable answer: it may have arrived": "answer_unreadable",
    "sent, but no answer in time: it may have arrived": "no_answer_in_time",
    "not sent: no connection in time": "no_connection_in_time",
    "not sent: the certificate or TLS of the endpoint is not trusted; check its "
    "certificate, or ca_file": "certificate_not_trusted",
    "not sent: the name could not be resolved": "host_unknown",
    "not sent: the name was not resolved in time": "host_not_resolved_in_time",
    "not sent: the host resolves to an address that is not public; if this is meant, "
    "name its network in networks": "address_not_public",
    "not sent: the host resolves to an address outside the endpoint's networks": (
        "address_outside_networks"
    ),
    "the run that was sending it ended without a word": "sender_died",
}
BROKE_OFF = re.compile(r"endpoint answered \d+, but the answer broke off")
ANSWERED = re.compile(r"endpoint answered \d+(?:: (.*))?", re.DOTALL)
NO_CONNECTION = re.compile(r"not sent: no connection \((\w+)\)")
NOT_WRITABLE = re.compile(
    r"not sent: the message or URL cannot be put into a request \((\w+)\)"
)
GAVE_UP = "gave up after "
GONE = 410


def upgrade() -> None:
    """Bring the database to this version."""
    _bodies()
    _attempts()
    _dead()
    _endpoints()


def _bodies() -> None:
    _add("outbox_message", ("content", DOCUMENT), ("form", DOCUMENT))
    _add("outbox_message", ("earlier_body", sa.Text()))
    messages = sa.table(
        "outbox_message",
        sa.column("body", sa.Text()),
        sa.column("earlier_body", sa.Text()),
        sa.column("form", DOCUMENT),
    )
    op.execute(messages.update().values(earlier_body=messages.c.body, form=FORM))
    op.drop_column("outbox_message", "body")
    _add("outbox_message", ("body", sa.LargeBinary()))


def _attempts() -> None:
    # A row that is added needs a code at once; each gets its own below.
    op.add_column(
        "delivery_attempt",
        sa.Column("reason_code", CODE, nullable=False, server_default="as_written"),
    )
    op.add_column(
        "delivery_attempt",
        sa.Column("reason_facts", DOCUMENT, nullable=False, server_default="{}"),
    )
    attempts = _attempt_table()
    key = (attempts.c.message_id, attempts.c.number)
    change = (
        sa.update(attempts)
        .where(key[0] == sa.bindparam("of"), key[1] == sa.bindparam("at"))
        .values(
            reason_code=sa.bindparam("code"),
            reason_facts=sa.bindparam("facts", type_=DOCUMENT),
            detail=sa.bindparam("words"),
        )
    )
    connection = op.get_bind()
    rows = connection.execute(sa.select(*key, attempts.c.detail)).all()
    for start in range(0, len(rows), CHUNK):
        connection.execute(
            change,
            [
                {"of": of, "at": at, **_attempt_reason(detail)}
                for of, at, detail in rows[start : start + CHUNK]
            ],
        )
    with op.batch_alter_table("delivery_attempt") as table:
        table.alter_column("reason_code", server_default=None)
        table.alter_column("reason_facts", server_default=None)


def _dead() -> None:
    columns = (("code", CODE), ("facts", DOCUMENT), ("words", sa.Text()))
    _add("outbox_message", *((f"dead_{name}", kind) for name, kind in columns))
    messages = sa.table(
        "outbox_message",
        sa.column("message_id", sa.Text()),
        sa.column("n_attempts", sa.Integer()),
        sa.column("dead_reason", sa.Text()),
        sa.column("dead_code", CODE),
        sa.column("dead_facts", DOCUMENT),
        sa.column("dead_words", sa.Text()),
    )
    attempts = _attempt_table()
    connection = op.get_bind()
    rows = connection.execute(
        sa.select(
            messages.c.message_id,
            messages.c.n_attempts,
            messages.c.dead_reason,
            attempts.c.outcome,
            attempts.c.status_code,
            attempts.c.reason_code,
            attempts.c.reason_facts,
            attempts.c.detail,
        )
        .outerjoin_from(
            messages,
            attempts,
            (attempts.c.message_id == messages.c.message_id)
            & (attempts.c.number == messages.c.n_attempts),
        )
        .where(messages.c.dead_reason.is_not(None))
    )
    for row in rows.mappings().all():
        connection.execute(
            sa.update(messages)
            .where(messages.c.message_id == row["message_id"])
            .values(_dead_reason(row))
        )
    op.drop_column("outbox_message", "dead_reason")


def _endpoints() -> None:
    columns = (("code", CODE), ("facts", DOCUMENT), ("words", sa.Text()))
    _add("endpoint", *((f"disabled_{name}", kind) for name, kind in columns))
    endpoints = sa.table(
        "endpoint",
        sa.column("endpoint", sa.Text()),
        sa.column("disabled_reason", sa.Text()),
        sa.column("disabled_code", CODE),
        sa.column("disabled_facts", DOCUMENT),
        sa.column("disabled_words", sa.Text()),
    )
    connection = op.get_bind()
    rows = connection.execute(
        sa.select(endpoints.c.endpoint, endpoints.c.disabled_reason).where(
            endpoints.c.disabled_reason.is_not(None)
        )
    )
    for name, sentence in rows.all():
        connection.execute(
            sa.update(endpoints)
            .where(endpoints.c.endpoint == name)
            .values(
                disabled_code="gone",  # nothing else ever disabled one
                disabled_facts={"status_code": GONE},
                disabled_words=_attempt_reason(sentence)["words"],
            )
        )
    op.drop_column("endpoint", "disabled_reason")


def _add(table: str, *columns: tuple[str, Any]) -> None:
    for name, kind in columns:
        op.add_column(table, sa.Column(name, kind, nullable=True))


def _attempt_table() -> Any:
    return sa.table(
        "delivery_attempt",
        sa.column("message_id", sa.Text()),
        sa.column("number", sa.Integer()),
        sa.column("outcome", CODE),
        sa.column("status_code", sa.Integer()),
        sa.column("reason_code", CODE),
        sa.column("reason_facts", DOCUMENT),
        sa.column("detail", sa.Text()),
    )


def _attempt_reason(sentence: str) -> dict[str, Any]:
    """Return code, facts and the endpoint's own words from an attempt's sentence."""
    if (code := FIXED.get(sentence)) is not None:
        return {"code": code, "facts": {}, "words": ""}
    if BROKE_OFF.fullmatch(sentence):
        return {"code": "answer_broke_off", "facts": {}, "words": ""}
    if match := ANSWERED.fullmatch(sentence):
        return {"code": "answered", "facts": {}, "words": match[1] or ""}
    for code, pattern in (
        ("no_connection", NO_CONNECTION),
        ("not_writable", NOT_WRITABLE),
    ):
        if match := pattern.fullmatch(sentence):
            return {"code": code, "facts": {"error": match[1]}, "words": ""}
    return {"code": "as_written", "facts": {}, "words": sentence}


def _dead_reason(row: Mapping[Any, Any]) -> dict[str, Any]:
    """Return the reason of a dead letter from its last attempt."""
    if row["outcome"] is None:
        last = _attempt_reason(row["dead_reason"])
        code, words = "refused", last["words"]
        facts = {"attempt": last["code"], **last["facts"]}
    else:
        code, words = _dead_code(row), row["detail"]
        facts = {
            **row["reason_facts"],
            "attempt": row["reason_code"],
            "status_code": row["status_code"],
        }
    if code == "gave_up":
        facts["n_attempts"] = row["n_attempts"]
    return {"dead_code": code, "dead_facts": facts, "dead_words": words}


def _dead_code(row: Mapping[Any, Any]) -> str:
    """Tell by the outcome first: the sentence of a refusal was the endpoint's own."""
    if row["outcome"] == "terminal":
        return "refused"
    is_last = str(row["dead_reason"]).startswith(GAVE_UP)
    return "gave_up" if is_last else "not_repeatable"
