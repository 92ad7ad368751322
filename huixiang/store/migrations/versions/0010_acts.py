"""What people decide, chained by hash; calls that came in become acts."""

import datetime as dt
import hashlib
import json
import secrets
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_DOCUMENT = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
_MOMENT = sa.DateTime(timezone=True)
_CODE = sa.String(length=40)
_VERBS = {
    "accepted": "item.accept",
    "in_progress": "item.start",
    "resolved": "item.resolve",
    "rejected": "item.reject",
    "cancelled": "item.cancel",
    "comment": "item.comment",
}
_CHAINED = (
    "act_id", "number", "actor_kind", "actor", "verb", "target_kind", "target",
    "facts", "claimed_at", "recorded_at", "door", "call_id", "salt", "digests",
)  # fmt: skip


def upgrade() -> None:
    """Bring the database to this version."""
    acts, head, outcomes = _create()
    connection = op.get_bind()
    calls = sa.table(
        "inbox_call",
        *(
            sa.column(name, kind)
            for name, kind in (
                ("call_id", sa.Text()), ("door", sa.Text()), ("name", sa.Text()),
                ("received_at", _MOMENT), ("body", sa.LargeBinary()),
                ("state", sa.Text()), ("applied_at", _MOMENT), ("reason", sa.Text()),
                ("item_id", sa.Text()), ("claimed_at", _MOMENT),
            )
        ),
    )  # fmt: skip
    number, last = 0, ""
    n_outcomes, total = 0, ""
    rows = connection.execute(
        sa.select(calls).order_by(calls.c.received_at, calls.c.call_id)
    ).all()
    for number, row in enumerate(rows, 1):
        act = _act(row._mapping, number, last)  # noqa: SLF001 - public API
        last = act["hash"]
        connection.execute(acts.insert().values(**act))
        if row.state != "waiting":
            outcome = _outcome(row._mapping, act)  # noqa: SLF001 - public API
            connection.execute(outcomes.insert().values(**outcome))
            n_outcomes, total = n_outcomes + 1, _sum(total, outcome["hash"])
    connection.execute(head.insert().values(name="acts", number=number, hash=last))
    connection.execute(
        head.insert().values(name="outcomes", number=n_outcomes, hash=total)
    )
    op.drop_table("inbox_call")


def _create() -> tuple[sa.Table, sa.Table, sa.Table]:
    acts = op.create_table(
        "act",
        sa.Column("act_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("actor_kind", _CODE, nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("verb", _CODE, nullable=False),
        sa.Column("target_kind", _CODE, nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("facts", _DOCUMENT, nullable=False),
        sa.Column("claimed_at", _MOMENT, nullable=True),
        sa.Column("recorded_at", _MOMENT, nullable=False),
        sa.Column("door", _CODE, nullable=False),
        sa.Column("call_id", sa.Text(), nullable=True),
        sa.Column("claimed_name", sa.Text(), nullable=True),
        sa.Column("words", _DOCUMENT, nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("digests", _DOCUMENT, nullable=False),
        sa.Column("previous_hash", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("act_id", name=op.f("pk_act")),
        sa.UniqueConstraint("number", name=op.f("uq_act_number")),
    )
    for column in ("actor", "target", "call_id"):
        op.create_index(op.f(f"ix_act_{column}"), "act", [column])
    head = op.create_table(
        "act_head",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_act_head")),
    )
    outcomes = op.create_table(
        "act_outcome",
        sa.Column("act_id", sa.Text(), nullable=False),
        sa.Column("outcome", _CODE, nullable=False),
        sa.Column("reason", _CODE, nullable=True),
        sa.Column("facts", _DOCUMENT, nullable=False),
        sa.Column("settled_at", _MOMENT, nullable=False),
        sa.Column("run_id", sa.Text(), nullable=True),
        sa.Column("item_id", sa.Text(), nullable=True),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["act_id"], ["act.act_id"], name=op.f("fk_act_outcome_act_id")
        ),
        sa.PrimaryKeyConstraint("act_id", name=op.f("pk_act_outcome")),
    )
    op.create_index(op.f("ix_act_outcome_item_id"), "act_outcome", ["item_id"])
    return acts, head, outcomes


def _act(call: Mapping[Any, Any], number: int, previous_hash: str) -> dict[str, Any]:
    """Return the act of a call; a settled one has no body, only what became of it.

    What is sealed is the call's own body, which nothing here can open: `huixiang`
    reads it when it is applied.
    """
    salt = secrets.token_hex(16)
    verb = _VERBS.get(call["reason"] or "") if call["state"] == "applied" else None
    # The reason of a call that was ignored may repeat an id that its sender wrote.
    ignored = call["state"] == "ignored" and call["reason"]
    words = {"note": call["reason"]} if ignored else None
    row: dict[str, Any] = {
        "act_id": f"act_{_digest(salt, str(number).encode())[:16]}",
        "number": number,
        "actor_kind": "endpoint",
        "actor": call["name"],
        "verb": verb or "item.report",
        "target_kind": "item",
        "target": call["item_id"] or "",
        "facts": {},
        "claimed_at": _aware(call["claimed_at"]),
        "recorded_at": _aware(call["received_at"]),
        "door": "call",
        "call_id": call["call_id"],
        "claimed_name": None,
        "words": words,
        "sealed": call["body"],
        "salt": salt,
        "digests": {"words": _digest(salt, _bytes(words))} if words else {},
        "previous_hash": previous_hash,
    }
    return {**row, "hash": _hash([previous_hash, *(row[name] for name in _CHAINED)])}


def _outcome(call: Mapping[Any, Any], act: Mapping[str, Any]) -> dict[str, Any]:
    applied = call["state"] == "applied"
    row: dict[str, Any] = {
        "outcome": "applied" if applied else "refused",
        "reason": None if applied else "earlier_version",
        "facts": {},
        "settled_at": _aware(call["applied_at"] or call["received_at"]),
        "run_id": None,
        "item_id": call["item_id"],
    }
    return {
        "act_id": act["act_id"],
        **row,
        "hash": _hash([act["hash"], *row.values()]),
    }


def _sum(total: str, own: str) -> str:
    return f"{(int(total or '0', 16) + int(own, 16)) % 2**256:064x}"


def _aware(moment: dt.datetime | None) -> dt.datetime | None:
    """Give a moment its zone: SQLite keeps none, all of them are UTC."""
    if moment is None or moment.tzinfo:
        return moment
    return moment.replace(tzinfo=dt.UTC)


def _digest(salt: str, content: bytes) -> str:
    return hashlib.sha256(salt.encode("ascii") + b"." + content).hexdigest()


def _bytes(document: object) -> bytes:
    text = json.dumps(document, sort_keys=True, separators=(",", ":"), default=_plain)
    return text.encode("ascii")


def _hash(values: list[Any]) -> str:
    return hashlib.sha256(_bytes(values)).hexdigest()


def _plain(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).isoformat(timespec="microseconds")
