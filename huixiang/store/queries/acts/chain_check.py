"""Check the chain of acts: is every act as it was written, and what became of it?"""

from collections.abc import Iterator, Mapping
from functools import reduce
from typing import Any

from sqlalchemy import Connection, select

from huixiang.domain.acts.act import BrokenLink, ChainFault
from huixiang.errors import ConfigurationError
from huixiang.store.queries.acts.chain import (
    START,
    act_hash,
    digest,
    outcome_hash,
    sum_of,
)
from huixiang.store.queries.acts.rows import act_rows, bytes_of, settlement_of
from huixiang.store.tables.acts import ActHeadRow, ActOutcomeRow, ActRow
from huixiang.store.vault import Vault

HEAD = "acts"
OUTCOMES = "outcomes"
"""The rows of `act_head`."""
_AT_ONCE = 500


class ChainCheck:
    """Reads the whole chain once."""

    def __init__(self, connection: Connection, vault: Vault) -> None:
        self._connection = connection
        self._vault = vault

    def broken(self) -> BrokenLink | None:
        """Return the first act that is not as it was written; None: all are."""
        return self._broken_act() or self._lost_outcome()

    def _lost_outcome(self) -> BrokenLink | None:
        """Return the first act without an outcome where one was removed."""
        hashes = list(self._connection.execute(select(ActOutcomeRow.hash)).scalars())
        if self._head_now(OUTCOMES) == (len(hashes), reduce(sum_of, hashes, START)):
            return None
        row = self._connection.execute(
            select(ActRow.number, ActRow.act_id)
            .outerjoin(ActOutcomeRow, ActOutcomeRow.act_id == ActRow.act_id)
            .where(ActOutcomeRow.act_id.is_(None))
            .order_by(ActRow.number)
        ).first()
        return BrokenLink(
            number=row.number if row else 0,
            act_id=row.act_id if row else "",
            fault=ChainFault.OUTCOME_REMOVED,
        )

    def _broken_act(self) -> BrokenLink | None:
        n_chained, hash_of_last = self._head_now(HEAD)
        last_number, last_hash = 0, START
        rows = self._connection.execute(
            act_rows(ActRow.salt)
            .where(ActRow.number <= n_chained)
            .order_by(ActRow.number)
            .execution_options(yield_per=_AT_ONCE)
        )
        for row in self._readable(rows.mappings()):
            if row is None:
                rows.close()
                return self._unreadable(last_number)
            fault = self._fault(row, last_number, last_hash)
            if fault is not None:
                rows.close()
                missing = fault is ChainFault.MISSING
                return BrokenLink(
                    number=last_number + 1 if missing else row["number"],
                    act_id="" if missing else row["act_id"],
                    fault=fault,
                )
            last_number, last_hash = row["number"], row["hash"]
        if (last_number, last_hash) != (n_chained, hash_of_last):
            return BrokenLink(
                number=last_number + 1, act_id="", fault=ChainFault.MISSING
            )
        return None

    def _readable(
        self, rows: Iterator[Mapping[Any, Any]]
    ) -> Iterator[Mapping[Any, Any] | None]:
        """Yield the rows; None and the end where one holds what nobody can write."""
        while True:
            try:
                yield next(rows)
            except StopIteration:
                return
            except (LookupError, ValueError):
                yield None
                return

    def _unreadable(self, after: int) -> BrokenLink:
        """Return the first act behind *after* that cannot be read."""
        places = self._connection.execute(
            select(ActRow.number, ActRow.act_id)
            .where(ActRow.number > after)
            .order_by(ActRow.number)
        ).all()
        number, act_id = next(place for place in places if not self._reads(place[0]))
        return BrokenLink(number=number, act_id=act_id, fault=ChainFault.UNREADABLE)

    def _reads(self, number: int) -> bool:
        try:
            self._connection.execute(act_rows().where(ActRow.number == number)).all()
        except (LookupError, ValueError):
            return False
        return True

    def _head_now(self, name: str) -> tuple[int, str | None]:
        """Return what `_head` does, without making anybody wait; (0, None): no row."""
        row = self._connection.execute(
            select(ActHeadRow.number, ActHeadRow.hash).where(ActHeadRow.name == name)
        ).one_or_none()
        return (row.number, row.hash) if row else (0, None)

    def _fault(
        self, row: Mapping[Any, Any], last_number: int, last_hash: str
    ) -> ChainFault | None:
        if row["number"] != last_number + 1:
            return ChainFault.MISSING
        if row["previous_hash"] != last_hash:
            return ChainFault.ORDER
        if row["hash"] != act_hash(last_hash, row):
            return ChainFault.FACTS
        if not self._words_hold(row):
            return ChainFault.WORDS
        settlement = settlement_of(row)
        if settlement and row["outcome_hash"] != outcome_hash(row["hash"], settlement):
            return ChainFault.OUTCOME
        return None

    def _words_hold(self, row: Mapping[Any, Any]) -> bool:
        """Say whether what is left of the words is what was written."""
        salt, digests = row["salt"], row["digests"]
        kept = {
            "words": bytes_of(row["words"]),
            "name": bytes_of(row["claimed_name"]),
            # What an older version sealed has no digest: nothing could open it then.
            "sealed": self._unsealed(row) if "sealed" in digests else None,
        }
        return all(
            content is None or digests.get(name) == digest(salt, content)
            for name, content in kept.items()
        )

    def _unsealed(self, row: Mapping[Any, Any]) -> bytes | None:
        try:
            return None if row["sealed"] is None else self._vault.open(row["sealed"])
        except ConfigurationError:
            return b""  # it was changed, or sealed with another key
