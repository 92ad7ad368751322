"""The hash that chains acts: over facts, and over salted digests of words.

A digest says whether words are those that were written without holding them: erasing
words leaves the chain as it was.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from huixiang.domain.acts.act import Settlement

START = ""
"""Stands before the first act."""
_HASHES = 2**256
CHAINED = (
    "act_id", "number", "actor_kind", "actor", "verb", "target_kind", "target",
    "facts", "claimed_at", "recorded_at", "door", "call_id", "salt", "digests",
)  # fmt: skip
"""The columns that may never change."""


def digest(salt: str, content: bytes) -> str:
    """Return what stands for *content* in the chain."""
    return hashlib.sha256(salt.encode("ascii") + b"." + content).hexdigest()


def document_bytes(document: object) -> bytes:
    """Return a JSON-able document as the bytes that are hashed."""
    text = json.dumps(document, sort_keys=True, separators=(",", ":"), default=_plain)
    return text.encode("ascii")


def act_hash(previous_hash: str, row: Mapping[str, Any]) -> str:
    """Return the hash of an act that follows *previous_hash*."""
    return _hash([previous_hash, *(row[name] for name in CHAINED)])


def outcome_hash(hash_of_act: str, settlement: Settlement) -> str:
    """Return the hash that ties what became of an act to the act."""
    return _hash(
        [
            hash_of_act,
            settlement.outcome,
            settlement.reason,
            dict(settlement.facts),
            settlement.settled_at,
            settlement.run_id,
            settlement.item_id,
        ]
    )


def sum_of(total: str, own: str) -> str:
    """Return the sum of outcome hashes with one more; their order does not matter."""
    return f"{(int(total or '0', 16) + int(own, 16)) % _HASHES:064x}"


def _hash(values: Sequence[object]) -> str:
    return hashlib.sha256(document_bytes(values)).hexdigest()


def _plain(value: object) -> str:
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat(timespec="microseconds")
    raise TypeError(f"{type(value).__name__} is not chained")
