"""Acts: written down in order, listed, settled once."""

import base64
import datetime as dt
import json
import secrets
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, insert, select, update

from huixiang.domain.acts.act import (
    Act,
    ActDoor,
    ActFilter,
    Actor,
    ActOutcome,
    ActTarget,
    BrokenLink,
    ChainFault,
    EarlierCall,
    NewAct,
    Settlement,
    SignedCall,
    TargetKind,
)
from huixiang.domain.acts.decision import ActVerb
from huixiang.errors import ConfigurationError, NotFound
from huixiang.store.queries.acts.chain import (
    START,
    act_hash,
    digest,
    document_bytes,
    outcome_hash,
)
from huixiang.store.queries.acts.payloads import Parts, put_together, taken_apart
from huixiang.store.tables.acts import ActHeadRow, ActOutcomeRow, ActRow
from huixiang.store.vault import Vault

HEAD = "acts"
_SALT_BYTES = 16
_AT_ONCE = 500

_ACT = [column for column in ActRow.__table__.columns if column.name != "salt"]
_OUTCOME = [
    column.label(f"outcome_{column.name}") for column in ActOutcomeRow.__table__.columns
]


class Acts:
    """Queries about what people decided."""

    def __init__(self, connection: Connection, vault: Vault) -> None:
        self._connection = connection
        self._vault = vault

    # -- writing ---------------------------------------------------------------

    def add(self, new: NewAct, recorded_at: dt.datetime) -> Act:
        """Write an act down behind the last one; words must be masked already."""
        number, previous_hash = self._head()
        row = self._row(new, number + 1, previous_hash, recorded_at)
        row["hash"] = act_hash(previous_hash, row)
        self._connection.execute(insert(ActRow).values(**row))
        self._connection.execute(
            update(ActHeadRow)
            .where(ActHeadRow.name == HEAD)
            .values(number=row["number"], hash=row["hash"])
        )
        return self.get(row["act_id"])

    def _head(self) -> tuple[int, str]:
        """Return where the chain ends; whoever asks next waits for this transaction."""
        row = self._connection.execute(
            select(ActHeadRow.number, ActHeadRow.hash)
            .where(ActHeadRow.name == HEAD)
            .with_for_update()
        ).one()
        return row.number, row.hash

    def _row(
        self, new: NewAct, number: int, previous_hash: str, recorded_at: dt.datetime
    ) -> dict[str, Any]:
        salt = secrets.token_hex(_SALT_BYTES)
        parts = taken_apart(new.payload)
        name = new.claimed_name or None
        sealed = document_bytes(parts.sealed) if parts.sealed else None
        return {
            "act_id": f"act_{digest(salt, str(number).encode())[:16]}",
            "number": number,
            "actor_kind": new.actor.kind,
            "actor": new.actor.name,
            "verb": new.verb,
            "target_kind": new.target.kind,
            "target": new.target.id,
            "facts": parts.facts,
            "claimed_at": new.claimed_at,
            "recorded_at": recorded_at,
            "door": new.door,
            "call_id": new.call.call_id if new.call else None,
            "claimed_name": name,
            "words": parts.words or None,
            "sealed": self._vault.seal(sealed) if sealed else None,
            "salt": salt,
            "digests": _digests(salt, parts, name, new.call),
            "previous_hash": previous_hash,
        }

    def settle(self, act_id: str, settlement: Settlement) -> None:
        """Write down what became of an act; what is sealed goes once it is applied."""
        hash_of_act = self._connection.execute(
            select(ActRow.hash).where(ActRow.act_id == act_id)
        ).scalar_one()
        self._connection.execute(
            insert(ActOutcomeRow).values(
                act_id=act_id,
                outcome=settlement.outcome,
                reason=settlement.reason,
                facts=dict(settlement.facts),
                settled_at=settlement.settled_at,
                run_id=settlement.run_id,
                item_id=settlement.item_id,
                hash=outcome_hash(hash_of_act, settlement),
            )
        )
        if settlement.outcome is ActOutcome.APPLIED:
            self._connection.execute(
                update(ActRow).where(ActRow.act_id == act_id).values(sealed=None)
            )

    def erase(self, act_id: str) -> None:
        """Erase what people said with an act; that it happened stays, and the chain."""
        self._connection.execute(
            update(ActRow)
            .where(ActRow.act_id == act_id)
            .values(words=None, claimed_name=None, sealed=None)
        )

    # -- reading ---------------------------------------------------------------

    def get(self, act_id: str) -> Act:
        """Return one act."""
        for act in self._acts(_all().where(ActRow.act_id == act_id)):
            return act
        raise NotFound(f"no act {act_id}; see huixiang act list")

    def waiting(self) -> Sequence[Act]:
        """Return the acts that nobody settled yet, in the order they count."""
        acts = self._acts(_all().where(ActOutcomeRow.act_id.is_(None)))
        return sorted(acts, key=lambda act: (act.moment, act.number))

    def find(self, wanted: ActFilter) -> Sequence[Act]:
        """Return the acts that fit, the newest first."""
        statement = _all().where(*_conditions(wanted)).order_by(ActRow.number.desc())
        return list(self._acts(statement.limit(wanted.limit)))

    def of_call(self, call: SignedCall) -> Sequence[EarlierCall]:
        """Return what was written down of calls with this id.

        Nobody else writes acts until this transaction ends. Of calls that an older
        version kept it is only known that they came; they count as the same.
        """
        self._head()
        rows = self._connection.execute(
            select(ActRow.act_id, ActRow.salt, ActRow.digests)
            .where(ActRow.call_id == call.call_id)
            .order_by(ActRow.number)
        ).all()
        return [
            EarlierCall(
                act=self.get(row.act_id),
                is_same=row.digests.get("call")
                in (None, digest(row.salt, call.content)),
            )
            for row in rows
        ]

    def newest_claim(self, endpoint: str, item_id: str) -> dt.datetime | None:
        """Return when the newest applied status of an item happened, by its sender."""
        return self._connection.execute(
            select(func.max(ActRow.claimed_at))
            .join(ActOutcomeRow, ActOutcomeRow.act_id == ActRow.act_id)
            .where(
                ActRow.door == ActDoor.CALL,
                ActRow.actor == endpoint,
                ActRow.verb != ActVerb.ITEM_COMMENT,
                ActOutcomeRow.item_id == item_id,
                ActOutcomeRow.outcome == ActOutcome.APPLIED,
            )
        ).scalar_one_or_none()

    def _acts(self, statement: Select[Any]) -> Iterator[Act]:
        for row in self._connection.execute(statement).mappings():
            yield self._act(row)

    def _act(self, row: Mapping[Any, Any]) -> Act:
        return Act(
            act_id=row["act_id"],
            number=row["number"],
            actor=Actor(kind=row["actor_kind"], name=row["actor"]),
            door=row["door"],
            target=ActTarget(kind=row["target_kind"], id=row["target"]),
            payload=put_together(
                row["verb"], row["facts"], row["words"], self._open(row)
            ),
            claimed_name=row["claimed_name"] or "",
            claimed_at=row["claimed_at"],
            recorded_at=row["recorded_at"],
            call_id=row["call_id"],
            settlement=_settlement(row),
        )

    def _open(self, row: Mapping[Any, Any]) -> dict[str, Any] | None:
        if row["sealed"] is None:
            return None
        content = self._vault.open(row["sealed"])
        if "sealed" not in row["digests"]:  # the body of a call, as older versions kept
            return {"body": base64.b64encode(content).decode("ascii")}
        document: dict[str, Any] = json.loads(content)
        return document

    # -- the chain -------------------------------------------------------------

    def broken(self) -> BrokenLink | None:
        """Return the first act that is not as it was written; None: all are."""
        head = self._connection.execute(
            select(ActHeadRow.number, ActHeadRow.hash).where(ActHeadRow.name == HEAD)
        ).one_or_none()
        n_chained = head.number if head else 0
        last_number, last_hash = 0, START
        rows = self._connection.execute(
            _all(ActRow.salt)
            .where(ActRow.number <= n_chained)
            .order_by(ActRow.number)
            .execution_options(yield_per=_AT_ONCE)
        )
        for row in rows.mappings():
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
        if head is None or last_number != n_chained or last_hash != head.hash:
            return BrokenLink(
                number=last_number + 1, act_id="", fault=ChainFault.MISSING
            )
        return None

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
        settlement = _settlement(row)
        if settlement and row["outcome_hash"] != outcome_hash(row["hash"], settlement):
            return ChainFault.OUTCOME
        return None

    def _words_hold(self, row: Mapping[Any, Any]) -> bool:
        """Say whether what is left of the words is what was written."""
        salt, digests = row["salt"], row["digests"]
        kept = {
            "words": _bytes(row["words"]),
            "name": _bytes(row["claimed_name"]),
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


def _bytes(document: object) -> bytes | None:
    return None if document is None else document_bytes(document)


def _digests(
    salt: str, parts: Parts, name: str | None, call: SignedCall | None
) -> dict[str, str]:
    contents = {
        "words": _bytes(parts.words or None),
        "name": _bytes(name),
        "sealed": _bytes(parts.sealed or None),
        "call": call.content if call else None,
    }
    return {
        key: digest(salt, content)
        for key, content in contents.items()
        if content is not None
    }


def _all(*more: Any) -> Select[Any]:
    return (
        select(*_ACT, *more, *_OUTCOME)
        .select_from(ActRow)
        .outerjoin(ActOutcomeRow, ActOutcomeRow.act_id == ActRow.act_id)
    )


def _conditions(wanted: ActFilter) -> Iterator[ColumnElement[bool]]:
    if wanted.actor is not None:
        yield from _by(wanted.actor)
    if wanted.verb is not None:
        yield ActRow.verb == wanted.verb
    if wanted.target is not None:
        yield _about(wanted.target)
    if wanted.since is not None:
        yield ActRow.recorded_at >= wanted.since
    if wanted.until is not None:
        yield ActRow.recorded_at < wanted.until
    if wanted.outcome is not None:
        yield _stands_at(wanted.outcome)


def _by(actor: str) -> Iterator[ColumnElement[bool]]:
    """Fit an actor given as `kind:name`, or by the name alone."""
    kind, colon, name = actor.partition(":")
    yield ActRow.actor == (name if colon else kind)
    if colon:
        yield ActRow.actor_kind == kind


def _about(target: str) -> ColumnElement[bool]:
    """Fit a target given by its id, or as it is listed: `kind:id`.

    An act about a ticket is about the item that the ticket turned out to be, too.
    """
    kind, _, rest = target.partition(":")
    named = (ActRow.target == target) | (ActOutcomeRow.item_id == target)
    if kind not in {each.value for each in TargetKind}:
        return named
    listed = (ActRow.target_kind == TargetKind(kind)) & (ActRow.target == rest)
    if kind == TargetKind.ITEM.value:
        listed |= ActOutcomeRow.item_id == rest
    return named | listed


def _stands_at(outcome: ActOutcome) -> ColumnElement[bool]:
    if outcome is ActOutcome.WAITING:
        return ActOutcomeRow.act_id.is_(None)
    return ActOutcomeRow.outcome == outcome


def _settlement(row: Mapping[Any, Any]) -> Settlement | None:
    if row["outcome_act_id"] is None:
        return None
    return Settlement(
        outcome=row["outcome_outcome"],
        reason=row["outcome_reason"],
        facts=row["outcome_facts"],
        settled_at=row["outcome_settled_at"],
        run_id=row["outcome_run_id"],
        item_id=row["outcome_item_id"],
    )
