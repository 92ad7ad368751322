"""Between the rows of messages, attempts and endpoints and the facts they keep."""

from typing import Any

from sqlalchemy import Row

from huixiang.domain.items.outbox import (
    AttemptReason,
    DisabledEndpoint,
    NeutralEvent,
    OutboxMessage,
    PastAttempt,
    Rendered,
    StoredMessage,
)
from huixiang.domain.reason import Reason
from huixiang.store.codec import decode
from huixiang.store.vault import Vault


def message_of(row: Row[Any], vault: Vault) -> OutboxMessage:
    """Return the message that a row keeps, as far as sending it needs to know."""
    return OutboxMessage(
        message_id=row.message_id,
        endpoint=row.endpoint,
        event=row.event,
        item_id=row.item_id,
        content=_content(row),
        rendered=_rendered(row, vault),
        n_attempts=row.n_attempts,
        state=row.state,
    )


def stored_message(row: Row[Any], vault: Vault) -> StoredMessage:
    """Return the message that a row keeps, with where it stands."""
    return StoredMessage(
        message_id=row.message_id,
        announcement_id=row.announcement_id,
        item_id=row.item_id,
        endpoint=row.endpoint,
        event=row.event,
        content=_content(row),
        rendered=_rendered(row, vault),
        state=row.state,
        n_attempts=row.n_attempts,
        next_attempt_at=row.next_attempt_at,
        claimed_by=row.claimed_by,
        dead_reason=_reason(row, "dead") if row.dead_code else None,
        created_at=row.created_at,
    )


def _rendered(row: Row[Any], vault: Vault) -> Rendered | None:
    if row.body is not None:
        return Rendered(body=vault.open(row.body), **row.form)
    if row.earlier_body is not None:
        return Rendered(body=row.earlier_body.encode(), **row.form)
    return None


def _content(row: Row[Any]) -> NeutralEvent | None:
    return None if row.content is None else decode(NeutralEvent, row.content)


def _reason(row: Row[Any], name: str) -> Reason[Any]:
    columns = row._mapping  # noqa: SLF001 - public API
    return Reason(
        code=columns[f"{name}_code"],
        facts=columns[f"{name}_facts"],
        words=columns[f"{name}_words"],
    )


def past_attempt(row: Row[Any]) -> PastAttempt:
    """Return the attempt that a row keeps."""
    reason: Reason[AttemptReason] = Reason(
        code=row.reason_code, facts=row.reason_facts, words=row.detail
    )
    return PastAttempt(
        message_id=row.message_id,
        number=row.number,
        outcome=row.outcome,
        attempted_at=row.attempted_at,
        status_code=row.status_code,
        reason=reason,
    )


def disabled_endpoint(row: Row[Any]) -> DisabledEndpoint:
    """Return the disabled endpoint that a row keeps."""
    return DisabledEndpoint(
        endpoint=row.endpoint,
        disabled_at=row.disabled_at,
        reason=_reason(row, "disabled"),
    )
