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
    EarlierCall,
    NewAct,
    Settlement,
    SignedCall,
    TargetKind,
)
from huixiang.domain.acts.decision import ActVerb
from huixiang.errors import NotFound
from huixiang.store.queries.acts.chain import (
    act_hash,
    digest,
    document_bytes,
    outcome_hash,
    sum_of,
)
from huixiang.store.queries.acts.chain_check import HEAD, OUTCOMES, ChainCheck
from huixiang.store.queries.acts.payloads import Parts, put_together, taken_apart
from huixiang.store.queries.acts.rows import act_rows, bytes_of, settlement_of
from huixiang.store.tables.acts import ActHeadRow, ActOutcomeRow, ActRow
from huixiang.store.vault import Vault

_SALT_BYTES = 16


class Acts:
    """Queries about what people decided."""

    def __init__(self, connection: Connection, vault: Vault) -> None:
        self._connection = connection
        self._vault = vault

    # -- writing ---------------------------------------------------------------

    def add(self, new: NewAct, recorded_at: dt.datetime) -> Act:
        """Write an act down behind the last one; words must be masked already."""
        number, previous_hash = self._head(HEAD)
        row = self._row(new, number + 1, previous_hash, recorded_at)
        row["hash"] = act_hash(previous_hash, row)
        self._connection.execute(insert(ActRow).values(**row))
        self._move_head(HEAD, row["number"], row["hash"])
        return self.get(row["act_id"])

    def _head(self, name: str) -> tuple[int, str]:
        """Return how many there are so far, and their hash.

        Whoever asks next waits for this transaction.
        """
        row = self._connection.execute(
            select(ActHeadRow.number, ActHeadRow.hash)
            .where(ActHeadRow.name == name)
            .with_for_update()
        ).one()
        return row.number, row.hash

    def _move_head(self, name: str, number: int, hash_so_far: str) -> None:
        self._connection.execute(
            update(ActHeadRow)
            .where(ActHeadRow.name == name)
            .values(number=number, hash=hash_so_far)
        )

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
        own_hash = outcome_hash(hash_of_act, settlement)
        self._connection.execute(
            insert(ActOutcomeRow).values(
                act_id=act_id,
                outcome=settlement.outcome,
                reason=settlement.reason,
                facts=dict(settlement.facts),
                settled_at=settlement.settled_at,
                run_id=settlement.run_id,
                item_id=settlement.item_id,
                hash=own_hash,
            )
        )
        number, total = self._head(OUTCOMES)
        self._move_head(OUTCOMES, number + 1, sum_of(total, own_hash))
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
        for act in self._acts(act_rows().where(ActRow.act_id == act_id)):
            return act
        raise NotFound(f"no act {act_id}; see huixiang act list")

    def waiting(self) -> Sequence[Act]:
        """Return the acts that nobody settled yet, in the order they count."""
        acts = self._acts(act_rows().where(ActOutcomeRow.act_id.is_(None)))
        return sorted(acts, key=lambda act: (act.moment, act.number))

    def find(self, wanted: ActFilter) -> Sequence[Act]:
        """Return the acts that fit, the newest first."""
        statement = (
            act_rows().where(*_conditions(wanted)).order_by(ActRow.number.desc())
        )
        return list(self._acts(statement.limit(wanted.limit)))

    def of_call(self, call: SignedCall) -> Sequence[EarlierCall]:
        """Return what was written down of calls with this id.

        Nobody else writes acts until this transaction ends. Of calls that an older
        version kept it is only known that they came; they count as the same.
        """
        self._head(HEAD)
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
            settlement=settlement_of(row),
        )

    def _open(self, row: Mapping[Any, Any]) -> dict[str, Any] | None:
        if row["sealed"] is None:
            return None
        content = self._vault.open(row["sealed"])
        if "sealed" not in row["digests"]:  # the body of a call, as older versions kept
            return {"body": base64.b64encode(content).decode("ascii")}
        document: dict[str, Any] = json.loads(content)
        return document

    def broken(self) -> BrokenLink | None:
        """Return the first act that is not as it was written; None: all are."""
        return ChainCheck(self._connection, self._vault).broken()


def _digests(
    salt: str, parts: Parts, name: str | None, call: SignedCall | None
) -> dict[str, str]:
    contents = {
        "words": bytes_of(parts.words or None),
        "name": bytes_of(name),
        "sealed": bytes_of(parts.sealed or None),
        "call": call.content if call else None,
    }
    return {
        key: digest(salt, content)
        for key, content in contents.items()
        if content is not None
    }


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
